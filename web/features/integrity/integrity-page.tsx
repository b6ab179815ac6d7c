import { Button, Progress } from '@mantine/core'
import type { ScrubView, StorageView } from '../../../src/contract/storage.ts'
import { bytes, count, counted, fullTime } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { IndexPanel } from '../search/index-panel.tsx'
import { useMe } from '../session/api.ts'
import { useScrub, useStartScrub, useStorage } from './api.ts'
import { LedgerCheck } from './ledger-check.tsx'

/** Whether the ledger is what it was, and every stored file what came in. */
export function IntegrityPage() {
  const may = useMe().data?.may
  return may?.includes('integrity.keep') ? <Reading mayMove={may.includes('storage.move')} /> : <Nothing />
}

function Reading({ mayMove }: { mayMove: boolean }) {
  useSection('Integrity')
  const scrub = useScrub()
  const storage = useStorage(mayMove)
  return (
    <div className="page stack">
      <h1 className="title">Integrity</h1>
      <LedgerCheck />
      {scrub.isPending && <Lines />}
      {scrub.error && !scrub.data && <Fault fault={scrub.error} retry={() => void scrub.refetch()} />}
      {scrub.data && <Check view={scrub.data} />}
      {scrub.data && <Broken view={scrub.data} />}
      {storage.data && <Stores view={storage.data} />}
      <IndexPanel />
    </div>
  )
}

function Check({ view }: { view: ScrubView }) {
  const start = useStartScrub()
  const waits = view.state === 'asked' || view.state === 'running'
  return (
    <section className="panel" aria-labelledby="integrity-check">
      <header>
        <h2 className="sub" id="integrity-check">
          The check of every file
        </h2>
      </header>
      <div className="body stack">
        <p>{said(view)}</p>
        {view.state === 'running' && (
          <Progress value={view.ofBytes === 0 ? 100 : (view.bytes / view.ofBytes) * 100} aria-label="How much has been read" />
        )}
        {view.skipped > 0 && (
          <p className="soft">
            {counted(view.skipped, 'matter was', 'matters were')} passed over, as the client withholds its key. The next check reads them
            once it is given out.
          </p>
        )}
        <p className="meta">{every(view)}</p>
        {start.error && <Wrong>{start.error.message}</Wrong>}
        {!waits && (
          <div>
            <Button onClick={() => start.mutate()} loading={start.isPending}>
              Check all files now
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

function said({ state, begunAt, endedAt, checked, of, bytes: read, ofBytes }: ScrubView): string {
  if (state === 'never') return 'No check has run yet.'
  if (state === 'asked') return 'A check is asked for and begins within a minute.'
  const progress = `${count(checked)} of ${counted(of, 'version')}, ${bytes(read)} of ${bytes(ofBytes)}`
  if (state === 'running') return `Begun ${fullTime(begunAt!)}: ${progress} read and compared.`
  return `The last one ended ${fullTime(endedAt!)}: ${counted(checked, 'version')}, ${bytes(read)} read and compared with what came in.`
}

const every = ({ every: { days, hour, pace } }: ScrubView): string =>
  `It reads ${count(pace)} MiB a second at most, ${days === 0 ? 'when it is asked for' : `every ${counted(days, 'day')} from ${String(hour).padStart(2, '0')}:00`}. The settings of the server say so.`

function Broken({ view }: { view: ScrubView }) {
  if (view.broken.length === 0)
    return view.endedAt === null ? null : <p className="soft">No stored file is known to be other than it came in.</p>
  return (
    <section className="panel" aria-labelledby="integrity-broken">
      <header>
        <h2 className="sub" id="integrity-broken">
          {counted(view.broken.length, 'version')} not as it came in
        </h2>
      </header>
      <div className="body stack">
        <Fact kind="refuse">
          These are not opened. Put each one back from the backup named, under its own name, then check all files again.
        </Fact>
        <ul className="stack">
          {view.broken.map((one) => (
            <li key={one.version}>
              <p>
                Version {one.number} of document <span className="hash">{one.document}</span>. {one.fault}
              </p>
              <p className="meta">
                Found {fullTime(one.foundAt)}.{' '}
                {one.goodAt ? `Last found whole ${fullTime(one.goodAt)}.` : 'Not checked before since it came in.'}{' '}
                {one.backup ? `The backup of ${fullTime(one.backup.at)} in ${one.backup.to} holds it.` : 'No backup known here holds it.'}{' '}
                {one.earlier !== null && `Version ${one.earlier} before it can be opened.`}
              </p>
              <p className="meta">
                Its file: <span className="hash">{`${one.version.slice(-2)}/${one.version}`}</span>
              </p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function Stores({ view }: { view: StorageView }) {
  const named = (kind: string) =>
    kind === 'disk' ? 'the disk of the server' : `the bucket ${view.stores.find((one) => one.kind === kind)?.label ?? ''}`
  const { move } = view
  return (
    <section className="panel" aria-labelledby="integrity-stores">
      <header>
        <h2 className="sub" id="integrity-stores">
          Where files are kept
        </h2>
      </header>
      <div className="body stack">
        <p>New files go to {named(view.target)}.</p>
        {move && (
          <p className="meta">
            {move.state === 'running'
              ? `A move is under way since ${fullTime(move.begunAt)}`
              : `The last move ended ${fullTime(move.endedAt!)}`}
            : {counted(move.moved, 'file')}, {bytes(move.bytes)}
            {move.failed > 0 && `; ${counted(move.failed, 'file')} could not be copied and lie where they were`}.
          </p>
        )}
        <p className="meta">
          They are moved from the command line of the server: <span className="hash">subrosa storage move</span>.
        </p>
      </div>
    </section>
  )
}
