/** What a file says, for being found. All text is plain and untrusted. */
export type Extracted = {
  /** What the file itself is. */
  kind: FileKind
  /** In the order of reading. */
  parts: Part[]
  facts: Facts
  /** There is more text than is read here. */
  isCut: boolean
  /** What was not read of it, in words for a lawyer: "the attachment plan.dwg", "page 4 is a picture". At most 20. */
  unread: string[]
  /** Pages, or the file as a whole, that hold pictures of letters and no text: they can be read by machine. */
  pictures: Picture[]
}
export type Part = {
  text: string
  /** From 1; null where the file has none. */
  page: number | null
  /** Which attachment or member of an archive it stands in: `plans.zip/annex.pdf`; '': the file itself. */
  within: string
  /** How sure the machine was that read it, 0 to 100; null: it is text. */
  sureness: number | null
}
/** A page of a PDF (from 1), or a picture; `within` as above. */
export type Picture = { page: number | null; within: string }
/** What the content says of itself; '' and null where it does not. Dates are ISO 8601, UTC. */
export type Facts = { title: string; author: string; from: string[]; to: string[]; date: string | null }

/** Kinds as people name them; `page`: a page of the web. */
export type FileKind = 'pdf' | 'word' | 'sheet' | 'slides' | 'mail' | 'picture' | 'text' | 'archive' | 'page' | 'other'

export const NO_FACTS: Facts = { title: '', author: '', from: [], to: [], date: null }

/** What a letter says of itself, a line each. */
export const linesOfLetter = ({ title, from, to, date }: Facts): string =>
  [title, from.join(', '), to.join(', '), date ?? ''].filter((line) => line !== '').join('\n')

/** The text of one page of a PDF; `hasPictures`: something is drawn there that may be letters. */
export type PageText = { text: string; hasPictures: boolean }
