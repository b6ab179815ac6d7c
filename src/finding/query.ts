import type { Language } from './stems.ts'

/** What is searched in a field. `name` is the document's name and folder. */
export const FIELDS = ['matter', 'client', 'from', 'to', 'author', 'name', 'type', 'class', 'ext'] as const
export type Field = (typeof FIELDS)[number]

/**
 * A search as it was understood. Words are as `folded` gives them. A word is found in any of its forms (by its stem), within quotes as
 * it stands.
 */
export type Node =
  | { kind: 'word'; word: string }
  /** one after the other, as they stand; of one word: exactly this word */
  | { kind: 'phrase'; words: string[] }
  /** words that begin so: `negligen*`, `negligen!` */
  | { kind: 'prefix'; prefix: string }
  /** `?` stands for one character, `*` for any number: `wom?n`; begins with two letters at least */
  | { kind: 'pattern'; pattern: string }
  /** `w/5`, `pre/5`, `/s`, `/p`: within so many words of each other, in this order or in any; or in one sentence or paragraph */
  | { kind: 'near'; within: number | 'sentence' | 'paragraph'; isOrdered: boolean; left: Node; right: Node }
  | { kind: 'and' | 'or'; nodes: Node[] }
  | { kind: 'not'; node: Node }
  /** words that all stand in the field; of `type` and `class` their code, of `ext` an ending without its point */
  | { kind: 'field'; field: Field; words: string[] }
  /** days as ISO 8601, both within it; null: open on that side */
  | { kind: 'date'; from: string | null; to: string | null }

/** `node` null: nothing is asked for. `understood`: a sentence for the page; `notes`: what was read otherwise than it was written. */
export type Query = { node: Node | null; understood: Said[]; notes: string[] }
/** A piece of the sentence; what comes from the search itself stands out. */
export type Said = { text: string; isAsked: boolean }

/** What is looked into. `text` as it was read, with its paragraphs as lines; fields as plain words. */
export type Looked = {
  text: string
  language: Language
  fields: Partial<Record<Field, string>>
  /** ISO 8601 day */
  date: string | null
}
