import type { DocumentId } from '../../../src/contract/ids.ts'
import type { Row } from './tree.ts'

/** What is chosen in the list, by id: rows come and go as one scrolls. A range starts at the anchor. */
export type Selection = { ids: ReadonlySet<DocumentId>; anchor: DocumentId | null }
export const NOTHING: Selection = { ids: new Set(), anchor: null }

/** The rows of a list from top to bottom; undefined: not here yet. */
export type Rows = readonly (Row | undefined)[]

const idAt = (row: Row | undefined) => (row?.kind === 'file' ? row.document.id : null)

/** One more, or one less. */
export function toggled({ ids }: Selection, id: DocumentId): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** All files from the anchor to a row, whichever stands first; without an anchor in the list, from the row `from`. */
export function ranged(rows: Rows, { anchor }: Selection, from: number, to: number): Selection {
  const known = anchor === null ? -1 : rows.findIndex((row) => idAt(row) === anchor)
  const start = known < 0 ? from : known
  const ids = rows
    .slice(Math.min(start, to), Math.max(start, to) + 1)
    .map(idAt)
    .filter((id) => id !== null)
  return { ids: new Set(ids), anchor: idAt(rows[start]) ?? (to < start ? ids.at(-1) : ids[0]) ?? null }
}

/** Whether a row is on its way from the anchor to a row: a range would leave it out. */
export function hasGap(rows: Rows, { anchor }: Selection, to: number): boolean {
  const start = anchor === null ? to : rows.findIndex((row) => idAt(row) === anchor)
  if (start < 0) return true
  for (let at = Math.min(start, to); at <= Math.max(start, to); at += 1) if (!rows[at]) return true
  return false
}

/** Every file that the list shows. */
export const whole = (rows: Rows): Selection => ({
  ids: new Set(rows.map(idAt).filter((id) => id !== null)),
  anchor: null,
})

/** Without what is gone: trashed by someone else, or behind a wall since. */
export function still(selection: Selection, documents: readonly { id: DocumentId }[]): Selection {
  if (selection.ids.size === 0) return selection
  const here = new Set(documents.map(({ id }) => id))
  const ids = new Set([...selection.ids].filter((id) => here.has(id)))
  return ids.size === selection.ids.size ? selection : { ids, anchor: selection.anchor }
}
