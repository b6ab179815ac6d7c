import { originOf } from '../../core/epoch.ts'
import { checkpointText, parseCheckpoint } from '../../core/checkpoint.ts'
import { commit, fromText, leafBytes, saltOf, type Label, type Leaf } from '../../core/leaf.ts'
import { emptyFrontier, leafHash, rootOfFrontier, type Frontier } from '../../core/merkle.ts'
import { openNote, parseVkey, signerOf } from '../../core/note.ts'
import { iso } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { CheckpointRow, EntryRow } from './queries.ts'

export type Position = { n: number; matterN: number | null; numbered: Date }

/** An entry's leaf at its position; docs/formats/ledger.md says what it holds. */
export const leafOf = (entry: EntryRow, { n, matterN, numbered }: Position): Leaf => leafAt(entry, { n, matterN, numbered: iso(numbered) })

/** Where an entry stands, with the time of it in words. */
type Written = Omit<Position, 'numbered'> & { numbered: string }
function leafAt(entry: EntryRow, position: Written): Leaf {
  const { v, salt } = entry
  const committed = (label: Label, value: string | null) => commit(saltOf(v, salt, label), label, value ?? '')
  const common = {
    id: entry.id,
    n: position.n,
    m: position.matterN,
    at: iso(entry.at),
    numbered: position.numbered,
    deed: entry.deed,
    actor: committed('actor', entry.actor),
    matter: committed('matter', entry.matter_id),
    object: committed('object', entry.object),
    via: entry.via,
    details: entry.details_commitment,
  }
  if (v === 1) return { v, ...common }
  const from = committed('from', fromText(entry.session, entry.origin))
  return Object.assign(common, { v, from, ground: committed('ground', entry.ground) })
}

/** The hash of an entry's leaf (RFC 6962). */
export const hashOf = (entry: EntryRow, position: Position): Buffer => leafHash(leafBytes(leafOf(entry, position)))
export const hashAt = (entry: EntryRow, position: Written): Buffer => leafHash(leafBytes(leafAt(entry, position)))

export const frontierOf = (checkpoint: CheckpointRow | null): Frontier =>
  checkpoint ? { size: checkpoint.size, hashes: checkpoint.frontier } : emptyFrontier()

export type LedgerKey = ReturnType<typeof signerOf>
/** Signs in the log's name: the firm's first key names it, and keys of later epochs sign under the same name. */
export const ledgerKey = (seed: Buffer, origin: string = originOf(seed)): LedgerKey => signerOf(origin, seed)
/** The key that signs now. */
export const signingKey = ({ ledgerSeed, ledgerOrigin }: Pick<FirmKeys, 'ledgerSeed' | 'ledgerOrigin'>): LedgerKey =>
  ledgerKey(ledgerSeed, ledgerOrigin)

export const signCheckpoint = (key: LedgerKey, frontier: Frontier): string =>
  key.sign(checkpointText({ origin: key.name, size: frontier.size, root: rootOfFrontier(frontier) }))

/** What is wrong with a kept checkpoint, or null. */
export function checkpointFault(row: CheckpointRow, vkey: string, frontier: Frontier): string | null {
  try {
    const said = parseCheckpoint(openNote(row.note, [parseVkey(vkey)]).text)
    if (said.size !== row.size || said.size !== frontier.size) return `checkpoint ${row.size}: its note is for another size`
    if (!said.root.equals(row.root) || !said.root.equals(rootOfFrontier(frontier)))
      return `checkpoint ${row.size}: its root is not the root of the entries before it`
    return null
  } catch {
    return `checkpoint ${row.size}: its signature is not the firm’s`
  }
}
