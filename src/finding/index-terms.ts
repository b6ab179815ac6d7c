import { stemsOf, type Language } from './stems.ts'
import { wordsOf } from './words.ts'

/** Where a term is found: `word` in the text or in anything else that is known of a document, the others in that field alone; `all` in every document. */
export type TermField = 'word' | 'name' | 'from' | 'to' | 'author' | 'type' | 'ext' | 'year' | 'start' | 'all'
export type FieldTerm = { field: TermField; word: string }

export const wordTerm = (stem: string): FieldTerm => ({ field: 'word', word: stem })
/** A word in any of these languages. */
export const wordTerms = (word: string, languages: readonly Language[]): FieldTerm[] => stemsOf(word, languages).map(wordTerm)
/** Names of files are found in every form of their words, people and endings as they are written. */
export const fieldTerms = (field: TermField, word: string, languages: readonly Language[]): FieldTerm[] =>
  field === 'name' ? stemsOf(word, languages).map((stem) => ({ field, word: stem })) : [{ field, word }]

/** What every document holds, for a search that asks for none of its words. */
export const EVERY: FieldTerm = { field: 'all', word: '' }

/** The words of a short text, such as a name, each once. */
export const namesIn = (text: string): string[] => [...new Set(wordsOf(text).map(({ word }) => word))]

/** Letters by which a matter is found before its words are written out. */
export const STARTS = 10
/** How words begin, from two letters on. */
export const startTerms = (word: string): FieldTerm[] =>
  Array.from({ length: Math.max(0, Math.min(word.length, STARTS) - 1) }, (_, at) => ({ field: 'start', word: word.slice(0, at + 2) }))
