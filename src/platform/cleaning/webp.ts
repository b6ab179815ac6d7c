import { broken } from '../reading/fault.ts'
import { exifFindings, onlyOrientation, orientationOf } from './exif.ts'
import type { Found } from './findings.ts'

type Chunk = { type: string; body: Buffer }
const SHOWN = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const EXIF_FLAG = 0x08
const XMP_FLAG = 0x04

/** Chunks of a RIFF file (RFC 9649, 2.3 to 2.7), each of even length. @throws ReadingFault `broken` */
function chunksOf(bytes: Buffer): { chunks: Chunk[]; rest: Buffer } {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    throw broken('it does not start as its kind must')
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  const chunks: Chunk[] = []
  for (let at = 12; at + 8 <= end;) {
    const length = bytes.readUInt32LE(at + 4)
    if (at + 8 + length > bytes.length) throw broken('it breaks off')
    chunks.push({ type: bytes.toString('latin1', at, at + 4), body: bytes.subarray(at + 8, at + 8 + length) })
    at += 8 + length + (length % 2)
  }
  return { chunks, rest: bytes.subarray(Math.min(bytes.length, end + (end % 2))) }
}

/** Some programs put JPEG's mark before it. */
const exifOf = (body: Buffer): Buffer => (body.toString('latin1', 0, 4) === 'Exif' ? body.subarray(6) : body)

export function inspectWebp(bytes: Buffer, found: Found): void {
  const { chunks, rest } = chunksOf(bytes)
  for (const { type, body } of chunks) {
    if (type === 'EXIF') exifFindings(exifOf(body), found)
    else if (type === 'XMP ') found.add('xmp')
    else if (!SHOWN.has(type)) found.add('private-data', type)
  }
  if (rest.some((byte) => byte !== 0)) found.add('trailing-data', `${rest.length} bytes`)
}

/** The picture, bit for bit, without what is beside it; which way up it is stays. @throws ReadingFault */
export function strippedWebp(bytes: Buffer): Buffer {
  const { chunks } = chunksOf(bytes)
  if (!chunks.some(({ type }) => ['VP8 ', 'VP8L', 'ANMF'].includes(type))) throw broken('it holds no picture')
  const exif = chunks.find(({ type }) => type === 'EXIF')
  const orientation = exif ? orientationOf(exifOf(exif.body)) : 1
  const kept = chunks
    .filter(({ type }) => SHOWN.has(type))
    .map(({ type, body }) => {
      if (type !== 'VP8X' || body.length < 10) return written(type, body)
      const flags = Buffer.from(body)
      flags[0] = (flags[0]! & ~(EXIF_FLAG | XMP_FLAG)) | (orientation === 1 ? 0 : EXIF_FLAG)
      return written(type, flags)
    })
  if (orientation !== 1) kept.push(written('EXIF', onlyOrientation(orientation)))
  const content = Buffer.concat([Buffer.from('WEBP'), ...kept])
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content])
}

function written(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
