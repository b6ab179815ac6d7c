import { createSecretKey, type KeyObject } from 'node:crypto'
import type { TextKind } from '../../contract/search.ts'
import { openField, sealField } from '../../core/field.ts'
import type { Language } from '../../finding/stems.ts'

/** What a version is ranked, narrowed and grouped by without its text being opened. */
export type Facts = {
  number: number
  type: TextKind
  language: Language
  /** words of its text */ length: number
  /** ISO 8601: the day that its content says of itself, and when it came in */ day: string | null
  at: string
  /** authors and senders */ people: string[]
  sureness: number | null
  /** by which the same content is recognized within reach */ same: string
}
/** `counts`: of a term, by the last 16 bits of its token, how often it stands there, and whether in its name. */
export type Card = { facts: Facts; counts: Counts }
export type Counts = { times(token: number): number; isInName(token: number): boolean }
export type Counted = { token: number; times: number; isInName: boolean }

const ENTRY = 3
const IN_NAME = 0x80
const MOST_TIMES = 0x7f
const place = (version: string) => ({ table: 'app.terms', column: 'sealed_card', row: version })
const tag = (token: number): number => token & 0xffff

/**
 * The facts, and after them an entry for each term that stands there more than once or in the name, in order of its tag: u16be tag, and
 * a byte with the count (at most 127) and 0x80 where it is in the name. Sealed in its row's place.
 */
export function sealCard(key: Uint8Array, version: string, facts: Facts, counted: readonly Counted[]): Buffer {
  const entries = new Map<number, number>()
  for (const { token, times, isInName } of counted) {
    if (times < 2 && !isInName) continue
    const before = entries.get(tag(token)) ?? 0
    entries.set(tag(token), Math.max(before & MOST_TIMES, Math.min(times, MOST_TIMES)) | (before & IN_NAME) | (isInName ? IN_NAME : 0))
  }
  const body = Buffer.alloc(entries.size * ENTRY)
  for (const [at, [its, byte]] of [...entries].sort((a, b) => a[0] - b[0]).entries()) {
    body.writeUInt16BE(its, at * ENTRY)
    body[at * ENTRY + 2] = byte
  }
  return sealField(key, 1, place(version), Buffer.concat([packed(facts), body]))
}

const openers = new WeakMap<Uint8Array, KeyObject>()
/** A search opens many under one key: what is made of its bytes is made once, and held as long as they are. */
function openerOf(key: Uint8Array): KeyObject {
  const made = openers.get(key) ?? createSecretKey(key)
  openers.set(key, made)
  return made
}

/** @throws BrokenSeal */
export function openCard(key: Uint8Array, version: string, sealed: Uint8Array): Card {
  const plain = openField(openerOf(key), place(version), sealed)
  const { facts, end } = unpacked(plain)
  const byteOf = (token: number): number => find(plain, end, tag(token))
  return {
    facts,
    counts: {
      times: (token) => Math.max(1, byteOf(token) & MOST_TIMES),
      isInName: (token) => (byteOf(token) & IN_NAME) !== 0,
    },
  }
}

const HEAD = 26
const DAY_MS = 86_400_000
const NO_DAY = -0x8000_0000
const NOT_SURE = 0xff

/**
 * u16be number || u32be words || u48be milliseconds of `at` || i32be days from 1970 to `day`, or the least number || u8 sureness, or 0xff ||
 * 8 bytes of `same` || u8 how many people || type, language and each of the people, as u8 length and so many bytes of UTF-8.
 */
function packed({ number, type, language, length, day, at, people, sureness, same }: Facts): Buffer {
  const head = Buffer.alloc(HEAD)
  const days = day === null ? NaN : Date.parse(day) / DAY_MS
  head.writeUInt16BE(Math.min(number, 0xffff), 0)
  head.writeUInt32BE(length, 2)
  head.writeUIntBE(Date.parse(at), 6, 6)
  head.writeInt32BE(Number.isInteger(days) ? days : NO_DAY, 12)
  head[16] = sureness ?? NOT_SURE
  head.write(same, 17, 8, 'hex')
  head[25] = people.length
  return Buffer.concat([head, ...[type, language, ...people].flatMap(short)])
}
function short(text: string): Buffer[] {
  const bytes = Buffer.from(text)
  // a cut within a sign reads as the sign for what is not readable
  const cut = bytes.subarray(0, 0xff)
  return [Buffer.of(cut.length), cut]
}

function unpacked(plain: Buffer): { facts: Facts; end: number } {
  let end = HEAD
  const next = (): string => plain.toString('utf8', end + 1, (end += 1 + plain[end]!))
  const [days, sureness] = [plain.readInt32BE(12), plain[16]!]
  const [type, language] = [next() as TextKind, next() as Language]
  const facts = {
    number: plain.readUInt16BE(0),
    type,
    language,
    length: plain.readUInt32BE(2),
    day: days === NO_DAY ? null : new Date(days * DAY_MS).toISOString().slice(0, 10),
    at: new Date(plain.readUIntBE(6, 6)).toISOString(),
    people: Array.from({ length: plain[25]! }, next),
    sureness: sureness === NOT_SURE ? null : sureness,
    same: plain.toString('hex', 17, 25),
  }
  return { facts, end }
}

function find(plain: Buffer, start: number, wanted: number): number {
  let [low, high] = [0, (plain.length - start) / ENTRY - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const its = plain.readUInt16BE(start + middle * ENTRY)
    if (its === wanted) return plain[start + middle * ENTRY + 2]!
    if (its < wanted) low = middle + 1
    else high = middle - 1
  }
  return 0
}
