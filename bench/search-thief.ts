import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { termDigest, termTokens } from '../src/core/terms.ts'
import { makeTerms, type About } from '../src/features/search/making.ts'
import type { KeptText } from '../src/features/search/texts.ts'
import { stemOf } from '../src/finding/stems.ts'
import { wordsOf } from '../src/finding/words.ts'
import { row, type Figure, type Row } from './measure.ts'

const CORPUS = resolve(import.meta.dirname, '../../shared/corpus/agreements')
/** Pairs that the thief is given to begin with, of those that stand in most documents. */
const SEEDS = 20

/**
 * What the index of one matter tells a thief without keys who has other documents of its very kind: a half of the corpus is the matter, the
 * other half what the thief knows. Tokens are guessed by how many documents they stand in, and by which others they stand with.
 */
export const thief: Figure = {
  id: 'search-thief',
  unit: '%',
  what: 'of a matter’s terms, those that a thief of the index guesses right by how many documents each stands in',
  bar: {},
  measure: async (): Promise<Row[]> => {
    const texts = textsOf()
    if (texts.length < 100) throw new Error('there is no ../shared/corpus to measure with')
    const known = texts.filter((_, n) => n % 2 === 0).map(stemsIn)
    const matter = texts.filter((_, n) => n % 2 === 1)
    const truth = new Map<number, string>()
    const keys = { terms: randomBytes(32), cards: randomBytes(32) }
    const tokens = matter.map((text) => new Set(indexed(keys, text, truth)))
    const theirs = byCommonness(tokens)
    const ours = byCommonness(known)
    const words = theirs.filter((token) => truth.has(token))
    const guessed = new Map(words.map((token, rank) => [token, ours[rank]]))
    const isRight = (token: number, guess: string | undefined) => truth.get(token) === guess
    const share = (all: readonly number[], of: ReadonlyMap<number, string | undefined>) =>
      (100 * all.filter((token) => isRight(token, of.get(token))).length) / all.length
    const together = byCompany(words.slice(0, 1000), tokens, known, truth)
    const sizes = tokens.map((one) => one.size)
    const alone = sizes.filter((size) => sizes.filter((other) => other === size).length === 1).length
    const figure = (id: string, what: string, value: number, note: string) =>
      row({ id: `search-thief-${id}`, unit: '%', what }, value, null, note)
    return [
      row(
        thief,
        share(words, guessed),
        null,
        `${words.length} terms of ${matter.length} agreements, beside ${known.length} others of the same two kinds`,
      ),
      figure('common', 'the same of the 100 commonest', share(words.slice(0, 100), guessed), 'words such as agreement, company, party'),
      figure(
        'company',
        `of the 1,000 commonest, given ${SEEDS} of them, by which of those each stands with`,
        together,
        'cosine over documents',
      ),
      figure(
        'document',
        'documents of the matter that whoever has a copy finds by the number of its terms',
        (100 * alone) / sizes.length,
        'then all its tokens are known as a set',
      ),
    ]
  },
}

const textsOf = (): string[] =>
  readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readFileSync(join(CORPUS, name), 'utf8'))

const stemsIn = (text: string): Set<string> => new Set(wordsOf(text).map(({ word }) => stemOf(word, 'en')))

function indexed(keys: { terms: Buffer; cards: Buffer }, text: string, truth: Map<number, string>): number[] {
  const about: About = {
    version: '00000000-0000-7000-8000-000000000000',
    number: 1,
    name: '',
    folder: '',
    about: { tags: [], author: '', custodian: '', source: '', receivedOn: null },
    at: '2026-01-01T00:00:00.000Z',
    sha256: '',
    type: 'text',
  }
  const kept: KeptText = {
    text,
    type: 'text',
    language: 'en',
    title: '',
    author: '',
    from: [],
    to: [],
    date: null,
    parts: [],
    isCut: false,
    unread: [],
    pictures: [],
  }
  const { tokens } = makeTerms(keys, about, kept, ['en'])
  const stems = [...stemsIn(text)]
  const own = termTokens(
    keys.terms,
    stems.map((stem) => termDigest({ field: 'word', word: stem })),
  )
  stems.forEach((stem, at) => truth.set(own[at]!, stem))
  return tokens
}

function countsOf<T>(documents: readonly ReadonlySet<T>[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const one of documents) for (const term of one) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}
const byCommonness = <T>(documents: readonly ReadonlySet<T>[]): T[] =>
  [...countsOf(documents)].sort((a, b) => b[1] - a[1]).map(([term]) => term)

/** Each of these is guessed to be the word whose company, among the words given, is most alike. */
function byCompany(
  tokens: readonly number[],
  theirs: readonly ReadonlySet<number>[],
  ours: readonly ReadonlySet<string>[],
  truth: ReadonlyMap<number, string>,
): number {
  const seeds = tokens
    .filter((token) => ours.some((one) => one.has(truth.get(token)!)))
    .slice(60, 60 + SEEDS * 5)
    .filter((_, n) => n % 5 === 0)
  const company = <T>(term: T, documents: readonly ReadonlySet<T>[], with_: readonly T[]): number[] => {
    const own = documents.filter((one) => one.has(term))
    return [own.length, ...with_.map((seed) => own.filter((one) => one.has(seed)).length)].map((count) => count / documents.length)
  }
  const words = byCommonness(ours).slice(0, 2000)
  const known = words.map(
    (word) =>
      [
        word,
        company(
          word,
          ours,
          seeds.map((seed) => truth.get(seed)!),
        ),
      ] as const,
  )
  const rest = tokens.filter((token) => !seeds.includes(token))
  const right = rest.filter((token) => {
    const own = company(token, theirs, seeds)
    const apart = (other: readonly number[]) => other.reduce((sum, one, n) => sum + (one - own[n]!) ** 2, 0)
    return known.reduce((best, one) => (apart(one[1]) < apart(best[1]) ? one : best))[0] === truth.get(token)
  })
  return (100 * right.length) / rest.length
}
