import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type Answer, take } from '../../lib/ask.ts'
import { count, counted, fullTime, inFours, timeOf } from '../../lib/format.ts'
import { Refused } from '../../lib/refused.ts'
import { Copy } from '../../ui/copy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import type { useCheckpoint } from './api.ts'
import { Epochs } from './epochs.tsx'
import { Outside } from './outside.tsx'
import { CompareNote } from './proving/compare-note.tsx'
import { Witnesses } from './witnesses.tsx'

/** What the firm signed last, who outside of it signed that too, and where else it is kept. */
export function NewestCheckpoint({ of: { data, error, refetch } }: { of: ReturnType<typeof useCheckpoint> }) {
  const none = error instanceof Refused && error.code === 'nothing'
  if (none) return <Empty title="No checkpoint yet">The first one is signed soon after the first entry.</Empty>
  return (
    <>
      {data && <Checkpoint checkpoint={data} />}
      {data && <Witnesses />}
      {data && <Outside />}
      {data && <Epochs epochs={data.epochs} />}
      {error && <Fault fault={error} retry={() => void refetch()} />}
    </>
  )
}

function Checkpoint({ checkpoint }: { checkpoint: Answer<'checkpoint.latest'> }) {
  const [shown, note] = useDisclosure()
  const [comparing, comparison] = useDisclosure()
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
            <Print />
            <Button onClick={note.toggle} aria-expanded={shown}>
              {shown ? 'Hide the signed note' : 'Show the signed note'}
            </Button>
            {shown && <Copy text={checkpoint.note} what="the note" />}
            <Button onClick={comparison.toggle} aria-expanded={comparing}>
              Compare an earlier note
            </Button>
          </div>
          {shown && <pre className="note">{checkpoint.note}</pre>}
          {comparing && <CompareNote checkpoint={checkpoint} />}
          <p className="meta">
            A stranger who keeps this note can check later that nothing was taken out or put in between. It holds no client content.
          </p>
        </div>
      </div>
    </>
  )
}

/** The checkpoint on paper, with its cosignatures and how to check it. The server writes down that it was printed. */
function Print() {
  const printing = useMutation({ mutationFn: () => take('checkpoint.pdf', 'checkpoint.print', {}), gcTime: 0 })
  return (
    <>
      <Button leftSection={<IconPrinter {...line} />} loading={printing.isPending} onClick={() => printing.mutate()}>
        Print it (PDF)
      </Button>
      {printing.error && <Fault fault={printing.error} />}
    </>
  )
}
