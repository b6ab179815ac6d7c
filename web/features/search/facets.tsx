import { Drawer } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { Narrow } from '../../../src/contract/search.ts'
import { count } from '../../lib/format.ts'
import { line } from '../../ui/icons.ts'
import { chosenIn, type Facet, turned } from './narrowing.ts'

const AT_FIRST = 6

type Props = { facets: Facet[]; narrow: Narrow; onNarrow: (narrow: Narrow) => void }

/** What the list can be narrowed to, at its left; on a narrow page behind a button. */
export function Facets({ facets, narrow, onNarrow, opened, onClose }: Props & { opened: boolean; onClose: () => void }) {
  if (facets.length === 0) return null
  const groups = facets.map((facet) => <Group key={facet.key} of={facet} onTurn={(value) => onNarrow(turned(narrow, facet.key, value))} />)
  return (
    <>
      <aside className="facets stack lg" aria-label="Narrow">
        {groups}
      </aside>
      <Drawer opened={opened} onClose={onClose} title="Narrow" size="20rem">
        <div className="facets stack lg">{groups}</div>
      </Drawer>
    </>
  )
}

function Group({ of: { title, choices }, onTurn }: { of: Facet; onTurn: (value: string) => void }) {
  const id = useId()
  const [all, setAll] = useState(false)
  const shown = all ? choices : choices.filter(({ isOn }, at) => at < AT_FIRST || isOn)
  return (
    <fieldset>
      <legend className="lab">{title}</legend>
      {shown.map(({ value, name, count: found, isCited, isOn }) => (
        <label key={value} className="facetpick" htmlFor={`${id}-${value}`}>
          <input type="checkbox" id={`${id}-${value}`} checked={isOn} onChange={() => onTurn(value)} />
          <span className={isCited ? 'cite' : undefined}>{name}</span>
          <span className="meta push">{count(found ?? 0)}</span>
        </label>
      ))}
      {shown.length < choices.length && (
        <button type="button" className="plainlink meta" onClick={() => setAll(true)}>
          Show all {count(choices.length)}
        </button>
      )}
    </fieldset>
  )
}

/** What is chosen, each with a way to let it go. */
export function Chosen({ narrow, onNarrow }: Omit<Props, 'facets'>) {
  const chosen = chosenIn(narrow)
  if (chosen.length === 0) return null
  return (
    <ul className="row wrap chosen" aria-label="Narrowed to">
      {chosen.map(({ key, value, name }) => (
        <li key={`${key}${value}`}>
          <button type="button" className="chip on" onClick={() => onNarrow(turned(narrow, key, value))}>
            <span className={key === 'matters' ? 'cite' : undefined}>{name}</span>
            <IconX {...line} size={12} />
            <span className="vh"> let go</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
