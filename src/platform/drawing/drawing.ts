/** What a small picture is made of. Told apart by content, never by name. */
export type Drawable = 'pdf' | 'image'

/**
 * Why there is no picture of a file.
 *
 * | code | what it is |
 * |---|---|
 * | `too-much` | more bytes, points or pixels than are drawn here |
 * | `broken` | not what its first bytes promise, or in a form that is not decoded here |
 * | `encrypted` | a PDF under a password |
 * | `took-too-long` | it was not drawn in time |
 * | `crashed` | the process that drew it ended, by its own fault or by a limit |
 */
export const NO_PICTURE = ['too-much', 'broken', 'encrypted', 'took-too-long', 'crashed'] as const
export type NoPicture = (typeof NO_PICTURE)[number]

/** A file to be drawn: its size in bytes, and its bytes from `start` up to and without `end`. */
export type Source = { size: number; read(start: number, end: number): AsyncIterable<Buffer> }

const MB = 1024 * 1024
export const LIMITS = {
  /** wall clock for one picture */
  ms: 15_000,
  /** bytes of a file that is drawn */
  source: 64 * MB,
  /** pixels of a picture, as its head declares them */
  pixels: 64_000_000,
  /** points of a page's side; a page as large as PDF itself allows (ISO 32000-1, annex C) has 14,400 */
  points: 20_000,
  /** pixels of the longest side of what is drawn */
  side: 320,
  /** bytes of what is drawn */
  picture: 64 * 1024,
}

/** What passes between the two processes: a kind or an outcome, the length that follows (u32be), and so many bytes. */
export const HEADER = 5
export const KINDS: readonly Drawable[] = ['pdf', 'image']
export const OUTCOMES = ['picture', 'missing', 'too-much', 'broken', 'encrypted'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Why it cannot be drawn, thrown by what draws. The message never quotes the file. */
export class NotDrawn extends Error {
  override name = 'NotDrawn'
  readonly why: Exclude<Outcome, 'picture' | 'missing'>
  constructor(why: Exclude<Outcome, 'picture' | 'missing'>, message: string) {
    super(message)
    this.why = why
  }
}

/** Bytes by which `drawableOf` tells. */
export const HEAD = 1024

/** What can be drawn, by its first bytes; null: nothing that is. What HEIC holds is mostly HEVC, for which there is no decoder here. */
export function drawableOf(head: Buffer): Drawable | null {
  if (head.includes('%PDF-')) return 'pdf'
  const hex = head.toString('hex', 0, 8)
  const text = head.toString('latin1', 0, 12)
  const isImage =
    hex === '89504e470d0a1a0a' ||
    hex.startsWith('ffd8ff') ||
    /^GIF8[79]a/.test(text) ||
    (text.startsWith('RIFF') && text.endsWith('WEBP')) ||
    hex.startsWith('49492a00') ||
    hex.startsWith('4d4d002a') ||
    /^....ftyp(avif|avis|heic|heix|mif1|msf1)/s.test(text)
  return isImage ? 'image' : null
}
