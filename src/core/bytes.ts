import { hash, timingSafeEqual } from 'node:crypto'

/**
 * Sealed bytes that do not authenticate, are cut, or stand in the wrong place.
 * The message names what kind of thing is broken and never holds content.
 */
export class BrokenSeal extends Error {
  readonly kind = 'broken seal'
  override readonly name = 'BrokenSeal'
}

/** Whether two byte strings are the same, in time that depends on their lengths alone. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return view(bytes).toString('hex')
}

/** Standard base64 with padding (RFC 4648, section 4). */
export function base64(bytes: Uint8Array): string {
  return view(bytes).toString('base64')
}

/** The bytes of standard base64; `null` for any text that `base64` would not have written. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

/** UTF-8 of the text. Throws TypeError on a lone surrogate, which UTF-8 cannot carry. */
export function utf8(text: string): Buffer {
  if (!text.isWellFormed()) throw new TypeError('text holds a lone surrogate')
  return Buffer.from(text, 'utf8')
}

/** Every part behind its length in bytes (u32be), so that no two lists of parts give the same bytes. */
export function framed(...parts: (string | Uint8Array)[]): Buffer {
  const bytes = parts.map((part) => (typeof part === 'string' ? utf8(part) : part))
  const all = Buffer.allocUnsafe(bytes.reduce((sum, one) => sum + 4 + one.length, 0))
  let at = 0
  for (const one of bytes) {
    at = all.writeUInt32BE(one.length, at)
    all.set(one, at)
    at += one.length
  }
  return all
}

/** SHA-256. By way of text: a buffer of its own for each would take three times as long. */
export function sha256(bytes: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1')
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
