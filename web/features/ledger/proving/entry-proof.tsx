import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { EntryId } from '../../../../src/contract/ids.ts'
import type { ProofView } from '../../../../src/contract/ledger.ts'
import { ask } from '../../../lib/ask.ts'
import { count, counted, fullTime, inFours } from '../../../lib/format.ts'
import { save } from '../../../lib/save.ts'
import { Copy } from '../../../ui/copy.tsx'
import { Fault } from '../../../ui/fault.tsx'
import { Lines } from '../../../ui/lines.tsx'
import { StillTheSame } from './still-the-same.tsx'
import { verifyProof, type Checked } from './verify-proof.ts'

const useProof = (entry: EntryId) =>
  useQuery({
    queryKey: ['proof', entry],
    queryFn: async ({ signal }) => {
      const view = await ask('entry.prove', { params: { entry }, signal })
      return { ...view, checked: view.proof && (await verifyProof(view.proof)) }
    },
    // what waits has its place within a second
    refetchInterval: ({ state }) => (state.data?.state === 'recorded' ? 1500 : false),
  })

/** How an entry is proved, worked out again in this browser. */
export function EntryProof({ entry }: { entry: EntryId }) {
  const found = useProof(entry)
  if (found.isPending) return <Lines count={5} />
  if (!found.data) return <Fault fault={found.error} retry={() => void found.refetch()} />
  const { state, proof, checked } = found.data
  return (
    <section className="stack lg" aria-label="Proof">
      <ol className="proofs">
        <li>
          <b>Recorded.</b> It was written in one transaction with the act that it tells of. Had it failed, the act would not have happened.
        </li>
        {state === 'recorded' && <li className="open">It waits for its place in the tree. That takes about a second.</li>}
        {state !== 'recorded' && !proof && (
          <li>
            <b>{state === 'witnessed' ? 'In the tree, and witnessed.' : 'In the tree.'}</b> Where it stands there is shown to those who read
            the firm’s ledger.
          </li>
        )}
        {proof && <InTree proof={proof} checked={checked} />}
        {proof && <Signed proof={proof} checked={checked} />}
        {proof && <Witnessed proof={proof} />}
        {proof && <StillTheSame size={proof.size} root={proof.root} />}
      </ol>
      {proof && <Away proof={proof} entry={entry} />}
    </section>
  )
}

type Shown = { proof: NonNullable<ProofView['proof']>; checked: Checked | null }

/** Filled once it was worked out here, open while it was not, and of another shape where it is wrong. */
const beadOf = (holds: boolean | null): string | undefined => (holds === null ? 'open' : holds ? undefined : 'wrong')

function InTree({ proof, checked }: Shown) {
  return (
    <li className={beadOf(checked && checked.tree)}>
      <b>In the tree.</b> Entry {count(proof.position + 1)} of {count(proof.size)}.{' '}
      {checked === null && 'This browser checks nothing on a page that is not served over https.'}
      {checked?.tree &&
        `This browser hashed it with the ${counted(proof.hashes.length, 'hash', 'hashes')} beside its way up, and came to this root, which was signed:`}
      {checked?.tree === false && (
        <strong role="alert">
          It does not lead to the root that was signed: the entry, or the tree, is not as it was. Tell compliance.
        </strong>
      )}
      <span className="hash">{inFours(proof.root)}</span>
    </li>
  )
}

function Signed({ proof, checked }: Shown) {
  return (
    <li className={beadOf(checked && checked.signature)}>
      <b>Signed</b> with the key of the ledger named {proof.origin}. {checked?.signature && 'The signature is right.'}
      {checked?.signature === false && <strong role="alert">The signature is not right. Tell compliance.</strong>}
      {checked && checked.signature === null && 'This browser knows no Ed25519 and did not check the signature.'}
    </li>
  )
}

function Witnessed({ proof: { witnesses } }: Pick<Shown, 'proof'>) {
  if (witnesses.length === 0) return <li className="open">No witness has signed a checkpoint over it yet.</li>
  return (
    <li>
      <b>Witnessed</b> by {witnesses.map((one) => `${one.name} (${fullTime(one.at)})`).join(', ')}: {witnesses.length === 1 ? 'it' : 'each'}{' '}
      saw the ledger of this size, and that it only grew.
    </li>
  )
}

/** The proof as a file that a stranger can check with the firm’s key and nothing else. */
function Away({ proof, entry }: Pick<Shown, 'proof'> & { entry: EntryId }) {
  const keep = () => save(new Blob([proof.text], { type: 'text/plain' }), `entry-${entry}.tlog-proof`)
  return (
    <div className="stack sm">
      <div className="row wrap">
        <Button onClick={keep}>Download the proof</Button>
        <Copy text={proof.text} what="the proof" />
      </div>
      <p className="meta">
        A stranger checks it with the firm’s key and nothing else (c2sp.org/tlog-proof). It holds no names and no content: what the entry
        says stands in it as commitments.
      </p>
    </div>
  )
}
