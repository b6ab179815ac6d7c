// What a browser works out for itself: the hashes of RFC 6962, section 2.1, and the signatures of c2sp.org/signed-note.

export type Bytes = Uint8Array<ArrayBuffer>
export const bytesOf = (text: string): Bytes => Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
export const textOf = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
/** A browser gives no cryptography outside of https and this machine. */
export const canCheck = (): boolean => Boolean(globalThis.crypto?.subtle)

async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}
export const leafHash = (leaf: string): Promise<Bytes> => sha256(Uint8Array.of(0), new TextEncoder().encode(leaf))
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(Uint8Array.of(1), left, right)

/** Whether the note carries the signature of this key, a verifier key in words; null where the browser has no Ed25519. */
export async function isSigned(note: string, key: string): Promise<boolean | null> {
  // a name holds no plus, base64 may
  const [name, id, ...encoded] = key.split('+')
  const end = note.lastIndexOf('\n\n')
  const line = note
    .slice(end + 2)
    .split('\n')
    .find((one) => one.startsWith(`\u2014 ${name} `))
  if (end < 0 || !line || !id || encoded.length === 0) return false
  const [signature, publicKey] = [bytesOf(line.slice(`\u2014 ${name} `.length)), bytesOf(encoded.join('+')).slice(1)]
  if ([...signature.slice(0, 4)].map((one) => one.toString(16).padStart(2, '0')).join('') !== id) return false
  try {
    const known = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', known, signature.slice(4), new TextEncoder().encode(note.slice(0, end + 1)))
  } catch {
    return null
  }
}
