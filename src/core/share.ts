import { createHash } from 'node:crypto'
import { equal, utf8 } from './bytes.ts'

/** One part of a root key that was split (Shamir over GF(256)): 32 bytes and the place on the curve. */
export type Share = {
  /** 4 bytes, in hex: the shares that were made together. */ set: string
  /** From 1. */ index: number
  need: number
  of: number
  /** The id of the root key that `need` of them give. */ rootKey: string
  bytes: Buffer
}

const FORMAT = 1
const PART = 33
const BODY = 16 + PART
const ROWS = 6
const ROW = 10
// Crockford's base 32: no I, L, O and U
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A share as six rows of five groups of four letters, to be printed and typed. The last group of a row is a check of that row;
 * the last eleven bytes are a check of all rows together. Format: docs/formats/keys.md.
 */
export function rowsOf({ set, index, need, of, rootKey, bytes }: Share): string[] {
  if (bytes.length !== PART) throw new RangeError('a share has 33 bytes')
  const head = Buffer.concat([Buffer.of(FORMAT), Buffer.from(set, 'hex'), Buffer.of(index, need, of), Buffer.from(rootKey, 'hex')])
  const body = Buffer.concat([head, bytes])
  const all = Buffer.concat([body, checkOf(body)])
  return Array.from({ length: ROWS }, (_, row) => {
    const part = all.subarray(row * ROW, (row + 1) * ROW)
    return `${lettersOf(part)}${rowCheck(row, part)}`.replace(/(.{4})(?=.)/g, '$1 ')
  })
}

/**
 * The share on a sheet: any text in which its rows stand, each behind its number and on a line of its own; in any case, O read as
 * 0, I and L as 1. Throws an Error that names the first row that is missing or mistyped, or says that the rows are of several sheets.
 */
export function shareOf(text: string): Share {
  const lines = text.normalize('NFKC').toUpperCase().split(/\r?\n/)
  const all = Buffer.concat(Array.from({ length: ROWS }, (_, row) => rowIn(lines, row)))
  const body = all.subarray(0, BODY)
  if (!equal(checkOf(body), all.subarray(BODY))) throw new Error('each row is right by itself, but they are not of one sheet')
  if (body[0] !== FORMAT) throw new Error('it is of a later version of Subrosa')
  return {
    set: body.toString('hex', 1, 5),
    index: body[5]!,
    need: body[6]!,
    of: body[7]!,
    rootKey: body.toString('hex', 8, 16),
    bytes: body.subarray(16),
  }
}

function rowIn(lines: string[], row: number): Buffer {
  const numbered = lines.map((line) => new RegExp(`^\\W*${row + 1}[.):]?\\s+(.*)$`).exec(line)?.[1]).filter((rest) => rest !== undefined)
  const typed = numbered.map((rest) => rest.replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1'))
  const whole = [...new Set(typed.filter((letters) => letters.length === 20 && [...letters].every((one) => LETTERS.includes(one))))]
  if (whole.length === 0) throw new Error(`row ${row + 1} is missing, or is not five groups of four letters and digits`)
  if (whole.length > 1) throw new Error(`row ${row + 1} stands in it twice; each share needs a file of its own`)
  const bytes = bytesOf(whole[0]!.slice(0, 16))
  if (rowCheck(row, bytes) !== whole[0]!.slice(16)) throw new Error(`row ${row + 1} is mistyped`)
  return bytes
}

const checkOf = (body: Uint8Array): Buffer =>
  createHash('sha256')
    .update('subrosa share v1\0')
    .update(body)
    .digest()
    .subarray(0, ROWS * ROW - BODY)
const rowCheck = (row: number, bytes: Uint8Array): string =>
  lettersOf(
    createHash('sha256')
      .update(utf8(`subrosa share row v1\0${row}\0`))
      .update(bytes)
      .digest()
      .subarray(0, 5),
  ).slice(0, 4)

/** Five bits a letter; whole bytes only where their bits are a multiple of five. */
function lettersOf(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits
    .match(/.{5}/g)!
    .map((five) => LETTERS[Number.parseInt(five, 2)])
    .join('')
}
function bytesOf(letters: string): Buffer {
  const bits = [...letters].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
}
