import { expect, test } from 'vitest'
import { madeNames } from '../../../bench/names.ts'
import { openNameIndex, THRESHOLD, type Entry, type NameIndex } from './name-index.ts'

const idOf = (at: number): string => `11111111-1111-4111-8111-${String(at).padStart(12, '0')}`
const entry = (at: number, name: string, kind: Entry['kind'] = 'unknown', domains: string[] = []): Entry => ({
  id: idOf(at),
  name,
  kind,
  domains,
})
const holding = (...names: string[]): NameIndex => {
  const index = openNameIndex()
  for (const [at, name] of names.entries()) index.add(entry(at, name))
  return index
}
const ask = (index: NameIndex, name: string, domains: string[] = []) => index.query({ names: [{ name, kind: 'unknown' }], domains })
const found = (index: NameIndex, name: string): string[] => ask(index, name).hits.map(({ id }) => id)
const hows = (index: NameIndex, name: string): string[] => ask(index, name).hits[0]?.why.map(({ how }) => how) ?? []

test.each([
  ['John Smith', 'John Smith', ['exact']],
  ['John Smith', 'Smith, John', ['order']],
  ['Hans Müller', 'Hans Mueller', ['transliteration']],
  ['William Ashdown', 'Bill Ashdown', ['nickname']],
  ['William Ashdown', 'W. Ashdown', ['initials']],
  ['Thomas Arthur Greenhalgh', 'Thomas Greenhalgh', ['subset']],
  ['Joseph Winterbourne', 'Joseph Winterborne', ['spelling']],
  ['Acme Widgets Ltd', 'Acme Widgets GmbH', ['legal form']],
  ['International Business Machines Corp', 'IBM', ['initials']],
  ['Paul Smith', 'Paul Schmid', ['phonetic']],
])('%s is found for %s, and why is said', (name, asked, why) => {
  expect(hows(holding(name, 'Somebody Else', 'Another Company Ltd'), asked)).toEqual(why)
})

test('the reason names the words', () => {
  expect(ask(holding('William Ashdown'), 'Bill Ashdown').hits).toEqual([
    { id: idOf(0), score: 0.94, asked: 0, why: [{ how: 'nickname', words: ['bill', 'william'] }] },
  ])
})

test('near is not the same', () => {
  const index = holding('John Smith', 'Bank of Ireland plc', 'Hans Müller', 'Acme Widgets Ltd')
  for (const name of ['Joan Smith', 'Jon Smithson', 'Bank of Iceland', 'Hans Keller', 'Apex Widgets Ltd', 'John', '', '!!!', 'J. S.'])
    expect(found(index, name), name).toEqual([])
  expect(found(index, 'John Smith')).toEqual([idOf(0)])
})

test('Arabic script finds and is found', () => {
  const index = holding('محمد القذافي', 'Khalid Hussein')
  expect(found(index, 'Muhammad al-Qaddafi')).toEqual([idOf(0)])
  expect(found(index, 'خالد حسين')).toEqual([idOf(1)])
  expect(found(index, 'محمد القذافي')).toEqual([idOf(0)])
})

test('by domain, whatever the name; public mail finds nobody', () => {
  const index = openNameIndex()
  index.add(entry(1, 'Acme Ltd', 'organization', ['jane@mail.acme.co.uk']))
  index.add(entry(2, '!!!', 'unknown', ['acme.co.uk', 'x@gmail.com']))
  expect(index.query({ names: [], domains: ['acme.co.uk'] }).hits).toEqual(
    [1, 2].map((at) => ({ id: idOf(at), score: 0.9, asked: null, why: [{ how: 'domain', words: ['acme.co.uk'] }] })),
  )
  expect(index.query({ names: [], domains: ['y@gmail.com', 'other.co.uk', ''] }).hits).toEqual([])
})

test('best first, ties by id, at most as many as asked for, and how many are left', () => {
  const index = openNameIndex()
  for (let at = 0; at < 80; at += 1) index.add(entry(79 - at, at % 2 === 0 ? 'Ada Lovelace' : 'Ada Lovelase'))
  const { hits, left } = ask(index, 'Ada Lovelace')
  expect(hits).toHaveLength(50)
  expect(left).toBe(30)
  expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a))
  expect(hits.slice(0, 40).map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, at) => idOf(at * 2 + 1)))
  expect(hits.every(({ score }) => score >= THRESHOLD)).toBe(true)
  expect(index.query({ names: [{ name: 'Ada Lovelace', kind: 'unknown' }], domains: [], most: 3 })).toMatchObject({
    hits: { length: 3 },
    left: 77,
  })
})

test('an id has one entry: adding it again replaces, removing it takes all its names', () => {
  const index = holding('Anna Schmidt née Keller')
  index.add(entry(0, 'Anna Vogt née Brandt'))
  expect([found(index, 'Anna Schmidt'), found(index, 'Anna Keller'), found(index, 'Anna Vogt'), found(index, 'Anna Brandt')]).toEqual([
    [],
    [],
    [idOf(0)],
    [idOf(0)],
  ])
  expect(index.size()).toBe(1)
  expect(index.remove(idOf(0).toUpperCase())).toBe(true)
  expect(index.remove(idOf(0))).toBe(false)
  expect(found(index, 'Anna Brandt')).toEqual([])
  expect(index.size()).toBe(0)
})

test('what is no UUID is refused and nothing is kept of it', () => {
  const index = openNameIndex()
  expect(() => index.add({ id: 'nobody', name: 'John Smith', kind: 'person', domains: [] })).toThrow(RangeError)
  expect(() => index.remove('')).toThrow(RangeError)
  expect(index.size()).toBe(0)
  expect(found(index, 'John Smith')).toEqual([])
})

test('gaps are closed: after many removals the rest is found, with its domains, and the arrays shrink', () => {
  const index = openNameIndex()
  index.add(entry(1, 'Beatrice Lindholm née Ekdahl', 'person', ['lindholm.example']))
  index.add(entry(2, 'محمد القذافي', 'person'))
  const made = [...madeNames(5000)]
  for (const one of made) index.add(one)
  const bytes = index.bytes()
  for (const { id } of made) index.remove(id)
  expect(index.size()).toBe(2)
  expect(index.bytes()).toBeLessThan(bytes / 2)
  expect(found(index, 'Beatrice Ekdahl')).toEqual([idOf(1)])
  expect(found(index, 'Mohammed Qaddafi')).toEqual([idOf(2)])
  expect(index.query({ names: [], domains: ['lindholm.example'] }).hits.map(({ id }) => id)).toEqual([idOf(1)])
})

test('every name among thousands is found as it is written, and again after replacing all', () => {
  const index = openNameIndex()
  const made = [...madeNames(4000)]
  for (const one of made) index.add(one)
  for (const one of made) index.add(one)
  expect(index.size()).toBe(4000)
  for (const { id, name, kind } of made.filter((_, at) => at % 7 === 0)) {
    const { hits, left } = index.query({ names: [{ name, kind }], domains: [], most: 400 })
    expect(left > 0 || hits.some((hit) => hit.id === id && hit.score >= 0.97), name).toBe(true)
  }
})

test('hostile names end, and say nothing wrong', () => {
  const index = openNameIndex()
  for (const one of madeNames(2000)) index.add(one)
  const hostile = [
    'a'.repeat(200),
    'er'.repeat(100),
    'a '.repeat(100),
    'Bank Trust International Holdings Group',
    'ß'.repeat(300),
    '\u0301'.repeat(300),
    'ﷺ'.repeat(50),
  ]
  for (const [at, name] of hostile.entries()) index.add(entry(at, name))
  for (const name of hostile) for (const { score } of ask(index, name).hits) expect(score).toBeGreaterThanOrEqual(THRESHOLD)
  expect(found(index, 'a'.repeat(200))).toContain(idOf(0))
  const { hits } = index.query({ names: hostile.map((name) => ({ name, kind: 'unknown' as const })), domains: [] })
  expect(new Set(hits.map(({ asked }) => asked)).has(0)).toBe(true)
})

test('the order in which names came changes no answer', () => {
  const made = [...madeNames(1500)]
  const [forward, backward] = [openNameIndex(), openNameIndex()]
  for (const one of made) forward.add(one)
  for (const one of made.toReversed()) backward.add(one)
  for (const { name } of made.filter((_, at) => at % 25 === 0)) expect(ask(backward, name), name).toEqual(ask(forward, name))
})

test('a domain that thousands have is answered with the first and the number of the rest', () => {
  const index = openNameIndex()
  for (let at = 0; at < 3000; at += 1) index.add(entry(at, `Party ${at}`, 'organization', ['acme.com']))
  const { hits, left } = index.query({ names: [], domains: ['acme.com', 'ACME.com'], most: 10 })
  expect(hits).toHaveLength(10)
  expect(left).toBe(2990)
})
