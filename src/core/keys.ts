import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { BrokenSeal, framed, hex } from './bytes.ts'
import { open, seal } from './gcm.ts'

const FORMAT = 1
const HEADER = 1
const KEY = 32

/** 32 random bytes. */
export function newKey(): Buffer {
  return randomBytes(KEY)
}

/**
 * A key sealed under another: 0x01 || 12-byte nonce || ciphertext || 16-byte tag, AES-256-GCM.
 * `label` says what the key is for and whose it is; it opens under the same label only.
 */
export function wrapKey(wrapping: Uint8Array, label: string, key: Uint8Array): Buffer {
  return seal(wrapping, Buffer.of(FORMAT), boundTo(label), key)
}

/** Throws BrokenSeal for another wrapping key, another label, or changed or cut bytes. */
export function unwrapKey(wrapping: Uint8Array, label: string, wrapped: Uint8Array): Buffer {
  if (wrapped[0] !== FORMAT) throw new BrokenSeal('a wrapped key has an unknown header')
  return open(wrapping, HEADER, boundTo(label), wrapped)
}

/**
 * The same where it may have been wrapped under any of several keys, as while they are rotated; AES-GCM tells which one it was.
 * Throws BrokenSeal when it was none of them.
 */
export function unwrapWithAny(wrapping: readonly Uint8Array[], label: string, wrapped: Uint8Array): Buffer {
  let first: unknown = null
  for (const [at, key] of wrapping.entries()) {
    try {
      return unwrapKey(key, label, wrapped)
    } catch (fault) {
      if (!(fault instanceof BrokenSeal)) throw fault
      if (at === 0) first = fault
    }
  }
  throw first ?? new BrokenSeal('there is no key to open a wrapped key with')
}
/** Whether it opens under this very key. */
export function isWrappedUnder(wrapping: Uint8Array, label: string, wrapped: Uint8Array): boolean {
  try {
    unwrapKey(wrapping, label, wrapped)
    return true
  } catch (fault) {
    if (fault instanceof BrokenSeal) return false
    throw fault
  }
}

/** HKDF-SHA-256 (RFC 5869) with no salt and `label` as info. `length` is in bytes. */
export function derive(key: Uint8Array, label: string, length = KEY): Buffer {
  return hkdf(key, Buffer.from(label), length)
}

/**
 * The key of a matter, from the half in its row and the half in the key store, 32 random bytes each.
 * Either half alone says nothing about it. HKDF-SHA-256 over both halves, bound to the matter's id.
 */
export function joinMatterKey(rowHalf: Uint8Array, storeHalf: Uint8Array, matterId: string): Buffer {
  if (rowHalf.length !== KEY || storeHalf.length !== KEY) throw new RangeError('half a matter key has 32 bytes')
  return hkdf(Buffer.concat([rowHalf, storeHalf]), framed('subrosa matter key v1', matterId), KEY)
}

/** A name for a key that says nothing about it: the first 8 bytes of a hash, 16 hexadecimal characters. */
export function keyId(key: Uint8Array): string {
  return hex(createHash('sha256').update('subrosa key id v1\0').update(key).digest().subarray(0, 8))
}

function hkdf(key: Uint8Array, info: Uint8Array, length: number): Buffer {
  if (key.length === 0) throw new RangeError('a key has bytes')
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), info, length))
}

function boundTo(label: string): Buffer {
  return framed('subrosa wrapped key v1', label)
}
