import { createCipheriv, createSecretKey, hash, type Cipheriv } from 'node:crypto'
import { framed } from './bytes.ts'

const BLOCK = 16
const known = new Map<string, Buffer>()
const MOST_KNOWN = 200_000

/** What is found in: the words of a text, or those of one of its fields. */
export type Term = { field: string; word: string }

/** 16 bytes by which a term is known before any key: the first half of SHA-256 over the length-prefixed field and word. */
export function termDigest({ field, word }: Term): Buffer {
  const name = `${field} ${word}`
  const before = known.get(name)
  if (before) return before
  const digest = Buffer.from(hash('sha256', framed('subrosa term v1', field, word), 'binary'), 'latin1').subarray(0, BLOCK)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, digest)
  return digest
}

/**
 * Keyed tokens of terms: of each the first 4 bytes, as a signed big-endian number, of AES-256 (FIPS 197) over its digest. On inputs of one
 * block that is a pseudorandom function, as HMAC is, and it costs a fiftieth (docs/decisions/0030). Without the key a token says nothing but
 * that two documents of one matter hold the same term.
 *
 * KNOWN: of the terms of one matter two have the same token by chance, one pair in four thousand million: with 5,000 terms there, a word
 * that is not there is found in one matter of a million. What is there is always found.
 */
export const termTokens = (key: Uint8Array, digests: readonly Buffer[]): number[] => blockTokens(key, Buffer.concat(digests))

/** The same of digests that stand one after another, as they do for many keys. */
export function blockTokens(key: Uint8Array, digests: Buffer): number[] {
  const blocks = cipherOf(key).update(digests)
  const tokens = new Array<number>(blocks.length / BLOCK)
  for (let at = 0; at < tokens.length; at += 1) tokens[at] = blocks.readInt32BE(at * BLOCK)
  return tokens
}

const ciphers = new WeakMap<Uint8Array, Cipheriv>()
/** Each block is enciphered by itself: one that was begun goes on for as long as its key's bytes are held. To begin one costs more than a search needs of it. */
function cipherOf(key: Uint8Array): Cipheriv {
  const begun = ciphers.get(key) ?? createCipheriv('aes-256-ecb', createSecretKey(key), null).setAutoPadding(false)
  ciphers.set(key, begun)
  return begun
}
