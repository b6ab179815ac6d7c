import { ReadingFault } from '../reading/fault.ts'
import type { Found } from './findings.ts'
import { ifdsOf, type Ifd, type Ifds } from './ifds.ts'

/** Tags that say who, what and when (Exif 3.0, 4.6.4 to 4.6.7). */
const NAMES: Record<number, string> = {
  0x010e: 'description',
  0x010f: 'make',
  0x0110: 'model',
  0x0131: 'software',
  0x0132: 'changed',
  0x013b: 'artist',
  0x013c: 'computer',
  0x8298: 'copyright',
  0x9003: 'taken',
  0x9004: 'digitized',
  0x9286: 'remark',
  0xa420: 'number of the picture',
  0xa430: 'owner',
  0xa431: 'number of the camera',
  0xa435: 'number of the lens',
}
const ORIENTATION = 0x0112
const EXIF = 0x8769
const GPS = 0x8825
const MAKER_NOTE = 0x927c
const THUMBNAIL = 0x0201
/** What Windows keeps in UTF-16: title, comment, author, keywords, subject. */
const WINDOWS = [0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f]

/** What Exif data tells; a direction alone tells nothing. What cannot be read of it is found all the same. */
export function exifFindings(bytes: Buffer, found: Found): void {
  try {
    const ifds = ifdsOf(bytes)
    const first = ifds.ifd(ifds.first)
    tell(ifds, first, found)
    for (const { tag, start, kind } of first.tags) {
      if (kind !== 4 && kind !== 13) continue
      const at = ifds.isLittle ? bytes.readUInt32LE(start) : bytes.readUInt32BE(start)
      if (tag === EXIF) tell(ifds, ifds.ifd(at), found)
      else if (tag === GPS) found.add('location', place(ifds, ifds.ifd(at)))
    }
    if (first.next !== 0) {
      const second = ifds.ifd(first.next)
      if (second.tags.some(({ tag }) => tag === THUMBNAIL || tag === 0x0111)) found.add('thumbnails')
    }
  } catch (fault) {
    if (!(fault instanceof ReadingFault) && !(fault instanceof RangeError)) throw fault
    found.add('exif', 'unreadable')
  }
}

function tell(ifds: Ifds, ifd: Ifd, found: Found): void {
  for (const one of ifd.tags) {
    if (one.tag === ORIENTATION || one.tag === EXIF || one.tag === GPS) continue
    if (one.tag === MAKER_NOTE) found.add('maker-notes')
    else if (WINDOWS.includes(one.tag))
      found.add('exif', ifds.bytes.toString('utf16le', one.start, Math.min(one.end, one.start + 400)).replace(/\0.*$/s, ''))
    else
      found.add(
        'exif',
        NAMES[one.tag]
          ? `${NAMES[one.tag]}: ${one.tag === 0x9286 ? ifds.text({ ...one, start: Math.min(one.end, one.start + 8) }) : ifds.text(one)}`
          : [],
      )
  }
}

/** Degrees, minutes and seconds of latitude and longitude (4.6.7.1). */
function place(ifds: Ifds, gps: Ifd): string {
  const of = (tag: number) => gps.tags.find((one) => one.tag === tag)
  const angle = (sign: number, value: number) => {
    const [letter, degrees] = [of(sign), of(value)]
    if (!letter || !degrees || degrees.count > 8) return ''
    const [d = 0, m = 0, s = 0] = ifds.numbers(degrees)
    return `${(d + m / 60 + s / 3600).toFixed(5)} ${ifds.text(letter)}`
  }
  return [angle(1, 2), angle(3, 4)].filter((one) => one !== '').join(', ')
}

/** Which way up the picture is to be shown, 1 to 8; 1, upright, where it is not said or cannot be read. */
export function orientationOf(bytes: Buffer): number {
  try {
    const ifds = ifdsOf(bytes)
    const tag = ifds.ifd(ifds.first).tags.find((one) => one.tag === ORIENTATION)
    const value = tag && tag.count === 1 ? (ifds.numbers(tag)[0] ?? 1) : 1
    return value >= 1 && value <= 8 ? value : 1
  } catch (fault) {
    if (fault instanceof ReadingFault || fault instanceof RangeError) return 1
    throw fault
  }
}

/** Exif data that says the direction and nothing else. */
export function onlyOrientation(orientation: number): Buffer {
  const bytes = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1')
  bytes.writeUInt16BE(orientation, 18)
  return bytes
}
