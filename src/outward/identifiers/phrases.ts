import { BREAK, DIGIT, LETTER, UNSEEN, classOf, foldedUnit, isSkipped, isWordClass } from './characters.ts'

/** Phrases to look for, each with the number it is known by. Words are compared without case and marks; a last word with `*` may go on. */
export type Book = { whole: Map<string, Entry[]>; begun: Map<string, Entry[]>; wholeHashes: Uint8Array; begunHashes: Uint8Array }
type Entry = { words: string[]; isOpen: boolean; id: number }

/**
 * What stands where, in order: `ids[i]` from `starts[i]` up to and without `ends[i]`, on line `lines[i]`, after so many `numbers[i]` of
 * four digits or more.
 */
export type Hits = { ids: number[]; starts: number[]; ends: number[]; lines: number[]; numbers: number[] }

/** Digits of a word that is counted as a number. */
export const NUMBER_DIGITS = 4

/** Letters by which a word that may go on is looked up. */
const BEGINNING = 4
const HASHES = 1 << 16
/** Characters between two words of a phrase, such as `. ` or a line break and an indent. */
const GAP = 4
const LONGEST_WORD = 48

/** The phrases of rows in which a comma stands between two. */
export const listed = (rows: readonly string[]): string[] => rows.flatMap((row) => row.split(', '))

/** @throws Error for a phrase that may go on after fewer than four letters */
export function bookOf(phrases: Iterable<readonly [phrase: string, id: number]>): Book {
  const book: Book = { whole: new Map(), begun: new Map(), wholeHashes: new Uint8Array(HASHES), begunHashes: new Uint8Array(HASHES) }
  for (const [phrase, id] of phrases) {
    const isOpen = phrase.endsWith('*')
    const words = wordsOf(isOpen ? phrase.slice(0, -1) : phrase)
    const first = words[0]!
    const isBegun = isOpen && words.length === 1
    if (isBegun && first.length < BEGINNING) throw new Error(`a phrase must have ${BEGINNING} letters before it may go on: ${phrase}`)
    const key = isBegun ? first.slice(0, BEGINNING) : first
    const entries = isBegun ? book.begun : book.whole
    const hashes = isBegun ? book.begunHashes : book.wholeHashes
    entries.set(key, [...(entries.get(key) ?? []), { words, isOpen, id }].sort(longestFirst))
    hashes[hashOf(key) & (HASHES - 1)] = 1
  }
  return book
}

/**
 * Where the phrases of a book stand in a text, in order; of those that begin at one word the longest, and the next begins after it. Each
 * word is read once, and once more for each phrase that begins as it does.
 */
export function phrasesIn(text: string, book: Book): Hits {
  const hits: Hits = { ids: [], starts: [], ends: [], lines: [], numbers: [] }
  let line = 0
  let numbers = 0
  let at = 0
  while (at < text.length) {
    const kind = classOf(text.charCodeAt(at))
    if (kind === 0 || kind > LETTER) {
      if (kind === BREAK) line += 1
      at += 1
      continue
    }
    const start = at
    let hash = 0
    let letters = 0
    let beginning = 0
    let digits = 0
    for (; at < text.length; at += 1) {
      const unit = text.charCodeAt(at)
      const kind = classOf(unit)
      if (kind === 0 || (kind > LETTER && kind !== UNSEEN)) break
      const folded = foldedUnit(unit)
      if (isSkipped(folded)) continue
      if (kind === DIGIT) digits += 1
      hash = (Math.imul(hash, 31) + folded) | 0
      letters += 1
      if (letters === BEGINNING) beginning = hash
    }
    const mayBe = book.wholeHashes[hash & (HASHES - 1)] === 1
    const mayBegin = letters >= BEGINNING && book.begunHashes[beginning & (HASHES - 1)] === 1
    const found = mayBe || mayBegin ? longestAt(text, start, at, book) : null
    if (found) {
      note(hits, found.id, start, found.end, line, numbers)
      for (; at < found.end; at += 1) if (classOf(text.charCodeAt(at)) === BREAK) line += 1
    } else if (digits >= NUMBER_DIGITS) numbers += 1
  }
  return hits
}

function note(hits: Hits, id: number, start: number, end: number, line: number, numbers: number): void {
  hits.ids.push(id)
  hits.starts.push(start)
  hits.ends.push(end)
  hits.lines.push(line)
  hits.numbers.push(numbers)
}

function longestAt(text: string, start: number, end: number, book: Book): { id: number; end: number } | null {
  if (end - start > LONGEST_WORD) return null
  const first = folded(text, start, end)
  const whole = longestOf(text, first, end, book.whole.get(first))
  const begun = longestOf(text, first, end, book.begun.get(first.slice(0, BEGINNING)))
  return whole && begun ? (begun.end > whole.end ? begun : whole) : (whole ?? begun)
}

/** Of entries in the order of their length the first that stands there. */
function longestOf(text: string, first: string, end: number, entries: readonly Entry[] | undefined): { id: number; end: number } | null {
  for (const { words, isOpen, id } of entries ?? []) {
    const last = endOf(text, first, end, words, isOpen)
    if (last !== null) return { id, end: last }
  }
  return null
}

/** Where a phrase ends whose first word ends here; `null` where other words follow. */
function endOf(text: string, first: string, end: number, words: readonly string[], isOpen: boolean): number | null {
  const fits = (word: string, index: number): boolean =>
    isOpen && index === words.length - 1 ? word.startsWith(words[index]!) : word === words[index]
  if (!fits(first, 0)) return null
  let at = end
  for (let index = 1; index < words.length; index += 1) {
    const from = at
    while (at < text.length && at - from <= GAP && !isWordClass(classOf(text.charCodeAt(at)))) at += 1
    const start = at
    while (at < text.length && at - start <= LONGEST_WORD && isWordClass(classOf(text.charCodeAt(at)))) at += 1
    if (start === from || !fits(folded(text, start, at), index)) return null
  }
  return at
}

/** A word as it is compared. */
function folded(text: string, from: number, to: number): string {
  let word = ''
  for (let at = from; at < to; at += 1) {
    const unit = foldedUnit(text.charCodeAt(at))
    if (!isSkipped(unit)) word += String.fromCharCode(unit)
  }
  return word
}

/** The words of a phrase as they are compared. */
export function wordsOf(phrase: string): string[] {
  const words: string[] = []
  let start = -1
  for (let at = 0; at <= phrase.length; at += 1) {
    const isIn = at < phrase.length && isWordClass(classOf(phrase.charCodeAt(at)))
    if (isIn && start < 0) start = at
    if (isIn || start < 0) continue
    words.push(folded(phrase, start, at))
    start = -1
  }
  return words
}

function hashOf(word: string): number {
  let hash = 0
  for (let at = 0; at < word.length; at += 1) hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0
  return hash
}

const longestFirst = (one: Entry, other: Entry): number => other.words.length - one.words.length
