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

type Compare<T> = (one: T, other: T) => number
/** Comparisons that are made before others have their turn: some milliseconds. */
const AT_ONCE = 8000

/** The same as `toSorted`, in pieces between which `breathe` lets others have their turn (merge sort). */
export async function sortInPieces<T>(all: readonly T[], order: Compare<T>, breathe: () => Promise<unknown>): Promise<T[]> {
  const RUN = 500
  let runs = Array.from({ length: Math.ceil(all.length / RUN) }, (_, n) => all.slice(n * RUN, (n + 1) * RUN))
  for (const run of runs) {
    run.sort(order)
    await breathe()
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let n = 0; n < runs.length; n += 2) merged.push(await merge(runs[n]!, runs[n + 1] ?? [], order, breathe))
    runs = merged
  }
  return runs[0] ?? []
}

async function merge<T>(left: T[], right: T[], order: Compare<T>, breathe: () => Promise<unknown>): Promise<T[]> {
  // what stands in order already is not looked at again
  if (right.length === 0 || order(left.at(-1)!, right[0]!) <= 0) return [...left, ...right]
  const merged: T[] = []
  let [l, r] = [0, 0]
  while (l < left.length && r < right.length) {
    merged.push(order(right[r]!, left[l]!) < 0 ? right[r++]! : left[l++]!)
    if (merged.length % AT_ONCE === 0) await breathe()
  }
  return [...merged, ...left.slice(l), ...right.slice(r)]
}
