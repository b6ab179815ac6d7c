import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { stemOf } from '../src/finding/stems.ts'
import { wordsOf } from '../src/finding/words.ts'

const CORPUS = resolve(import.meta.dirname, '../../shared/corpus')

/** Documents made of a corpus's own sentences, drawn at random, so that their words are as frequent as there: each `n` is always the same. */
export type Texts = {
  /** `least` to `most` characters, all lengths alike; it begins with a reference of its own. */
  text(n: number, least: number, most: number): string
  /** A name of a file, of words of the corpus. */
  name(n: number): string
}

/** @throws Error where there is no corpus */
export function textsOf(corpus: string | null): Texts {
  const dir = join(corpus ?? CORPUS, 'agreements')
  if (!statSync(dir, { throwIfNoEntry: false })) throw new Error(`there is no ${dir}: name the folder with --corpus`)
  const sentences = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => sentencesIn(readFileSync(path, 'utf8')))
  const any = (chance: () => number) => sentences[Math.floor(chance() * sentences.length)]!
  return {
    text: (n, least, most) => {
      const chance = chanceOf(n)
      const wanted = least + Math.floor(chance() * (most - least))
      let text = `Ref. ${100_000 + Math.floor(chance() * 900_000)}/${2000 + (n % 25)}. `
      while (text.length < wanted) text += `${any(chance)}${chance() < 0.2 ? '\n\n' : ' '}`
      return text.slice(0, wanted)
    },
    name: (n) => {
      const words = (any(chanceOf(n + 0x5000_0000)).match(/[A-Za-z]{3,}/g) ?? ['Letter']).slice(0, 4)
      return `${words.join(' ')} ${n}.txt`
    },
  }
}

const sentencesIn = (text: string): string[] =>
  text
    .replace(/<PAGE>/g, ' ')
    .replace(/\s+/g, ' ')
    .split(/(?<=[.;:]) /)
    .filter((one) => one.length >= 20 && one.length <= 600)

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** In what share of these texts a word's stem stands. */
export function sharesOf(texts: readonly string[]): (word: string) => number {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const stem of new Set(wordsOf(text).map(({ word }) => stemOf(word, 'en')))) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return (word) => (counts.get(stemOf(word, 'en')) ?? 0) / texts.length
}
