import type { ProofView } from '../../../src/contract/ledger.ts'

/**
 * What this browser worked out for itself from a proof (RFC 9162, 2.1.3.2; c2sp.org/signed-note). `tree`: the leaf and the hashes
 * beside its way up give the root that the note states, for this size. `signature`: null where the browser has no Ed25519.
 */
export type Checked = { tree: boolean; signature: boolean | null }
type Proof = NonNullable<ProofView['proof']>

/** Null where a browser gives no cryptography: outside of https and this machine. */
export async function verifyProof(proof: Proof): Promise<Checked | null> {
  if (!globalThis.crypto?.subtle) return null
  const [origin, size, root] = proof.note.split('\n')
  const states = origin === proof.origin && size === String(proof.size) && root === proof.root
  const tree = states && (await rootFrom(proof)) === proof.root
  return { tree, signature: await isSigned(proof) }
}

type Bytes = Uint8Array<ArrayBuffer>
const bytesOf = (text: string): Bytes => Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
const textOf = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const sha256 = async (...parts: Uint8Array[]): Promise<Bytes> => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}

/** The root that leaf and hashes lead to, base64; null when the way is too short or too long. */
async function rootFrom({ leaf, position, size, hashes }: Proof): Promise<string | null> {
  let hash = await sha256(Uint8Array.of(0), new TextEncoder().encode(leaf))
  let [at, last] = [position, size - 1]
  for (const text of hashes) {
    if (last === 0) return null
    const beside = bytesOf(text)
    const isRight = at % 2 === 1 || at === last
    hash = isRight ? await sha256(Uint8Array.of(1), beside, hash) : await sha256(Uint8Array.of(1), hash, beside)
    if (isRight) while (at !== 0 && at % 2 === 0) [at, last] = [at / 2, Math.floor(last / 2)]
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 ? textOf(hash) : null
}

async function isSigned({ note, key, origin }: Proof): Promise<boolean | null> {
  const end = note.lastIndexOf('\n\n')
  const line = note
    .slice(end + 2)
    .split('\n')
    .find((one) => one.startsWith(`\u2014 ${origin} `))
  if (end < 0 || !line) return false
  // a name holds no plus, base64 may
  const [name, id, ...encoded] = key.split('+')
  if (name !== origin || !id || encoded.length === 0) return false
  const [signature, publicKey] = [bytesOf(line.slice(`\u2014 ${origin} `.length)), bytesOf(encoded.join('+')).slice(1)]
  if ([...signature.slice(0, 4)].map((one) => one.toString(16).padStart(2, '0')).join('') !== id) return false
  try {
    const known = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', known, signature.slice(4), new TextEncoder().encode(note.slice(0, end + 1)))
  } catch {
    return null
  }
}
