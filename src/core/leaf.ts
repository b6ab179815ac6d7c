import { createHash, hash } from 'node:crypto'
import { base64, utf8 } from './bytes.ts'
import { canonical } from './canonical.ts'

/**
 * One entry of the ledger as a leaf of its tree.
 * `n`: its position in the log, from 0. `m`: its gapless number within its matter, from 1, or `null`.
 * `at`: when the deed was done; `numbered`: when it took its place; both RFC 3339 UTC. `deed` and `via`
 * are words of the contract. `actor`, `matter`, `object` and `details` are commitments (base64 SHA-256).
 */
export type Leaf = LeafOne | LeafTwo
export type LeafOne = Common & { v: 1 }
/** `from`: commitment to `fromText`. `ground`: commitment to what allowed it, as PostgreSQL found, or to nothing. */
export type LeafTwo = Common & { v: 2; from: string; ground: string }
type Common = {
  id: string
  n: number
  m: number | null
  at: string
  numbered: string
  deed: string
  actor: string
  matter: string
  object: string
  via: string
  details: string
}

const TEXTS = { 1: ['id', 'at', 'numbered', 'deed', 'actor', 'matter', 'object', 'via', 'details'] } as Record<1 | 2, string[]>
TEXTS[2] = [...TEXTS[1], 'from', 'ground']
const SALT = 16

/**
 * The bytes that are hashed: canonical JSON (RFC 8785) as UTF-8. Throws TypeError for anything but exactly the twelve
 * members of version 1 or the fourteen of version 2, so that nothing beside them is ever shown as if the ledger vouched for it.
 */
export function leafBytes(leaf: Leaf): Buffer {
  const texts = TEXTS[leaf.v]
  const whole = Number.isSafeInteger(leaf.n) && leaf.n >= 0
  const gapless = leaf.m === null || (Number.isSafeInteger(leaf.m) && leaf.m >= 1)
  const all: Record<string, unknown> = leaf
  if (
    !texts ||
    !whole ||
    !gapless ||
    !texts.every((name) => typeof all[name] === 'string') ||
    Object.keys(leaf).length !== texts.length + 3
  ) {
    throw new TypeError('not a leaf of version 1 or 2')
  }
  return Buffer.from(canonical(leaf), 'utf8')
}

/** What `from` commits to: the session's id, a space, and base64 of the place's id; each empty where there is none. */
export const fromText = (session: string | null, origin: Uint8Array | null): string => `${session ?? ''} ${origin ? base64(origin) : ''}`

/**
 * The id of a place: SHA-256("subrosa origin v1" 0x00 salt json), 32 bytes. `salt`: 16 bytes, made of the text by a key, so that the
 * same place has the same id and nobody without the key can try addresses. `json`: canonical.
 */
export function originId(salt: Uint8Array, json: string): Buffer {
  if (salt.length !== SALT) throw new RangeError('the salt of a place has 16 bytes')
  return createHash('sha256').update('subrosa origin v1\0').update(salt).update(utf8(json)).digest()
}

/**
 * The salt of one commitment, 16 bytes. In version 1 the entry's own, which opens all of them; in version 2 the first half of
 * SHA-256("subrosa salt v1" 0x00 label 0x00 salt), so that what opens one of them tells nothing of another.
 */
export function saltOf(v: 1 | 2, salt: Uint8Array, label: Label): Buffer {
  if (salt.length !== SALT) throw new RangeError('the salt of an entry has 16 bytes')
  if (v === 1) return Buffer.from(salt)
  return hash('sha256', Buffer.concat([utf8(`subrosa salt v1\0${label}\0`), salt]), 'buffer').subarray(0, SALT)
}

export type Label = 'actor' | 'matter' | 'object' | 'from' | 'ground'
/**
 * base64(SHA-256("subrosa commitment v1" 0x00 label 0x00 salt value)), `salt` of `saltOf`.
 * Hides the value from whoever lacks the salt, and cannot be opened as another value or label.
 */
export function commit(salt: Uint8Array, label: Label, value: string): string {
  return commitment(salt, label, value)
}

/** Commits to the details' exact text. The salt (16 random bytes) is sealed with them and goes when they go. */
export function detailsCommitment(salt: Uint8Array, detailsJson: string): string {
  return commitment(salt, 'details', detailsJson)
}

function commitment(salt: Uint8Array, label: string, value: string): string {
  if (salt.length !== SALT) throw new RangeError('the salt of a commitment has 16 bytes')
  return hash('sha256', Buffer.concat([utf8(`subrosa commitment v1\0${label}\0`), salt, utf8(value)]), 'base64')
}
