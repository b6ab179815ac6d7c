export const OTHER = 0
export const DIGIT = 1
export const UPPER = 2
export const LOWER = 3
/** A letter beyond A to Z: part of a word, never of a number. */
export const LETTER = 4
export const SPACE = 5
export const DASH = 6
export const DOT = 7
export const SLASH = 8
export const BREAK = 9
/** Soft hyphens, zero-width spaces and marks of direction, which nobody sees. */
export const UNSEEN = 10

const FULL_WIDTH = 0xfee0
const SKIPPED = 0xffff
const CLASSES = new Uint8Array(0x10000)
const FOLDED = new Uint16Array(0x10000)

/** What a UTF-16 unit is to a number or a word. */
export const classOf = (unit: number): number => CLASSES[unit]!

/** Whether a unit may stand in a word: letters, digits, and what nobody sees. */
export const isWordClass = (kind: number): boolean => (kind >= DIGIT && kind <= LETTER) || kind === UNSEEN

/** A unit as words are compared: small, without its mark, in plain width; 0xffff: it does not count. */
export const foldedUnit = (unit: number): number => FOLDED[unit]!
export const isSkipped = (folded: number): boolean => folded === SKIPPED

/** The letters and digits of a stretch of text, capital and in plain width, without what stands between them. */
export function compactOf(text: string, from: number, to: number): string {
  let compact = ''
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at)
    const kind = CLASSES[unit]!
    if (kind === DIGIT || kind === UPPER) compact += String.fromCharCode(plainWidth(unit))
    else if (kind === LOWER) compact += String.fromCharCode(plainWidth(unit) - 32)
  }
  return compact
}

const plainWidth = (unit: number): number => (unit > FULL_WIDTH ? unit - FULL_WIDTH : unit)

function mark(kind: number, from: number, to = from): void {
  for (let unit = from; unit <= to; unit += 1) CLASSES[unit] = kind
}

function markAll(kind: number, units: string): void {
  for (const unit of units) mark(kind, unit.charCodeAt(0))
}

function foldAll(from: number, to: number): void {
  for (let unit = from; unit <= to; unit += 1) {
    const base = String.fromCharCode(unit).toLowerCase().normalize('NFKD').charCodeAt(0)
    FOLDED[unit] = base
  }
}

mark(LETTER, 0xc0, 0x24f)
mark(OTHER, 0xd7)
mark(OTHER, 0xf7)
mark(LETTER, 0x300, 0x52f)
mark(LETTER, 0x5d0, 0x5ea)
mark(LETTER, 0x620, 0x65f)
mark(LETTER, 0x671, 0x6d3)
for (const shift of [0, FULL_WIDTH]) {
  mark(DIGIT, 0x30 + shift, 0x39 + shift)
  mark(UPPER, 0x41 + shift, 0x5a + shift)
  mark(LOWER, 0x61 + shift, 0x7a + shift)
}
markAll(SPACE, ' \u00a0\u202f\u205f\u3000')
mark(SPACE, 0x2000, 0x200a)
markAll(DASH, '-\u2212\ufe58\ufe63\uff0d')
mark(DASH, 0x2010, 0x2015)
markAll(DOT, '.\u00b7\uff0e')
markAll(SLASH, '/\u2044\uff0f')
markAll(BREAK, '\n\r\v\f\u0085\u2028\u2029')
markAll(UNSEEN, '\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff')
mark(UNSEEN, 0x202a, 0x202e)
mark(UNSEEN, 0x2066, 0x2069)

FOLDED.forEach((_, unit) => (FOLDED[unit] = unit))
foldAll(0x41, 0x5a)
foldAll(0xc0, 0x24f)
foldAll(0x370, 0x52f)
foldAll(0xff10, 0xff5a)
// what decomposition leaves as it is
for (const [letter, base] of ['ßs', 'øo', 'æa', 'œo', 'łl', 'đd', 'ðd', 'þt', 'ıi'].map((pair) => [pair[0]!, pair[1]!] as const))
  for (const unit of [letter, letter.toUpperCase()]) if (unit.length === 1) FOLDED[unit.charCodeAt(0)] = base.charCodeAt(0)
for (let unit = 0x300; unit <= 0x36f; unit += 1) FOLDED[unit] = SKIPPED
CLASSES.forEach((kind, unit) => kind === UNSEEN && (FOLDED[unit] = SKIPPED))
