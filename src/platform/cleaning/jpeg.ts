import { broken } from '../reading/fault.ts'
import { exifFindings, onlyOrientation, orientationOf } from './exif.ts'
import type { Found } from './findings.ts'

/** A segment (ITU-T T.81, B.1.1.4): its marker, and its bytes from the marker to its end. */
type Segment = { marker: number; bytes: Buffer; body: Buffer }
type Jpeg = { segments: Segment[]; scan: Buffer; rest: Buffer }

const EXIF = 'Exif\0'
const XMP = 'http://ns.adobe.com/x'
const MOST_SEGMENTS = 10_000

/** The segments up to the first scan, that with all that follows up to the end, and what stands behind the end. @throws ReadingFault */
function jpegOf(bytes: Buffer): Jpeg {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw broken('it does not start as its kind must')
  const segments: Segment[] = []
  for (let at = 2; segments.length < MOST_SEGMENTS;) {
    if (bytes[at] !== 0xff) throw broken('a segment of it is not where it must be')
    while (bytes[at + 1] === 0xff) at += 1
    const marker = bytes[at + 1]
    if (marker === undefined || at + 4 > bytes.length) throw broken('it breaks off')
    if (marker === 0xda) return { segments, ...scanOf(bytes, at) }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) throw broken('it breaks off')
    segments.push({ marker, bytes: bytes.subarray(at, at + 2 + length), body: bytes.subarray(at + 4, at + 2 + length) })
    at += 2 + length
  }
  throw broken('it has too many segments')
}

/** Scans and the tables between them, to the end of the picture (B.1.1.5: a byte of all ones is data only before a zero). */
function scanOf(bytes: Buffer, start: number): { scan: Buffer; rest: Buffer } {
  for (let at = start; ;) {
    at = bytes.indexOf(0xff, at)
    const marker = at < 0 ? undefined : bytes[at + 1]
    // it was cut off: what is there is shown
    if (marker === undefined) return { scan: bytes.subarray(start), rest: Buffer.alloc(0) }
    if (marker === 0xd9) return { scan: bytes.subarray(start, at + 2), rest: bytes.subarray(at + 2) }
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7) || at + 4 > bytes.length) at += marker === 0xff ? 1 : 2
    else at += 2 + bytes.readUInt16BE(at + 2)
  }
}

const begins = ({ body }: Segment, text: string): boolean => body.toString('latin1', 0, text.length) === text

/** What is beside the picture in a JPEG. @throws ReadingFault `broken` */
export function jpegFindings(bytes: Buffer, found: Found): void {
  const { segments, scan, rest } = jpegOf(bytes)
  for (const one of segments) {
    if (one.marker === 0xfe) found.add('picture-texts', one.body.toString('utf8', 0, 400))
    else if (one.marker === 0xe0 && begins(one, 'JFIF\0')) found.add('thumbnails', [], one.body.length > 14 ? 1 : 0)
    else if (one.marker === 0xe0 && begins(one, 'JFXX\0')) found.add('thumbnails')
    else if (one.marker === 0xe1 && begins(one, EXIF)) exifFindings(one.body.subarray(6), found)
    else if (one.marker === 0xe1 && begins(one, XMP)) found.add('xmp', wordsOf(one.body))
    else if (one.marker === 0xed) found.add('iptc', iptcWords(one.body))
    else if (one.marker >= 0xe0 && one.marker <= 0xef && !isNeeded(one))
      found.add('private-data', one.body.toString('latin1', 0, 16).replace(/\0.*$/s, ''))
  }
  if (tellingWithin(scan)) found.add('private-data', 'between its scans')
  // fill bytes and the end that some programs write twice say nothing
  if (rest.some((byte) => byte !== 0 && byte !== 0xff && byte !== 0xd9)) found.add('trailing-data', `${rest.length} bytes`)
}

/** A colour profile, and how colours are kept (Adobe): without them the picture looks another way. */
const isNeeded = (one: Segment): boolean =>
  (one.marker === 0xe0 && begins(one, 'JFIF\0')) ||
  (one.marker === 0xe2 && begins(one, 'ICC_PROFILE\0')) ||
  (one.marker === 0xee && begins(one, 'Adobe'))

/** Segments for programs may stand between scans too. */
function tellingWithin(scan: Buffer): boolean {
  for (let at = scan.indexOf(0xff); at >= 0 && at + 1 < scan.length; at = scan.indexOf(0xff, at + 1)) {
    const marker = scan[at + 1]!
    if (marker === 0xfe || (marker >= 0xe0 && marker <= 0xef)) return true
  }
  return false
}

function withoutTelling(scan: Buffer): Buffer {
  if (!tellingWithin(scan)) return scan
  const kept: Buffer[] = []
  let from = 0
  for (let at = scan.indexOf(0xff); at >= 0 && at + 3 < scan.length; at = scan.indexOf(0xff, at + 1)) {
    const marker = scan[at + 1]!
    if (marker !== 0xfe && !(marker >= 0xe0 && marker <= 0xef)) continue
    kept.push(scan.subarray(from, at))
    from = at = Math.min(scan.length, at + 2 + scan.readUInt16BE(at + 2))
    at -= 1
  }
  return Buffer.concat([...kept, scan.subarray(from)])
}

/**
 * The picture, bit for bit, without what is beside it; `orientation`: which way up it is stays as the only word of Exif.
 * @throws ReadingFault `broken`
 */
export function strippedJpeg(bytes: Buffer, keep: 'orientation' | 'nothing'): Buffer {
  const { segments, scan } = jpegOf(bytes)
  const kept: Buffer[] = []
  const exif = segments.find((one) => one.marker === 0xe1 && begins(one, EXIF))
  const orientation = exif && keep === 'orientation' ? orientationOf(exif.body.subarray(6)) : 1
  for (const one of segments) {
    if (one.marker === 0xe0 && begins(one, 'JFIF\0')) kept.push(withoutThumbnail(one))
    else if (isNeeded(one) || !(one.marker === 0xfe || (one.marker >= 0xe0 && one.marker <= 0xef))) kept.push(one.bytes)
    else if (one === exif && orientation !== 1) kept.push(exifSegment(orientation))
  }
  return Buffer.concat([bytes.subarray(0, 2), ...kept, withoutTelling(scan)])
}

function withoutThumbnail({ bytes }: Segment): Buffer {
  if (bytes.length <= 18) return bytes
  const short = Buffer.from(bytes.subarray(0, 18))
  short.writeUInt16BE(16, 2)
  short.writeUInt16BE(0, 16)
  return short
}

function exifSegment(orientation: number): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), onlyOrientation(orientation)])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

const wordsOf = (body: Buffer): string[] =>
  [...body.toString('utf8', 0, 65_536).matchAll(/>([^<>]{2,200})</g)]
    .map(([, text]) => text!.trim())
    .filter((text) => text !== '')
    .slice(0, 20)

/** Datasets of IPTC-IIM 4.2 (1.5): a mark, where it belongs, which it is, its length. */
function iptcWords(body: Buffer): string[] {
  const words: string[] = []
  for (let at = body.indexOf(0x1c); at >= 0 && at + 5 <= body.length && words.length < 20; at = body.indexOf(0x1c, at + 1)) {
    const length = body.readUInt16BE(at + 3)
    if (body[at + 1] !== 2 || body[at + 2] === 0 || length === 0 || length > 2000 || at + 5 + length > body.length) continue
    words.push(body.toString('utf8', at + 5, at + 5 + length))
    at += 4 + length
  }
  return words
}
