import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'

const WORDS = 24
const LISTED = new Set(wordlist)

/** The 24 English BIP-39 words of a root key of 32 bytes. */
export function wordsOf(rootKey: Uint8Array): string[] {
  if (rootKey.length !== 32) throw new RangeError('a root key has 32 bytes')
  return entropyToMnemonic(rootKey, wordlist).split(' ')
}

/**
 * The root key from the text of a recovery sheet: any text that holds the 24 words, in any case. Words
 * numbered 1 to 24 are read by their numbers, so that columns do not matter; else the words stand in order
 * with nothing but spaces, digits and punctuation between them. Other lines may stand around.
 * Throws an Error that names the first unknown word, or what is wrong with the count.
 */
export function rootKeyOf(text: string): Buffer {
  const plain = text.normalize('NFKC').toLowerCase()
  const numbered = numberedWords(plain)
  const key = numbered && keyIn(numbered)
  if (key) return key

  const tokens = plain.match(/\p{L}+/gu) ?? []
  const found = windows(tokens)
    .map(keyIn)
    .filter((key) => key !== null)
  if (found.length === 1) return found[0]!
  throw new Error(`The words on the sheet do not fit together: ${found.length > 1 ? TOO_MANY : problem(tokens)}.`)
}

const TOO_MANY = 'more than one reading of them is a key; type the 24 words alone'

/** The words numbered 1 to 24, or `null` unless each number stands before exactly one word of the list. */
function numberedWords(text: string): string[] | null {
  const pairs = [...text.matchAll(/(?<!\d)(\d{1,2})[^\p{L}\d]*(\p{L}+)/gu)]
    .map(([, number, word]) => ({ number: Number(number), word: word! }))
    .filter(({ number, word }) => number >= 1 && number <= WORDS && LISTED.has(word))
  const inOrder = pairs.toSorted((a, b) => a.number - b.number)
  return inOrder.length === WORDS && inOrder.every(({ number }, k) => number === k + 1) ? inOrder.map(({ word }) => word) : null
}

/** `null` for an unknown word or a checksum that does not hold. */
function keyIn(words: string[]): Buffer | null {
  if (!words.every((word) => LISTED.has(word))) return null
  try {
    return Buffer.from(mnemonicToEntropy(words.join(' '), wordlist))
  } catch {
    return null
  }
}

function windows(tokens: string[]): string[][] {
  return tokens.slice(WORDS - 1).map((_, start) => tokens.slice(start, start + WORDS))
}

/** Why no 24 of these words are a key, in words for the person who holds the sheet. */
function problem(tokens: string[]): string {
  const longest = longestRun(tokens)
  if (longest === WORDS) return 'all 24 words are on the list, but one of them is not the right one, or two are exchanged'
  if (longest > WORDS) return `${longest} words of the list stand in a row, and no 24 of them are a key`

  const closest = windows(tokens).toSorted((a, b) => listed(b) - listed(a))[0] ?? tokens
  const first = closest.findIndex((word) => LISTED.has(word))
  const last = closest.findLastIndex((word) => LISTED.has(word))
  const unknown = closest.findIndex((word, k) => k > first && k < last && !LISTED.has(word))
  if (unknown > 0) return `“${closest[unknown]}”, after “${closest[unknown - 1]}”, is not on the list`

  const count = listed(closest)
  const around = closest.find((word) => !LISTED.has(word))
  const outside = around === undefined || count === 0 ? '' : `; beside them stands “${around}”, which is not on the list`
  return `${count} words are on the list where 24 are needed${outside}`
}

function longestRun(tokens: string[]): number {
  let [run, longest] = [0, 0]
  for (const word of tokens) {
    run = LISTED.has(word) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

function listed(words: string[]): number {
  return words.filter((word) => LISTED.has(word)).length
}
