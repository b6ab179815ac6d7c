import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { bytesOf, type Bytes } from '../../src/platform/reading/bytes.ts'
import type { ReadingFault } from '../../src/platform/reading/fault.ts'
import type { Source } from '../../src/platform/reading/reading.ts'

/** A real document from the folder that `SUBROSA_CORPUS` names, or null where there is none. */
export function corpus(name: string): Buffer | null {
  const file = join(process.env.SUBROSA_CORPUS ?? '', name)
  return process.env.SUBROSA_CORPUS && existsSync(file) ? readFileSync(file) : null
}

/** In pieces of an odd size, so that nothing may count on their borders. */
export const sourceOf = (bytes: Buffer, piece = 1021): Source => ({
  size: bytes.length,
  read: async function* (start, end) {
    for (let at = start; at < end; at += piece) yield bytes.subarray(at, Math.min(end, at + piece))
  },
})
export const bytesIn = (bytes: Buffer | string): Bytes => bytesOf({ ...sourceOf(Buffer.from(bytes), 1 << 20) })
export const all = async (parts: AsyncIterable<Buffer>): Promise<Buffer> => Buffer.concat(await Array.fromAsync(parts))
export const codeOf = async (work: Promise<unknown> | (() => Promise<unknown>)): Promise<string> =>
  (typeof work === 'function' ? work() : work).then(
    () => 'read',
    (fault: ReadingFault) => fault.code ?? String(fault),
  )

export type Entry = {
  path: string | Buffer
  data?: Buffer | string
  flags?: number
  stored?: boolean
  size?: number
  crc?: number
  /** another place than its own */ place?: number
  attributes?: number
  zip64?: boolean
}

/** An archive as told, lies included. */
export function zip(entries: Entry[]): Buffer {
  const bodies: Buffer[] = []
  const table: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const path = Buffer.from(entry.path)
    const data = Buffer.from(entry.data ?? '')
    const packed = entry.stored ? data : deflateRawSync(data)
    const size = entry.size ?? data.length
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(entry.flags ?? 0x800, 6)
    local.writeUInt16LE(entry.stored ? 0 : 8, 8)
    local.writeUInt16LE(path.length, 26)
    const extra = Buffer.alloc(entry.zip64 ? 28 : 0)
    if (entry.zip64) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(24, 2)
      extra.writeBigUInt64LE(BigInt(size), 4)
      extra.writeBigUInt64LE(BigInt(packed.length), 12)
      extra.writeBigUInt64LE(BigInt(entry.place ?? at), 20)
    }
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt16LE(0x031e, 4)
    record.writeUInt16LE(entry.flags ?? 0x800, 8)
    record.writeUInt16LE(entry.stored ? 0 : 8, 10)
    record.writeUInt32LE(entry.crc ?? crc32(data), 16)
    record.writeUInt32LE(entry.zip64 ? 0xffffffff : packed.length, 20)
    record.writeUInt32LE(entry.zip64 ? 0xffffffff : size, 24)
    record.writeUInt16LE(path.length, 28)
    record.writeUInt16LE(extra.length, 30)
    record.writeUInt32LE(entry.attributes ?? 0, 38)
    record.writeUInt32LE(entry.zip64 ? 0xffffffff : (entry.place ?? at), 42)
    bodies.push(local, path, packed)
    table.push(record, path, extra)
    at += 30 + path.length + packed.length
  }
  const directory = Buffer.concat(table)
  const isLong = entries.length > 0xfffe || entries.some((entry) => entry.zip64)
  const long = Buffer.alloc(isLong ? 76 : 0)
  if (isLong) {
    long.writeUInt32LE(0x06064b50, 0)
    long.writeBigUInt64LE(BigInt(entries.length), 32)
    long.writeBigUInt64LE(BigInt(directory.length), 40)
    long.writeBigUInt64LE(BigInt(at), 48)
    long.writeUInt32LE(0x07064b50, 56)
    long.writeBigUInt64LE(BigInt(at + directory.length), 64)
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(isLong ? 0xffff : entries.length, 10)
  end.writeUInt32LE(isLong ? 0xffffffff : directory.length, 12)
  end.writeUInt32LE(isLong ? 0xffffffff : at, 16)
  return Buffer.concat([...bodies, directory, long, end])
}

const relations = (list: [id: string, type: string, target: string][]) =>
  `<Relationships>${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`).join('')}</Relationships>`

/** A package: its main part, what that refers to, and its parts. */
export const office = (main: string, related: [id: string, type: string, target: string][], parts: Record<string, string>): Buffer => {
  const slash = main.lastIndexOf('/') + 1
  return zip([
    { path: '[Content_Types].xml', data: '<Types/>' },
    { path: '_rels/.rels', data: relations([['r1', 'officeDocument', main]]) },
    { path: `${main.slice(0, slash)}_rels/${main.slice(slash)}.rels`, data: relations(related) },
    ...Object.entries(parts).map(([path, data]) => ({ path, data })),
  ])
}
export const docx = (body: string, parts: Record<string, string> = {}, related: [string, string, string][] = []): Buffer =>
  office('word/document.xml', related, { 'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`, ...parts })

export type Storage = { [name: string]: Buffer | Storage }

/** A compound file of version 3 that keeps every stream in sectors of its own; `spoil` gets its tables before they are laid down. */
export function cfb(root: Storage, spoil: (fat: number[], entries: Buffer[]) => void = () => {}): Buffer {
  const entries: Buffer[] = []
  const contents: [entry: number, bytes: Buffer][] = []
  const add = (name: string, kind: number): number => {
    const entry = Buffer.alloc(128)
    entry.write(name, 0, 'utf16le')
    entry.writeUInt16LE(name.length * 2 + 2, 64)
    entry[66] = kind
    for (const at of [68, 72, 76]) entry.writeUInt32LE(0xffffffff, at)
    return entries.push(entry) - 1
  }
  const fill = (storage: Storage, parent: number) => {
    let last = -1
    for (const [name, value] of Object.entries(storage)) {
      const id = add(name, Buffer.isBuffer(value) ? 2 : 1)
      // a list is a tree too
      entries[last < 0 ? parent : last]!.writeUInt32LE(id, last < 0 ? 76 : 72)
      last = id
      if (Buffer.isBuffer(value)) contents.push([id, value])
      else fill(value, id)
    }
  }
  fill(root, add('Root Entry', 5))
  while (entries.length % 4) entries.push(Buffer.alloc(128))
  const fat: number[] = []
  const chain = (sectors: number): number => {
    const start = fat.length
    for (let n = 0; n < sectors; n++) fat.push(n + 1 < sectors ? start + n + 1 : 0xfffffffe)
    return sectors ? start : 0xfffffffe
  }
  const directory = chain(entries.length / 4)
  const bodies = contents.map(([id, bytes]) => {
    const sectors = Math.ceil(bytes.length / 512)
    entries[id]!.writeUInt32LE(chain(sectors), 116)
    entries[id]!.writeUInt32LE(bytes.length, 120)
    return Buffer.concat([bytes, Buffer.alloc(sectors * 512 - bytes.length)])
  })
  const tables = Math.ceil((fat.length + 8) / 128)
  const places = Array.from({ length: tables }, () => fat.push(0xfffffffd) - 1)
  spoil(fat, entries)
  const table = Buffer.alloc(tables * 512, 0xff)
  for (const [n, next] of fat.entries()) table.writeUInt32LE(next, n * 4)
  const head = Buffer.alloc(512, 0xff)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head)
  head.fill(0, 8, 76)
  head.writeUInt16LE(3, 26)
  head.writeUInt16LE(9, 30)
  head.writeUInt32LE(tables, 44)
  head.writeUInt32LE(directory, 48)
  head.writeUInt32LE(0xfffffffe, 60)
  head.writeUInt32LE(0xfffffffe, 68)
  for (const [n, place] of places.entries()) head.writeUInt32LE(place, 76 + n * 4)
  return Buffer.concat([head, ...entries, ...bodies, table])
}

/** Properties of a message: numbers and texts by id. */
export function properties(header: number, numbers: Record<number, number>, texts: Record<number, string>): Storage {
  const list = Object.entries(numbers).map(([id, value]) => {
    const entry = Buffer.alloc(16)
    entry.writeUInt32LE(Number(id) * 65536 + 3, 0)
    entry.writeInt32LE(value, 8)
    return entry
  })
  const named = Object.entries(texts).map(([id, text]) => [
    `__substg1.0_${Number(id).toString(16).padStart(4, '0').toUpperCase()}001F`,
    Buffer.from(text, 'utf16le'),
  ])
  return { '__properties_version1.0': Buffer.concat([Buffer.alloc(header), ...list]), ...(Object.fromEntries(named) as Storage) }
}

export const message = (spoil?: (fat: number[], entries: Buffer[]) => void): Buffer =>
  cfb(
    {
      ...properties(32, {}, { 0x37: 'Orchard v. Mill', 0x0c1a: 'Ada Wren', 0x5d01: 'ada@wren.example', 0x1000: 'Dear Ben,\r\nsee § 4.' }),
      '__recip_version1.0_#00000000': properties(8, { 0x0c15: 1 }, { 0x3001: 'Ben', 0x39fe: 'ben@wren.example' }),
      '__recip_version1.0_#00000001': properties(8, { 0x0c15: 2 }, { 0x3001: 'Cora', 0x39fe: 'cora@wren.example' }),
      '__attach_version1.0_#00000000': {
        ...properties(8, {}, { 0x3707: 'Vertrag – Entwurf.pdf', 0x370e: 'application/pdf' }),
        '__substg1.0_37010102': Buffer.alloc(1300, 7),
      },
      '__attach_version1.0_#00000001': {
        ...properties(8, {}, { 0x3001: 'the one before' }),
        '__substg1.0_3701000D': properties(24, {}, {}),
      },
    },
    spoil,
  )
