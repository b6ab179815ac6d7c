import type { Bytes } from './bytes.ts'
import { broken, hostile, tooMuch } from './fault.ts'

const MAGIC = 'd0cf11e0a1b11ae1'
const FREE = 0xffffffff
const END = 0xfffffffe
const LAST = 0xfffffffa
const MOST_SECTORS = 1 << 20
const MOST_ENTRIES = 1 << 16
const DEEPEST = 32

/** A stream or storage of a compound file; `children` by name, of a storage only. */
export type CfbEntry = {
  name: string
  size: number
  children: Map<string, CfbEntry> | null
  read(start?: number, end?: number): AsyncGenerator<Buffer>
}

/**
 * The root of a compound file ([MS-CFB] 2). Tables are read at once, streams when asked for.
 *
 * @throws ReadingFault `broken` when a sector or an entry is not there; `hostile` when a chain or the tree comes back on
 *   itself, or is nested over 32 deep; `too-much` over 65,536 entries or tables over what 4 GiB need
 */
export async function openCfb(bytes: Bytes): Promise<CfbEntry> {
  const head = await bytes.at(0, Math.min(512, bytes.size))
  if (head.length < 512 || head.subarray(0, 8).toString('hex') !== MAGIC) throw broken('it is not a compound file')
  const shift = head.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) throw broken('its sectors have a size that there is not')
  const sector = 1 << shift
  const sectors = Math.ceil(bytes.size / sector) - 1
  const at = (id: number) => {
    if (id >= sectors) throw broken('it points to a sector that is not there')
    // the last one may be short
    return bytes.at((id + 1) * sector, Math.min(bytes.size, (id + 2) * sector))
  }
  const whole = async (id: number) => {
    const read = await at(id)
    return read.length === sector ? read : Buffer.concat([read, Buffer.alloc(sector - read.length)])
  }
  const fat = await readFat(head, whole, sectors, sector)
  const table = Buffer.concat(await Promise.all(chain(fat, head.readUInt32LE(48), (MOST_ENTRIES * 128) / sector).map(whole)))
  const miniFat = numbers(Buffer.concat(await Promise.all(chain(fat, head.readUInt32LE(60), MOST_SECTORS / 128).map(whole))))
  const cutoff = head.readUInt32LE(56)
  const root = rawEntry(table, 0)
  const miniPlaces = chain(fat, root.size > 0 ? root.start : END, MOST_SECTORS)

  async function* readAt(
    places: number[],
    unit: number,
    base: (place: number) => number,
    start: number,
    end: number,
  ): AsyncGenerator<Buffer> {
    for (let from = start; from < end;) {
      const n = Math.floor(from / unit)
      // sectors that stand beside one another are read together
      let run = 1
      while (run < 64 && places[n + run] === places[n]! + run && (n + run) * unit < end) run += 1
      const to = Math.min(end, (n + run) * unit)
      const place = base(places[n]!) + (from - n * unit)
      const count = Math.min(to - from, bytes.size - place)
      yield await bytes.at(place, place + count)
      if (count < to - from) throw broken('a stream of it breaks off')
      from = to
    }
  }
  const mini = async function* (places: number[], start: number, end: number): AsyncGenerator<Buffer> {
    for (let from = start; from < end;) {
      const place = places[Math.floor(from / 64)]! * 64 + (from % 64)
      const to = Math.min(end, from + 64 - (from % 64))
      if (place + 64 > miniPlaces.length * sector) throw broken('a stream of it breaks off')
      yield* readAt(miniPlaces, sector, (id) => (id + 1) * sector, place, place + to - from)
      from = to
    }
  }
  const entryOf = ({ name, start, size, isStorage }: Raw, children: Map<string, CfbEntry> | null): CfbEntry => ({
    name,
    size: isStorage ? 0 : size,
    children,
    read: (from = 0, to = size) => {
      if (isStorage || from < 0 || to > size || from > to) throw broken('a part of it is not there')
      if (size > bytes.size) throw broken('a stream of it is longer than the file')
      const isMini = size < cutoff
      const unit = isMini ? 64 : sector
      const places = chain(isMini ? miniFat : fat, size > 0 ? start : END, MOST_SECTORS * 8)
      if (places.length * unit < to) throw broken('a stream of it breaks off')
      return isMini ? mini(places, from, to) : readAt(places, sector, (id) => (id + 1) * sector, from, to)
    },
  })

  const seen = new Set<number>([0])
  const childrenOf = (first: number, depth: number): Map<string, CfbEntry> => {
    if (depth > DEEPEST) throw hostile('it is nested too deep')
    const children = new Map<string, CfbEntry>()
    const waiting = [first]
    while (waiting.length) {
      const id = waiting.pop()!
      if (id === FREE) continue
      if (seen.has(id)) throw hostile('its tree comes back on itself')
      seen.add(id)
      const raw = rawEntry(table, id)
      waiting.push(raw.right, raw.left)
      children.set(raw.name.toLowerCase(), entryOf(raw, raw.isStorage ? childrenOf(raw.child, depth + 1) : null))
    }
    return children
  }
  return entryOf({ ...root, isStorage: true }, childrenOf(root.child, 0))
}

/** [MS-CFB] 2.5: the first 109 sectors of the table stand in the header, the others in a chain of their own. */
async function readFat(head: Buffer, whole: (id: number) => Promise<Buffer>, sectors: number, sector: number): Promise<Uint32Array> {
  const places = [...numbers(head.subarray(76, 512))].filter((id) => id < LAST)
  const seen = new Set<number>()
  for (let id = head.readUInt32LE(68); id < LAST;) {
    if (seen.has(id)) throw hostile('a chain of it comes back on itself')
    seen.add(id)
    const list = numbers(await whole(id))
    places.push(...list.subarray(0, -1).filter((one) => one < LAST))
    id = list.at(-1)!
    if (places.length > MOST_SECTORS / 128) throw tooMuch('its tables are too long')
  }
  if (places.length > Math.ceil(sectors / (sector / 4)) + 1) throw broken('its tables are longer than the file')
  return numbers(Buffer.concat(await Promise.all(places.map(whole))))
}

/** The sectors of a chain, in order. */
function chain(fat: Uint32Array, first: number, most: number): number[] {
  const places: number[] = []
  for (let id = first; id !== END && id !== FREE; id = fat[id]!) {
    if (id >= fat.length) throw broken('a chain of it leads nowhere')
    // longer than its table is a ring
    if (places.length > fat.length) throw hostile('a chain of it comes back on itself')
    if (places.length >= most) throw tooMuch('a chain of it is too long')
    places.push(id)
  }
  return places
}

const numbers = (bytes: Buffer): Uint32Array => Uint32Array.from({ length: bytes.length >> 2 }, (_, n) => bytes.readUInt32LE(n * 4))

type Raw = { name: string; isStorage: boolean; left: number; right: number; child: number; start: number; size: number }

function rawEntry(table: Buffer, id: number): Raw {
  if (id * 128 + 128 > table.length) throw broken('it names an entry that is not there')
  const entry = table.subarray(id * 128, id * 128 + 128)
  const kind = entry[66]!
  const length = entry.readUInt16LE(64)
  if (![1, 2, 5].includes(kind) || length > 64 || length % 2 !== 0) throw broken('an entry of it is not well-formed')
  return {
    name: entry.toString('utf16le', 0, Math.max(0, length - 2)),
    isStorage: kind !== 2,
    left: entry.readUInt32LE(68),
    right: entry.readUInt32LE(72),
    child: entry.readUInt32LE(76),
    start: entry.readUInt32LE(116),
    // the upper half is not kept clean in version 3
    size: entry.readUInt32LE(120),
  }
}
