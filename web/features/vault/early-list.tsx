import { useMediaQuery } from '@mantine/hooks'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { MatterId } from '../../../src/contract/ids.ts'
import type { ListedRow } from '../../../src/contract/listing.ts'
import { count } from '../../lib/format.ts'
import { PART, partOfRows } from './api.ts'
import { Head, ROW_HEIGHTS, Space } from './file-list.tsx'
import { FileRow } from './file-row.tsx'
import { FolderRow } from './folder-row.tsx'
import { type ListActs, ListActsProvider } from './list-acts.ts'
import { lastName } from './tree.ts'

/** From so many documents on the first rows are shown before the rest is here. */
export const EARLY_FROM = 1000

export const useFirstPart = (matter: MatterId, enabled: boolean) => {
  const first = useQuery({ ...partOfRows(matter, 0), enabled })
  return { data: enabled ? first.data : undefined, isPending: enabled && first.isPending }
}

type Props = { matter: MatterId; total: number; openId: string | null }

/** A long list while it is on its way: every row has its place, and those near the window are asked for. Files open; what else is done with them waits for the rest. */
export function EarlyList({ matter, total, openId }: Props) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  const rowHeight = useMediaQuery('(max-width: 60rem)') ? ROW_HEIGHTS.narrow : ROW_HEIGHTS.wide
  const virtualizer = useWindowVirtualizer({ count: total, estimateSize: () => rowHeight, overscan: 20, scrollMargin: top })
  useLayoutEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [])
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  const shown = virtualizer.getVirtualItems().map(({ index }) => index)
  const first = shown[0] ?? 0
  const last = shown.at(-1) ?? -1
  const parts = useMemo(() => {
    const [from, to] = [Math.floor(first / PART), Math.floor(Math.max(last, 0) / PART)]
    return Array.from({ length: to - from + 1 }, (_, n) => from + n)
  }, [first, last])
  const asked = useQueries({ queries: parts.map((part) => partOfRows(matter, part)) })
  const rowAt = (index: number): ListedRow | undefined => asked[Math.floor(index / PART) - parts[0]!]?.data?.rows[index % PART]
  const go = useNavigate()
  const acts = useMemo(() => actsOf((id) => void go(`/matters/${matter}/documents/${id}`, { preventScrollReset: true })), [go, matter])
  return (
    <ListActsProvider value={acts}>
      <div className="listtools">
        <span className="meta" role="status">
          {count(total)} rows; the list is being completed
        </span>
      </div>
      <div className="rowsof">
        <table className="table files" aria-rowcount={total + 1}>
          <Head />
          <tbody ref={body}>
            {first > 0 && <Space height={first * rowHeight} />}
            {shown.map((index) => {
              const row = rowAt(index)
              if (!row) return <Waiting key={index} height={rowHeight} />
              if (row.kind === 'folder')
                return <FolderRow key={`/${row.path}`} row={{ ...row, name: lastName(row.path), open: true }} index={index} over={false} />
              return (
                <FileRow
                  key={row.document.id}
                  row={row}
                  index={index}
                  current={row.document.id === openId}
                  chosen={false}
                  over={false}
                  onPick={() => acts.open(row.document.id)}
                />
              )
            })}
            {last < total - 1 && <Space height={(total - 1 - last) * rowHeight} />}
          </tbody>
        </table>
      </div>
    </ListActsProvider>
  )
}

/** A row that is on its way, in its place. */
const Waiting = ({ height }: { height: number }) => (
  <tr>
    <td colSpan={5} style={{ height }}>
      <span className="dim" aria-hidden="true">
        …
      </span>
    </td>
  </tr>
)

const nothing = () => {}
const actsOf = (open: ListActs['open']): ListActs => ({
  mayFile: false,
  renaming: null,
  open,
  toggle: nothing,
  rename: nothing,
  keepName: () => Promise.resolve(),
  move: nothing,
  drop: nothing,
  newFolder: nothing,
  remove: nothing,
})
