/**
 * Why a page is not shown.
 *
 * | code | what it is |
 * |---|---|
 * | `too-much` | more bytes, points, pixels, pages or text than are shown here, or more than the memory of what draws |
 * | `broken` | not what its first bytes promise, or in a form that is not decoded here |
 * | `encrypted` | under a password |
 * | `took-too-long` | it was not drawn, or not read, in time |
 * | `unreadable` | a kind of file that is not shown here, or one made to do harm to whoever unpacks it |
 * | `no-page` | it has no page of this number |
 */
export const NO_PAGES = ['too-much', 'broken', 'encrypted', 'took-too-long', 'unreadable', 'no-page'] as const
export type NoPages = (typeof NO_PAGES)[number]

const MB = 1024 * 1024
export const LIMITS = {
  /** wall clock for one page */
  ms: 20_000,
  /** bytes of a picture, which is held */
  picture: 64 * MB,
  /** bytes of a file that is shown as its text; it is read again for each page */
  text: 128 * MB,
  /** pixels of a picture, as its head declares them */
  declared: 64_000_000,
  /** points of a page's side; a page as large as PDF itself allows (ISO 32000-1, annex C) has 14,400 */
  points: 20_000,
  pages: 20_000,
  /** pixels of what is drawn: across, on any side, and in all */
  narrowest: 200,
  widest: 2_000,
  side: 8_000,
  pixels: 8_000_000,
  /** bytes of what is drawn */
  drawn: 4 * MB - 1024,
  /** of a text that is laid out, by `lengthOf`: about two hundred pages */
  length: 600_000,
}

/** Pixels, row by row, red, green, blue and 255. */
export type Pixels = { width: number; height: number; rgba: Buffer }

/**
 * What the drawing process is asked; the bytes of the file are at its call, `size` of them. Of a `text` they are a `PdfDocument`
 * in JSON, kept there by its `key` for a while: asked with none, it says `unknown` where it has it no more.
 */
export type Job = Asked & ({ work: 'count' } | { work: 'draw'; page: number; width: number; watermark: string[] })
type Asked = { size: number } & ({ what: 'pdf' | 'image' } | { what: 'text'; key: string })

/** What it says, as scans/scan.ts frames it; 0 is the bytes that it wants. */
export const SAYS = {
  /** how many pages (u32be) */
  pages: 1,
  /** width and height (u32be), and the WebP */
  picture: 2,
  /** why not, by its place in NO_PAGES (u8); after the last of them: what draws cannot be loaded */
  none: 3,
  unknown: 4,
} as const
export const MISSING = NO_PAGES.length

/** Why it cannot be drawn, thrown by what draws. The message never quotes the file. */
export class NotShown extends Error {
  override name = 'NotShown'
  readonly why: NoPages | 'missing'
  constructor(why: NotShown['why'], message: string) {
    super(message)
    this.why = why
  }
}

/**
 * Pixels of a page so many wide, in the proportions that `across` and `down` give, made smaller where it would have more than are
 * drawn. Never less than one.
 */
export function sizeWithin(across: number, down: number, width: number): { width: number; height: number } {
  const wanted = Math.min(LIMITS.widest, Math.max(LIMITS.narrowest, Math.round(width)))
  const scale = Math.min(wanted / across, LIMITS.side / down, Math.sqrt(LIMITS.pixels / (across * down)))
  return { width: Math.max(1, Math.floor(across * scale)), height: Math.max(1, Math.floor(down * scale)) }
}
