/**
 * Why a page was not read by machine.
 *
 * | code | what it is |
 * |---|---|
 * | `too-much` | more bytes, points or pixels than are read here |
 * | `broken` | not what its first bytes promise, no such page, or in a form that is not decoded here |
 * | `encrypted` | a PDF under a password |
 * | `took-too-long` | it was not read in time |
 * | `crashed` | the process that read it ended, by its own fault or by a limit |
 * | `missing` | nothing reads on this machine, which says nothing of the file |
 */
export const NO_LETTERS = ['too-much', 'broken', 'encrypted', 'took-too-long', 'crashed', 'missing'] as const
export type NoLetters = (typeof NO_LETTERS)[number]

/** Languages that are read, ISO 639-1, each with the name that Tesseract gives it (ISO 639-2/T). */
export const LANGUAGES: Readonly<Record<string, string>> = { en: 'eng', de: 'deu', fr: 'fra', es: 'spa', it: 'ita' }

const MB = 1024 * 1024
export const LIMITS = {
  /** wall clock for the text of one PDF */
  textMs: 120_000,
  /** wall clock for one page read by machine */
  lettersMs: 180_000,
  /** bytes of a PDF; it is read where it is needed and never held as a whole */
  pdf: 1024 * MB,
  /** bytes of a picture, which is held */
  picture: 64 * MB,
  /** pixels of a picture, as its head declares them */
  declared: 64_000_000,
  /** pixels in which a page is read */
  pixels: 25_000_000,
  /** points of a page's side; a page as large as PDF itself allows (ISO 32000-1, annex C) has 14,400 */
  points: 20_000,
  pages: 20_000,
  /** characters (UTF-16 units) of a PDF, and of one page */
  text: 16_000_000,
  pageText: 1_000_000,
}

/** What a reading process is asked; the bytes of the file are at its call, `size` of them. */
export type Job =
  { work: 'text'; size: number; limits: TextLimits } | { work: 'letters'; size: number; page: number | null; languages: string[] }
export type TextLimits = { pages: number; text: number }

/** What it says: a kind, the length of what follows (u32be), and so many bytes. */
export const HEADER = 5
/** The longest saying: a page of text in UTF-8. */
export const LONGEST = 4 * MB
/** The most bytes that are wanted at once. */
export const WANT = MB
export const SAYS = {
  /** where from (u48be) and how many (u32be); they are given at once, as they are */
  want: 0,
  /** whether it has pictures (u8), and its text; one after the other */
  page: 1,
  /** the last page was told; whether there is more than was read (u8) */
  end: 2,
  /** how sure (u8), how many pages the file has (u32be), and the text */
  letters: 3,
  /** why not, by its place in NO_LETTERS (u8) */
  none: 4,
} as const

/** Why it cannot be read, thrown by what reads. The message never quotes the file. */
export class NotRead extends Error {
  override name = 'NotRead'
  readonly why: 'too-much' | 'broken' | 'encrypted' | 'missing'
  constructor(why: NotRead['why'], message: string) {
    super(message)
    this.why = why
  }
}
