import type { Answer } from '../../../lib/ask.ts'
import { bytesOf, nodeHash, textOf } from './digest.ts'

export type Growth = Pick<Answer<'checkpoint.consistency'>, 'from' | 'to' | 'hashes' | 'roots'>

/**
 * Whether the log of `to` entries begins with the log of `from` entries, each under its root, base64 (RFC 9162, 2.1.4.2): worked out
 * here from the proof's hashes. Sizes are safe integers, so halves are taken by division.
 */
export async function hasOnlyGrown({ from, to, hashes, roots }: Growth): Promise<boolean> {
  if (from < 1 || from > to) return false
  if (from === to) return hashes.length === 0 && roots.from === roots.to
  let [first, second] = [from - 1, to - 1]
  while (first % 2 === 1) [first, second] = [Math.floor(first / 2), Math.floor(second / 2)]
  // of a power of two the old root is itself the first hash
  const [begin, ...way] = first === 0 ? [roots.from, ...hashes] : hashes
  if (begin === undefined) return false
  let [old, whole] = [bytesOf(begin), bytesOf(begin)]
  for (const text of way) {
    if (second === 0) return false
    const beside = bytesOf(text)
    if (first % 2 === 1 || first === second) {
      ;[old, whole] = [await nodeHash(beside, old), await nodeHash(beside, whole)]
      while (first !== 0 && first % 2 === 0) [first, second] = [first / 2, Math.floor(second / 2)]
    } else {
      whole = await nodeHash(whole, beside)
    }
    ;[first, second] = [Math.floor(first / 2), Math.floor(second / 2)]
  }
  return second === 0 && textOf(old) === roots.from && textOf(whole) === roots.to
}

export type Kept = { origin: string; size: number; root: string }
/** What a signed note of a checkpoint states (c2sp.org/tlog-checkpoint), or null where the text is none. */
export function keptIn(note: string): Kept | null {
  const [origin, size, root] = note.split('\n')
  const isNote = note.includes('\n\n\u2014 ') && /^[1-9][0-9]{0,15}$/.test(size ?? '') && /^[A-Za-z0-9+/]{43}=$/.test(root ?? '')
  return isNote && origin ? { origin, size: Number(size), root: root! } : null
}
