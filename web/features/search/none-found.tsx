import { Button } from '@mantine/core'
import type { Narrow, SearchView } from '../../../src/contract/search.ts'
import { Empty } from '../../ui/empty.tsx'
import { type Asked, EVERYWHERE } from './asked.ts'
import { chosenIn, turned } from './narrowing.ts'

type Props = { asked: Asked; view: SearchView; onRun: (asked: Asked, replace?: boolean) => void }

/** Nothing answers the search: what may be looked for instead. */
export function NoneFound({ asked, view, onRun }: Props) {
  const chosen = chosenIn(asked.narrow)
  const narrow = (its: Narrow) => onRun({ ...asked, narrow: its }, true)
  const wild = wildOf(asked.words)
  return (
    <Empty
      title={chosen.length > 0 ? 'Nothing answers it within what you chose' : 'No document answers it'}
      act={
        <div className="row wrap">
          {chosen.map(({ key, value, name }) => (
            <Button key={`${key}${value}`} onClick={() => narrow(turned(asked.narrow, key, value))}>
              Without “{name}”
            </Button>
          ))}
          {chosen.length > 1 && <Button onClick={() => narrow(EVERYWHERE)}>Look everywhere</Button>}
          {view.instead && <Button onClick={() => onRun({ ...asked, words: view.instead! })}>Did you mean “{view.instead}”?</Button>}
          {wild && <Button onClick={() => onRun({ ...asked, words: wild })}>Search for “{wild}”</Button>}
        </div>
      }
    >
      {chosen.length > 0
        ? 'Let go of one of these, or look for other words.'
        : 'Fewer words find more. A star stands for any ending: negligen* finds negligence and negligently.'}
    </Empty>
  )
}

/** The last plain word with a star for its ending; null where there is none to shorten. */
function wildOf(words: string): string | null {
  const last = /^(.*?)([\p{L}]{5,})$/su.exec(words.trim())
  if (!last || /["()]/.test(words)) return null
  return `${last[1]}${last[2]!.slice(0, Math.max(4, last[2]!.length - 3))}*`
}
