import type { KeyObject } from 'node:crypto'
import { BrokenSeal, framed, utf8 } from './bytes.ts'
import { open, seal } from './gcm.ts'

/** A sealed field as it is stored: 0x01 || u16be key version || 12-byte nonce || ciphertext || 16-byte tag. */
export type Sealed = Buffer & { readonly __sealed: unique symbol }

/** Where a sealed field stands. A value opens in this place only. `row` is the row's id as text. */
export type Place = { table: string; column: string; row: string }

const FORMAT = 1
const HEADER = 3

/**
 * AES-256-GCM under a 32-byte field key. Text is sealed as UTF-8.
 * Throws RangeError for a key version outside 1..65535, TypeError for text with a lone surrogate.
 */
export function sealField(key: Uint8Array, keyVersion: number, place: Place, plain: string | Uint8Array): Sealed {
  if (!Number.isInteger(keyVersion) || keyVersion < 1 || keyVersion > 65535) {
    throw new RangeError('a key version is 1 to 65535')
  }
  const header = versioned(keyVersion)
  const bytes = typeof plain === 'string' ? utf8(plain) : plain
  return seal(key, header, boundTo(keyVersion, place), bytes) as Sealed
}

/** Throws BrokenSeal for a value that was changed, cut, moved here from another place, or sealed under another key. */
export function openField(key: Uint8Array | KeyObject, place: Place, sealed: Uint8Array): Buffer {
  return open(key, HEADER, boundTo(fieldKeyVersion(sealed), place), sealed)
}

/** Like `openField`, as text. Throws BrokenSeal also when what was sealed is not UTF-8. */
export function openText(key: Uint8Array, place: Place, sealed: Uint8Array): string {
  const plain = openField(key, place, sealed)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    throw new BrokenSeal('a sealed field does not hold text')
  }
}

/** The version of the field key that opens this value; authenticated only once it has opened. Throws BrokenSeal. */
export function fieldKeyVersion(sealed: Uint8Array): number {
  const version = sealed.length < HEADER || sealed[0] !== FORMAT ? 0 : sealed[1]! * 256 + sealed[2]!
  if (version === 0) throw new BrokenSeal('a sealed field has an unknown header')
  return version
}

function boundTo(keyVersion: number, { table, column, row }: Place): Buffer {
  return framed('subrosa field v1', versioned(keyVersion).subarray(1), table, column, row)
}

function versioned(keyVersion: number): Buffer {
  return Buffer.of(FORMAT, keyVersion >> 8, keyVersion & 255)
}
