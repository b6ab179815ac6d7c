import { Link } from 'react-router'
import { DEEDS } from '../../../src/contract/deeds.ts'
import type { NumberedEntry } from '../../../src/contract/entry.ts'
import type { EntryView } from '../../../src/contract/ledger.ts'
import { count, exactTime } from '../../lib/format.ts'
import { KeyLines } from '../../ui/key-lines.tsx'
import { Cite } from '../../ui/cite.tsx'
import { detailWords } from './detail-words.ts'
import { EntryProof } from './proving/entry-proof.tsx'
import { groundWords } from './ground-words.ts'
import { actorWords, objectWords, sealedWords } from './object-words.ts'

export type ShownEntry = EntryView & Partial<Pick<NumberedEntry, 'number' | 'matter' | 'ofMatter'>>

/** One entry with all that its reader may know of it, and how it is proved. */
export function EntryDetails({ entry }: { entry: ShownEntry }) {
  const { actor, via, deed, at, number, matter, from, ground } = entry
  const object = objectWords(entry)
  const more = detailWords(entry)
  const sealed = sealedWords(entry)
  const facts: [string, React.ReactNode][] = [
    ['When', exactTime(at)],
    [
      'Who',
      actor ? (
        <Link to={`/people/${actor.id}/history`}>{actor.name}</Link>
      ) : via === 'clerk' ? (
        'Subrosa itself'
      ) : (
        'Someone who was not signed in'
      ),
    ],
    ['Deed', deed],
    ...(matter
      ? ([
          [
            'Matter',
            <Link key="matter" to={`/matters/${matter.id}/history`}>
              <Cite>{matter.title}</Cite>
            </Link>,
          ],
        ] as [string, React.ReactNode][])
      : []),
    ...(from ? ([['From', `${from.address}, ${from.browser}`]] as [string, React.ReactNode][]) : []),
    ...(ground ? ([['Allowed by', groundWords(ground)]] as [string, React.ReactNode][]) : []),
    ...(number && entry.matterNumber ? ([['In the matter', `Entry ${count(entry.matterNumber)}`]] as [string, React.ReactNode][]) : []),
  ]
  return (
    <div className="stack lg">
      <p className="say">
        {actorWords(entry)} {DEEDS[deed]}
        {sealed && ` ${sealed}`}
        {object !== null && (
          <>
            {' '}
            <em>{object}</em>
          </>
        )}
        {more && `, ${more}`}.
      </p>
      <section className="stack sm" aria-label="What it says">
        <KeyLines of={facts} />
      </section>
      <section className="stack sm" aria-labelledby="how-proved">
        <h3 className="sub" id="how-proved">
          How this is proved
        </h3>
        <EntryProof entry={entry.id} />
      </section>
    </div>
  )
}
