import type { ProofView } from '../../contract/ledger.ts'
import { base64 } from '../../core/bytes.ts'
import { parseCheckpoint } from '../../core/checkpoint.ts'
import { leafBytes } from '../../core/leaf.ts'
import { leafHash } from '../../core/merkle.ts'
import { tlogProof } from '../../core/tlog-proof.ts'
import type { Db } from '../../platform/postgres.ts'
import { witnessed } from './cosigned.ts'
import { inclusionOf } from './proofs.ts'
import { logAt } from './epochs.ts'
import { lastCheckpoint, type EntryRow } from './queries.ts'
import { placeOf, tilesOfPerson } from './tile-queries.ts'
import { leafOf } from './tree.ts'

/**
 * The proof of an entry that this reader sees: under the newest checkpoint that a witness cosigned, where that covers it, else under
 * the newest. Null while it waits for its place, and for whoever may not read the firm's ledger. The leaf is made of the entry as it
 * stands now: where someone changed it, the proof does not verify.
 */
export async function proofOf(db: Db, entry: EntryRow): Promise<ProofView['proof']> {
  const place = await placeOf(db, entry)
  // asked after the place: the checkpoint over it was committed with it
  const cosigned = place && (await witnessed(db, place.n + 1))
  const checkpoint = cosigned ?? (place && (await lastCheckpoint(db)))
  const log = checkpoint && (await logAt(db, checkpoint.size))
  if (!place || !checkpoint || !log || checkpoint.size <= place.n) return null
  const { size, note } = checkpoint
  const leaf = leafBytes(leafOf(entry, { n: place.n, matterN: place.matter_n, numbered: place.numbered }))
  const hashes = await inclusionOf(tilesOfPerson(db), place.n, size)
  return {
    position: place.n,
    leaf: leaf.toString('utf8'),
    leafHash: base64(leafHash(leaf)),
    size,
    root: base64(parseCheckpoint(textOf(note)).root),
    note,
    origin: log.origin,
    key: log.vkey,
    witnesses: cosigned?.by ?? [],
    hashes: hashes.map(base64),
    text: tlogProof({ index: place.n, hashes, note, extra: leaf }),
  }
}

/** What a note says, above its signatures. */
const textOf = (note: string): string => note.slice(0, note.lastIndexOf('\n\n') + 1)
