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
export type Counts = { times(token: bigint): number; isInName(token: bigint): boolean }
export type Counted = { token: bigint; times: number; isInName: boolean }

const ENTRY = 3
const IN_NAME = 0x80
const MOST_TIMES = 0x7f
const place = (version: string) => ({ table: 'app.terms', column: 'sealed_card', row: version })
const tag = (token: bigint): number => Number(BigInt.asUintN(16, token))

/**
 * u16be length of the facts || facts as JSON || an entry for each term that stands there more than once or in the name, in order of its tag:
 * u16be tag, and a byte with the count (at most 127) and 0x80 where it is in the name. Sealed in its row's place.
 */
export function sealCard(key: Uint8Array, version: string, facts: Facts, counted: readonly Counted[]): Buffer {
  const head = Buffer.from(JSON.stringify(facts))
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
  const length = Buffer.alloc(2)
  length.writeUInt16BE(head.length)
  return sealField(key, 1, place(version), Buffer.concat([length, head, body]))
}

/** @throws BrokenSeal */
export function openCard(key: Uint8Array, version: string, sealed: Uint8Array): Card {
  const plain = openField(key, place(version), sealed)
  const end = 2 + plain.readUInt16BE(0)
  const facts = JSON.parse(plain.toString('utf8', 2, end)) as Facts
  const byteOf = (token: bigint): number => find(plain, end, tag(token))
  return {
    facts,
    counts: {
      times: (token) => Math.max(1, byteOf(token) & MOST_TIMES),
      isInName: (token) => (byteOf(token) & IN_NAME) !== 0,
    },
  }
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
