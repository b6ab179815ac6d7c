import type { ProofView } from '../../../../src/contract/ledger.ts'
import { bytesOf, canCheck, isSigned, leafHash, nodeHash, textOf } from './digest.ts'

/**
 * What this browser worked out for itself from a proof (RFC 9162, 2.1.3.2; c2sp.org/signed-note). `tree`: the leaf and the hashes
 * beside its way up give the root that the note states, for this size. `signature`: null where the browser has no Ed25519.
 */
export type Checked = { tree: boolean; signature: boolean | null }
type Proof = NonNullable<ProofView['proof']>

/** Null where a browser gives no cryptography. */
export async function verifyProof(proof: Proof): Promise<Checked | null> {
  if (!canCheck()) return null
  const [origin, size, root] = proof.note.split('\n')
  const states = origin === proof.origin && size === String(proof.size) && root === proof.root
  const tree = states && (await rootFrom(proof)) === proof.root
  const isOurs = proof.key.startsWith(`${proof.origin}+`)
  return { tree, signature: isOurs && (await isSigned(proof.note, proof.key)) }
}

/** The root that leaf and hashes lead to, base64; null when the way is too short or too long. */
async function rootFrom({ leaf, position, size, hashes }: Proof): Promise<string | null> {
  let hash = await leafHash(leaf)
  let [at, last] = [position, size - 1]
  for (const text of hashes) {
    if (last === 0) return null
    const beside = bytesOf(text)
    const isRight = at % 2 === 1 || at === last
    hash = isRight ? await nodeHash(beside, hash) : await nodeHash(hash, beside)
    if (isRight) while (at !== 0 && at % 2 === 0) [at, last] = [at / 2, Math.floor(last / 2)]
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 ? textOf(hash) : null
}
