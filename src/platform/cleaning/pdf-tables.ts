import { broken, tooMuch } from '../reading/fault.ts'
import { numberOf, skipSpace, word, type Cursor, type Dict } from './pdf-objects.ts'

/** Where an object is: at a byte of the file (-1: deleted), or in a pack of objects. */
export type Place = { at: number } | { within: number; index: number }
export const MOST_OBJECTS = 2_000_000

/** A table of contents in letters (ISO 32000-2, 7.5.4), up to its trailer. What is known already stays. @throws ReadingFault */
export function readTable(cursor: Cursor, places: Map<number, Place>): void {
  for (;;) {
    skipSpace(cursor)
    const first = word(cursor)
    if (first === 'trailer') return
    skipSpace(cursor)
    const count = word(cursor)
    if (!/^\d{1,8}$/.test(first) || !/^\d{1,8}$/.test(count) || Number(count) > MOST_OBJECTS)
      throw broken('its table of contents is not well-formed')
    for (let n = 0; n < Number(count); n++) {
      skipSpace(cursor)
      const at = word(cursor)
      skipSpace(cursor)
      word(cursor)
      skipSpace(cursor)
      const kind = word(cursor)
      if (!/^\d{1,12}$/.test(at) || (kind !== 'n' && kind !== 'f')) throw broken('its table of contents is not well-formed')
      const number = Number(first) + n
      if (places.has(number)) continue
      // an object that was deleted is not to be found in an earlier table
      places.set(number, { at: kind === 'n' && Number(at) > 0 ? Number(at) : -1 })
    }
  }
}

/** One in numbers (7.5.8), unpacked. @throws ReadingFault */
export function readPackedTable(table: Buffer, dict: Dict, places: Map<number, Place>): void {
  const widths = dict.get('W')
  if (!Array.isArray(widths) || widths.length < 3) throw broken('its table of contents is not well-formed')
  const [a, b, c] = widths.map((one) => numberOf(one) ?? -1) as [number, number, number]
  if ([a, b, c].some((width) => !(width >= 0 && width <= 8)) || a + b + c === 0) throw broken('its table of contents is not well-formed')
  const size = numberOf(dict.get('Size')) ?? 0
  const index = dict.get('Index')
  const ranges = Array.isArray(index) ? index.map((one) => numberOf(one) ?? 0) : [0, size]
  const field = (at: number, width: number): number => {
    let value = 0
    for (let n = 0; n < width; n++) value = value * 256 + table[at + n]!
    return value
  }
  let at = 0
  for (let n = 0; n + 1 < ranges.length; n += 2) {
    for (let k = 0; k < ranges[n + 1]! && at + a + b + c <= table.length; k++, at += a + b + c) {
      if (places.size > MOST_OBJECTS) throw tooMuch('it has too many objects')
      const number = ranges[n]! + k
      const kind = a === 0 ? 1 : field(at, a)
      const [second, third] = [field(at + a, b), field(at + a + b, c)]
      if (!places.has(number)) places.set(number, kind === 2 ? { within: second, index: third } : { at: kind === 1 ? second : -1 })
    }
  }
}
