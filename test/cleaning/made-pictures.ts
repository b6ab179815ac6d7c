import { crc32 } from 'node:zlib'

type Entry = [tag: number, kind: number, value: number[] | string | Buffer]
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1]

/** A directory of big-endian TIFF at `at`, its values behind it. @returns it, and where it ends */
function ifd(at: number, entries: Entry[], next = 0): Buffer {
  const head = Buffer.alloc(2 + entries.length * 12 + 4)
  head.writeUInt16BE(entries.length, 0)
  const values: Buffer[] = []
  let place = at + head.length
  for (const [n, [tag, kind, value]] of entries.entries()) {
    const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`) : Buffer.isBuffer(value) ? value : numbers(kind, value)
    const entry = head.subarray(2 + n * 12)
    entry.writeUInt16BE(tag, 0)
    entry.writeUInt16BE(kind, 2)
    entry.writeUInt32BE(bytes.length / SIZES[kind]!, 4)
    if (bytes.length <= 4) bytes.copy(entry, 8)
    else {
      entry.writeUInt32BE(place, 8)
      values.push(bytes)
      place += bytes.length
    }
  }
  head.writeUInt32BE(next, head.length - 4)
  return Buffer.concat([head, ...values])
}

function numbers(kind: number, values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * (kind === 3 ? 2 : kind === 5 ? 8 : kind === 1 ? 1 : 4))
  for (const [n, value] of values.entries()) {
    if (kind === 3) bytes.writeUInt16BE(value, n * 2)
    else if (kind === 1) bytes[n] = value
    else if (kind === 5) {
      bytes.writeUInt32BE(value * 10, n * 8)
      bytes.writeUInt32BE(10, n * 8 + 4)
    } else bytes.writeUInt32BE(value, n * 4)
  }
  return bytes
}

const HEAD = Buffer.from('MM\0*\0\0\0\x08', 'latin1')
const place: Entry[] = [
  [1, 2, 'N'],
  [2, 5, [48, 12, 0]],
  [3, 2, 'E'],
  [4, 5, [16, 22, 0]],
]

/** Exif data with a camera, a place, notes of the maker and a thumbnail; the picture lies on its side. */
export function exif(): Buffer {
  const [first, inner, gps, second] = [8, 300, 500, 700]
  const parts: [number, Buffer][] = [
    [0, HEAD],
    [first, ifd(first, [[0x10f, 2, 'CANARY-make'], [0x112, 3, [6]], [0x8769, 4, [inner]], [0x8825, 4, [gps]]], second)], // prettier-ignore
    [inner, ifd(inner, [[0x9003, 2, '2026:01:02 03:04:05'], [0x927c, 7, Buffer.from('CANARY-maker-note')], [0xa430, 2, 'CANARY-owner']])], // prettier-ignore
    [gps, ifd(gps, place)],
    [second, ifd(second, [[0x201, 4, [900]], [0x202, 4, [20]]])], // prettier-ignore
    [900, Buffer.from('CANARY-small-picture')],
  ]
  const bytes = Buffer.alloc(930)
  for (const [at, part] of parts) part.copy(bytes, at)
  return bytes
}

export function segment(marker: number, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(bytes.length + 2, 2)
  return Buffer.concat([head, bytes])
}
export const insertedJpeg = (jpeg: Buffer, ...segments: Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

export function tellingJpeg(jpeg: Buffer): Buffer {
  const iptc = Buffer.concat([
    Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x0b', 'latin1'),
    Buffer.from('CANARY-iptc'),
  ])
  return Buffer.concat([
    insertedJpeg(
      jpeg,
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif()])),
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:creator>CANARY-xmp</dc:creator></x:xmpmeta>'),
      segment(0xed, iptc),
      segment(0xe2, 'MPF\0CANARY-second'),
      segment(0xfe, 'CANARY-remark'),
    ),
    Buffer.from('CANARY-behind'),
  ])
}

export function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** Eight by eight grey points in one strip, with an artist, XMP, IPTC, a place, and bytes that nothing leads to. */
export function tellingTiff(): Buffer {
  const [first, gps, strip] = [8, 600, 900]
  const bytes = Buffer.alloc(1100)
  HEAD.copy(bytes)
  ifd(first, [
    [256, 3, [8]],
    [257, 3, [8]],
    [258, 3, [8]],
    [259, 3, [1]],
    [262, 3, [1]],
    [273, 4, [strip]],
    [277, 3, [1]],
    [278, 3, [8]],
    [279, 4, [64]],
    [315, 2, 'CANARY-artist'],
    [700, 1, Buffer.from('CANARY-xmp')],
    [33723, 7, Buffer.from('CANARY-iptc')],
    [34853, 4, [gps]],
  ]).copy(bytes, first)
  ifd(gps, [...place, [27, 2, 'CANARY-place']]).copy(bytes, gps)
  for (let n = 0; n < 64; n++) bytes[strip + n] = n * 3
  bytes.write('CANARY-between', 1000)
  return bytes
}
