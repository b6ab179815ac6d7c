import { crc32, inflateSync } from 'node:zlib'
import { broken } from '../reading/fault.ts'
import { exifFindings, onlyOrientation, orientationOf } from './exif.ts'
import type { Found } from './findings.ts'

type Chunk = { type: string; bytes: Buffer; body: Buffer }
const START = Buffer.from('89504e470d0a1a0a', 'hex')
/** What a picture is shown by (PNG, third edition, 11.2 and 11.3): its pixels, colours, size and moving frames. */
const SHOWN = new Set('IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '))
const MOST = 100_000

/** @throws ReadingFault `broken` */
function chunksOf(bytes: Buffer): { chunks: Chunk[]; rest: Buffer } {
  if (!bytes.subarray(0, 8).equals(START)) throw broken('it does not start as its kind must')
  const chunks: Chunk[] = []
  for (let at = 8; chunks.length < MOST;) {
    if (at + 12 > bytes.length) throw broken('it breaks off')
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) throw broken('it breaks off')
    const type = bytes.toString('latin1', at + 4, at + 8)
    chunks.push({ type, bytes: bytes.subarray(at, end), body: bytes.subarray(at + 8, end - 4) })
    if (type === 'IEND') return { chunks, rest: bytes.subarray(end) }
    at = end
  }
  throw broken('it has too many parts')
}

export function inspectPng(bytes: Buffer, found: Found): void {
  const { chunks, rest } = chunksOf(bytes)
  for (const { type, body } of chunks) {
    if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') inspectWords(type, body, found)
    else if (type === 'eXIf') exifFindings(body, found)
    else if (type === 'tIME' && body.length === 7)
      found.add('exif', `changed: ${body.readUInt16BE(0)}-${body[2]}-${body[3]} ${body[4]}:${body[5]}`)
    else if (!SHOWN.has(type)) found.add('private-data', type)
  }
  if (rest.some((byte) => byte !== 0)) found.add('trailing-data', `${rest.length} bytes`)
}

/** A keyword, and what it says, packed or not (11.3.3). */
function inspectWords(type: string, body: Buffer, found: Found): void {
  const end = body.indexOf(0)
  const keyword = body.toString('latin1', 0, end < 0 ? 80 : end)
  if (keyword === 'XML:com.adobe.xmp') found.add('xmp', keyword)
  else if (/^Raw profile type (exif|APP1)/i.test(keyword)) found.add('exif', keyword)
  else if (/^Raw profile type iptc/i.test(keyword)) found.add('iptc', keyword)
  else
    found.add(
      'picture-texts',
      `${keyword}: ${type === 'tEXt' ? body.toString('latin1', end + 1, end + 400) : type === 'zTXt' ? inflated(body.subarray(end + 2)) : ''}`,
    )
}

function inflated(packed: Buffer): string {
  try {
    return inflateSync(packed, { maxOutputLength: 1024 * 1024 }).toString('latin1', 0, 400)
  } catch {
    return ''
  }
}

/** The picture, bit for bit, without what is beside it; which way up it is stays as the only word of Exif. @throws ReadingFault */
export function strippedPng(bytes: Buffer): Buffer {
  const { chunks } = chunksOf(bytes)
  const kept = chunks.flatMap(({ type, bytes: whole, body }) => {
    if (SHOWN.has(type)) return [whole]
    const orientation = type === 'eXIf' ? orientationOf(body) : 1
    return orientation === 1 ? [] : [chunk('eXIf', onlyOrientation(orientation))]
  })
  return Buffer.concat([START, ...kept])
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
