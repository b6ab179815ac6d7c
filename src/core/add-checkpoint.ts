import { base64, fromBase64 } from './bytes.ts'

// c2sp.org/tlog-witness, add-checkpoint: what a log sends a witness.

/** `old`: the size of the last checkpoint that the witness cosigned; `proof`: from there to the checkpoint, 32 bytes each; `checkpoint`: a signed note. */
export type AddCheckpoint = { old: number; proof: Buffer[]; checkpoint: string }

/** More hashes than any tree below 2^63 leaves needs. */
export const MOST_PROOF = 63
/** Bytes: sixty-three hashes, and a checkpoint with twenty of the largest signatures there are. */
export const MOST_BODY = 128 * 1024

export class BrokenRequest extends Error {
  readonly kind = 'broken request'
  override readonly name = 'BrokenRequest'
}

/** The body to send. Throws RangeError for a size or proof that no request can carry. */
export function addCheckpointBody({ old, proof, checkpoint }: AddCheckpoint): string {
  if (!Number.isSafeInteger(old) || old < 0) throw new RangeError('not a size')
  if (proof.length > MOST_PROOF || proof.some((hash) => hash.length !== 32)) throw new RangeError('not a consistency proof')
  return `old ${old}\n${proof.map((hash) => `${base64(hash)}\n`).join('')}\n${checkpoint}`
}

/** Strict; the checkpoint itself is not looked at. Throws BrokenRequest. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n')
  if (body.length > MOST_BODY || end < 0) throw new BrokenRequest('no empty line before a checkpoint')
  const [first = '', ...lines] = body.slice(0, end).split('\n')
  const size = /^old (0|[1-9][0-9]*)$/.exec(first)?.[1]
  if (size === undefined || !Number.isSafeInteger(Number(size))) throw new BrokenRequest('no old size')
  if (lines.length > MOST_PROOF) throw new BrokenRequest('too many hashes')
  const proof = lines.map((line) => {
    const hash = fromBase64(line)
    if (hash?.length !== 32) throw new BrokenRequest('a line of the proof is no hash')
    return hash
  })
  return { old: Number(size), proof, checkpoint: body.slice(end + 2) }
}

/** What a witness says with 409: the size that it holds, and a newline. Null for anything else. */
export function parseSize(body: string): number | null {
  const size = /^(0|[1-9][0-9]{0,15})\n$/.exec(body)?.[1]
  return size !== undefined && Number.isSafeInteger(Number(size)) ? Number(size) : null
}
