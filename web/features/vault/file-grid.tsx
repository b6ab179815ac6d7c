import { useElementSize, useMediaQuery, useMergedRef } from '@mantine/hooks'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '../../lib/keys.ts'
import { lineOf, linesOf, stepped, type Line } from './card-lines.ts'
import { DropStrip } from './drop-strip.tsx'
import { FileCard } from './file-card.tsx'
import { ROW_HEIGHTS, useFocusAfterName } from './file-list.tsx'
import { useFocusSoon } from './focus-soon.ts'
import { FolderLine } from './folder-row.tsx'
import { keyOf, useListActs, type What } from './list-acts.ts'
import { useRowDrag } from './list-drag.ts'
import { onListKey } from './list-keys.ts'
import { NOTHING, ranged, type Selection, toggled } from './selection.ts'
import { GridOrder } from './grid-order.tsx'
import { type FileRow, lastName, type Order, type Row } from './tree.ts'

/** Pixels, as the styles have them: the least width of a card, its height with the room below it, the room around all. */
const CARD = { width: 168, height: 228, gap: 12 }
const MARGIN = { wide: 24, narrow: 16 }

type Way = 'left' | 'right' | 'up' | 'down'
type Props = {
  rows: Row[]
  openId: string | null
  selection: Selection
  onSelect: (selection: Selection) => void
  order: Order
  onOrder: (order: Order) => void
  /** What is moved with a row. */ whatOf: (row: Row) => What
}

/** The tree as cards with pictures. Only those near the window are in the page, and only their pictures are asked for. */
export function FileGrid({ rows, openId, selection, onSelect, order, onOrder, whatOf }: Props) {
  const body = useRef<HTMLDivElement>(null)
  const { ref: sized, width } = useElementSize<HTMLDivElement>()
  const acts = useListActs()
  const isNarrow = useMediaQuery('(max-width: 60rem)') ?? false
  const room = width - 2 * (isNarrow ? MARGIN.narrow : MARGIN.wide)
  const across = Math.max(1, Math.floor((room + CARD.gap) / ((isNarrow ? 140 : CARD.width) + CARD.gap)))
  const lines = useMemo(() => linesOf(rows, across), [rows, across])
  const { shown, above, below, scrollTo } = useNearWindow(lines, body, isNarrow ? ROW_HEIGHTS.narrow : ROW_HEIGHTS.wide)
  const step = useStepper(rows, lines, scrollTo, body)
  useKeys({
    j: () => void step('right'),
    k: () => void step('left'),
    ArrowDown: () => void step('down'),
    ArrowUp: () => void step('up'),
  })
  const { on, over, dragging } = useRowDrag(rows, whatOf, acts.drop)
  useFocusAfterName(rows, acts.renaming, (index) => scrollTo(lineOf(lines, index)), body)

  const pick = (row: FileRow, index: number, how: 'only' | 'toggle' | 'range') => {
    body.current?.querySelector<HTMLElement>(`[data-index='${index}'] [data-go]`)?.focus()
    if (how === 'toggle') return onSelect(toggled(selection, row.document.id))
    if (how === 'range') return onSelect(ranged(rows, selection, index, index))
    onSelect({ ...NOTHING, anchor: row.document.id })
    acts.open(row.document.id)
  }
  const onKey = (event: React.KeyboardEvent) => {
    const sideways = { ArrowLeft: 'left', ArrowRight: 'right' }[event.key] as Way | undefined
    const at = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index
    if (
      sideways &&
      at !== undefined &&
      (event.target as Element).matches('[data-go]') &&
      !event.altKey &&
      !event.ctrlKey &&
      !event.metaKey
    ) {
      event.preventDefault()
      const to = step(sideways)
      if (event.shiftKey && acts.mayFile) onSelect(ranged(rows, selection, Number(at), to))
      return
    }
    onListKey(event, {
      rows,
      selection,
      acts,
      onSelect,
      step: (by) => step(by > 0 ? 'down' : 'up'),
      onMove: (row) => acts.move(whatOf(row)),
    })
  }
  return (
    <div className="rowsof" data-choosing={selection.ids.size > 0 || undefined} {...(acts.mayFile ? on : {})}>
      <GridOrder order={order} onOrder={onOrder} />
      <div
        ref={useMergedRef(body, sized)}
        role="list"
        data-windowed
        aria-label="Files and folders"
        className="files filegrid"
        onKeyDown={onKey}
        onKeyUp={(event) => {
          // some browsers press a button when Space comes up
          if (event.key === ' ' && acts.mayFile && (event.target as Element).matches('.goes [data-go]')) event.preventDefault()
        }}
      >
        <div aria-hidden="true" style={{ height: above }} />
        {shown.map(({ kind, from, to, within }) => {
          const first = rows[from]
          if (kind === 'folder' && first?.kind === 'folder')
            return (
              <div
                key={keyOf(first)}
                role="listitem"
                className="folder"
                data-folder={first.path}
                data-index={from}
                data-key={keyOf(first)}
                data-over={over === first.path || undefined}
                aria-posinset={from + 1}
                aria-setsize={rows.length}
                draggable={acts.mayFile && acts.renaming !== keyOf(first)}
              >
                <FolderLine row={first} />
              </div>
            )
          return (
            <div
              key={keyOf(first!)}
              role="presentation"
              className="cardline"
              data-within={within}
              style={{ '--across': across } as React.CSSProperties}
            >
              {within !== undefined && <p className="within">{within ? `In ${lastName(within)} itself` : 'In no folder'}</p>}
              {rows
                .slice(from, to)
                .map((row, n) =>
                  row.kind === 'folder' ? null : (
                    <FileCard
                      key={keyOf(row)}
                      row={row}
                      index={from + n}
                      count={rows.length}
                      current={row.document.id === openId}
                      chosen={selection.ids.has(row.document.id)}
                      over={over !== null && over !== '' && over === row.document.folder}
                      onPick={(how) => pick(row, from + n, how)}
                    />
                  ),
                )}
            </div>
          )
        })}
        <div aria-hidden="true" style={{ height: below }} />
      </div>
      {dragging && <DropStrip what={dragging} over={over} />}
    </div>
  )
}

/** The lines near the window, and the room of those that are not. */
function useNearWindow(lines: readonly Line[], body: React.RefObject<HTMLDivElement | null>, folderHeight: number) {
  const [top, setTop] = useState(0)
  const virtualizer = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (at) =>
      lines[at]?.kind === 'folder' ? folderHeight : CARD.height + (lines[at]?.within === undefined ? 0 : folderHeight),
    overscan: 2,
    scrollMargin: top,
  })
  useLayoutEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [body, lines])
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, lines, folderHeight])
  const items = virtualizer.getVirtualItems()
  return {
    shown: items.flatMap(({ index }) => lines[index] ?? []),
    above: items[0] ? items[0].start - top : 0,
    below: items.length > 0 ? virtualizer.getTotalSize() - (items.at(-1)!.end - top) : 0,
    scrollTo: (line: number) => virtualizer.scrollToIndex(line),
  }
}

/** Moves the focus from the card that has it or had it last; answers which has it then. The column is kept on the way up and down. */
function useStepper(
  rows: readonly Row[],
  lines: readonly Line[],
  scrollTo: (line: number) => void,
  body: React.RefObject<HTMLDivElement | null>,
) {
  const last = useRef({ at: -1, column: 0 })
  const find = (index: number) => body.current?.querySelector<HTMLElement>(`[data-index='${index}'] [data-go]`)
  const { waiting, focus } = useFocusSoon(find)
  return (way: Way): number => {
    const focused = body.current?.contains(document.activeElement)
      ? document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index
      : undefined
    const from = waiting.current ?? (focused === undefined ? last.current.at : Number(focused))
    const line = lines[lineOf(lines, Math.max(from, 0))]
    const own = line?.kind === 'cards' ? from - line.from : last.current.column
    // in a shorter line the column of the longer one is remembered
    const column = from === last.current.at && own < last.current.column ? last.current.column : own
    const next = from < 0 ? 0 : stepped(lines, rows.length, from, way, column)
    last.current = { at: next, column: way === 'up' || way === 'down' ? column : columnOf(lines, next) }
    focus(next, () => scrollTo(lineOf(lines, next)))
    return next
  }
}
const columnOf = (lines: readonly Line[], index: number): number => index - (lines[lineOf(lines, index)]?.from ?? index)
