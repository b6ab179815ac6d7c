import { Drawer, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { DEEDS } from '../../../src/contract/deeds.ts'
import type { EntryView } from '../../../src/contract/ledger.ts'
import { count, dayOf, timeOf } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Proof } from '../../ui/proof.tsx'
import { EntryProof } from './entry-proof.tsx'
import { detailWords } from './detail-words.ts'
import { objectWords } from './object-words.ts'

type Entry = EntryView & { number?: number | null }

/** Entries newest first, a head for each day. With `matter`, a document is a link into it and the numbers are the matter’s own. */
export function Entries({ entries, matter, whole = false }: { entries: Entry[]; matter?: string; whole?: boolean }) {
  const days = Map.groupBy(entries, (entry) => dayOf(entry.at))
  const [proved, setProved] = useState<Entry | null>(null)
  return (
    <>
      <Drawer opened={proved !== null} onClose={() => setProved(null)} title="Proof of an entry">
        {proved && <EntryProof entry={proved.id} />}
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
                number={whole ? (entry.number ?? null) : entry.matterNumber}
                prove={setProved}
              />
            ))}
          </tbody>
        ))}
      </table>
    </>
  )
}

type OfLine = { entry: Entry; matter?: string; number: number | null; prove: (entry: Entry) => void }

function Line({ entry, matter, number, prove }: OfLine) {
  const more = detailWords(entry)
  return (
    <tr>
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
        <UnstyledButton aria-label={`Proof: ${entry.proof}. Show it`} onClick={() => prove(entry)}>
          <Proof of={entry.proof} />
        </UnstyledButton>
      </td>
    </tr>
  )
}

function Thing({ entry, matter }: { entry: Entry; matter?: string }) {
  const object = objectWords(entry)
  if (object === null) return null
  if (entry.deed === 'matter.created') return <Cite>{object}</Cite>
  if (entry.document && matter)
    return (
      <Link to={`/matters/${matter}/documents/${entry.document}`}>
        <b>{object}</b>
      </Link>
    )
  return <b>{object}</b>
}
