import { broken, hostile, ReadingFault, tooMuch } from '../reading/fault.ts'
import { unpacker } from './pdf-filters.ts'
import { MOST_OBJECTS, readPackedTable, readTable, type Place } from './pdf-tables.ts'
import {
  isDict,
  isRef,
  isStream,
  numberOf,
  skipSpace,
  valueAt,
  word,
  type Cursor,
  type Dict,
  type Stream,
  type Value,
} from './pdf-objects.ts'

/** A PDF as its cross-reference says it. Objects are read when they are asked for, once. */
export type PdfFile = {
  trailer: Dict
  /** how often it was changed after it was first written, each time behind what stood there before */
  updates: number
  /** every object that any table of contents names, by number */
  numbers(): number[]
  get(number: number): Value
  resolve(value: Value | undefined): Value
  unpacked(stream: Stream): Buffer
  /** bytes that hold objects which no table of contents leads to */
  strays(): number
}

const MOST_SECTIONS = 1_000

/**
 * @throws ReadingFault `encrypted`; `broken` where its tables of contents do not hold together: PDFium can often still make them
 *   anew; `hostile` where they come back on themselves
 */
export function pdfFile(bytes: Buffer): PdfFile {
  const unpack = unpacker()
  const places = new Map<number, Place>()
  const values = new Map<number, Value>()
  const spans: [start: number, end: number][] = []
  const opened = new Map<number, Map<number, Value>>()
  const busy = new Set<number>()

  const get = (number: number): Value => {
    const known = values.get(number)
    if (known !== undefined) return known
    const place = places.get(number)
    if (!place || busy.has(number)) return null
    busy.add(number)
    try {
      const value = 'at' in place ? objectAt(bytes, place.at, number, resolve, spans) : (packedIn(place.within).get(number) ?? null)
      values.set(number, value)
      return value
    } finally {
      busy.delete(number)
    }
  }
  const resolve = (value: Value | undefined): Value => {
    let at: Value = value ?? null
    for (let n = 0; n < 32 && isRef(at); n++) at = get(at.ref)
    return isRef(at) ? null : at
  }
  const packedIn = (number: number): Map<number, Value> => {
    const known = opened.get(number)
    if (known) return known
    const stream = get(number)
    if (!isStream(stream)) throw broken('a pack of its objects is missing')
    const made = objectsOf(
      unpack(stream, resolve),
      numberOf(resolve(stream.dict.get('N'))) ?? 0,
      numberOf(resolve(stream.dict.get('First'))) ?? 0,
    )
    opened.set(number, made)
    return made
  }
  const { trailer, updates } = readSections(bytes, places, (stream) => unpack(stream, resolve), spans)
  if (resolve(trailer.get('Encrypt')) !== null) throw new ReadingFault('encrypted', 'it is locked')
  if (!isDict(resolve(trailer.get('Root')))) throw broken('it has no catalogue')
  return {
    trailer,
    updates,
    numbers: () => [...places.keys()],
    get,
    resolve,
    unpacked: (stream) => unpack(stream, resolve),
    strays: () => strays(bytes, spans),
  }
}

/** From the last table of contents back to the first; what a later one says of an object counts (ISO 32000-2, 7.5.4 to 7.5.8). */
function readSections(bytes: Buffer, places: Map<number, Place>, unpack: (stream: Stream) => Buffer, spans: [number, number][]) {
  let trailer: Dict | null = null
  let sections = 0
  const seen = new Set<number>()
  const isLinear = bytes.toString('latin1', 0, 1024).includes('/Linearized')
  const read = (at: number): Dict => {
    if (seen.has(at)) throw hostile('its tables of contents come back on themselves')
    seen.add(at)
    if (seen.size > MOST_SECTIONS) throw tooMuch('it has too many tables of contents')
    return sectionAt(bytes, at, places, unpack, spans)
  }
  for (let at: number | null = lastStart(bytes); at !== null;) {
    const dict = read(at)
    trailer ??= dict
    sections += 1
    const beside = numberOf(dict.get('XRefStm'))
    if (beside !== null && !seen.has(beside)) read(beside)
    at = numberOf(dict.get('Prev'))
  }
  return { trailer: trailer!, updates: Math.max(0, sections - 1 - (isLinear ? 1 : 0)) }
}

function lastStart(bytes: Buffer): number {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 2048))
  const start = /^startxref\s+(\d{1,12})/.exec(tail.slice(Math.max(0, tail.lastIndexOf('startxref'))))?.[1]
  if (start === undefined) throw broken('it does not say where its table of contents is')
  return Number(start)
}

function sectionAt(
  bytes: Buffer,
  at: number,
  places: Map<number, Place>,
  unpack: (stream: Stream) => Buffer,
  spans: [number, number][],
): Dict {
  if (!(at >= 0 && at < bytes.length)) throw broken('its table of contents is not where it says')
  const cursor: Cursor = { bytes, at }
  skipSpace(cursor)
  if (bytes.toString('latin1', cursor.at, cursor.at + 4) === 'xref') {
    cursor.at += 4
    readTable(cursor, places)
    const dict = valueAt(cursor)
    if (!isDict(dict)) throw broken('its table of contents has no end')
    spans.push([at, cursor.at])
    return dict
  }
  const stream = objectAt(bytes, at, null, (value) => value ?? null, spans)
  if (!isStream(stream)) throw broken('its table of contents is not where it says')
  readPackedTable(unpack(stream), stream.dict, places)
  return stream.dict
}

/** `number`: which object must stand there; null for any. @returns null where none does */
function objectAt(
  bytes: Buffer,
  at: number,
  number: number | null,
  resolve: (value: Value | undefined) => Value,
  spans: [number, number][],
): Value {
  if (at < 0 || at >= bytes.length) return null
  const cursor: Cursor = { bytes, at }
  skipSpace(cursor)
  const said = word(cursor)
  skipSpace(cursor)
  const generation = word(cursor)
  skipSpace(cursor)
  if (word(cursor) !== 'obj' || !/^\d{1,10}$/.test(said) || !/^\d{1,5}$/.test(generation))
    throw broken('an object is not where its table of contents says')
  if (number !== null && Number(said) !== number) throw broken('an object is not where its table of contents says')
  skipSpace(cursor)
  // an object without a value is nothing
  if (bytes.toString('latin1', cursor.at, cursor.at + 6) === 'endobj') return null
  const value = valueAt(cursor)
  skipSpace(cursor)
  const isStreamNext = isDict(value) && bytes.toString('latin1', cursor.at, cursor.at + 6) === 'stream'
  const whole = isStreamNext ? streamAt(bytes, cursor, value, resolve) : value
  spans.push([at, cursor.at])
  return whole
}

function streamAt(bytes: Buffer, cursor: Cursor, dict: Dict, resolve: (value: Value | undefined) => Value): Stream {
  let start = cursor.at + 6
  if (bytes[start] === 13) start += 1
  if (bytes[start] === 10) start += 1
  const said = numberOf(resolve(dict.get('Length')))
  let end = start + (said ?? -1)
  if (said === null || end > bytes.length || !/^\s*endstream/.test(bytes.toString('latin1', end, end + 16))) {
    end = bytes.indexOf('endstream', start)
    if (end < 0) throw broken('it breaks off')
    if (bytes[end - 1] === 10) end -= 1
    if (bytes[end - 1] === 13) end -= 1
  }
  cursor.at = end
  return { dict, packed: bytes.subarray(start, Math.max(start, end)) }
}

/** Objects in a pack (7.5.7), by number; of two with one number the first. */
function objectsOf(bytes: Buffer, count: number, first: number): Map<number, Value> {
  if (!(count >= 0 && count <= MOST_OBJECTS && first >= 0 && first <= bytes.length))
    throw broken('a pack of its objects is not well-formed')
  const cursor: Cursor = { bytes, at: 0 }
  const found = new Map<number, Value>()
  for (let n = 0; n < count; n++) {
    skipSpace(cursor)
    const number = Number(word(cursor))
    skipSpace(cursor)
    const at = Number(word(cursor))
    if (!Number.isInteger(number) || !Number.isInteger(at) || first + at >= bytes.length)
      throw broken('a pack of its objects is not well-formed')
    if (!found.has(number)) found.set(number, valueAt({ bytes, at: first + at }))
  }
  return found
}

/** How many objects stand in stretches that no table of contents covers; to be asked after all objects were read. */
function strays(bytes: Buffer, spans: [number, number][]): number {
  let count = 0
  let at = 0
  for (const [start, end] of [...spans.toSorted((a, b) => a[0] - b[0]), [bytes.length, bytes.length] as [number, number]]) {
    if (start > at) count += (bytes.toString('latin1', at, start).match(/\d\s+\d{1,5}\s+obj\b/g) ?? []).length
    at = Math.max(at, end)
  }
  return count
}
