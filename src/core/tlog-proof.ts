import { base64, fromBase64 } from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { verifyInclusion } from './merkle.ts'
import { openNote, type NoteKey } from './note.ts'

// c2sp.org/tlog-proof: a leaf's place in a log, its proof and a checkpoint in one text that needs nothing else.

/** A proof that is malformed, or does not prove what it is held against. */
export class BrokenProof extends Error {
  readonly kind = 'broken proof'
  override readonly name = 'BrokenProof'
}

/**
 * `index`: the leaf's position, from 0. `hashes`: its inclusion proof, 32 bytes each, lowest first. `note`: the signed
 * checkpoint, verbatim. `extra`: bytes that nothing vouches for, or null.
 */
export type TlogProof = { index: number; hashes: Buffer[]; note: string; extra: Buffer | null }

const HEAD = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^53 leaves has no longer path. */
const MOST_HASHES = 63
const HASH = 32

/** The text of a proof. Throws BrokenProof for what no proof can say. */
export function tlogProof({ index, hashes, note, extra }: TlogProof): string {
  const lines = [HEAD, ...(extra ? [`extra ${base64(extra)}`] : []), `index ${index}`, ...hashes.map((hash) => base64(hash))]
  const text = `${lines.join('\n')}\n\n${note}`
  parseTlogProof(text)
  return text
}

/** Reads a proof, strictly; the checkpoint in it is not looked at. Throws BrokenProof. */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf('\n\n')
  if (end < 0) throw new BrokenProof('a proof has an empty line before its checkpoint')
  const [head, ...lines] = text.slice(0, end).split('\n')
  if (head !== HEAD) throw new BrokenProof('not a proof of version 1')
  const extra = lines[0]?.startsWith('extra ') ? bytesOf(lines.shift()!.slice('extra '.length)) : null
  if (extra?.length === 0) throw new BrokenProof('extra data is there or its line is not')
  const index = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? '')?.[1]
  if (index === undefined || !Number.isSafeInteger(Number(index))) throw new BrokenProof('a proof has no index')
  const hashes = lines.map(bytesOf)
  if (hashes.length > MOST_HASHES || hashes.some((hash) => hash.length !== HASH)) throw new BrokenProof('a proof has hashes of 32 bytes')
  const note = text.slice(end + 2)
  if (note === '') throw new BrokenProof('a proof has no checkpoint')
  return { index: Number(index), hashes, note, extra }
}

/**
 * Verifies that the leaf stands in the log, under a checkpoint that one of `logs` signed under its own origin. Which
 * witnesses signed it too, and how many are enough, is the caller's to ask of the note. Throws BrokenProof or BrokenNote.
 */
export function verifyTlogProof(
  text: string,
  leafHash: Buffer,
  logs: readonly NoteKey[],
): { index: number; size: number; root: Buffer; origin: string } {
  const { index, hashes, note } = parseTlogProof(text)
  const opened = openNote(note, [...logs])
  const { origin, size, root } = parseCheckpoint(opened.text)
  if (!opened.signers.includes(origin)) throw new BrokenProof('the log did not sign the checkpoint')
  if (!verifyInclusion({ leafHash, index, size, proof: hashes, root })) throw new BrokenProof('the leaf is not in the tree at this place')
  return { index, size, root, origin }
}

function bytesOf(line: string): Buffer {
  const bytes = fromBase64(line)
  if (!bytes) throw new BrokenProof('a line of a proof is not base64')
  return bytes
}
