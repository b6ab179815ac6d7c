import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from 'react-router'
import { useSection } from '../../lib/section.ts'
import type { Answer } from '../../lib/ask.ts'
import { count, counted, fullTime, inFours, timeOf } from '../../lib/format.ts'
import { Refused } from '../../lib/refused.ts'
import { Copy } from '../../ui/copy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fact } from '../../ui/fact.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { MakeEvidence } from '../evidence/make-evidence.tsx'
import { useLedgerCheck } from '../integrity/api.ts'
import { useMe } from '../session/api.ts'
import { useCheckpoint, useLedger } from './api.ts'
import { Earlier } from './earlier.tsx'
import { Entries } from './entries.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { useAsked } from './filter-state.ts'
import { Witnesses } from './witnesses.tsx'

export function LedgerPage() {
  const may = useMe().data?.may.includes('ledger.read')
  return may ? <Ledger /> : <Nothing />
}

function Ledger() {
  useSection('Ledger')
  const may = useMe().data?.may
  const oversees = may?.includes('ledger.oversee')
  const isBroken = useLedgerCheck(may?.includes("integrity.keep") ?? false).data?.brokenAt
  const checkpoint = useCheckpoint()
  const [asked, askFor, clear] = useAsked()
  const ledger = useLedger(asked)
  const entries = ledger.data?.pages.flatMap((page) => page.entries)
  const narrowed = Object.keys(asked).length > 0
  const none = checkpoint.error instanceof Refused && checkpoint.error.code === 'nothing'
  return (
    <div className="lsplit">
      <section className="lmain" aria-label="Entries">
        <div className="lhead">
          <h1 className="title">Ledger</h1>
          {checkpoint.data && (
            <p className="soft">
              {counted(checkpoint.data.size, 'entry', 'entries')} in the tree. The last checkpoint was signed at{' '}
              {timeOf(checkpoint.data.at)}.
            </p>
          )}
          <p className="meta">
            Below stands what is not sealed to you, newest first. <a href="#checkpoint">What the checkpoint says</a>
          </p>
          <div className="row wrap">
            <ExportMenu asked={asked} />
            {oversees && (
              <Button component={Link} to="/ledger/reviews">
                Reviews
              </Button>
            )}
            <MakeEvidence of={{ period: true }} what="a period" />
          </div>
          <FilterBar asked={asked} ask={askFor} clear={clear} />
        </div>
        {isBroken && (
          <Fact kind="refuse">
            The ledger is not what it was. <Link to="/integrity">What was found</Link>
          </Fact>
        )}
        <div className="entries" aria-busy={ledger.isFetching}>
          {ledger.isPending && <Lines count={12} />}
          {ledger.error && !ledger.data && <Fault fault={ledger.error} retry={() => void ledger.refetch()} />}
          {entries && entries.length > 0 && <Entries whole entries={entries} />}
          {entries?.length === 0 && (
            <Empty
              title={narrowed ? 'No entry that you may see answers to that' : 'Nothing yet'}
              act={narrowed && <Button onClick={clear}>Show all</Button>}
            >
              {narrowed ? 'Ask for less at once, or for a longer time.' : 'The first entry stands here as soon as something is done.'}
            </Empty>
          )}
          <Earlier of={ledger} />
        </div>
      </section>
      <aside className="aside" id="checkpoint" aria-label="The newest checkpoint">
        {checkpoint.data && <Checkpoint checkpoint={checkpoint.data} />}
        {none && <Empty title="No checkpoint yet">The first one is signed soon after the first entry.</Empty>}
        {checkpoint.data && <Witnesses />}
        {checkpoint.error && !none && <Fault fault={checkpoint.error} retry={() => void checkpoint.refetch()} />}
      </aside>
    </div>
  )
}

function Checkpoint({ checkpoint }: { checkpoint: Answer<'checkpoint.latest'> }) {
  const [shown, note] = useDisclosure()
  return (
    <>
      <header>
        <h2 className="sub">The newest checkpoint</h2>
        <p className="meta">{fullTime(checkpoint.at)}</p>
      </header>
      <div className="body stack lg">
        <p className="say">
          At {timeOf(checkpoint.at)} the firm signed that its ledger holds {counted(checkpoint.size, 'entry', 'entries')}, in this order and
          no other.
        </p>
        <ol className="proofs">
          <li>
            <b>Recorded.</b> Each entry was written in one transaction with the act that it tells of. Had the entry failed, the act would
            not have happened.
          </li>
          <li>
            <b>In the tree.</b> Entries 1 to {count(checkpoint.size)} are hashed into one tree. This is the fingerprint of its top; to
            change any entry is to change it.
            <span className="hash">{inFours(checkpoint.root)}</span>
          </li>
          <li>
            <b>Signed</b> with the key of the ledger named {checkpoint.origin}.<span className="hash">{checkpoint.key}</span>
          </li>
        </ol>
        <div className="stack sm">
          <div className="row wrap">
            <Button onClick={note.toggle} aria-expanded={shown}>
              {shown ? 'Hide the signed note' : 'Show the signed note'}
            </Button>
            {shown && <Copy text={checkpoint.note} what="the note" />}
          </div>
          {shown && <pre className="note">{checkpoint.note}</pre>}
          <p className="meta">
            A stranger who keeps this note can check later that nothing was taken out or put in between. It holds no client content.
          </p>
        </div>
      </div>
    </>
  )
}
