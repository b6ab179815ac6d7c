import { stretch, type Bytes } from './bytes.ts'
import { broken, hostile, tooMuch } from './fault.ts'
import { RATIO_FROM, type Limits } from './reading.ts'
import { nameOf } from './zip-names.ts'

const EOCD = 22
const MOST_DIRECTORY = 64 * 1024 * 1024
const FULL_32 = 0xffffffff
const FULL_16 = 0xffff

/** An entry of the central directory (APPNOTE.TXT 6.3.10, 4.3.12); `packed`, `size` and `place` in bytes, zip64 resolved. */
export type ZipEntry = {
  index: number
  path: string
  method: number
  crc: number
  packed: number
  size: number
  /** where its local header starts, and where the next one or the directory does */
  place: number
  ceiling: number
  isEncrypted: boolean
  isDirectory: boolean
  isLink: boolean
}

/**
 * The entries of an archive in the order of its central directory, which is the only thing believed about what is there.
 *
 * @throws ReadingFault `broken` when the directory does not hold together or the archive is one of several; `hostile` when
 *   entries lie over one another or it unpacks to more than `ratio` allows; `too-much` beyond `unpacked`, or for a directory
 *   over 64 MiB
 */
export async function zipEntries(bytes: Bytes, limits: Limits): Promise<ZipEntry[]> {
  const { start, end, count } = await directoryOf(bytes)
  if (end - start > MOST_DIRECTORY) throw tooMuch('its table of contents is too long')
  const table = await bytes.at(start, end)
  const entries: ZipEntry[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > table.length || table.readUInt32LE(at) !== 0x02014b50) throw broken('its table of contents breaks off')
    const length = 46 + table.readUInt16LE(at + 28) + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32)
    if (at + length > table.length) throw broken('its table of contents breaks off')
    entries.push(entryOf(table.subarray(at, at + length), index))
    at += length
  }
  layOut(entries, start)
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0)
  const size = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (size > RATIO_FROM && size > packed * limits.ratio) throw hostile('it unpacks to far more than it holds')
  if (size > limits.unpacked) throw tooMuch('it unpacks to more than is taken')
  return entries
}

/** 4.3.16, and 4.3.14 to 15 for zip64. The last end record that reaches exactly to the end is the one. */
async function directoryOf(bytes: Bytes): Promise<{ start: number; end: number; count: number }> {
  const from = Math.max(0, bytes.size - EOCD - FULL_16)
  const tail = await bytes.at(from, bytes.size)
  let at = tail.length - EOCD
  while (at >= 0 && !(tail.readUInt32LE(at) === 0x06054b50 && at + EOCD + tail.readUInt16LE(at + 20) === tail.length)) at -= 1
  if (at < 0) throw broken('it has no table of contents')
  let count = tail.readUInt16LE(at + 10)
  let length = tail.readUInt32LE(at + 12)
  let start = tail.readUInt32LE(at + 16)
  let end = from + at
  const disks = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)]
  if (count === FULL_16 || length === FULL_32 || start === FULL_32) {
    const locator = at >= 20 ? tail.subarray(at - 20, at) : null
    if (locator?.readUInt32LE(0) !== 0x07064b50) throw broken('its long table of contents is missing')
    end = long(locator, 8)
    const record = await bytes.at(end, end + 56)
    if (record.readUInt32LE(0) !== 0x06064b50) throw broken('its long table of contents is missing')
    disks.splice(0, 2, record.readUInt32LE(16), record.readUInt32LE(20))
    count = long(record, 32)
    length = long(record, 40)
    start = long(record, 48)
  }
  if (disks.some((disk) => disk !== 0)) throw broken('it is one of several parts')
  if (start + length > end) throw broken('its table of contents is not where it says')
  // an entry takes 46 bytes at least: what claims more is not believed before anything is made of it
  if (count * 46 > length) throw broken('its table of contents breaks off')
  return { start, end: start + length, count }
}

function entryOf(record: Buffer, index: number): ZipEntry {
  const flags = record.readUInt16LE(8)
  const nameEnd = 46 + record.readUInt16LE(28)
  const extra = fieldsOf(record.subarray(nameEnd, nameEnd + record.readUInt16LE(30)))
  const attributes = record.readUInt32LE(38)
  const isUnix = [3, 19].includes(record[5]!)
  const entry = { packed: record.readUInt32LE(20), size: record.readUInt32LE(24), place: record.readUInt32LE(42) }
  // 4.5.3: only what does not fit above, in this order
  const wide = extra.get(1)
  let at = 0
  for (const field of ['size', 'packed', 'place'] as const) {
    if (entry[field] !== FULL_32) continue
    if (!wide || at + 8 > wide.length) throw broken('an entry’s long size is missing')
    entry[field] = long(wide, at)
    at += 8
  }
  const path = nameOf(record.subarray(46, nameEnd), (flags & 0x800) !== 0, extra.get(0x7075))
  return {
    index,
    path,
    method: record.readUInt16LE(10),
    crc: record.readUInt32LE(16),
    ...entry,
    ceiling: 0,
    isEncrypted: (flags & 0x2041) !== 0,
    isDirectory: path.endsWith('/'),
    isLink: isUnix && attributes >>> 28 === 0xa,
  }
}

/** Sets each entry's ceiling. No two may share a byte: that is how a bomb of small size is made. */
function layOut(entries: ZipEntry[], directory: number): void {
  const placed = entries.toSorted((a, b) => a.place - b.place)
  for (const [n, entry] of placed.entries()) {
    entry.ceiling = placed[n + 1]?.place ?? directory
    if (entry.place + 30 + entry.packed > entry.ceiling)
      throw n + 1 < placed.length ? hostile('its entries lie over one another') : broken('an entry lies beyond its place')
  }
}

function fieldsOf(extra: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>()
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (end > extra.length) break
    fields.set(extra.readUInt16LE(at), extra.subarray(at + 4, end))
    at = end
  }
  return fields
}

function long(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('a size in it is beyond all measure')
  return Number(value)
}

/** Where an entry's packed bytes are. @throws ReadingFault when the local header is not the entry's */
export async function packedOf(bytes: Bytes, entry: ZipEntry): Promise<AsyncGenerator<Buffer>> {
  const header = await bytes.at(entry.place, entry.place + 30)
  if (header.readUInt32LE(0) !== 0x04034b50) throw broken('an entry is not where the table of contents says')
  const start = entry.place + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  if (start + entry.packed > entry.ceiling) throw hostile('its entries lie over one another')
  return stretch(bytes, start, start + entry.packed)
}
