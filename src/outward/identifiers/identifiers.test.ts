import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GENERATED, numberOf, wrongOf } from '../../../test/outward/identifiers/numbers.ts'
import { measured, precision, recall } from '../../../test/outward/identifiers/quality.ts'
import { chanceOf, snippetsOf } from '../../../test/outward/identifiers/snippets.ts'
import { CUES } from './cues.ts'
import { listed } from './phrases.ts'
import { IDENTIFIER_KINDS, identifiersIn, inWords, masked, type IdentifierKind } from './identifiers.ts'
import { IBAN, SCHEMES } from './schemes.ts'

const told = (text: string): string[] => identifiersIn(text).found.map(({ kind, at, length }) => `${kind} ${text.slice(at, at + length)}`)
/** The sign of the century belongs to a Finnish code. */
const written = (kind: IdentifierKind, number: string): string => (kind === 'fi-hetu' ? `${number.slice(0, 6)}-${number.slice(6)}` : number)
const named = (kind: IdentifierKind, number: string): string => {
  const words = kind === 'uk-account' ? 'sort code 12-34-56, account number' : listed(CUES[kind])[0]!
  return `We were told that the ${words} ${number} is theirs.`
}

describe('forms as people type them', () => {
  test.each<[string, string[]]>([
    ['SSN 536-90-4399', ['us-ssn 536-90-4399']],
    ['SSN 536‑90‑4399, 536–90–4399', ['us-ssn 536‑90‑4399', 'us-ssn 536–90–4399']],
    ['SSN 536−90−4399', ['us-ssn 536−90−4399']],
    ['SSN 536 - 90 - 4399', ['us-ssn 536 - 90 - 4399']],
    ['NHS number 943\u00a0476\u202f5870', ['uk-nhs 943\u00a0476\u202f5870']],
    ['NHS number 943 476\n5870', ['uk-nhs 943 476\n5870']],
    ['ＳＳＮ ５３６－９０－４３９９', ['us-ssn ５３６－９０－４３９９']],
    ['SSN \u200e536-90-\u200b4399', ['us-ssn 536-90-\u200b4399']],
    ['card 4111-1111-1111-1111', ['card 4111-1111-1111-1111']],
    ['ab 12 34 56 c', []],
    ['AB 12 34 56 C', ['uk-nino AB 12 34 56 C']],
    ['NL91 ABNA 0417 1643 00', ['iban NL91 ABNA 0417 1643 00']],
    ['de89370400440532013000', ['iban de89370400440532013000']],
    ['536-90-4399.pdf', ['us-ssn 536-90-4399']],
    ['ssn_536904399.pdf', ['us-ssn 536904399']],
  ])('%j: %j', (text, found) => expect(told(text)).toEqual(found))
})

describe('what is beside a number', () => {
  test.each<[string, string[]]>([
    ['111222333', []],
    ['BSN 111222333', ['nl-bsn 111222333']],
    ['111222333 (BSN)', ['nl-bsn 111222333']],
    ['merge 9903623761 dl/format-patch', []],
    ['merge dl/format-patch into 9903623761', []],
    ['DL no. 9903623761', ['driving-licence 9903623761']],
    ['factuur 111222333, BSN onbekend', []],
    ['Invoice 111222333, BSN 123456782', ['nl-bsn 123456782']],
    ['SSN 536-90-4399; account number 219099998', ['us-ssn 536-90-4399']],
    ['docket no. 536-90-4399', []],
    ['1536-90-4399 and 536-90-4399-1', []],
    ['4111 1111 1111 1111 1111', []],
    ['+1 536-90-4399', []],
    ['00536-90-4399, x536-90-4399', []],
    ['The agreement of 12 March 1980', []],
    ['born 12 March 1980, married 4 May 1999', ['date-of-birth 12 March 1980']],
    ['BSN | Factuur\n111222333 | 1', ['nl-bsn 111222333']],
    ['BSN, bedrag\n111222333\n123456782', ['nl-bsn 111222333', 'nl-bsn 123456782']],
  ])('%j: %j', (text, found) => expect(told(text)).toEqual(found))
})

test.each(GENERATED)('every right number of %s is found where a word names it', (kind) => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const chance = chanceOf(`${kind} ${seed}`)
      const number = written(kind, numberOf(kind, chance))
      const text = named(kind, number)
      expect(identifiersIn(text).found).toContainEqual({ kind, at: text.indexOf(number), length: number.length })
    }),
    { numRuns: 60 },
  )
})

test.each(GENERATED.filter((kind) => [...SCHEMES, IBAN].some((scheme) => scheme.kind === kind && scheme.isChecked)))(
  'a number of %s with one digit wrong is not found as one',
  (kind) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const number = wrongOf(kind, chanceOf(`${kind} ${seed}`))
        expect(identifiersIn(named(kind, written(kind, number))).found.filter((one) => one.kind === kind)).toEqual([])
      }),
      { numRuns: 40 },
    )
  },
)

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '\0',
        '\ud800',
        '\u202e',
        '４１１１',
        'SSN ',
        'BSN',
        ' 111222333',
        '-',
        ' ',
        '\n',
        'DE89',
        'AB12',
        '12 May 1990',
        'born ',
        '١٢٣',
      ),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''))

test('any text is read; what is found is in order, does not overlap, and is in the text', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      let end = 0
      for (const { at, length } of identifiersIn(text).found) {
        expect(at).toBeGreaterThanOrEqual(end)
        end = at + length
      }
      expect(end).toBeLessThanOrEqual(text.length)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  '7',
  '1 ',
  'AB12',
  'AB12 ',
  '4111 ',
  'DE12 ',
  '111222333 ',
  'BSN 111222333\n',
  'social security ',
  '12 May 1990 ',
  '123-45-6789-',
  'born on\n',
])('reading %j twice as often looks at no more than twice as many signs', (part) => {
  const [once, twice] = [500, 1000].map((times) => looksAt(part.repeat(times)))
  expect(twice!).toBeLessThan(2.2 * once!)
  expect(once!).toBeLessThan(600 * part.length * 500)
})

/** How often a sign of a text is looked at by itself. */
function looksAt(text: string): number {
  let looks = 0
  const own = String.prototype.charCodeAt
  String.prototype.charCodeAt = function (this: string, at: number) {
    looks += 1
    return own.call(this, at)
  }
  try {
    identifiersIn(text, { found: Infinity })
  } finally {
    String.prototype.charCodeAt = own
  }
  return looks
}

test('what goes beyond the limits is left out, and is said', () => {
  const text = 'SSN 536-90-4399, 536-90-4398, 536-90-4397'
  expect(identifiersIn(text)).toMatchObject({ isCut: false, found: { length: 3 } })
  expect(identifiersIn(text, { found: 2 })).toMatchObject({ isCut: true, found: { length: 2 } })
  expect(identifiersIn(text, { found: 3 })).toMatchObject({ isCut: false, found: { length: 3 } })
  expect(identifiersIn(text, { characters: 20 })).toMatchObject({ isCut: true, found: { length: 1 } })
})

test('a screen is shown two signs at most', () => {
  const text = 'SSN 536-90-4399, born on 12 March 1980'
  expect(identifiersIn(text).found.map((one) => masked(text, one))).toEqual(['•••••••99', '•••••••••••'])
})

test('every kind has its words', () => {
  expect(inWords('us-ssn', 3)).toBe('3 US social security numbers')
  expect(inWords('iban', 1)).toBe('1 IBAN')
  expect(IDENTIFIER_KINDS.map((kind) => inWords(kind, 2)).filter((words) => words.includes('undefined'))).toEqual([])
  expect(IDENTIFIER_KINDS.filter((kind) => kind !== 'iban' && !SCHEMES.some((scheme) => scheme.kind === kind))).toEqual([])
})

test.each(['tuned', 'held-out'] as const)('over the snippets of %s nearly all is found, and nearly nothing else', (name) => {
  const snippets = snippetsOf(name)
  expect(snippets.length).toBeGreaterThan(430)
  expect(snippets.filter(({ wanted }) => wanted.length === 0).length * 2).toBeGreaterThanOrEqual(snippets.length)
  const { all, wrong } = measured(snippets)
  expect(precision(all), wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
  expect(recall(all), wrong.join('\n')).toBeGreaterThanOrEqual(0.9)
})
