import { Button } from '@mantine/core'
import { useState } from 'react'
import type { PreviewView } from '../../../src/contract/wall.ts'
import { count, counted, dateOf, timeOf } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fact } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { State } from '../../ui/state.tsx'
import { listed } from '../people/words.ts'
import type { usePreview } from './api.ts'
import { SeenTable } from './seen-table.tsx'
import { wayWords } from './words.ts'

type Loss = PreviewView['losses'][number]

/** What a wall would change, before anything is done. */
export function DryRun({ of }: { of: ReturnType<typeof usePreview> }) {
  return (
    <section className="stack dryrun" aria-label="Dry run" aria-busy={of.isFetching}>
      <Body of={of} />
    </section>
  )
}

function Body({ of }: { of: ReturnType<typeof usePreview> }) {
  if (of.error && !of.isFetching) return <Fault fault={of.error} retry={() => void of.refetch()} />
  if (of.data) return <Run run={of.data} />
  if (of.isFetching) return <Lines />
  return (
    <div className="panel">
      <Empty title="What would change">
        Say who is kept from what. Who would lose what, and what they have seen of it before, then stands here; nothing is done by it.
      </Empty>
    </div>
  )
}

function Run({ run }: { run: PreviewView }) {
  const losing = run.losses.filter((loss) => loss.matterCount > 0)
  const titles = new Map<string, string>(
    [...run.matters, ...run.losses.flatMap(({ matters }) => matters)].map((matter) => [matter.id, matter.title]),
  )
  return (
    <>
      {run.faults.length > 0 && (
        <Fact kind="refuse" title="The wall cannot be raised like this">
          {run.faults.map((fault) => (
            <p key={fault.text}>{fault.text}</p>
          ))}
        </Fact>
      )}
      <section className="panel clip" aria-labelledby="dry-change">
        <header>
          <h2 className="sub" id="dry-change">
            What would change
          </h2>
          <span className="meta push" role="status">
            Dry run of {timeOf(run.at)}, nothing done yet
          </span>
        </header>
        {losing.length > 0 ? (
          <Losses losses={losing} />
        ) : (
          <p className="body soft">
            Nobody loses anything that they reach today. From then on nobody who is screened can be brought to it.
          </p>
        )}
      </section>
      {run.closed.length > 0 && (
        <Fact title="Groups that it closes">
          {run.closed.map(({ matter, group }) => (
            <p key={`${matter}${group}`}>
              <Cite>{titles.get(matter) ?? 'A matter'}</Cite> is no longer open to {group}. The team stays.
            </p>
          ))}
        </Fact>
      )}
      <Covered matters={run.matters} of={run.matterCount} />
      <Before losses={run.losses} titles={titles} late={run.late} />
    </>
  )
}

const FEW = 8
/** Of several people each loses so many lines, and the rest is a number. */
const LINES = 5

function Losses({ losses }: { losses: Loss[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? losses : losses.slice(0, FEW)
  const shownOf = ({ matters }: Loss) => (losses.length > 1 && matters.length > LINES + 1 ? matters.slice(0, LINES) : matters)
  return (
    <>
      <table className="table losstable">
        <thead>
          <tr>
            <th scope="col">Loses</th>
            <th scope="col" className="num">
              Documents
            </th>
            <th scope="col">Had through</th>
          </tr>
        </thead>
        {shown.map((loss) => (
          <tbody key={loss.person.id}>
            <tr className="day">
              <th scope="rowgroup" colSpan={3}>
                {loss.person.name} <span className="meta">{counted(loss.matterCount, 'matter')}</span>
              </th>
            </tr>
            {shownOf(loss).map((matter) => (
              <tr key={matter.id}>
                <th scope="row">
                  <Cite>{matter.title}</Cite> <span className="meta">{matter.number}</span>
                </th>
                <td className="num">{count(matter.documents)}</td>
                <td>{wayWords(matter.how)}</td>
              </tr>
            ))}
            {loss.matterCount > shownOf(loss).length && (
              <tr>
                <td colSpan={3} className="soft">
                  and {count(loss.matterCount - shownOf(loss).length)} more
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
      {losses.length > shown.length && (
        <div className="body">
          <Button size="xs" onClick={() => setAll(true)}>
            Show all {counted(losses.length, 'person', 'people')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Which matters the wall stands round. */
function Covered({ matters, of }: { matters: PreviewView['matters']; of: number }) {
  if (matters.length === 0) return null
  return (
    <details className="covered">
      <summary>It stands round {counted(of, 'matter')} of today</summary>
      <ul>
        {matters.map((matter) => (
          <li key={matter.id}>
            <Cite>{matter.title}</Cite>{' '}
            <span className="meta">
              {matter.number} · {matter.client}
            </span>
          </li>
        ))}
        {of > matters.length && <li className="soft">The newest {count(matters.length)} are shown.</li>}
      </ul>
    </details>
  )
}

/** What they have seen already; a wall cannot take that back. */
function Before({ losses, titles, late }: { losses: Loss[]; titles: Map<string, string>; late: boolean }) {
  const saw = losses.filter((loss) => loss.seenCount > 0)
  const total = saw.reduce((sum, loss) => sum + loss.seenCount, 0)
  const seen = saw.flatMap((loss) => loss.seen).toSorted((one, other) => other.at.localeCompare(one.at))
  const its = saw.length > 0 ? saw : losses
  const [first] = saw.flatMap((loss) => loss.firstSeenAt ?? []).toSorted()
  if (losses.length === 0) return null
  return (
    <section className="panel clip" aria-labelledby="dry-seen">
      <header>
        <h2 className="sub" id="dry-seen">
          What {its.length === 1 ? `${its[0]?.person.name} has` : 'they have'} already seen
        </h2>
        {total > 0 && (
          <span className="meta push">
            {counted(total, 'look')}
            {first && `, the first on ${dateOf(first)}`}
          </span>
        )}
      </header>
      {late && (
        <div className="body line">
          <State kind="wait">Late</State>
          <p className="soft">
            {first ? `The first look was on ${dateOf(first)}, before the screen stands.` : 'Something was opened before the screen stands.'}{' '}
            The papers of the wall will say so.
          </p>
        </div>
      )}
      {seen.length > 0 ? (
        <SeenTable seen={seen} titles={titles} named={saw.length === 1} />
      ) : (
        <p className="body soft">
          Nothing: the ledger has no look at it by {listed(losses.slice(0, 3).map(({ person }) => person.name))}
          {losses.length > 3 ? ' or the others' : ''}.
        </p>
      )}
      {total > 0 && (
        <p className="body meta">
          {seen.length < total ? `The newest ${count(seen.length)} of ${count(total)}. ` : ''}The full list is sealed with the wall and goes
          into its screening pack.
        </p>
      )}
    </section>
  )
}
