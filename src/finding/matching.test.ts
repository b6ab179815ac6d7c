import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesOf } from './matching.ts'
import { parse } from './parse.ts'
import { prepare } from './prepared.ts'
import type { Looked } from './query.ts'
import type { Language } from './stems.ts'
import { wordsOf } from './words.ts'

const looked = (text: string, more: Partial<Looked> = {}): Looked => ({ text, language: 'en', fields: {}, date: null, ...more })
const found = (text: string, query: string, languages: Language[] = ['en'], more: Partial<Looked> = {}): string[] | null => {
  const { isFound, hits } = matchesOf(parse(query, '2026-11-23').node!, prepare(looked(text, more)), languages)
  return isFound ? hits.map(({ start, end }) => text.slice(start, end)) : null
}

describe('a text answers, and where', () => {
  test.each<[string, string, string[] | null]>([
    ['The operator warned us.', 'warn', ['warned']],
    ['The operator warned us.', '"warn"', null],
    ['Breaches of contracts', 'contract breach', ['Breaches', 'contracts']],
    ['Breach of contract', '"breach of contract"', ['Breach of contract']],
    ['Breach of\n\ncontract', '"of contract"', ['of\n\ncontract']],
    ['Breach of\fcontract', '"of contract"', null],
    ['Breach the contract', '"breach contract"', null],
    ['a a a', '"a a"', ['a a', 'a a']],
    ['Negligence, negligent', 'negligen*', ['Negligence', 'negligent']],
    ['women woman womyn wooden', 'wom?n', ['women', 'woman', 'womyn']],
    ['women workmen', 'wo*men', ['women', 'workmen']],
    ['women', 'wom?nn', null],
    ['breach', 'breach NOT waiver', ['breach']],
    ['breach waiver', 'breach NOT waiver', null],
    ['waiver', 'breach OR waiver', ['waiver']],
    ['breach', 'breach waiver', null],
    ['co-operation', 'co-operat*', ['co', 'operation']],
    ["O'Brien and Brien", "O'Brien", ["O'Brien"]],
    ['保密協議', '密協', ['密協']],
    ['Société', 'societe', ['Société']],
  ])('%j, asked for %s: %j', (text, query, hits) => expect(found(text, query)).toEqual(hits))
})

describe('near each other', () => {
  test.each<[string, string, string[] | null]>([
    ['a x x x x b', 'a w/5 b', ['a', 'b']],
    ['a x x x x x b', 'a w/5 b', null],
    ['b x a', 'a w/2 b', ['b', 'a']],
    ['b x a', 'a pre/2 b', null],
    ['a x b', 'a pre/2 b', ['a', 'b']],
    ['a x b x x x x x x x a', 'a w/2 b', ['a', 'b']],
    ['a a b b', 'a w/1 b', ['a', 'b']],
    ['a', 'a w/5 a', null],
    ['a x a', 'a w/5 a', ['a', 'a']],
    ['breach of contract', '"breach of contract" w/5 contract', null],
    ['a\fb', 'a w/255 b', null],
    ['a b c d', '"a b" w/1 c', ['a b', 'c']],
    ['a x x y', 'a w/3 (b OR y)', ['a', 'y']],
    ['a b x c', 'a w/1 b w/2 c', ['a', 'b', 'c']],
    ['a c b', 'a w/2 b w/1 c', ['a', 'c', 'b']],
    ['a x x c x x b', '(a w/6 b) w/1 c', ['a', 'c', 'b']],
    ['a x x c x x b', 'c w/1 (a w/6 b)', ['a', 'c', 'b']],
    ['a c b', 'a pre/2 b pre/2 c', null],
    ['a x b c', 'a pre/2 b pre/1 c', ['a', 'b', 'c']],
    ['a x x x b x x x x c', 'a w/4 b w/4 c', null],
    ['One warned. Two fell', 'warned /s fell', null],
    ['One warned and two fell.', 'warned /s fell', ['warned', 'fell']],
    ['fell and warned', 'warned pre/s fell', null],
    ['Orchard v. Mill, the lease', 'orchard /s lease', ['Orchard', 'lease']],
    ['Mr. Ames of Mill Co. Ltd. Wrote', 'ames /s wrote', ['Ames', 'Wrote']],
    ['He said no. The lease', 'said /s lease', null],
    ['under No. 5 and No. Five of the lease', 'under /s lease', ['under', 'lease']],
    ['e.g. The lease', '"e g" /s lease', ['e.g', 'lease']],
    ['at 3.5 Metres', '3 /s metres', ['3', 'Metres']],
    ['“Warned!” The lease', 'warned /s lease', null],
    ['warned\n \nlease', 'warned /s lease', null],
    ['warned\nlease', 'warned /s lease', ['warned', 'lease']],
    ['一。二', '一 /s 二', null],
    ['Warned. The lease\n\nNext', 'warned /p lease', ['Warned', 'lease']],
    ['Warned.\n\nThe lease', 'warned /p lease', null],
    ['Warned.\fThe lease', 'warned /p lease', null],
  ])('%j, asked for %s: %j', (text, query, hits) => expect(found(text, query)).toEqual(hits))
})

describe('languages', () => {
  test('a word is found by its stem in the text’s language and in the firm’s', () => {
    expect(found('in den Häusern', 'Haus', [], { language: 'de' })).toEqual(['Häusern'])
    expect(found('in den Häusern', 'Haus', ['en', 'de'])).toEqual(['Häusern'])
    expect(found('in den Häusern', 'Haus', ['en', 'fr'])).toBeNull()
  })
})

describe('fields and days', () => {
  const fields = { matter: 'Orchard v. Mill 2026-014', name: 'Leases of the Mill / Drafts', class: 'privileged', from: 'Ben Ames' }
  test.each<[string, boolean]>([
    ['matter:"Mill Orchard"', true],
    ['matter:orchards', false],
    ['matter:hallam', false],
    ['name:"draft lease"', true],
    ['class:privileged', true],
    ['class:(internal public)', false],
    ['-class:internal from:ben', true],
    ['client:dan', false],
    ['date:2025-03', true],
    ['date>2025-03-04', true],
    ['date>2025-03-05', false],
    ['date<2025-03-06', true],
    ['date<2025-03-05', false],
  ])('%s: %s', (query, isFound) => expect(found('', query, ['en'], { fields, date: '2025-03-05' }) !== null).toBe(isFound))

  test('what has no date lies in no days', () => expect(found('', 'date>=0001', ['en'])).toBeNull())
  test('what only a field is asked for has no place in the text', () => expect(found('ben', 'from:ben', ['en'], { fields })).toEqual([]))
})

test('each hit tells which of the leaves it is, and what is left out is none', () => {
  const { hits } = matchesOf(parse('(a OR b) w/3 (c OR b) NOT (b w/1 x)', '2026-11-23').node!, prepare(looked('b a c')), [])
  expect(hits.map(({ leaf }) => leaf)).toEqual([1, 0, 2])
})

describe('as one would by reading it all', () => {
  const texts = fc
    .array(fc.constantFrom('a', 'b', 'c', 'A.', 'B', '\f', 'ab', "a'b", '\n\n'), { maxLength: 40 })
    .map((pieces) => pieces.join(' '))
  /** Words of the text, part by part. */
  const partsOf = (text: string) => text.split('\f').map((part) => wordsOf(part).map(({ word }) => word))

  test('a phrase', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 }), (text, words) => {
        const expected = partsOf(text).flatMap((part) =>
          part.filter((_, at) => words.every((word, index) => part[at + index] === word)).map(() => words.join()),
        )
        const hits = found(text, `"${words.join(' ')}"`)
        expect(
          hits?.map((hit) =>
            wordsOf(hit)
              .map(({ word }) => word)
              .join(),
          ) ?? [],
        ).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  test.each([false, true])('a proximity (ordered: %s)', (isOrdered) => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 6 }), fc.constantFrom('b', '(b OR c)', 'a', '"b a"'), (text, within, other) => {
        const others = wordsOf(other.replace('OR', '')).map(({ word }) => word)
        const isPhrase = other.startsWith('"')
        const near = partsOf(text).flatMap((part) =>
          part.flatMap((word, at) => {
            const ends = part.flatMap((_, from) => {
              const to = isPhrase ? from + 1 : from
              const is = isPhrase ? part[from] === 'b' && part[to] === 'a' : others.includes(part[from]!)
              return is ? [[from, to] as const] : []
            })
            const isNear = ends.some(([from, to]) => (at < from ? from - at <= within : at > to && !isOrdered && at - to <= within))
            return word === 'a' && isNear ? [at] : []
          }),
        )
        const hits = matchesOf(parse(`a ${isOrdered ? 'pre' : 'w'}/${within} ${other}`, '2026-11-23').node!, prepare(looked(text)), []).hits
        if (other === 'a' && isOrdered) expect(hits.length > 0).toBe(near.length > 0)
        else expect(hits.filter(({ leaf }) => leaf === 0)).toHaveLength(near.length)
      }),
      { numRuns: 1000 },
    )
  })

  test('three words near each other', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (text, one, two) => {
        const places = (part: string[], word: string): number[] => part.flatMap((held, at) => (held === word ? [at] : []))
        const isNear = partsOf(text).some((part) =>
          places(part, 'a').some((a) =>
            places(part, 'b').some((b) => b > a && b - a <= one && places(part, 'c').some((c) => c > b && c - b <= two)),
          ),
        )
        expect(found(text, `a pre/${one} b pre/${two} c`) !== null).toBe(isNear)
      }),
      { numRuns: 1000 },
    )
  })
})

test('a word that stands 100,000 times, near itself and in a phrase, is looked for in one pass', () => {
  const text = 'a '.repeat(100_000)
  expect(found(text, 'a w/255 a')).toHaveLength(100_000)
  expect(found(text, '"a a a a a a a b"')).toBeNull()
  expect(found(text, '"a a a"')).toHaveLength(99_998)
})
