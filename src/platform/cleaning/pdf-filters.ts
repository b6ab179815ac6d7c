import { constants, inflateSync } from 'node:zlib'
import { broken, hostile, tooMuch } from '../reading/fault.ts'
import { isDict, nameOf, numberOf, type Dict, type Stream, type Value } from './pdf-objects.ts'

const MB = 1024 * 1024
const MOST_OF_ONE = 128 * MB
const MOST_OF_ALL = 512 * MB

/** How much a file may unpack to in all is counted in one place. */
export type Unpacker = (stream: Stream, resolve: (value: Value | undefined) => Value) => Buffer

/**
 * Gives the bytes of streams (ISO 32000-2, 7.4).
 *
 * @throws ReadingFault `broken` for a filter not known here (LZW, pictures) or bytes that are not packed so; `too-much`; `hostile`
 *   for more than ten filters
 */
export function unpacker(): Unpacker {
  let left = MOST_OF_ALL
  return (stream, resolve) => {
    const filters = listed(resolve(stream.dict.get('Filter') ?? stream.dict.get('F')), resolve)
    const forms = listed(resolve(stream.dict.get('DecodeParms') ?? stream.dict.get('DP')), resolve)
    if (filters.length > 10) throw hostile('it is packed too many times')
    let bytes = stream.packed
    for (const [n, filter] of filters.entries()) {
      const form = forms[n]
      bytes = unfiltered(nameOf(filter), bytes, isDict(form) ? form : new Map(), resolve)
      left -= bytes.length
      if (left < 0) throw tooMuch('it unpacks to more than is taken')
    }
    return bytes
  }
}

const listed = (value: Value, resolve: (value: Value | undefined) => Value): Value[] =>
  Array.isArray(value) ? value.slice(0, 20).map(resolve) : value === null ? [] : [value]

function unfiltered(name: string, bytes: Buffer, form: Dict, resolve: (value: Value | undefined) => Value): Buffer {
  switch (name) {
    case 'FlateDecode':
    case 'Fl':
      return unpredicted(inflated(bytes), form, resolve)
    case 'ASCIIHexDecode':
    case 'AHx':
      return Buffer.from(
        bytes
          .toString('latin1')
          .replace(/>.*$/s, '')
          .replace(/[^0-9a-f]/gi, ''),
        'hex',
      )
    case 'ASCII85Decode':
    case 'A85':
      return ascii85(bytes)
    case 'RunLengthDecode':
    case 'RL':
      return runLength(bytes)
    default:
      throw broken('a part of it is packed in a way that is not known here')
  }
}

function inflated(bytes: Buffer): Buffer {
  try {
    // programs cut the checksum off, or the last block
    return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_OF_ONE })
  } catch (fault) {
    throw (fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooMuch('a part of it unpacks to more than is taken')
      : broken('it cannot be unpacked')
  }
}

/** PNG's predictors (7.4.4.4), which tables of contents are written with; TIFF's only pictures have. */
function unpredicted(bytes: Buffer, form: Dict, resolve: (value: Value | undefined) => Value): Buffer {
  const of = (key: string, otherwise: number) => numberOf(resolve(form.get(key))) ?? otherwise
  if (of('Predictor', 1) < 10) return bytes
  const width = Math.ceil((of('Columns', 1) * of('Colors', 1) * of('BitsPerComponent', 8)) / 8)
  const pixel = Math.max(1, (of('Colors', 1) * of('BitsPerComponent', 8)) >> 3)
  if (!(width > 0 && width < 1_000_000)) throw broken('a table of it has no width')
  const rows = Math.floor(bytes.length / (width + 1))
  const out = Buffer.alloc(rows * width)
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (width + 1)]!
    for (let n = 0; n < width; n++) {
      const at = row * width + n
      const [left, up] = [n >= pixel ? out[at - pixel]! : 0, row > 0 ? out[at - width]! : 0]
      const corner = n >= pixel && row > 0 ? out[at - width - pixel]! : 0
      const guess = kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : kind === 4 ? paeth(left, up, corner) : 0
      out[at] = (bytes[row * (width + 1) + 1 + n]! + guess) & 255
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

function ascii85(bytes: Buffer): Buffer {
  const out: number[] = []
  let group: number[] = []
  const tell = () => {
    const count = group.length
    if (count < 2) return
    while (group.length < 5) group.push(84)
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0)
    for (let n = 0; n < count - 1; n++) out.push(Math.floor(value / 256 ** (3 - n)) & 255)
    group = []
  }
  for (const byte of bytes) {
    if (byte === 0x7e) break
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0)
    else if (byte >= 0x21 && byte <= 0x75) group.push(byte - 0x21)
    if (group.length === 5) tell()
  }
  tell()
  return Buffer.from(out)
}

function runLength(bytes: Buffer): Buffer {
  const out: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at]!
    if (length === 128) break
    if (length < 128) out.push(bytes.subarray(at + 1, at + 2 + length))
    else out.push(Buffer.alloc(257 - length, bytes[at + 1] ?? 0))
    at += length < 128 ? length + 2 : 2
  }
  return Buffer.concat(out)
}
