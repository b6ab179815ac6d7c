import { Drawer } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { Link } from 'react-router'
import { DEEDS } from '../../../src/contract/deeds.ts'
import { count, dayOf, timeOf } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Proof } from '../../ui/proof.tsx'
import { detailWords } from './detail-words.ts'
import { EntryDetails, type ShownEntry } from './entry-details.tsx'
import { objectWords } from './object-words.ts'

type Props = { entries: ShownEntry[]; matter?: string; whole?: boolean }

/**
 * Entries newest first, a head for each day; each opens in a drawer. With `matter`, a document is a link into it and the numbers are the
 * matter’s own. The arrows go from entry to entry, Enter opens one.
 */
export function Entries({ entries, matter, whole = false }: Props) {
  const days = Map.groupBy(entries, (entry) => dayOf(entry.at))
  const [opened, setOpened] = useState<ShownEntry | null>(null)
  const number = (entry: ShownEntry) => (whole ? (entry.number ?? null) : entry.matterNumber)
  const title = opened && (number(opened) === null ? 'An entry' : `Entry ${count(number(opened)!)}`)
  return (
    <>
      <Drawer opened={opened !== null} onClose={() => setOpened(null)} title={title}>
        {opened && <EntryDetails entry={opened} />}
      </Drawer>
      <table className="table entrytable">
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
                number={number(entry)}
                selected={opened?.id === entry.id}
                first={entry === entries[0]}
                open={setOpened}
              />
            ))}
          </tbody>
        ))}
      </table>
    </>
  )
}

type OfLine = {
  entry: ShownEntry
  matter?: string
  number: number | null
  selected: boolean
  first: boolean
  open: (entry: ShownEntry) => void
}

function Line({ entry, matter, number, selected, first, open }: OfLine) {
  const more = detailWords(entry)
  return (
    <tr
      className="entry"
      data-entry
      aria-selected={selected}
      aria-keyshortcuts="Enter"
      tabIndex={first ? 0 : -1}
      onKeyDown={(event) => onKey(event, () => open(entry))}
      onClick={(event) => !(event.target as Element).closest('a, button') && open(entry)}
    >
      <td className="dim nowrap">
        <time dateTime={entry.at}>{timeOf(entry.at, true)}</time>
      </td>
      <td className="num dim ent">{number === null ? '' : count(number)}</td>
      <td className="nowrap">{entry.actor?.name ?? (entry.via === 'clerk' ? 'Subrosa' : 'Someone')}</td>
      <td className="did">
        {DEEDS[entry.deed]} <Thing entry={entry} matter={matter} />
        {more && <span className="meta">{` ${more}`}</span>}
      </td>
      <td className="pf">
        <button type="button" className="plain" tabIndex={-1} aria-label={`Proof: ${entry.proof}. Show it`} onClick={() => open(entry)}>
          <Proof of={entry.proof} />
        </button>
      </td>
    </tr>
  )
}

function onKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  const row = event.currentTarget
  if (event.target !== row) return
  if (event.key === 'Enter') return void (event.preventDefault(), open())
  const rows = [...row.closest('table')!.querySelectorAll<HTMLElement>('tr[data-entry]')]
  const at = rows.indexOf(row)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  rows[to]?.focus()
}

function Thing({ entry, matter }: { entry: ShownEntry; matter?: string }) {
  const object = objectWords(entry)
  if (object === null) return null
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
