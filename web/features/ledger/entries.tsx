import { type KeyboardEvent, useState } from 'react'
import { Link } from 'react-router'
import { DEEDS } from '../../../src/contract/deeds.ts'
import { count, dayOf, timeOf } from '../../lib/format.ts'
import { singleKeys } from '../../lib/preferences.ts'
import { Cite } from '../../ui/cite.tsx'
import { Proof } from '../../ui/proof.tsx'
import { detailWords } from './detail-words.ts'
import type { ShownEntry } from './entry-details.tsx'
import { actorWords, objectWords, sealedWords } from './object-words.ts'
import { EntryDrawer } from './opened-entry.tsx'

type Props = {
  entries: ShownEntry[]
  /** A document is a link into it, and the numbers are the matter’s own. */ matter?: string
  /** The numbers are the firm’s. */ whole?: boolean
  opened: ShownEntry | null
  /** `go`: the focus goes there too. */ onOpen: (entry: ShownEntry, go: boolean) => void
  /** Where what is open stands beside the list: Esc closes it. */ onClose?: () => void
}

/**
 * Entries newest first, a head for each day. The arrows, `j` and `k` go from entry to entry, and take along what is open; Enter goes
 * into one, Esc out of it.
 */
export function Entries({ entries, matter, whole = false, opened, onOpen, onClose }: Props) {
  const days = Map.groupBy(entries, (entry) => dayOf(entry.at))
  const reached = entries.some(({ id }) => id === opened?.id) ? opened?.id : entries[0]?.id
  const step = (id: string) => {
    const entry = entries.find((one) => one.id === id)
    if (entry && opened) onOpen(entry, false)
  }
  return (
    <table className="table entrytable" onKeyDown={(event) => opened && event.key === 'Escape' && onClose?.()}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col" className="num ent">
            Entry
          </th>
          <th scope="col">Who</th>
          <th scope="col">Did</th>
          <th scope="col">Proof</th>
        </tr>
      </thead>
      {[...days].map(([day, its]) => (
        <tbody key={day}>
          <tr className="day">
            <th scope="rowgroup" colSpan={5}>
              {day}
            </th>
          </tr>
          {its.map((entry) => (
            <Line
              key={entry.id}
              entry={entry}
              matter={matter}
              number={whole ? (entry.number ?? null) : entry.matterNumber}
              selected={opened?.id === entry.id}
              reached={entry.id === reached}
              open={(go) => onOpen(entry, go)}
              step={step}
            />
          ))}
        </tbody>
      ))}
    </table>
  )
}

/** The history of a matter, a person or a document: an entry opens in a drawer. */
export function History({ entries, matter }: Pick<Props, 'entries' | 'matter'>) {
  const [opened, open] = useState<ShownEntry | null>(null)
  return (
    <>
      <EntryDrawer entry={opened} ofMatter={matter !== undefined} onClose={() => open(null)} />
      <Entries entries={entries} matter={matter} opened={opened} onOpen={open} />
    </>
  )
}

type OfLine = {
  entry: ShownEntry
  matter?: string
  number: number | null
  selected: boolean
  /** Tab comes to it. */ reached: boolean
  open: (go: boolean) => void
  step: (id: string) => void
}

function Line({ entry, matter, number, selected, reached, open, step }: OfLine) {
  const more = detailWords(entry)
  return (
    <tr
      className="entry"
      data-entry={entry.id}
      aria-selected={selected}
      aria-keyshortcuts="Enter"
      tabIndex={reached ? 0 : -1}
      onKeyDown={(event) => onKey(event, () => open(true), step)}
      onClick={(event) => !(event.target as Element).closest('a, button') && open(false)}
    >
      <td className="dim nowrap">
        <time dateTime={entry.at}>{timeOf(entry.at, true)}</time>
      </td>
      <td className="num dim ent">{number === null ? '' : count(number)}</td>
      <td className="nowrap">{actorWords(entry)}</td>
      <td className="did">
        {DEEDS[entry.deed]} <Thing entry={entry} matter={matter} />
        {more && <span className="meta">{` ${more}`}</span>}
      </td>
      <td className="pf">
        <button type="button" className="plain" tabIndex={-1} aria-label={`Proof: ${entry.proof}. Show it`} onClick={() => open(true)}>
          <Proof of={entry.proof} />
        </button>
      </td>
    </tr>
  )
}

function onKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void, step: (id: string) => void): void {
  const row = event.currentTarget
  if (event.target !== row) return
  if (event.key === 'Enter') return void (event.preventDefault(), open())
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const rows = [...row.closest('table')!.querySelectorAll<HTMLElement>('tr[data-entry]')]
  const at = rows.indexOf(row)
  const letters = singleKeys.on() ? { j: at + 1, k: at - 1 } : {}
  const to = ({ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, ...letters } as Record<string, number>)[event.key]
  if (to === undefined) return
  event.preventDefault()
  rows[to]?.focus()
  if (rows[to]) step(rows[to].dataset.entry!)
}

function Thing({ entry, matter }: { entry: ShownEntry; matter?: string }) {
  const object = objectWords(entry)
  if (object === null) return <span className="meta">{sealedWords(entry)}</span>
  if (entry.deed === 'matter.created') return <Cite>{object}</Cite>
  const place = matter ?? entry.matter?.id
  if (entry.document && place)
    return (
      <Link to={`/matters/${place}/documents/${entry.document}`}>
        <b>{object}</b>
      </Link>
    )
  return <b>{object}</b>
}
