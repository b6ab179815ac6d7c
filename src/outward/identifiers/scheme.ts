import type { IdentifierKind } from './kinds.ts'

/**
 * How the numbers of one kind are written. `shapes`: groups of `N` digits, `A` letters and `X` either, each with how many, as in
 * `N3 N2 N4`. `joins`: what may stand between two groups, of ` -./`; a line break may wherever a space may.
 */
export type Scheme = {
  kind: IdentifierKind
  shapes: readonly string[]
  joins: string
  /** Whether letters and digits, capital and without what is between them, obey the issuer's rules; `written`: as the text has them. */
  fits(compact: string, written: string): boolean
  /** Where that which these groups are the end of begins, as a date begins with its day and month; `null`: it is not there. */
  beginsAt?(text: string, at: number): number | null
  /** Whether check digits or the like are part of those rules: then the words that say what it is may stand further off. */
  isChecked: boolean
  /** Whether the number says what it is by its form; otherwise, or where this is left out, a word must. `joins`: what is between its groups. */
  isPlain?(joins: string, compact: string): boolean
}

/** Between groups, where there is a line break and nothing that is seen. */
export const LINE_BREAK = '\n'

/** Of groups with the same between them all, and no line break. */
export const isEvenly = (joins: string): boolean => joins !== '' && joins[0] !== LINE_BREAK && [...joins].every((join) => join === joins[0])
