import type { Row } from './tree.ts'

/**
 * What stands side by side: a folder’s name by itself, or some cards of one folder. `from` up to and without `to` in the rows.
 * `within`: the folder of cards that do not stand below its name, since its own folders come between.
 */
export type Line = { kind: 'folder' | 'cards'; from: number; to: number; within?: string }

/** The rows of the tree as lines of so many cards; each folder begins a line, and no line has cards of two. */
export function linesOf(rows: readonly Row[], across: number): Line[] {
  const lines: Line[] = []
  for (let at = 0; at < rows.length;) {
    const row = rows[at]!
    let to = at + 1
    if (row.kind === 'folder') lines.push({ kind: 'folder', from: at, to })
    else {
      const { folder } = row.document
      while (to < rows.length && to - at < across && placeOf(rows[to]!) === folder && rows[to]!.kind === 'file') to += 1
      const isBelowItsName = at === 0 || placeOf(rows[at - 1]!) === folder
      lines.push({ kind: 'cards', from: at, to, ...(!isBelowItsName && { within: folder }) })
    }
    at = to
  }
  return lines
}
const placeOf = (row: Row): string => (row.kind === 'file' ? row.document.folder : row.path)

/** The line that a row stands in. */
export function lineOf(lines: readonly Line[], index: number): number {
  let [low, high] = [0, lines.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lines[middle]!.from <= index) low = middle
    else high = middle - 1
  }
  return low
}

/** Where the focus goes from a row: one back or on, or to the line above or below, in the same column as far as that has one. */
export function stepped(
  lines: readonly Line[],
  count: number,
  index: number,
  way: 'left' | 'right' | 'up' | 'down',
  column: number,
): number {
  if (way === 'left') return Math.max(index - 1, 0)
  if (way === 'right') return Math.min(index + 1, count - 1)
  const line = lines[lineOf(lines, index) + (way === 'up' ? -1 : 1)]
  return line ? Math.min(line.from + column, line.to - 1) : index
}
