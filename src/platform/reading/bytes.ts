import { broken, tooMuch } from './fault.ts'
import type { Source } from './reading.ts'

/** Pieces in which a long stretch is asked for. */
const WINDOW = 256 * 1024
const MOST_AT_ONCE = 64 * 1024 * 1024
/** A line longer than this comes in pieces. */
const LINE = 64 * 1024

/** Random access to a source. `at` gives exactly the bytes asked for. @throws ReadingFault `broken` beyond the end */
export type Bytes = { size: number; at(start: number, end: number): Promise<Buffer> }

export function bytesOf({ size, read }: Source): Bytes {
  return {
    size,
    at: async (start, end) => {
      if (!(start >= 0 && start <= end && end <= size)) throw broken('it points beyond its end')
      if (end - start > MOST_AT_ONCE) throw tooMuch('one stretch of it is too long')
      if (start === end) return Buffer.alloc(0)
      const parts: Buffer[] = []
      let length = 0
      for await (const part of read(start, end)) {
        parts.push(part)
        length += part.length
      }
      if (length !== end - start) throw new Error('couldn’t read a file: the source gave another length than it was asked for')
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length)
    },
  }
}

export async function* stretch(bytes: Bytes, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += WINDOW) yield await bytes.at(at, Math.min(end, at + WINDOW))
}

/** `start` and `end` in the source; `end` is behind the line break, which `text` leaves out. `isWhole`: ends in a break or the source's end. */
export type Line = { start: number; end: number; text: Buffer; isFirst: boolean; isWhole: boolean }

/** The lines between two places, broken by LF or CRLF; a line over 64 KiB comes in several pieces, the first `isFirst`. */
export async function* lines(bytes: Bytes, start: number, end: number): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0)
  let from = start
  let isFirst = true
  for await (const window of stretch(bytes, start, end)) {
    const piece = rest.length ? Buffer.concat([rest, window]) : window
    let at = 0
    // what was left over holds no break
    for (let search = rest.length; ;) {
      const stop = piece.indexOf(10, search)
      if (stop < 0) break
      const text = piece.subarray(at, stop > at && piece[stop - 1] === 13 ? stop - 1 : stop)
      yield { start: from + at, end: from + stop + 1, text, isFirst, isWhole: true }
      isFirst = true
      at = search = stop + 1
    }
    // a carriage return at the end may belong to the break that follows
    while (piece.length - at > LINE) {
      yield { start: from + at, end: from + at + LINE - 1, text: piece.subarray(at, at + LINE - 1), isFirst, isWhole: false }
      isFirst = false
      at += LINE - 1
    }
    rest = piece.subarray(at)
    from += at
  }
  if (rest.length) yield { start: from, end: from + rest.length, text: rest, isFirst, isWhole: true }
}
