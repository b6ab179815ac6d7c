import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'

// What src/core/evidence-check.ts and what it imports use of node:crypto, in a browser: SHA-256 and Ed25519, synchronous and
// without a secure context, so that a page opened from a folder has them. Nothing here is secret.

const bytesOf = (value: Uint8Array | string): Uint8Array => (typeof value === 'string' ? new TextEncoder().encode(value) : value)

export function createHash(name: string) {
  if (name !== 'sha256') throw new TypeError(`no ${name} here`)
  const made = sha256.create()
  const hash = {
    update(value: Uint8Array | string) {
      made.update(bytesOf(value))
      return hash
    },
    digest: (): Buffer => Buffer.from(made.digest()),
  }
  return hash
}

export function hash(name: string, value: Uint8Array | string, encoding: 'buffer' | 'base64' | 'hex' | 'binary' = 'hex'): Buffer | string {
  const digest = createHash(name).update(value).digest()
  return encoding === 'buffer' ? digest : digest.toString(encoding)
}

/** Both are public. */
export const timingSafeEqual = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, at) => byte === b[at])

/** SubjectPublicKeyInfo of Ed25519: the key is its last 32 bytes. */
export const createPublicKey = ({ key }: { key: Uint8Array }): Uint8Array => key.subarray(-32)

/** As strict as OpenSSL (RFC 8032), which the server verifies with: not ZIP 215. */
export function verify(_: null, text: Uint8Array, publicKey: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(new Uint8Array(signature), new Uint8Array(text), new Uint8Array(publicKey), { zip215: false })
  } catch {
    return false
  }
}

function away(): never {
  throw new TypeError('this page signs nothing')
}
export const createPrivateKey = away
export const sign = away
export const randomBytes = away
