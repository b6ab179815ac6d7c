import { useQueries, useQuery } from '@tanstack/react-query'
import { notifications } from '@mantine/notifications'
import { useMemo, useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { MatterId } from '../../../src/contract/ids.ts'
import type { ListedRow } from '../../../src/contract/listing.ts'
import { count } from '../../lib/format.ts'
import { Refused } from '../../lib/refused.ts'
import { PART, partOfRows, soonOfRows } from './early-parts.ts'
import { BY_NAME, lastName, type Order, type Row } from './tree.ts'

/** From so many documents on the first rows are shown before the rest is here. */
export const EARLY_FROM = 1000

/** A long list while it is on its way: every row has its place, and those near the window are asked for. */
export type Early = {
  /** as many as there are; undefined: not here yet */ rows: readonly (Row | undefined)[]
  documents: DocumentView[]
  /** Newest first, for as long as the server puts the names in order. */ isNewest: boolean
  /** Tells which rows are near the window. */ near: (first: number, last: number) => void
}

/** Null until the first rows are here. */
export function useEarly(matter: MatterId, enabled: boolean, order: Order): { early: Early | null; isPending: boolean } {
  const [parts, setParts] = useState<readonly number[]>([0])
  const byName = order.by === BY_NAME.by && order.down === BY_NAME.down
  const soon = useQuery({ ...soonOfRows(matter, 0), enabled: enabled && byName })
  const inOrder = useQuery({ ...partOfRows(matter, 0, order), enabled: enabled && (!byName || soon.data?.order === 'newest') })
  const isNewest = byName && !inOrder.data && soon.data?.order === 'newest'
  const first = isNewest ? soon.data : (inOrder.data ?? (byName ? soon.data : undefined))
  const total = first?.total ?? 0
  const asked = useQueries({
    queries: parts.map((part) => ({
      ...(isNewest ? soonOfRows(matter, part) : partOfRows(matter, part, order)),
      enabled: enabled && first !== undefined && part * PART < total,
    })),
    combine: (all) => ({ parts: all.map(({ data }) => data), isGone: all.some(({ error }) => isGone(error)) }),
  })
  // the matter is behind a wall since, or its client withholds its key: what was shown of it goes
  const walled = asked.isGone || isGone(soon.error) || isGone(inOrder.error)
  const early = useMemo(() => {
    if (!enabled || !first || walled) return null
    const rows = new Array<Row | undefined>(total)
    for (const part of [first, ...asked.parts])
      if (part && (part.order === 'newest') === isNewest)
        for (const [at, row] of part.rows.entries()) if (part.start + at < total) rows[part.start + at] = rowOf(row)
    const documents = rows.flatMap((row) => (row?.kind === 'file' ? [row.document] : []))
    const near = (from: number, to: number) => {
      // whoever scrolls goes on; the first rows alone come first
      const ahead = from > 0 ? AHEAD : 0
      const [low, high] = [Math.max(Math.floor(from / PART) - (ahead > 0 ? 1 : 0), 0), Math.floor(Math.max(to, 0) / PART) + ahead]
      setParts((known) => {
        const wanted = Array.from({ length: high - low + 1 }, (_, n) => low + n)
        // what was near stays, so that what was chosen there is known
        const kept = [...known.filter((part) => !wanted.includes(part)), ...wanted].slice(-MOST_PARTS)
        return kept.length === known.length && kept.every((part, at) => part === known[at]) ? known : kept
      })
    }
    return { rows, documents, isNewest, near }
  }, [enabled, first, walled, asked, total, isNewest])
  return { early, isPending: enabled && !first && !soon.error && !inOrder.error }
}
const MOST_PARTS = 60
/** Parts that are asked for before the window is at them. */
const AHEAD = 3

const isGone = (fault: Error | null) => fault instanceof Refused && (fault.code === 'nothing' || fault.code === 'key.withheld')
const rowOf = (row: ListedRow): Row => (row.kind === 'folder' ? { ...row, name: lastName(row.path), open: true } : row)

export const saysEarly = ({ rows, isNewest }: Early) =>
  isNewest
    ? `${count(rows.length)} files, the newest first while their names are put in order`
    : `${count(rows.length)} rows; the list is being completed`
/** What needs every row of the list. */
export const sayWaits = () => void notifications.show({ id: 'early', message: 'The list is still being completed. Try again in a moment.' })
