import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { hash } from 'node:crypto'
import { openField, sealField, type Sealed } from '../../core/field.ts'
import { termDigest, termTokens } from '../../core/terms.ts'

/** A matter's words of one class lie in so many blocks, by their first two letters; what has just come, in block -1. */
export const BLOCKS = 64
export const FRESH = -1
/** Bytes that a block may unpack to. */
const MOST = 64 * 1024 * 1024

/** Which block holds words that begin with these two letters; keyed, so that a block's size tells nothing of its letters. */
export const blockOf = (key: Uint8Array, word: string): number =>
  termTokens(key, [termDigest({ field: 'block', word: word.slice(0, 2) })])[0]! & (BLOCKS - 1)

const place = (matter: string, its: string, part: string) => ({
  table: 'app.lexicon',
  column: 'sealed_words',
  row: `${matter} ${its} ${part}`,
})

/** Words in order, one a line, as raw DEFLATE (RFC 1951), sealed in their row's place. */
export const sealWords = (key: Uint8Array, matter: string, its: string, part: string, words: readonly string[]): Sealed =>
  sealField(key, 1, place(matter, its, part), deflateRawSync([...words].sort().join('\n'), { level: 6 }))
/** @throws BrokenSeal */
export const openWords = (key: Uint8Array, matter: string, its: string, part: string, sealed: Uint8Array): string[] =>
  inflateRawSync(openField(key, place(matter, its, part), sealed), { maxOutputLength: MOST })
    .toString('utf8')
    .split('\n')
    .filter(Boolean)

/** Words by their blocks. */
export function inBlocks(key: Uint8Array, words: Iterable<string>): Map<number, string[]> {
  const byStart = Map.groupBy(words, (word) => word.slice(0, 2))
  const blocks = new Map<number, string[]>()
  for (const [start, its] of byStart) {
    const block = blockOf(key, start)
    blocks.set(block, [...(blocks.get(block) ?? []), ...its])
  }
  return blocks
}

/** A name for what has been opened before: two blocks of one name hold the same. */
export const nameOf = (matter: string, part: string, sealed: Uint8Array): string => `${matter} ${part} ${hash('sha256', sealed, 'base64')}`
