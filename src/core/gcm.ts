import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { BrokenSeal } from './bytes.ts'

const NONCE = 12
const TAG = 16

/**
 * header || 12-byte random nonce || ciphertext || 16-byte tag: AES-256-GCM (NIST SP 800-38D).
 * The header is not authenticated here: whoever calls puts what it says into `place`, the associated data.
 * KNOWN: nonces are random, so one key seals at most 2^32 values (SP 800-38D, section 8.3).
 */
export function seal(key: Uint8Array, header: Uint8Array, place: Uint8Array, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: TAG }).setAAD(place)
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([header, nonce, body, cipher.getAuthTag()])
}

// keys are given as key objects: bytes cost Node three times as much to begin with

/** Undoes `seal`, given the length of the header. Throws BrokenSeal. */
export function open(key: Uint8Array | KeyObject, header: number, place: Uint8Array, sealed: Uint8Array): Buffer {
  const end = sealed.length - TAG
  if (end < header + NONCE) throw new BrokenSeal('a sealed value is too short')
  const nonce = sealed.subarray(header, header + NONCE)
  const decipher = createDecipheriv('aes-256-gcm', key instanceof Uint8Array ? createSecretKey(key) : key, nonce, { authTagLength: TAG })
    .setAAD(place)
    .setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(header + NONCE, end))
  try {
    decipher.final()
  } catch {
    throw new BrokenSeal('a sealed value does not authenticate in its place')
  }
  return plain
}
