import { parentPort } from 'node:worker_threads'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english, translations } from '@zxcvbn-ts/language-en'

// The other thread of password-strength.ts: what a password is worth. Passwords come in NFKC and are kept nowhere.

export type Judged = { score: 0 | 1 | 2 | 3 | 4; fault: string | null; hint: string | null }
export type List = { name: string; entries: number }
export type Asked = { password: string; ownWords: string[] } | 'lists'
export type Told = { judged: Judged } | { lists: List[] } | { fault: string }

/** In code points (SP 800-63B-4 counts so). */
const LEAST = 12
/** The rest of a longer password is not looked at, and so can only make it better. */
const LOOKED_AT = 100
/** What stands in textbooks, and what lawyers would think of. Lower case, without separators. */
const PHRASES = `correct horse battery staple, the quick brown fox jumps over the lazy dog, to be or not to be that is the question,
 to be or not to be, may the force be with you, i love you so much, in the beginning was the word, we the people of the united states,
 we hold these truths to be self evident, it was the best of times, once upon a time, innocent until proven guilty,
 beyond a reasonable doubt, beyond reasonable doubt, justice delayed is justice denied, attorney client privilege, let me in please,
 the truth the whole truth and nothing but the truth, the truth and nothing but the truth, equal justice under law`
  .split(',')
  .map((phrase) => phrase.replace(/\s/g, ''))

const DICTIONARIES: Record<string, string[]> = { ...common, ...english, phrases: PHRASES }
const LISTED = new Set(Object.values(DICTIONARIES).flat())
const zxcvbn = new ZxcvbnFactory({
  dictionary: DICTIONARIES,
  graphs: adjacencyGraphs,
  // of its default hundred, each as dear as the rest together, the last ones find next to nothing
  l33tMaxSubstitutions: 32,
  translations: {
    ...translations,
    warnings: { ...translations.warnings, userInputs: 'Names of people, firms and clients are easy to guess.' },
    // the package would ask for capitals, which SP 800-63B-4 advises against
    suggestions: {
      ...translations.suggestions,
      allUppercase: 'Capitals add little.',
      capitalization: 'A capital at the start adds little.',
    },
  },
})

parentPort!.on('message', (asked: Asked) => parentPort!.postMessage(answer(asked)))

function answer(asked: Asked): Told {
  if (asked === 'lists') return { lists: Object.entries(DICTIONARIES).map(([name, words]) => ({ name, entries: words.length })) }
  try {
    return { judged: judge(asked.password, asked.ownWords) }
  } catch (fault) {
    // not its message, which could quote the password
    return { fault: (fault as Error).name }
  }
}

function judge(password: string, ownWords: string[]): Judged {
  const points = [...password]
  const start = points.slice(0, LOOKED_AT).join('')
  const bare = withoutSeparators(start)
  const own = withoutOwn(bare, ownWords)
  const core = listedCore(bare)
  // separators are guessed along, and so are names and the digits that are hung on a word: the weakest form counts
  const weakest = [...new Set([start, bare])]
    .map((form) => zxcvbn.check(form, [...own.words, ...own.spellings]))
    .reduce((least, one) => (one.guesses < least.guesses ? one : least))
  // a guesser who has the names takes each word for one of so many, or for one of the thousand likeliest
  const withNames = scoreOf(
    own.words.length === 0 ? Infinity : zxcvbn.check(own.rest).guesses * Math.min(ownWords.length, 1000) ** own.words.length,
  )
  const withoutCore = core === null ? 4 : zxcvbn.check(bare.replace(core, '')).score

  const refused = (score: number, fault: string, hint = 'Four or five words that have nothing to do with each other make a good one.') => ({
    score: Math.min(score, 2) as 0 | 1 | 2,
    fault,
    hint,
  })
  const score = Math.min(weakest.score, withNames, withoutCore) as Judged['score']
  if (points.length < LEAST) return refused(score, `A password has at least ${LEAST} characters.`)
  if (isListed(password) || core === bare) return refused(0, 'The password is on a list of common passwords.')
  if (new Set([...password.toLowerCase()]).size < 6) return refused(0, 'The password repeats the same few characters.')
  if (repeatsShortPiece(withoutSeparators(password.toLowerCase()))) return refused(0, 'The password repeats one short piece.')
  if (withNames < 3) return refused(score, 'The password is little more than a name of yours, of the firm or of a client.')
  if (withoutCore < 3) return refused(score, 'The password is little more than a common word or phrase with digits or signs around it.')
  if (score >= 3) return { score, fault: null, hint: null }
  const { warning, suggestions } = weakest.feedback
  return refused(score, `The password is too easy to guess. ${warning ?? ''}`.trim(), suggestions.join(' ') || undefined)
}

/** The package's own steps. */
const scoreOf = (guesses: number): number => [1e3, 1e6, 1e8, 1e10].filter((step) => guesses >= step).length
const SEPARATOR = /[\s,;:|/\\_.-]/g
const withoutSeparators = (text: string): string => text.replace(SEPARATOR, '')
const isListed = (text: string): boolean => LISTED.has(text.toLowerCase()) || LISTED.has(withoutSeparators(text.toLowerCase()))

/** Whether the text is a piece shorter than a password has to be, twice or more often; the last time may be cut off. */
function repeatsShortPiece(text: string): boolean {
  const points = [...text]
  for (let length = 1; length < LEAST && length * 2 <= points.length; length += 1) {
    if (points.every((point, at) => at < length || point === points[at - length])) return true
  }
  return false
}

/** The text without what is no letter at its ends, when that is a listed word, as it is or with its letters put back (`p@ssw0rd`). */
function listedCore(text: string): string | null {
  const ending = text.replace(/[^\p{L}]+$/u, '')
  for (const core of [text, ending, ending.replace(/^[^\p{L}]+/u, '')]) {
    const lower = core.toLowerCase()
    const spelled = (one: string) =>
      lower.replace(/[@4301!|5$7]/g, (sign) => (sign === '1' || sign === '!' || sign === '|' ? one : LETTERS[sign]!))
    if (core.length >= 3 && [lower, spelled('i'), spelled('l')].some((word) => LISTED.has(word))) return core
  }
  return null
}

/** Signs that stand for letters; `l` is as good as `i`, because a 1 can be either. */
const LETTERS: Record<string, string> = { '@': 'a', 4: 'a', 3: 'e', 0: 'o', 5: 's', '$': 's', 7: 't', 1: 'i', '!': 'i', '|': 'i', 'l': 'i' }

/** Lower case, without accents, letters for signs; in UTF-16 as long as the text. */
const folded = (text: string): string =>
  text
    .replace(/[^ -~]/gu, (point) => {
      const plain = point.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
      return plain.length === point.length ? plain : point
    })
    .replace(/[A-Zl@43015!|$7]/g, (sign) => LETTERS[sign.toLowerCase()] ?? sign.toLowerCase())
const backwards = (text: string): string => text.split('').reverse().join('')

/** Words that half of all names have; alone they are nobody’s own. */
const ANYBODYS = new Set('and the for llp llc ltd inc plc gmbh pllc limited company group www com org net mail'.split(' ').map(folded))
/** Of a longer name only the first words are looked at. */
const MOST_PARTS = 8

/**
 * Which own words the text holds, and what is left of it without them: words of three letters or more, neighbours joined
 * (`Wren & Ames` as wrenandames and wrenames), with signs for letters, and backwards. The cost is linear in the names.
 */
function withoutOwn(text: string, names: string[]): { words: string[]; spellings: string[]; rest: string } {
  const plain = folded(text)
  const back = backwards(plain)
  const words = new Set<string>()
  const spellings = new Set<string>()
  const isOwn = new Uint8Array(text.length)
  const mark = (word: string, at: number) => {
    if (isOwn.subarray(at, at + word.length).every(Boolean)) return
    words.add(word)
    // for the package signs put for letters are more guesses
    spellings.add(text.slice(at, at + word.length))
    isOwn.fill(1, at, at + word.length)
  }
  for (const word of wordsIn([plain, back], names).sort((a, b) => b.length - a.length)) {
    for (const at of placesOf(word, plain)) mark(word, at)
    for (const at of placesOf(word, back)) mark(word, text.length - at - word.length)
  }
  const rest = text.replace(/[^]/g, (unit, at: number) => (isOwn[at] ? '' : unit))
  return { words: [...words], spellings: [...spellings], rest }
}

function placesOf(word: string, text: string): number[] {
  const places = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at)
  return places
}

function wordsIn(texts: string[], names: string[]): string[] {
  const words = new Set<string>()
  for (const name of names) {
    const text = name.normalize('NFKC').replaceAll('&', ' and ')
    const parts = (text.match(/\p{N}+|[\p{L}\p{M}]+/gu) ?? []).slice(0, MOST_PARTS).map(folded)
    for (const run of [parts, parts.filter((part) => part !== 'and')]) {
      for (let from = 0; from < run.length; from += 1) {
        let word = ''
        for (const part of run.slice(from)) {
          word += part
          if (!texts.some((one) => one.includes(word))) break
          if (word.length >= 3 && !ANYBODYS.has(word)) words.add(word)
        }
      }
    }
  }
  return [...words]
}
