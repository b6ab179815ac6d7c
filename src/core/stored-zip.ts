import { utf8 } from './bytes.ts'

// A zip of the plainest kind (PKWARE APPNOTE 6.3.10): every file stored as it is, in the order given, dated 1 January 1980,
// with nothing beside it. The same files give the same bytes, and bytes that these files would not give are no such zip.

/** A zip that is cut, changed, or was not made by `storedZip`. The message never holds content. */
export class BrokenZip extends Error {
  readonly kind = 'broken zip'
  override readonly name = 'BrokenZip'
}

export type StoredFile = { name: string; bytes: Uint8Array }

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** 1 January 1980, the zip's first day. */
const DAY = 0x21
const UTF8_NAMES = 0x0800
const VERSION = 20
/** Sizes are 32 bits: there is no Zip64. */
const MOST_BYTES = 2 ** 32 - 1
const MOST_FILES = 1000

/** Throws RangeError for what such a zip cannot hold: 4 GiB, a thousand files, two of one name, an empty name. */
export function storedZip(files: readonly StoredFile[]): Buffer {
  if (files.length > MOST_FILES || new Set(files.map((file) => file.name)).size < files.length)
    throw new RangeError('too many files for a stored zip, or two of one name')
  const local: Uint8Array[] = []
  const central: Uint8Array[] = []
  let at = 0
  for (const { name, bytes } of files) {
    const nameBytes = utf8(name)
    if (nameBytes.length === 0 || nameBytes.length > 255) throw new RangeError('a name in a stored zip has 1 to 255 bytes')
    const common = commonOf(bytes, nameBytes.length)
    local.push(u32(LOCAL), common, nameBytes, bytes)
    central.push(u32(CENTRAL), u16(VERSION), common, Buffer.alloc(10), u32(at), nameBytes)
    at += 4 + common.length + nameBytes.length + bytes.length
    if (at > MOST_BYTES) throw new RangeError('too many bytes for a stored zip')
  }
  const directory = Buffer.concat(central)
  const count = u16(files.length)
  return Buffer.concat([...local, directory, u32(END), u32(0), count, count, u32(directory.length), u32(at), u16(0)])
}

/**
 * The files of such a zip, in order. Strict: what `storedZip` would not have written, to the byte, is broken.
 * @throws BrokenZip
 */
export function readStoredZip(zip: Uint8Array): StoredFile[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const files: StoredFile[] = []
  try {
    for (let at = 0; view.getUint32(at, true) === LOCAL;) {
      const size = view.getUint32(at + 18, true)
      const nameSize = view.getUint16(at + 26, true)
      const start = at + 30 + nameSize
      if (start + size > zip.length || files.length === MOST_FILES) throw new BrokenZip('the zip is cut')
      const name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(zip.subarray(at + 30, start))
      files.push({ name, bytes: zip.subarray(start, start + size) })
      at = start + size
    }
    if (same(storedZip(files), zip)) return files
  } catch (fault) {
    if (!(fault instanceof RangeError || fault instanceof TypeError || fault instanceof BrokenZip)) throw fault
  }
  throw new BrokenZip('the zip was cut or changed, or was made by something else')
}

/** What the local and the central header share, from "version needed" to the length of the extra field. */
function commonOf(bytes: Uint8Array, nameSize: number): Buffer {
  const size = u32(bytes.length)
  return Buffer.concat([u16(VERSION), u16(UTF8_NAMES), u16(0), u16(0), u16(DAY), u32(crc32(bytes)), size, size, u16(nameSize), u16(0)])
}

const u16 = (n: number): Buffer => Buffer.of(n & 255, (n >>> 8) & 255)
const u32 = (n: number): Buffer => Buffer.of(n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24)

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at])

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
