import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as italian } from '@orama/stemmers/italian'
import { stemmer as spanish } from '@orama/stemmers/spanish'

/** Languages whose endings are known here (Snowball), by their codes of ISO 639-1. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it'] as const
export type Language = (typeof LANGUAGES)[number]

const STEMMERS: Record<Language, (word: string) => string> = { en: english, de: german, fr: french, es: spanish, it: italian }
const known = new Map<string, string>()
const MOST_KNOWN = 200_000

/** A word (as `folded` gives it) without its ending. What holds a digit, or is short, stays as it is. */
export function stemOf(word: string, language: Language): string {
  if (word.length < 4 || /[^\p{L}]/u.test(word)) return word
  const name = `${language}${word}`
  const before = known.get(name)
  if (before !== undefined) return before
  const stem = language === 'en' ? englishStem(word) : STEMMERS[language](word) || word
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, stem)
  return stem
}

/**
 * Porter's stem. The package drops one letter too many of `-tion` and `-sion` (`distribu` of distribution, `distribut` of distribute),
 * so that neither finds the other; it is put back.
 */
function englishStem(word: string): string {
  const stem = english(word) || word
  const letter = word[stem.length] ?? ''
  return /^[st]ion/.test(word.slice(stem.length)) && word.startsWith(stem) ? stem + letter : stem
}

/** A word without its ending in each of these languages, each stem once. */
export const stemsOf = (word: string, languages: readonly Language[]): string[] => [
  ...new Set(languages.map((language) => stemOf(word, language))),
]

/** The commonest words of each language, as `folded` gives them. */
const COMMON: Record<Language, string> = {
  en: 'the of and to in that is for it as was with be by on not he this are or from have an they which one had but were all',
  de: 'der die und den von zu das mit sich des auf fur ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird',
  fr: 'le la les de des et est que qui dans pour une pas sur par plus au avec ce il son sa ses aux cette sont ou mais comme nous',
  es: 'de la que el en los del se las por un para con no una su al lo como mas pero sus le ya este fue esta son entre cuando',
  it: 'di che la il un per in una del non da con sono della le si nel alla gli dei come anche piu lo ha al delle questo nella',
}
const COMMON_WORDS = new Map(LANGUAGES.map((language) => [language, new Set(COMMON[language].split(' '))]))
/** Words that are looked at to tell a text's language. */
const SAMPLE = 2000

/** Which of these languages the words are in, by the commonest words of each; the first where nothing tells. */
export function languageOf(words: readonly { word: string }[], among: readonly Language[]): Language {
  if (among.length < 2) return among[0] ?? 'en'
  const counts = among.map((language) => [language, 0] as [Language, number])
  for (const { word } of words.slice(0, SAMPLE)) for (const count of counts) if (COMMON_WORDS.get(count[0])!.has(word)) count[1] += 1
  return counts.reduce((best, count) => (count[1] > best[1] ? count : best))[0]
}
