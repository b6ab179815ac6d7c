/**
 * What can be printed: words, lists, tables, lines to sign on. No pictures, addresses, attachments or scripts: a document
 * of this shape can make the program fetch or read nothing.
 */
export type PdfDocument = {
  title: string
  /** The firm. */ author: string
  /** BCP 47. */ language: string
  /** RFC 3339; the only time the file carries. The same document with the same `madeAt` is the same bytes. */ madeAt: string
  paper: 'A4' | 'LETTER'
  /** At the foot of each page, beside `page x of y`. */ foot: string
  blocks: Block[]
}

/** `cite`: a matter's name, italic. `strong`: semibold. */
export type Span = string | { text: string; as: 'cite' | 'strong' }
export type Words = string | Span[]

export type Block =
  | { kind: 'title'; above: Words; text: Words; below?: Words }
  /** A heading of level 2 begins a part of the document, on a new page when `isOnNewPage`. */
  | { kind: 'heading'; level: 2 | 3; text: Words; isOnNewPage?: boolean }
  | { kind: 'paragraph'; text: Words; tone?: 'quiet' | 'rose' }
  | { kind: 'list'; items: Words[]; isNumbered?: boolean }
  /** A label and what it is, in two columns. */
  | { kind: 'facts'; rows: [label: string, value: Words][] }
  /** `shares`: the columns' widths, of their sum. Every row has as many cells as `head`. */
  | { kind: 'table'; head: string[]; shares: number[]; rows: Words[][] }
  /** Stands apart with a rule at its left; `rose`: something is wrong, or leaves the firm. */
  | { kind: 'notice'; tone: 'plain' | 'rose'; text: Words[] }
  /** Characters that have to stay as they are, such as a signed note; lines are kept. `isLarge`: a person types them off the paper. */
  | { kind: 'verbatim'; text: string; isLarge?: boolean }
  /** Lines to write on, side by side, each with what belongs there. */
  | { kind: 'blanks'; labels: string[] }
  /** On one page, unless it is too long for one. */
  | { kind: 'together'; blocks: Block[] }

/** The document is longer than may be printed; say what to leave out, such as a shorter period. */
export class PdfTooLong extends Error {
  override name = 'PdfTooLong'
}

export const MOST_PAGES = 400
/** Of all texts together, in UTF-16 units: about a thousand pages, which is never laid out. */
export const MOST_CHARACTERS = 3_000_000
