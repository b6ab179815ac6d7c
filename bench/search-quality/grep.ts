import type { ReadFile } from './corpus.ts'
import type { Judged } from './judged.ts'

/** Without case and marks; nothing of the search's own reading of words is used here. */
const plainly = (text: string): string => text.replace(/\p{S}/gu, ' ').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const BESIDE = '[\\p{L}\\p{N}]'

/** Names of the files that hold these words, one after the other with no letter or digit between, in their text or their name. */
export function grep(files: readonly { name: string; plain: string }[], words: readonly string[]): Set<string> {
  const pattern = new RegExp(`(?<!${BESIDE})${words.map(plainly).join(`(?:(?!${BESIDE})[^\\f])+`)}(?!${BESIDE})`, 'u')
  return new Set(files.filter(({ plain }) => pattern.test(plain)).map(({ name }) => name))
}
export const grepped = (files: readonly ReadFile[]): { name: string; plain: string }[] =>
  files.map(({ name, text, beside }) => ({ name, plain: plainly([text, name, ...beside].join('\f')) }))

/** What is looked for exactly: words and phrases of the queries, and others evenly taken from the texts themselves. */
export function exactly(files: readonly ReadFile[], queries: readonly Judged[], some: number): string[][] {
  const asked = queries
    .filter(({ kind }) => kind === 'term' || kind === 'phrase' || kind === 'name' || kind === 'ocr')
    .flatMap(({ plain }) => [...plain.matchAll(/"([^"]+)"|([^\s"]+)/g)].map(([, phrase, word]) => wordsIn(phrase ?? word!)))
  const [words, pairs] = [new Set<string>(), new Set<string>()]
  for (const { text } of files)
    for (const line of plainly(text).split('\n')) {
      const its = wordsIn(line)
      its.forEach((word, at) => {
        words.add(word)
        if (at % 7 === 3) pairs.add(its.slice(at - 1, at + 2).join(' '))
      })
    }
  const evenly = (all: Set<string>): string[][] => {
    const sorted = [...all].sort()
    return Array.from({ length: Math.min(some, sorted.length) }, (_, at) => sorted[Math.floor((at * sorted.length) / some)]!.split(' '))
  }
  return [...asked, ...evenly(words), ...evenly(pairs)].filter((one) => one.length > 0)
}
const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** What one of two has and the other has not. */
export const without = (all: ReadonlySet<string>, those: ReadonlySet<string>): string[] => [...all].filter((one) => !those.has(one))
