import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writtenAddress } from './address.ts'
import { readAddresses } from './address-list.ts'

const read = (raw: string) => readAddresses(raw).read.map(({ address }) => writtenAddress(address))
const unread = (raw: string) => readAddresses(raw).unread.map(({ text }) => text)

test('commas, semicolons and lines part addresses; quotes and brackets hold them together', () => {
  const raw = 'ada@wren.example, "Orchard, Ben" <ben@wren.example>; Cora <cora@wren.example>\r\n<dan@mill.example>\n"x;y"@mill.example'
  expect(read(raw)).toEqual([
    'ada@wren.example',
    '"Orchard, Ben" <ben@wren.example>',
    '"Cora" <cora@wren.example>',
    'dan@mill.example',
    '"x;y"@mill.example',
  ])
  expect(unread(raw)).toEqual([])
})

test('a surname before its comma, and a line that was folded, belong to the name', () => {
  expect(read('Moore, Fay <fay@corvin.example>, Wren, Ada <ada@wren.example>')).toEqual([
    '"Moore, Fay" <fay@corvin.example>',
    '"Wren, Ada" <ada@wren.example>',
  ])
  expect(read('Fay Moore\r\n <fay@corvin.example>')).toEqual(['"Fay Moore" <fay@corvin.example>'])
  expect(read('Fay Moore\n<fay@corvin.example>')).toEqual(['<fay@corvin.example>'.slice(1, -1)])
})

test('what cannot be read is given back with its place', () => {
  const raw = 'ada@wren.example; Ben ;, cora@wren , dan@mill.example'
  const list = readAddresses(raw)
  expect(list.unread).toEqual([
    { text: 'Ben', at: 18, end: 21 },
    { text: 'cora@wren', at: 25, end: 34 },
  ])
  for (const { text, at, end } of list.unread) expect(raw.slice(at, end)).toBe(text)
  expect(list.read.map(({ at, end }) => raw.slice(at, end))).toEqual(['ada@wren.example', 'dan@mill.example'])
})

test('a quote that is never closed costs its line and no more', () => {
  expect(read('"Ada <ada@wren.example>\nben@wren.example')).toEqual(['ben@wren.example'])
  expect(unread('"Ada <ada@wren.example>\nben@wren.example')).toEqual(['"Ada <ada@wren.example>'])
  expect(read('<ada@wren.example\nben@wren.example')).toEqual(['ben@wren.example'])
})

test('of any text every sign stands in one place at most, and only separators in none', () => {
  const sign = fc.constantFrom('a', '@', '.', 'b.example', ',', ';', '\n', '\r\n', '"', '<', '>', '\\', ' ', 'é', '\ud800', 'a@b.example')
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 40 }), (signs) => {
      const raw = signs.join('')
      const { read, unread } = readAddresses(raw)
      const places = [...read, ...unread].sort((one, other) => one.at - other.at)
      let rest = ''
      let end = 0
      for (const place of places) {
        expect(place.at).toBeGreaterThanOrEqual(end)
        rest += raw.slice(end, place.at)
        end = place.end
      }
      expect(rest + raw.slice(end)).toMatch(/^[,;\s]*$/)
    }),
  )
})

test('millions of signs are read', () => {
  expect(readAddresses('"'.repeat(4_000_000)).unread).toHaveLength(1)
  expect(readAddresses('a,'.repeat(1_000_000)).unread).toHaveLength(1_000_000)
  expect(readAddresses(`a${' '.repeat(1990)}b,`.repeat(2000)).unread).toHaveLength(2000)
  expect(readAddresses(`${'a,'.repeat(1000)}<ben@wren.example>`).read).toHaveLength(1)
})
