import type { Looked } from './query.ts'
import { stemsOf, type Language } from './stems.ts'
import { wordsOf, type Word } from './words.ts'

/** A text made ready for searches, once. Words are named by their index in `words`. */
export type Prepared = {
  looked: Looked
  words: readonly Word[]
  /** the places of each word as it is compared, ascending */
  at: ReadonlyMap<string, readonly number[]>
  /** where each word stands, counted in words; between parts (form feeds) there is more than a search can span */
  places: () => Int32Array
  /** the sentence, and the paragraph, that each word stands in, counted from the first */
  sentences: () => Int32Array
  paragraphs: () => Int32Array
  /** words by their stems in these languages */
  stems: (languages: readonly Language[]) => ReadonlyMap<string, readonly string[]>
}

/** More than any proximity. */
const BETWEEN_PARTS = 1000
/** What a point after it does not end a sentence, in any case or with a capital only: `he said no.` does. */
const SHORT = new Set(['mr', 'mrs', 'ms', 'dr', 'inc', 'ltd', 'co', 'corp'])
const SHORT_WITH_CAPITAL = new Set(['no', 'nos'])
const BLANK_LINE = /\n[^\S\n]*\n|\f/
const ENDED = /[.!?]["'”’»)\]]*\s/
const ENDED_UNSPACED = /[。！？｡]/

/** `words`: of the text, where they are known already. It takes one pass, and one more for each way of counting that is asked for. */
export function prepare(looked: Looked, words: readonly Word[] = wordsOf(looked.text)): Prepared {
  const at = new Map<string, number[]>()
  words.forEach(({ word }, index) => {
    const places = at.get(word)
    if (places) places.push(index)
    else at.set(word, [index])
  })
  const byStem = new Map<string, ReadonlyMap<string, readonly string[]>>()
  const { text } = looked
  return {
    looked,
    words,
    at,
    places: once(() => counted(words, (one, next) => (text.slice(one.end, next.start).includes('\f') ? BETWEEN_PARTS : 1))),
    sentences: once(() => counted(words, (one, next) => (isSentenceEnd(text, one, next) ? 1 : 0))),
    paragraphs: once(() => counted(words, (one, next) => (BLANK_LINE.test(text.slice(one.end, next.start)) ? 1 : 0))),
    stems: (languages) => {
      const name = languages.join()
      const known = byStem.get(name) ?? stemsIn([...at.keys()], languages)
      byStem.set(name, known)
      return known
    },
  }
}

/** A count for each word: that of the word before it, and the step from there. */
function counted(words: readonly Word[], step: (one: Word, next: Word) => number): Int32Array {
  const counts = new Int32Array(words.length)
  for (let index = 1; index < words.length; index += 1) counts[index] = counts[index - 1]! + step(words[index - 1]!, words[index]!)
  return counts
}

/**
 * A sentence ends with `.`, `!` or `?`, a space and a capital, or with a blank line. A short form does not end it, nor does a single
 * letter: `v.`, `e.g.`, `J. Ames`.
 */
function isSentenceEnd(text: string, one: Word, next: Word): boolean {
  const between = text.slice(one.end, next.start)
  if (between === ' ') return false
  if (BLANK_LINE.test(between) || ENDED_UNSPACED.test(between)) return true
  if (!ENDED.test(between) || !/^\p{Lu}/u.test(text.slice(next.start, next.start + 2))) return false
  if (!/^\.\s/.test(between)) return true
  const isSingle = one.end - one.start === 1 && /\p{L}/u.test(one.word)
  const isShort = SHORT.has(one.word) || (SHORT_WITH_CAPITAL.has(one.word) && text[one.start] === 'N')
  return !isSingle && !isShort
}

function stemsIn(words: readonly string[], languages: readonly Language[]): ReadonlyMap<string, readonly string[]> {
  const byStem = new Map<string, string[]>()
  for (const word of words)
    for (const stem of stemsOf(word, languages)) {
      const known = byStem.get(stem)
      if (known) known.push(word)
      else byStem.set(stem, [word])
    }
  return byStem
}

function once<Made>(make: () => Made): () => Made {
  let made: { it: Made } | null = null
  return () => (made ??= { it: make() }).it
}
