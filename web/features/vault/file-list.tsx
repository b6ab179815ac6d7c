import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useMediaQuery } from '@mantine/hooks'
import { useKeys } from '../../lib/keys.ts'
import { FileRow } from './file-row.tsx'
import { FolderRow } from './folder-row.tsx'
import { keyOf, useListActs, type What } from './list-acts.ts'
import { useRowDrag } from './list-drag.ts'
import { onListKey } from './list-keys.ts'
import { DropStrip } from './drop-strip.tsx'
import { sayWaits } from './early.ts'
import { useFocusSoon } from './focus-soon.ts'
import { hasGap, NOTHING, ranged, type Rows, type Selection, toggled } from './selection.ts'
import type { Sort } from '../../../src/contract/order.ts'
import type { FileRow as File, Order, Row } from './tree.ts'

const VIRTUAL_FROM = 300
/** Pixels, as the styles have them. */
export const ROW_HEIGHTS = { wide: 29, narrow: 44 }

type Props = {
  /** Undefined: on its way. */ rows: Rows
  /** Hears which rows are near the window. */ onNear?: (first: number, last: number) => void
  openId: string | null
  selection: Selection
  onSelect: (selection: Selection) => void
  order: Order
  onOrder: (order: Order) => void
  /** What is moved with a row. */ whatOf: (row: Row) => What
}

/** The tree as one table. Beyond 300 rows only those near the window are in the page. */
export function FileList({ rows, onNear, openId, selection, onSelect, order, onOrder, whatOf }: Props) {
  const body = useRef<HTMLTableSectionElement>(null)
  const acts = useListActs()
  const { first, last, shown, above, below, scrollTo } = useNearWindow(rows.length, body)
  useEffect(() => onNear?.(first, last), [onNear, first, last])
  const step = useStepper(rows, scrollTo, body)
  useKeys({ j: () => void step(1), k: () => void step(-1), ArrowDown: () => void step(1), ArrowUp: () => void step(-1) })
  const { on, over, dragging } = useRowDrag(rows, whatOf, acts.drop)
  useFocusAfterName(rows, acts.renaming, scrollTo, body)

  const pick = (row: File, index: number, how: 'only' | 'toggle' | 'range') => {
    body.current?.querySelector<HTMLElement>(`[data-index='${index}'] [data-go]`)?.focus()
    if (how === 'toggle') return onSelect(toggled(selection, row.document.id))
    if (how === 'range') return hasGap(rows, selection, index) ? sayWaits() : onSelect(ranged(rows, selection, index, index))
    onSelect({ ...NOTHING, anchor: row.document.id })
    acts.open(row.document.id)
  }
  return (
    <div className="rowsof" data-choosing={selection.ids.size > 0 || undefined} {...(acts.mayFile ? on : {})}>
      <table
        className="table files"
        aria-rowcount={rows.length + 1}
        onKeyDown={(event) => onListKey(event, { rows, selection, acts, onSelect, step, onMove: (row) => acts.move(whatOf(row)) })}
        onKeyUp={(event) => {
          // some browsers press a button when Space comes up
          if (event.key === ' ' && acts.mayFile && (event.target as Element).matches('.goes [data-go]')) event.preventDefault()
        }}
      >
        <Head order={order} onOrder={onOrder} />
        <tbody ref={body} data-windowed>
          {first > 0 && <Space height={above} />}
          {shown.map((index) => {
            const row = rows[index]
            if (!row) return <Waiting key={index} />
            if (row.kind === 'folder') return <FolderRow key={keyOf(row)} row={row} index={index} over={over === row.path} />
            return (
              <FileRow
                key={keyOf(row)}
                row={row}
                index={index}
                current={row.document.id === openId}
                chosen={selection.ids.has(row.document.id)}
                over={over !== null && over !== '' && over === row.document.folder}
                onPick={(how) => pick(row, index, how)}
              />
            )
          })}
          {last < rows.length - 1 && <Space height={below} />}
        </tbody>
      </table>
      {dragging && <DropStrip what={dragging} over={over} />}
    </div>
  )
}

/** The rows near the window, and the room of those that are not. */
function useNearWindow(count: number, body: React.RefObject<HTMLTableSectionElement | null>) {
  const [top, setTop] = useState(0)
  const rowHeight = useMediaQuery('(max-width: 60rem)') ? ROW_HEIGHTS.narrow : ROW_HEIGHTS.wide
  const virtual = count > VIRTUAL_FROM
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan: 20,
    scrollMargin: top,
    enabled: virtual,
  })
  useLayoutEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [body, count])
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  const shown = virtual ? virtualizer.getVirtualItems().map(({ index }) => index) : [...Array(count).keys()]
  const first = shown[0] ?? 0
  const last = shown.at(-1) ?? -1
  const scrollTo = (index: number) => {
    if (virtual) virtualizer.scrollToIndex(index)
  }
  return { shown, first, last, above: first * rowHeight, below: (count - 1 - last) * rowHeight, scrollTo }
}

/** Moves the focus by some rows, from the row that has it or had it last; answers which has it then. */
function useStepper(rows: Rows, scrollTo: (index: number) => void, body: React.RefObject<HTMLTableSectionElement | null>) {
  const at = useRef(-1)
  const find = (index: number) => body.current?.querySelector<HTMLElement>(`[data-index='${index}'] [data-go]`)
  const { waiting, focus } = useFocusSoon(find)
  return (by: number): number => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index
    const from = waiting.current ?? (focused === undefined ? at.current : Number(focused))
    const next = Math.min(Math.max(from + by, 0), rows.length - 1)
    at.current = next
    focus(next, () => scrollTo(next))
    return next
  }
}

/** The row whose name was written has the focus again, wherever its new name has put it. */
export function useFocusAfterName(
  rows: Rows,
  renaming: string | null,
  scrollTo: (index: number) => void,
  body: React.RefObject<HTMLElement | null>,
) {
  const before = useRef(renaming)
  useLayoutEffect(() => {
    const key = before.current
    before.current = renaming
    if (key === null || renaming !== null || (document.activeElement !== null && document.activeElement !== document.body)) return
    const index = rows.findIndex((row) => row && keyOf(row) === key)
    if (index < 0) return
    const find = () => body.current?.querySelector<HTMLElement>(`[data-index='${index}'] [data-go]`)
    if (find()) return find()?.focus()
    scrollTo(index)
    requestAnimationFrame(() => find()?.focus())
  })
}

/** The columns; pressing one that files can stand in order of puts them so, and again the other way about. */
export function Head({ order, onOrder }: { order?: Order; onOrder?: (order: Order) => void }) {
  const column = (by: Sort, words: string, className?: string) => {
    const now = order?.by === by
    return (
      <th scope="col" className={className} aria-sort={now ? (order.down ? 'descending' : 'ascending') : undefined}>
        {onOrder ? (
          <button type="button" className="sorts" onClick={() => onOrder({ by, down: now && !order.down })}>
            {words}
            {now && <span aria-hidden="true">{order.down ? ' ↓' : ' ↑'}</span>}
          </button>
        ) : (
          words
        )}
      </th>
    )
  }
  return (
    <thead>
      <tr>
        {column('name', 'Name')}
        {column('class', 'Class')}
        {column('size', 'Size', 'num hide-s')}
        {column('added', 'Added', 'hide-s')}
        <th scope="col" className="hide-s">
          By
        </th>
      </tr>
    </thead>
  )
}

/** A row that is on its way, in its place. */
const Waiting = () => (
  <tr className="waiting" aria-hidden="true">
    <td colSpan={5}>
      <span className="dim">…</span>
    </td>
  </tr>
)

export const Space = ({ height }: { height: number }) => (
  <tr aria-hidden="true" className="space">
    <td colSpan={5} style={{ height }} />
  </tr>
)
