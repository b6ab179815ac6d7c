import { Button, Progress } from '@mantine/core'
import type { LedgerCheckView } from '../../../src/contract/ledger-check.ts'
import { count, counted, fullTime } from '../../lib/format.ts'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useLedgerCheck, useStartLedgerCheck } from './api.ts'

/** Whether the ledger is what it was: the last check of it, and what was found. */
export function LedgerCheck() {
  const check = useLedgerCheck()
  const start = useStartLedgerCheck()
  if (check.isPending) return <Lines count={3} />
  if (!check.data) return <Fault fault={check.error} retry={() => void check.refetch()} />
  const { state, at, hour } = check.data
  return (
    <section className="panel" aria-labelledby="integrity-ledger">
      <header>
        <h2 className="sub" id="integrity-ledger">
          The check of the ledger
        </h2>
      </header>
      <div className="body stack">
        <p>{said(check.data)}</p>
        {at && <Progress value={at.of === 0 ? 0 : (at.done / at.of) * 100} aria-label="How much has been checked" />}
        <Faults view={check.data} />
        <p className="meta">
          Every entry against its place in the tree, every checkpoint against the firm’s key, every sealed detail against what was written.
          It runs once a day from {String(hour).padStart(2, '0')}:00. What it cannot see by itself, a witness does.
        </p>
        {start.error && <Wrong>{start.error.message}</Wrong>}
        {(state === 'never' || state === 'ended') && (
          <div>
            <Button onClick={() => start.mutate()} loading={start.isPending}>
              Check the ledger now
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

function said({ state, begunAt, endedAt, at, entries, faults }: LedgerCheckView): string {
  if (state === 'never') return 'No check has run yet.'
  if (state === 'asked') return 'A check is asked for and begins within seconds.'
  if (state === 'running')
    return `Begun ${fullTime(begunAt!)}${at && at.of > 0 ? `: ${at.step}, ${count(at.done)} of ${count(at.of)}` : ''}.`
  const over = `The last one ended ${fullTime(endedAt!)}, over ${counted(entries, 'entry', 'entries')}`
  return faults.length === 0 ? `${over}: all of it is what was written.` : `${over}.`
}

function Faults({ view: { faults, brokenAt } }: { view: LedgerCheckView }) {
  if (!brokenAt) return null
  return (
    <>
      <Fact kind="refuse">
        The ledger is not what it was, known since {fullTime(brokenAt)}. Someone wrote into the database past Subrosa, or it was damaged.
        Keep it as it is, take a copy, and compare it with the last backup and with what your witnesses hold.
      </Fact>
      <ul className="stack" aria-label="What was found">
        {faults.map(({ what, where }, at) => (
          <li key={at}>
            <p>{what}</p>
            <p className="hash">{where}</p>
          </li>
        ))}
      </ul>
    </>
  )
}
