import { createHash, hash } from 'node:crypto'
import { base64, sha256, utf8 } from './bytes.ts'

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

const TEXTS = ['id', 'at', 'numbered', 'deed', 'actor', 'matter', 'object', 'via', 'details'] as const
const SALT = 16

/**
 * The bytes that are hashed: canonical JSON (RFC 8785) as UTF-8. Throws TypeError for anything but exactly the twelve
 * members of version 1 or the fourteen of version 2, so that nothing beside them is ever shown as if the ledger vouched for it.
 */
export function leafBytes(leaf: Leaf): Buffer {
  const whole = Number.isSafeInteger(leaf.n) && leaf.n >= 0
  const gapless = leaf.m === null || (Number.isSafeInteger(leaf.m) && leaf.m >= 1)
  const texts = TEXTS.every((name) => isText(leaf[name])) && (leaf.v === 1 || (isText(leaf.from) && isText(leaf.ground)))
  const size = leaf.v === 1 ? 12 : leaf.v === 2 ? 14 : -1
  if (!whole || !gapless || !texts || Object.keys(leaf).length !== size) throw new TypeError('not a leaf of version 1 or 2')
  return Buffer.from(JSON.stringify(inOrder(leaf)), 'utf8')
}
const isText = (value: unknown): boolean => typeof value === 'string' && value.isWellFormed()

/** By UTF-16 code units, as RFC 8785, section 3.2.3, asks: of so plain members canonical JSON is then what `JSON.stringify` says. */
function inOrder(leaf: Leaf): object {
  const { actor, at, deed, details, id, m, matter, n, numbered, object, v, via } = leaf
  return leaf.v === 1
    ? { actor, at, deed, details, id, m, matter, n, numbered, object, v, via }
    : { actor, at, deed, details, from: leaf.from, ground: leaf.ground, id, m, matter, n, numbered, object, v, via }
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
  return v === 1 ? Buffer.from(salt) : sha256(framedBy('subrosa salt v1', label, salt, '')).subarray(0, SALT)
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
  return hash('sha256', framedBy('subrosa commitment v1', label, salt, value), 'base64')
}

/** `use` 0x00 `label` 0x00 `salt` `value`. Of short values in the same memory, which the next of that use and label writes over. */
function framedBy(use: Use, label: string, salt: Uint8Array, value: string): Buffer {
  if (!value.isWellFormed()) throw new TypeError('text holds a lone surrogate')
  let head = heads[use].get(label)
  if (!head) {
    const text = Buffer.from(`${use}\0${label}\0`)
    head = { room: Buffer.concat([text], ROOM), length: text.length }
    heads[use].set(label, head)
  }
  const { room, length } = head
  // a unit of UTF-16 is at most three bytes of UTF-8
  if (length + SALT + value.length * 3 > ROOM) return Buffer.concat([room.subarray(0, length), salt, Buffer.from(value)])
  room.set(salt, length)
  return room.subarray(0, length + SALT + (value === '' ? 0 : room.write(value, length + SALT)))
}
type Use = 'subrosa salt v1' | 'subrosa commitment v1'
type Head = { room: Buffer; length: number }
const heads: Record<Use, Map<string, Head>> = { 'subrosa salt v1': new Map(), 'subrosa commitment v1': new Map() }
const ROOM = 512
