import { expect, test } from 'vitest'
import { rowsOf, shareOf, type Share } from './share.ts'

const share = (index: number): Share => ({
  set: '0a1b2c3d',
  index,
  need: 3,
  of: 5,
  rootKey: '0123456789abcdef',
  bytes: Buffer.from(Array.from({ length: 33 }, (_, at) => (at * 7 + index * 31) % 256)),
})
const sheet = (rows: string[]) =>
  `Kept by: Ada\n\n${rows.map((row, at) => `  ${at + 1}  ${row}`).join('\n')}\n\n  Set: x\n3 of 5 are needed\n`

test('a sheet is read back, in any case, with the letters that are mistaken for digits', () => {
  const rows = rowsOf(share(2))
  expect(rows.every((row) => /^([0-9A-HJKMNP-TV-Z]{4} ){4}[0-9A-HJKMNP-TV-Z]{4}$/.test(row))).toBe(true)
  expect(shareOf(sheet(rows))).toEqual(share(2))
  expect(shareOf(sheet(rows).toLowerCase().replaceAll('0', 'o'))).toEqual(share(2))
  expect(shareOf(rows.map((row, at) => `${at + 1}. ${row.replaceAll(' ', '-')}`).join('\r\n'))).toEqual(share(2))
})

test('one letter that is wrong is found wherever it stands, and its row named', () => {
  const rows = rowsOf(share(1))
  for (let row = 0; row < 6; row += 1)
    for (let at = 0; at < 24; at += 1) {
      if (rows[row]![at] === ' ') continue
      const wrong = rows[row]![at] === '7' ? '8' : '7'
      const typed = rows.with(row, rows[row]!.slice(0, at) + wrong + rows[row]!.slice(at + 1))
      expect(() => shareOf(sheet(typed))).toThrow(`row ${row + 1} is mistyped`)
    }
})

test('a missing row, rows of two sheets, exchanged rows and two sheets in one file are said', () => {
  const [one, two] = [rowsOf(share(1)), rowsOf(share(2))]
  expect(() => shareOf(sheet(one.slice(0, 5)))).toThrow('row 6 is missing')
  expect(() => shareOf(sheet(one.with(2, one[2]!.slice(1))))).toThrow('row 3 is missing, or is not five groups')
  expect(() => shareOf(sheet(one.with(3, two[3]!)))).toThrow('not of one sheet')
  expect(() => shareOf(sheet(one.with(1, one[2]!).with(2, one[1]!)))).toThrow('row 2 is mistyped')
  expect(() => shareOf(sheet(one) + sheet(two))).toThrow('a file of its own')
  expect(() => shareOf('')).toThrow('row 1 is missing')
})
