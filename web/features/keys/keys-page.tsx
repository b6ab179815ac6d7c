import type { RotationView } from '../../../src/contract/key.ts'
import { counted, dateOf, fullTime } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Copy } from '../../ui/copy.tsx'
import { Fact } from '../../ui/fact.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMe } from '../session/api.ts'
import { useKeyring } from './api.ts'
import { KeyPart } from './key-part.tsx'
import { OwnRoots } from './own-roots.tsx'
import { Shares } from './shares.tsx'

type Keys = NonNullable<ReturnType<typeof useKeyring>['data']>

/** Which keys the firm stands on, since when, and their replacement. */
export function KeysPage() {
  return useMe().data?.may.includes('key.rotate') ? <Reading /> : <Nothing />
}

function Reading() {
  useSection('Keys')
  const keys = useKeyring()
  return (
    <div className="page stack">
      <h1 className="title">Keys</h1>
      {keys.isPending && <Lines />}
      {keys.error && !keys.data && <Fault fault={keys.error} retry={() => void keys.refetch()} />}
      {keys.data && <Standing keys={keys.data} />}
    </div>
  )
}

function Standing({ keys }: { keys: Keys }) {
  const { root, firm, matters, ledger, rotations } = keys
  const running = (what: RotationView['what']) => rotations.find((one) => one.what === what && one.endedAt === null) ?? null
  return (
    <>
      <p className="soft">
        Each file is sealed under a key of its own, that under its matter’s key, that under the firm key, and that under the root key.
        Replacing one wraps what is under it anew while people work. The contents of files are not sealed again.
      </p>
      <KeyPart what="root" title="Root key" act="Replace the root key" running={running('root')}>
        <p>
          Key <span className="hash">{root.id}</span>, {root.since ? `since ${dateOf(root.since)}` : 'since the firm began'}.
        </p>
        <p>{KEPT[root.sealedBy]}</p>
        {root.former > 0 && (
          <p className="meta">The keyring file also holds {counted(root.former, 'former root key')}, which backups of their time need.</p>
        )}
        <p className="meta">
          A new root key makes the printed recovery sheet and all recovery shares worthless for the data of today. Make them anew on the
          server: <span className="hash">subrosa key sheet</span>, <span className="hash">subrosa key split</span>.
        </p>
      </KeyPart>
      <KeyPart what="firm" title="Firm key" act="Replace the firm key" running={running('firm')}>
        <p>
          Version {firm.version}, since {dateOf(firm.since)}.
        </p>
        <p className="meta">A new firm key takes the way to the matters’ keys from whoever holds the old one.</p>
      </KeyPart>
      <KeyPart what="matter" title="Keys of matters" act="Replace the keys of all matters" running={running('matter')}>
        <p>
          {matters.count === 0
            ? 'There is no matter yet.'
            : `${counted(matters.count, 'matter')}, each with a key of its own; the oldest key since ${dateOf(matters.oldest!)}.`}
        </p>
        {matters.rotated > 0 && <p>{counted(matters.rotated, 'matter has', 'matters have')} had it replaced before.</p>}
        <p className="meta">Every matter is gone through, one after the other. With many files this takes some minutes.</p>
      </KeyPart>
      <KeyPart what="ledger" title="Ledger key" act="Replace the ledger key" running={running('ledger')}>
        <p>{ledger.epoch === 0 ? 'The first one, since the ledger began.' : `Epoch ${ledger.epoch}, since ${fullTime(ledger.since!)}.`}</p>
        <div className="row wrap">
          <span className="hash">{ledger.vkey}</span>
          <Copy text={ledger.vkey} what="the key" />
        </div>
        <p className="meta">
          It signs the ledger’s checkpoints. A new key begins a new epoch: the key before vouches for it and is then forgotten, so that
          nobody can sign the past anew. Give the new one to the operators of witnesses, and to whoever checks evidence.
        </p>
      </KeyPart>
      <OwnRoots />
      <Shares splits={keys.splits} />
      <Earlier ended={rotations.filter((one) => one.endedAt !== null)} />
    </>
  )
}

const KEPT: Record<Keys['root']['sealedBy'], string> = {
  nothing: 'It stands in the keyring file of the server, which is not sealed: whoever can read that file holds the key.',
  passphrase: 'It stands in the keyring file of the server, sealed with a passphrase.',
  transit: 'It stands in the keyring file of the server, sealed by OpenBao’s or Vault’s transit service.',
  kms: 'It stands in the keyring file of the server, sealed by AWS KMS.',
}
const NAMES: Record<RotationView['what'], string> = {
  root: 'The root key',
  firm: 'The firm key',
  matter: 'The keys of all matters',
  ledger: 'The ledger key',
}

function Earlier({ ended }: { ended: RotationView[] }) {
  if (ended.length === 0) return <Fact>No key has been replaced yet.</Fact>
  return (
    <Panel id="keys-earlier" title="Replaced before">
      <ul className="body stack sm">
        {ended.map((one) => (
          <li key={one.id}>
            {one.one ? 'The key of one matter' : NAMES[one.what]}, {fullTime(one.endedAt!)}.{' '}
            <span className="meta">
              {one.by} asked for it
              {one.what !== 'ledger' && `; ${counted(one.done, 'key')} wrapped anew`}
              {one.skipped > 0 && `, and ${counted(one.skipped, 'matter')} passed over, as the client withheld its key`}.
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
