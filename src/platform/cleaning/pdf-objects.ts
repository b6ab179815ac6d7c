import { broken, hostile } from '../reading/fault.ts'

/** The objects of ISO 32000-2, 7.3. A number keeps its digits; a name its letters, one for each byte; a stream its bytes as they are packed. */
export type Name = { name: string }
export type Digits = { digits: string }
export type Text = { bytes: Buffer }
export type Ref = { ref: number }
export type Dict = Map<string, Value>
export type Stream = { dict: Dict; packed: Buffer }
export type Value = null | boolean | Name | Digits | Text | Ref | Value[] | Dict | Stream

export const isName = (value: Value | undefined): value is Name => typeof value === 'object' && value !== null && 'name' in value
export const isText = (value: Value | undefined): value is Text => typeof value === 'object' && value !== null && 'bytes' in value
export const isRef = (value: Value | undefined): value is Ref => typeof value === 'object' && value !== null && 'ref' in value
export const isDict = (value: Value | undefined): value is Dict => value instanceof Map
export const isStream = (value: Value | undefined): value is Stream => typeof value === 'object' && value !== null && 'packed' in value
export const numberOf = (value: Value | undefined): number | null =>
  typeof value === 'object' && value !== null && 'digits' in value ? Number(value.digits) : null
export const nameOf = (value: Value | undefined): string => (isName(value) ? value.name : '')

/** What a text string says (7.9.2.2), in UTF-16, UTF-8 or, roughly, PDFDocEncoding. */
export function saidBy(value: Value | undefined): string {
  if (isName(value)) return value.name
  if (!isText(value)) return ''
  const { bytes } = value
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length & ~1))
      .swap16()
      .toString('utf16le')
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3)
  return bytes.toString('latin1')
}

const DEEPEST = 200
const SPACE = new Uint8Array(256)
for (const byte of [0, 9, 10, 12, 13, 32]) SPACE[byte] = 1
const MARK = new Uint8Array(256)
for (const byte of Buffer.from('()<>[]{}/%')) MARK[byte] = 1

/** A place in a file, which moves on as values are read from it. `lengthOf` resolves the length of a stream where another object says it. */
export type Cursor = { bytes: Buffer; at: number }

export function skipSpace(cursor: Cursor): void {
  const { bytes } = cursor
  while (cursor.at < bytes.length) {
    const byte = bytes[cursor.at]!
    if (byte === 0x25) while (cursor.at < bytes.length && bytes[cursor.at] !== 10 && bytes[cursor.at] !== 13) cursor.at += 1
    else if (SPACE[byte]) cursor.at += 1
    else return
  }
}

/** Letters up to a space or a mark. */
export function word(cursor: Cursor): string {
  const start = cursor.at
  const { bytes } = cursor
  while (cursor.at < bytes.length && !SPACE[bytes[cursor.at]!] && !MARK[bytes[cursor.at]!]) cursor.at += 1
  return bytes.toString('latin1', start, Math.min(cursor.at, start + 256))
}

/** @throws ReadingFault `broken` for what is no value; `hostile` for nesting over 200 deep */
export function valueAt(cursor: Cursor, depth = 0): Value {
  if (depth > DEEPEST) throw hostile('it is nested too deep')
  skipSpace(cursor)
  const { bytes } = cursor
  const byte = bytes[cursor.at]
  if (byte === undefined) throw broken('it breaks off')
  if (byte === 0x2f) return { name: nameAt(cursor) }
  if (byte === 0x28) return { bytes: literalAt(cursor) }
  if (byte === 0x5b) return arrayAt(cursor, depth)
  if (byte === 0x3c) return bytes[cursor.at + 1] === 0x3c ? dictAt(cursor, depth) : { bytes: hexAt(cursor) }
  const text = word(cursor)
  if (/^[+-]?[0-9]*\.?[0-9]*$/.test(text) && /[0-9]/.test(text)) return refOr(cursor, text)
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  // numbers as some programs write them: `--5`, `1.2.3`, `.`
  if (/^[+\-.0-9]+$/.test(text)) return { digits: `${Number.parseFloat(text.replace(/^[+-]*-/, '-')) || 0}` }
  throw broken('it holds a word that says nothing')
}

function refOr(cursor: Cursor, digits: string): Value {
  if (!/^[0-9]{1,10}$/.test(digits)) return { digits }
  const back = cursor.at
  skipSpace(cursor)
  if (/^[0-9]{1,5}$/.test(word(cursor))) {
    skipSpace(cursor)
    if (cursor.bytes[cursor.at] === 0x52 && word(cursor) === 'R') return { ref: Number(digits) }
  }
  cursor.at = back
  return { digits }
}

function nameAt(cursor: Cursor): string {
  cursor.at += 1
  const start = cursor.at
  const { bytes } = cursor
  while (cursor.at < bytes.length && !SPACE[bytes[cursor.at]!] && !MARK[bytes[cursor.at]!]) cursor.at += 1
  if (cursor.at - start > 4096) throw broken('a name in it is too long')
  return bytes.toString('latin1', start, cursor.at).replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

function arrayAt(cursor: Cursor, depth: number): Value[] {
  cursor.at += 1
  const values: Value[] = []
  for (;;) {
    skipSpace(cursor)
    if (cursor.bytes[cursor.at] === 0x5d) break
    values.push(valueAt(cursor, depth + 1))
  }
  cursor.at += 1
  return values
}

function dictAt(cursor: Cursor, depth: number): Dict {
  cursor.at += 2
  const dict: Dict = new Map()
  for (;;) {
    skipSpace(cursor)
    if (cursor.bytes[cursor.at] === 0x3e && cursor.bytes[cursor.at + 1] === 0x3e) break
    if (cursor.bytes[cursor.at] !== 0x2f) throw broken('a dictionary of it is not well-formed')
    const key = nameAt(cursor)
    skipSpace(cursor)
    // a key without a value, at the end
    if (cursor.bytes[cursor.at] === 0x3e) break
    const value = valueAt(cursor, depth + 1)
    if (value !== null) dict.set(key, value)
  }
  cursor.at += 2
  return dict
}

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 }
function literalAt(cursor: Cursor): Buffer {
  const { bytes } = cursor
  const out: number[] = []
  let open = 1
  for (cursor.at += 1; ; cursor.at += 1) {
    const byte = bytes[cursor.at]
    if (byte === undefined) throw broken('it breaks off')
    if (byte === 0x28) open += 1
    else if (byte === 0x29 && --open === 0) break
    if (byte !== 0x5c) {
      out.push(byte)
      continue
    }
    const next = bytes[(cursor.at += 1)]
    const letter = String.fromCharCode(next ?? 0)
    if (next === undefined) throw broken('it breaks off')
    if (ESCAPES[letter] !== undefined) out.push(ESCAPES[letter])
    else if (next >= 0x30 && next <= 0x37) {
      const octal = /^[0-7]{1,3}/.exec(bytes.toString('latin1', cursor.at, cursor.at + 3))![0]
      out.push(parseInt(octal, 8) & 255)
      cursor.at += octal.length - 1
    } else if (next === 13) cursor.at += bytes[cursor.at + 1] === 10 ? 1 : 0
    else if (next !== 10) out.push(next)
  }
  cursor.at += 1
  return Buffer.from(out)
}

function hexAt(cursor: Cursor): Buffer {
  const end = cursor.bytes.indexOf(0x3e, cursor.at)
  if (end < 0) throw broken('it breaks off')
  const digits = cursor.bytes.toString('latin1', cursor.at + 1, end).replace(/[^0-9a-f]/gi, '')
  cursor.at = end + 1
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex')
}
