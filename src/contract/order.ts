import { CLASSES, type Class } from './words.ts'

/** By what the files of a folder stand in order; folders always come first, by name. */
export const SORTS = ['name', 'class', 'size', 'added'] as const
export type Sort = (typeof SORTS)[number]
export type Sorted = { name: string; class: Class; size: number; at: string }

/** Natural order: Exhibit 2 before Exhibit 10. */
export const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare

/** The order of a folder's files; what is alike stands by name, and what has one name by the letters of it. */
export function inOrder(sort: Sort, down: boolean): (one: Sorted, other: Sorted) => number {
  const by: Record<Sort, (one: Sorted, other: Sorted) => number> = {
    name: () => 0,
    class: (one, other) => CLASSES.indexOf(one.class) - CLASSES.indexOf(other.class),
    size: (one, other) => one.size - other.size,
    added: (one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0),
  }
  const first = by[sort]
  const turn = down ? -1 : 1
  return (one, other) => turn * (first(one, other) || naturally(one.name, other.name) || (one.name < other.name ? -1 : 1))
}
