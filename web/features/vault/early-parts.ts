import { queries } from '../../app/queries.ts'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { MatterId } from '../../../src/contract/ids.ts'
import type { ListedRow } from '../../../src/contract/listing.ts'
import { type Answer, ask } from '../../lib/ask.ts'
import { BY_NAME, type Order } from './tree.ts'

/** Rows that one part of a long list holds. */
export const PART = 100
type Part = Answer<'document.rows'>

/** A part of the tree as the server lays it, for as long as not every document is here. */
export const partOfRows = (matter: MatterId, part: number, { by, down }: Order) => ({
  queryKey: ['rows', matter, by, down, part],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    ask('document.rows', { params: { matter }, query: { sort: by, down, start: part * PART, limit: PART }, signal }),
  staleTime: 10_000,
})
/** The same by name, or where the server does not know that order yet the newest first: it does not keep anyone waiting. */
export const soonOfRows = (matter: MatterId, part: number) => ({
  queryKey: ['rows', matter, 'soon', part],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const found = await ask('document.rows', { params: { matter }, query: { soon: true, start: part * PART, limit: PART }, signal })
    if (found.order === 'asked') queries.setQueryData(partOfRows(matter, part, BY_NAME).queryKey, found)
    return found
  },
  staleTime: 10_000,
})

/** What the page of a matter shows first, asked for beside the matter and not after it. */
export function expectRows(matter: MatterId): void {
  if (queries.getQueryData(['documents', matter]) === undefined) void queries.prefetchQuery(soonOfRows(matter, 0))
}

/** The parts that are here after an act of one's own; where its rows stand now the server says. */
export function changeEarly(matter: MatterId, change: (known: DocumentView[]) => DocumentView[]): void {
  const queryKey = ['rows', matter]
  queries.setQueriesData<Part>({ queryKey }, (part) => {
    if (!part) return part
    const now = new Map(change(part.rows.flatMap((row) => (row.kind === 'file' ? [row.document] : []))).map((one) => [one.id, one]))
    const rows = part.rows.flatMap((row): ListedRow[] => {
      if (row.kind === 'folder') return [row]
      const document = now.get(row.document.id)
      return document ? [{ ...row, document }] : []
    })
    return { ...part, rows }
  })
  void queries.invalidateQueries({ queryKey })
}
