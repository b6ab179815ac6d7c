import { expect, test } from 'vitest'
import { placesOfFaces, readFaces } from '../pdf-fonts.ts'
import { rowsOf } from './mark-letters.ts'
import { typefaceOf } from './typeface.ts'

const face = typefaceOf(readFaces(placesOfFaces()).bold)
const rows = (...lines: string[]) => rowsOf(lines, (point) => face.glyphOf(point) !== 0)

test('names of Europe stand as they are written', () => {
  for (const name of [
    'Łukasz Żółć, Søren Ægir, Ștefan Țurcanu, İbrahim Ağaoğlu',
    'Nguyễn Thị Ánh, Dvořák, Müller-Weiß, O’Brien <o@b.ie>',
    'Йосип Щукін, Ґанна Їжакевич, Ђорђе Љубић',
    'Αλέξανδρος Παπαδόπουλος, Ζωή Ευαγγελίου',
  ])
    expect(rows(name)).toEqual([name])
  expect(rows('Ange\u0301lique'.normalize('NFD'))).toEqual(['Angélique'])
})

test('what the typeface lacks is its number, and never nothing', () => {
  expect(rows('שרה')).toEqual(['[U+05E9 U+05E8 U+05D4]'])
  expect(rows('Ann محمد')).toEqual(['Ann [U+0645 U+062D U+0645 U+062F]'])
  expect(rows('汉字 🙂')).toEqual(['[U+6C49 U+5B57] [U+1F642]'])
  expect(rows('\ud800')).toEqual(['[U+FFFD]'])
})

test('what turns the direction or shows nothing is its number: no name reads as another', () => {
  for (const point of [
    0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200e, 0x200f, 0x61c, 0x200b, 0xad, 0x34f, 0,
  ]) {
    const number = point.toString(16).toUpperCase().padStart(4, '0')
    expect(rows(`ann${String.fromCodePoint(point)}bob`)).toEqual([`ann[U+${number}]bob`])
  }
})

test('lines stay lines: what breaks one is a space, and an empty one is none', () => {
  expect(rows('Ann\r\nBob\u2028Cy\u0085\t Dee', '', ' \n ', 'x')).toEqual(['Ann Bob Cy[U+0085] Dee', 'x'])
})

test('markup is letters', () => {
  expect(rows('<b>A</b> &amp; %s ]]> \\ (Tj) ET')).toEqual(['<b>A</b> &amp; %s ]]> \\ (Tj) ET'])
})

test('a name of 500 letters is cut and says so; one of many numbers goes on for three rows at the most', () => {
  const [first, second, ...more] = rows('x'.repeat(500))
  expect([first!.length, second!.length, more]).toEqual([60, 20, []])
  expect(second!.endsWith('…')).toBe(true)
  const hebrew = rows('א'.repeat(500))
  expect(hebrew).toHaveLength(3)
  expect(hebrew[2]!.endsWith('…')).toBe(true)
  expect(rows(...Array.from({ length: 50 }, (_, n) => `line ${n}`))).toHaveLength(6)
})

test('the typeface says which shapes are letters, and how wide they are', () => {
  expect(face.glyphOf('A'.codePointAt(0)!)).toBeGreaterThan(0)
  expect(face.glyphOf(0x5d0)).toBe(0)
  const wide = (letter: string) => face.widthOf(face.glyphOf(letter.codePointAt(0)!))
  expect(wide('W')).toBeGreaterThan(wide('i') * 2)
  expect(wide('m')).toBeLessThan(1.2)
})
