import { Cite } from '../../ui/cite.tsx'

type Props = { of: { number: string; title: string } | null; /** The words that a request used. */ about: string }

/** The matter that a request means; its own words where none was found for it. */
export function MatterName({ of, about }: Props) {
  if (!of) return <>“{about}”</>
  return (
    <>
      <Cite>{of.title}</Cite> <span className="meta nowrap">{of.number}</span>
    </>
  )
}
