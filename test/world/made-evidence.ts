import { packEvidence, type EvidenceHead, type EvidenceLine, type Field, type ShownEntry } from '../../src/core/evidence.ts'
import { checkpointText } from '../../src/core/checkpoint.ts'
import { beginEpoch, newestKey, type Epochs, type Signer } from '../../src/core/epoch.ts'
import { canonical } from '../../src/core/canonical.ts'
import { commit, detailsCommitment, leafBytes, type Leaf } from '../../src/core/leaf.ts'
import { leafHash, rootOf } from '../../src/core/merkle.ts'
import { proofRanges } from '../../src/core/multi-proof.ts'
import { signerOf } from '../../src/core/note.ts'

/** A small log made by hand, and bundles of it: no database, no clock, the same bytes each time. */
export type Deed = { at: number; deed: string; actor: string; matter?: string; object?: string; details?: Record<string, string | number> }

export const PEOPLE = { ada: '0199aaaa-0000-7000-8000-00000000000a', ben: '0199aaaa-0000-7000-8000-00000000000b' }
export const ORCHARD = '0199bbbb-0000-7000-8000-000000000001'
export const MILL = '0199bbbb-0000-7000-8000-000000000002'
export const BUNDLE = '0199cccc-0000-7000-8000-000000000001'
export const instant = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString()

export const signer = signerOf('subrosa.example/00000000', Buffer.alloc(32, 7))
const salt = (n: number, kind: number): Buffer => Buffer.alloc(16, n * 8 + kind)

export type MadeLog = { leaves: Leaf[]; openings: Record<Field, { salt: string; value: string }>[]; hashes: Buffer[] }
export function madeLog(deeds: readonly Deed[]): MadeLog {
  const counts = new Map<string, number>()
  const log: MadeLog = { leaves: [], openings: [], hashes: [] }
  deeds.forEach(({ at, deed, actor, matter, object, details = {} }, n) => {
    const m = matter ? (counts.get(matter) ?? 0) + 1 : null
    if (matter) counts.set(matter, m!)
    const own = { actor, matter: matter ?? '', object: object ?? '' }
    const json = canonical(details)
    const leaf: Leaf = {
      v: 1,
      id: `0199dddd-0000-7000-8000-${String(n).padStart(12, '0')}`,
      n,
      m,
      at: instant(at),
      numbered: instant(at),
      deed,
      actor: commit(salt(n, 0), 'actor', own.actor),
      matter: commit(salt(n, 0), 'matter', own.matter),
      object: commit(salt(n, 0), 'object', own.object),
      via: 'browser',
      details: detailsCommitment(salt(n, 1), json),
    }
    const opened = (value: string, kind: number) => ({ salt: salt(n, kind).toString('base64'), value })
    log.leaves.push(leaf)
    log.hashes.push(leafHash(leafBytes(leaf)))
    log.openings.push({
      actor: opened(actor, 0),
      matter: opened(own.matter, 0),
      object: opened(own.object, 0),
      details: opened(json, 1),
    } as never)
  })
  return log
}

/** Entry `n` with all its fields open but `hide`. */
export function shown({ leaves, openings }: MadeLog, n: number, hide: readonly Field[] = []): ShownEntry {
  const all = Object.entries(openings[n]!) as [Field, { salt: string; value: string }][]
  return {
    leaf: leafBytes(leaves[n]!).toString('utf8'),
    open: Object.fromEntries(all.filter(([field]) => !hide.includes(field))),
    hidden: Object.fromEntries(hide.map((field) => [field, 'left out'])),
  }
}
export const shut = ({ hashes }: MadeLog, n: number): EvidenceLine => ({ n, hash: hashes[n]!.toString('base64') })
const placeOf = (line: EvidenceLine): number => ('leaf' in line ? (JSON.parse(line.leaf) as Leaf).n : line.n)

export function madeHead(head: Partial<EvidenceHead>): EvidenceHead {
  return {
    format: 'subrosa evidence v1',
    id: BUNDLE,
    made: instant(59),
    firm: 'Wren & Ames LLP',
    maker: PEOPLE.ada,
    subject: { kind: 'matter', id: ORCHARD },
    period: { from: null, to: null },
    claims: [],
    names: { [PEOPLE.ada]: 'Ada Wren', [ORCHARD]: 'Orchard v. Mill' },
    origins: {},
    destroyed: [],
    log: { origin: signer.name, first: signer.vkey, epochs: [], vkey: signer.vkey },
    witnesses: [],
    ...head,
  }
}

export function madeBundle(
  log: MadeLog,
  head: EvidenceHead,
  lines: readonly EvidenceLine[],
  page: Uint8Array | null = null,
  cosign: (text: string) => string = () => '',
  by: { lists: Signer; checkpoint: Signer } = { lists: signer, checkpoint: signer },
): Buffer {
  const size = log.hashes.length
  const proof = proofRanges(lines.map(placeOf), size).map(({ start, end }) => rootOf(log.hashes.slice(start, end)))
  const text = checkpointText({ origin: signer.name, size, root: rootOf(log.hashes) })
  const checkpoint = by.checkpoint.sign(text) + cosign(text)
  return packEvidence({ head, lines, proof, checkpoint, report: Buffer.from('%PDF-1.7 a report') }, by.lists.sign, () => page)
}

/** The keys that followed `signer`, and the statements that began their epochs, each at a size of the log. */
export function madeEpochs(
  { hashes }: MadeLog,
  sizes: readonly number[],
): { signers: Signer[]; notes: string[]; head: EvidenceHead['log'] } {
  const signers = [signer, ...sizes.map((_, n) => signerOf(signer.name, Buffer.alloc(32, 20 + n)))]
  let epochs: Epochs = { origin: signer.name, first: signer.vkey, later: [] }
  for (const [n, size] of sizes.entries()) {
    const said = { size, root: rootOf(hashes.slice(0, size)), at: instant(50 + n), why: 'the key was replaced' }
    epochs = { ...epochs, later: [...epochs.later, beginEpoch(epochs, signers[n]!, signers[n + 1]!, said)] }
  }
  const notes = epochs.later.map((one) => one.note)
  return { signers, notes, head: { origin: signer.name, first: signer.vkey, epochs: notes, vkey: newestKey(epochs) } }
}

/** Two matters, side by side; the last entry is the making of the bundle. */
export const DEEDS: Deed[] = [
  { at: 0, deed: 'firm.founded', actor: PEOPLE.ada },
  { at: 1, deed: 'matter.created', actor: PEOPLE.ada, matter: ORCHARD, object: ORCHARD, details: { object: 'Orchard v. Mill' } },
  { at: 2, deed: 'matter.created', actor: PEOPLE.ben, matter: MILL, object: MILL, details: { object: 'Mill' } },
  { at: 3, deed: 'document.opened', actor: PEOPLE.ada, matter: ORCHARD, object: '0199eeee-0000-7000-8000-000000000001' },
  { at: 4, deed: 'document.opened', actor: PEOPLE.ben, matter: MILL, object: '0199eeee-0000-7000-8000-000000000002' },
  { at: 5, deed: 'document.opened', actor: PEOPLE.ben, matter: ORCHARD, object: '0199eeee-0000-7000-8000-000000000001' },
  { at: 6, deed: 'matter.closed', actor: PEOPLE.ada, matter: ORCHARD, object: ORCHARD },
  { at: 59, deed: 'evidence.made', actor: PEOPLE.ada, matter: ORCHARD, object: BUNDLE, details: { entries: 5 } },
]
export const OF_ORCHARD = [1, 3, 5, 6, 7]
