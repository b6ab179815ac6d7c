import { expect, test } from 'vitest'
import type { Facets, Hit } from '../../src/contract/search.ts'
import { type Asked, beginAnew, EVERYWHERE, keep, searchAt } from '../../web/features/search/asked.ts'
import { chosenIn, facetsOf, narrowed, turned } from '../../web/features/search/narrowing.ts'
import { kindLine, olderLine, stateLine, wordsIn } from '../../web/features/search/words.ts'

const asked = (words: string): Asked => ({ words, narrow: EVERYWHERE, order: 'best' })
const MATTER = '019a0000-0000-7000-8000-000000000001'
const GONE = '019a0000-0000-7000-8000-000000000002'
const NONE: Facets = { matters: [], clients: [], types: [], years: [], classes: [], people: [] }

test('what the browser’s history holds of a search says nothing of it, and leads back to it', () => {
  const first = keep(asked('the first of all'))
  const second = keep(asked('another'))
  expect(JSON.stringify([first, second])).not.toMatch(/first|another/)
  expect([searchAt(first)?.asked.words, searchAt(second)?.asked.words]).toEqual(['the first of all', 'another'])
  // without a name of its own a page shows the latest
  expect(searchAt(null)?.asked.words).toBe('another')
  const anew = beginAnew()
  expect([searchAt(anew), searchAt(null)]).toEqual([null, null])
  expect(searchAt(first)?.asked.words).toBe('the first of all')
  expect(searchAt({ search: 'of an earlier page' })).toBeNull()
})

test('twenty searches are kept, and the oldest is forgotten', () => {
  const steps = Array.from({ length: 21 }, (_, at) => keep(asked(`search ${at}`)))
  expect(steps.map((step) => searchAt(step)?.asked.words)).toEqual([undefined, ...steps.slice(1).map((_, at) => `search ${at + 1}`)])
})

test('a choice is added and taken away again, a year as a number', () => {
  const narrow = turned(turned(EVERYWHERE, 'years', '2025'), 'types', 'mail')
  expect(narrow).toEqual({ ...EVERYWHERE, years: [2025], types: ['mail'] })
  expect(narrowed(narrow)).toBe(2)
  expect(turned(turned(narrow, 'years', '2025'), 'types', 'mail')).toEqual(EVERYWHERE)
})

test('what is chosen stays in its facet when nothing of it is found any more, and can be let go by its name', () => {
  const both = [
    { id: MATTER, title: 'Orchard v. Mill', count: 3 },
    { id: GONE, title: 'In re Hallam Estate', count: 1 },
  ] as Facets['matters']
  facetsOf({ ...NONE, matters: both }, EVERYWHERE)
  const narrow = turned(EVERYWHERE, 'matters', GONE)
  const [facet, ...others] = facetsOf({ ...NONE, matters: both.slice(0, 1) }, narrow)
  expect(others).toEqual([])
  expect(facet!.choices.map(({ name, count, isOn }) => [name, count, isOn])).toEqual([
    ['Orchard v. Mill', 3, false],
    ['In re Hallam Estate', null, true],
  ])
  expect(chosenIn(narrow)).toEqual([{ key: 'matters', value: GONE, name: 'In re Hallam Estate' }])
})

test('a facet with one choice narrows nothing and is not shown', () => {
  expect(facetsOf({ ...NONE, types: [{ value: 'pdf', count: 4 }] }, EVERYWHERE)).toEqual([])
})

test('the lines of what was found', () => {
  const hit = { type: 'scan', sureness: 97, version: 2, newest: 3 } as Hit
  expect(kindLine(hit)).toBe('scan, read by machine, 97 % sure, version 2 of 3')
  expect(kindLine({ ...hit, type: 'pdf', sureness: null, version: 3 })).toBe('PDF, version 3')
  expect([olderLine([1]), olderLine([3, 1, 2])]).toEqual(['Also in version 1', 'Also in versions 1, 2 and 3'])
  expect(stateLine({ state: 'unreadable', why: 'It is under a password.', unread: [] })).toBe('Cannot be read: it is under a password.')
  expect(stateLine({ state: 'indexed', why: '', unread: ['a.dwg', 'b.zip'] })).toBe(
    'Can be found by what it says, but for a.dwg and b.zip.',
  )
})

test('the words that were found are those that are marked, once each', () => {
  const passage = (text: string, marks: [number, number][]) => ({ text, marks, page: null, within: '' })
  expect(
    wordsIn([
      passage('warned at outfall 3', [
        [0, 6],
        [10, 19],
      ]),
      passage('warned', [[0, 6]]),
    ]),
  ).toEqual(['warned', 'outfall 3'])
})
