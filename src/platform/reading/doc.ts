import { blocksWithin } from './blocks.ts'
import type { Bytes } from './bytes.ts'
import { openCfb, type CfbEntry } from './cfb.ts'
import { charsetOfPage, pageOfLocale } from './charset.ts'
import { deletedIn } from './doc-deleted.ts'
import { docLetters, type DocLetters } from './doc-letters.ts'
import { broken, hostile, ReadingFault, tooMuch } from './fault.ts'
import type { Limits, TextReading } from './reading.ts'

const WORD_97 = 0xc1
const MOST_STREAM = 64 * 1024 * 1024
const MOST_TIMES = 16
/** Letters are taken in pieces of this many bytes, so that a limit is met in time. */
const WINDOW = 256 * 1024

/** Where a run of letters stands in the stream; `size` in bytes. */
type Piece = { start: number; size: number; isWide: boolean }

/**
 * A Word file of before 2007 ([MS-DOC] 2.4.1), in the order it keeps its stories in: body, footnotes, headers, comments, endnotes,
 * text boxes. What was deleted under tracked changes is not shown, nor are the instructions of fields. Of Word 6 and 95 the text is
 * taken as it was first saved.
 *
 * @throws ReadingFault `encrypted` for one under a password
 */
export async function readDoc(bytes: Bytes, limits: Limits): Promise<TextReading> {
  const root = await openCfb(bytes)
  const text = await whole(root.children!.get('worddocument'))
  if (text.length < 0x60 || ![0xa5ec, 0xa5dc].includes(text.readUInt16LE(0))) throw broken('its first page is not a Word document’s')
  const flags = text.readUInt16LE(0x0a)
  if (flags & 0x0100) throw new ReadingFault('encrypted', 'it is under a password')
  const blocks = blocksWithin(limits)
  const letters = docLetters(blocks, limits)
  if (text.readUInt16LE(2) < WORD_97) {
    const start = text.readUInt32LE(0x18)
    const page = charsetOfPage(pageOfLocale(text.readUInt16LE(6)) ?? 1252)
    tell(text, [{ start, size: text.readUInt32LE(0x1c) - start, isWide: false }], new Uint32Array(), letters, page)
  } else {
    if (text.length < 0x1aa) throw broken('its first page breaks off')
    const table = await whole(root.children!.get(flags & 0x0200 ? '1table' : '0table'))
    tell(text, piecesOf(part(table, text, 0x1a2)), deletedIn(text, part(table, text, 0xfa)), letters, 'windows-1252')
  }
  letters.end()
  return blocks.reading()
}

async function whole(stream: CfbEntry | undefined): Promise<Buffer> {
  if (!stream) throw broken('a stream of it is missing')
  if (stream.size > MOST_STREAM) throw tooMuch('a stream of it is too long')
  return Buffer.concat(await Array.fromAsync(stream.read()))
}

/** A part of the table stream: its place and length stand in the first page. */
function part(tables: Buffer, head: Buffer, at: number): Buffer {
  const start = head.readUInt32LE(at)
  const end = start + head.readUInt32LE(at + 4)
  if (end > tables.length) throw broken('a part of its table is not there')
  return tables.subarray(start, end)
}

/** The pieces of the text in their order (2.9.38 Clx, 2.8.35 PlcPcd, 2.9.73 FcCompressed). */
function piecesOf(clx: Buffer): Piece[] {
  let at = 0
  while (clx[at] === 1 && at + 3 <= clx.length) at += 3 + clx.readUInt16LE(at + 1)
  if (clx[at] !== 2 || at + 5 > clx.length) throw broken('its list of pieces is missing')
  const list = clx.subarray(at + 5, at + 5 + clx.readUInt32LE(at + 1))
  const count = Math.max(0, Math.floor((list.length - 4) / 12))
  return Array.from({ length: count }, (_, n) => {
    const length = list.readUInt32LE((n + 1) * 4) - list.readUInt32LE(n * 4)
    if (length < 0) throw broken('its list of pieces is not in order')
    const place = list.readUInt32LE((count + 1) * 4 + n * 8 + 2)
    const isWide = (place & 0x40000000) === 0
    return isWide ? { start: place, size: length * 2, isWide } : { start: (place & 0x3fffffff) >>> 1, size: length, isWide }
  })
}

function tell(text: Buffer, pieces: Piece[], deleted: Uint32Array, letters: DocLetters, narrow: string): void {
  const charset = new TextDecoder(narrow)
  // two pieces may name one stretch, where something was copied; a text that is nearly all copies is a bomb
  if (pieces.reduce((sum, { size }) => sum + size, 0) > text.length * MOST_TIMES) throw hostile('its pieces lie over one another')
  for (const { start, size, isWide } of pieces) {
    if (size < 0 || start + size > text.length) throw broken('a piece of its text is not there')
    for (const [from, to] of kept(start, start + size, deleted)) {
      for (let at = from; at < to; at += WINDOW) {
        if (letters.isFull()) return
        const raw = text.subarray(at, Math.min(to, at + WINDOW))
        letters.take(isWide ? raw.toString('utf16le') : charset.decode(raw))
      }
    }
  }
}

/** What is left of a stretch without those that are deleted; `deleted`: starts and ends in turn, in order. */
function* kept(start: number, end: number, deleted: Uint32Array): Generator<[start: number, end: number]> {
  let at = start
  for (let n = firstAfter(deleted, start); n < deleted.length && deleted[n]! < end; n += 2) {
    if (deleted[n]! > at) yield [at, deleted[n]!]
    at = Math.max(at, deleted[n + 1]!)
  }
  if (at < end) yield [at, end]
}

/** The first pair that ends behind a place. */
function firstAfter(deleted: Uint32Array, place: number): number {
  let low = 0
  let high = deleted.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (deleted[middle * 2 + 1]! <= place) low = middle + 1
    else high = middle
  }
  return low * 2
}
