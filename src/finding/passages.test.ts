import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesOf, type Hit } from './matching.ts'
import { parse } from './parse.ts'
import { passagesOf } from './passages.ts'
import { prepare } from './prepared.ts'

const hitsOf = (text: string, query: string): Hit[] =>
  matchesOf(parse(query, '2026-11-23').node!, prepare({ text, language: 'en', fields: {}, date: null }), ['en']).hits
const marked = (text: string, query: string, wish = { most: 2, length: 220 }): string[] =>
  passagesOf(text, hitsOf(text, query), wish).map((passage) =>
    passage.marks.reduceRight(
      (shown, [start, end]) => `${shown.slice(0, start)}[${shown.slice(start, end)}]${shown.slice(end)}`,
      passage.text,
    ),
  )
const FILLER = 'The parties have agreed to the following terms and conditions set out below. '.repeat(10)

describe('passages', () => {
  test('a short text is shown whole, with its hits', () =>
    expect(marked('The operator warned of solids at outfall 3.', '"outfall 3" warn*')).toEqual([
      'The operator [warned] of solids at [outfall 3].',
    ]))

  test('the place where most of what is asked for stands together comes first, and another after it', () => {
    const text = `${FILLER}outfall ${FILLER}the shift leader warned of solids at outfall three ${FILLER}`
    const wish = { most: 1, length: 60 }
    expect(marked(text, 'outfall warn*', wish)).toEqual(['shift leader [warned] of solids at [outfall] three The'])
    expect(marked(text, 'outfall warn*', { ...wish, most: 2 })).toHaveLength(2)
  })

  test('what stands closest together is shown, also where one of it stands before as well', () => {
    const text = `${FILLER}breach of several other duties, then notice ${FILLER}breach of the lease, and after it breach, notice ${FILLER}`
    expect(marked(text, 'breach notice', { most: 1, length: 60 })[0]).toContain('after it [breach], [notice]')
  })

  test('two that show different things are better than two that show the same', () => {
    const text = `breach and notice ${FILLER}breach and notice ${FILLER}a waiver ${FILLER}`
    const shown = marked(text, 'breach notice waiver', { most: 2, length: 60 })
    expect(shown[0]).toMatch(/^\[breach\] and \[notice\]/)
    expect(shown[1]).toContain('[waiver]')
  })

  test('they are cut at the borders of words and lie in one part', () => {
    const text = `${FILLER}\f${FILLER}the breach ${FILLER}`
    const [shown] = marked(text, 'breach', { most: 1, length: 60 })
    expect(
      shown!
        .replace(/[[\]]/g, '')
        .split(' ')
        .every((word) => text.split(/\s/).includes(word)),
    ).toBe(true)
    expect(shown!.length).toBeGreaterThan(40)
    expect(marked('one breach\fnotice two', 'breach notice')).toEqual(['one [breach]', '[notice] two'])
  })

  test('what turns the direction of writing or controls a terminal is not shown, and marks stay right', () =>
    expect(marked('a\u202e\u0007 \n\t b\u0000reach  of \u2066contract\u2069', 'contract of')).toEqual(['a breach [of] [contract]']))

  test('a text without spaces, and a hit longer than the passage', () => {
    expect(marked('保'.repeat(500) + '密協' + '保'.repeat(500), '密協', { most: 1, length: 20 })[0]).toMatch(/^保{5,}\[密協\]保{5,}$/)
    const phrase = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ')
    expect(marked(`so ${phrase} so`, `"${phrase}"`, { most: 1, length: 50 })[0]).toMatch(/^\[word0 .*\]$/)
  })

  test('without a hit there is none', () => expect(passagesOf('breach', [])).toEqual([]))

  test('whatever the text, marks show what was found, where it stands', () => {
    const pieces = fc.constantFrom(
      'breach',
      'of',
      'contract',
      ' ',
      '  ',
      '\n',
      '\f',
      '\u202e',
      '\0',
      '.',
      'é',
      '😀',
      '\ud83d',
      'x'.repeat(60),
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 120 }), fc.integer({ min: 10, max: 80 }), (parts, length) => {
        const text = parts.join(' ')
        const hits = hitsOf(text, 'breach OR "of contract"')
        const passages = passagesOf(text, hits, { most: 2, length })
        expect(passages.length > 0).toBe(hits.length > 0)
        for (const { text: shown, marks, at } of passages) {
          expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e]|\s\s|^\s|\s$/u)
          expect(shown.length).toBeLessThanOrEqual(length)
          expect(marks.length).toBeGreaterThan(0)
          expect(text.slice(at, at + 2).toWellFormed()[0]).toBe(shown[0])
          for (const [start, end] of marks)
            expect(
              shown
                .slice(start, end)
                .replace(/[^a-z ]/g, '')
                .trim(),
            ).toMatch(/^(?:of|contract|breach)/)
        }
      }),
      { numRuns: 500 },
    )
  })
})
