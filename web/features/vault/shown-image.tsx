import { Well } from './well.tsx'

type Props = { content: string; name: string; mark: React.ReactNode; onBroken: () => void }

/** An image, as wide as the pane. */
export function ShownImage({ content, name, mark, onBroken }: Props) {
  return (
    <Well label="Image of the file" mark={mark}>
      <img className="sheet image" src={content} alt={name} onError={onBroken} />
    </Well>
  )
}
