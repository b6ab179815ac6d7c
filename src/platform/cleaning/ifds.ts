import { broken, hostile } from '../reading/fault.ts'

/** An entry of a directory (TIFF 6.0, 2; Exif 3.0, 4.6.2): where it stands, and where its values do, in bytes. */
export type Tag = { tag: number; kind: number; count: number; entry: number; start: number; end: number }
export type Ifd = { at: number; tags: Tag[]; next: number }
/** The structure that TIFF and Exif share. */
export type Ifds = {
  bytes: Buffer
  isLittle: boolean
  first: number
  ifd(at: number): Ifd
  numbers(tag: Tag): number[]
  text(tag: Tag): string
}

const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]
const MOST_TAGS = 4096
const MOST_VALUES = 4_000_000

/** @throws ReadingFault `broken` for what is none, or points beyond its end */
export function ifdsOf(bytes: Buffer): Ifds {
  const mark = bytes.toString('latin1', 0, 4)
  const isLittle = mark === 'II*\0'
  if ((!isLittle && mark !== 'MM\0*') || bytes.length < 8) throw broken('it does not start as its kind must')
  const short = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const long = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const tagAt = (entry: number): Tag => {
    const [kind, count] = [short(entry + 2), long(entry + 4)]
    const size = (SIZES[kind] ?? 1) * count
    const start = size <= 4 ? entry + 8 : long(entry + 8)
    if (start + size > bytes.length) throw broken('it points beyond its end')
    return { tag: short(entry), kind, count, entry, start, end: start + size }
  }
  return {
    bytes,
    isLittle,
    first: long(4),
    ifd: (at) => {
      if (at < 8 || at + 2 > bytes.length) throw broken('it points beyond its end')
      const count = short(at)
      const end = at + 2 + count * 12
      if (count > MOST_TAGS || end > bytes.length) throw broken('a directory of it breaks off')
      const tags = Array.from({ length: count }, (_, n) => tagAt(at + 2 + n * 12))
      // the last one may leave its end out
      return { at, tags, next: end + 4 <= bytes.length ? long(end) : 0 }
    },
    numbers: ({ kind, count, start }) => {
      const size = SIZES[kind] ?? 1
      if (count > MOST_VALUES) throw hostile('a table of it is too long')
      return Array.from({ length: count }, (_, n) => {
        const at = start + n * size
        if (size === 1) return bytes[at]!
        if (size === 2) return short(at)
        return kind === 5 || kind === 10 ? long(at) / Math.max(1, long(at + 4)) : long(at)
      })
    },
    text: ({ start, end }) =>
      bytes
        .toString('utf8', start, Math.min(end, start + 400))
        .replace(/\0.*$/s, '')
        .trim(),
  }
}
