import { useWindowVirtualizer } from '@tanstack/react-virtual'
import {
  IconChevronDown,
  IconChevronRight,
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFolder,
  IconMail,
  IconPhoto,
} from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { useMediaQuery } from '@mantine/hooks'
import type { DocumentView } from '../../../src/contract/document.ts'
import { count, shortName } from '../../lib/format.ts'
import { useKeys } from '../../lib/keys.ts'
import { Class } from '../../ui/class.tsx'
import { line } from '../../ui/icons.ts'
import { Bytes, When } from '../../ui/values.tsx'
import type { FileRow, FolderRow, Row } from './tree.ts'

const VIRTUAL_FROM = 300

type Props = { rows: Row[]; openId: string | null; onToggle: (path: string) => void; onOpen: (id: string) => void }

/** The tree as one table. Beyond 300 rows only those near the window are in the page. */
export function FileList({ rows, openId, onToggle, onOpen }: Props) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [above, setAbove] = useState(0)
  const rowHeight = useMediaQuery('(max-width: 60rem)') ? 44 : 29
  const virtual = rows.length > VIRTUAL_FROM
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 20,
    scrollMargin: above,
    enabled: virtual,
  })
  useLayoutEffect(() => setAbove((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [rows.length])
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  const shown = virtual ? virtualizer.getVirtualItems().map(({ index }) => index) : [...rows.keys()]
  const first = shown[0] ?? 0
  const last = shown.at(-1) ?? -1
  const move = useMover(rows, virtual ? (index) => virtualizer.scrollToIndex(index) : () => {}, body)
  useKeys({ j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1) })

  return (
    <table className="table files" aria-rowcount={rows.length + 1}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Class</th>
          <th scope="col" className="num hide-s">
            Size
          </th>
          <th scope="col" className="hide-s">
            Added
          </th>
          <th scope="col" className="hide-s">
            By
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {first > 0 && <Space height={first * rowHeight} />}
        {shown.map((index) => {
          const row = rows[index]
          if (!row) return null
          return row.kind === 'folder' ? (
            <Folder key={`/${row.path}`} row={row} index={index} onToggle={() => onToggle(row.path)} />
          ) : (
            <File
              key={row.document.id}
              row={row}
              index={index}
              chosen={row.document.id === openId}
              onOpen={() => onOpen(row.document.id)}
            />
          )
        })}
        {last < rows.length - 1 && <Space height={(rows.length - 1 - last) * rowHeight} />}
      </tbody>
    </table>
  )
}

/** Moves the focus by one row, from the row that has it or had it last. */
function useMover(rows: Row[], scrollTo: (index: number) => void, body: React.RefObject<HTMLTableSectionElement | null>) {
  const at = useRef(-1)
  const find = (index: number) => body.current?.querySelector<HTMLElement>(`[data-index='${index}'] [data-go]`)
  return (by: number) => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index
    const next = Math.min(Math.max((focused === undefined ? at.current : Number(focused)) + by, 0), rows.length - 1)
    at.current = next
    const row = find(next)
    if (row) return row.focus()
    scrollTo(next)
    requestAnimationFrame(() => find(next)?.focus())
  }
}

const indent = (depth: number) => ({ '--depth': depth }) as React.CSSProperties

function Folder({ row, index, onToggle }: { row: FolderRow; index: number; onToggle: () => void }) {
  const Chevron = row.open ? IconChevronDown : IconChevronRight
  return (
    <tr className="folder" data-folder={row.path} data-index={index} aria-rowindex={index + 2}>
      <th scope="row" colSpan={5}>
        <button type="button" className="name" style={indent(row.depth)} data-go aria-expanded={row.open} onClick={onToggle}>
          <Chevron {...line} size={14} />
          <IconFolder {...line} />
          <b>{row.name}</b>
          <span className="dim">{count(row.count)}</span>
        </button>
      </th>
    </tr>
  )
}

const iconOf = ({ shown, mediaType }: DocumentView) => {
  if (mediaType.startsWith('message/') || mediaType.includes('outlook')) return IconMail
  return { text: IconFileText, pdf: IconFileTypePdf, image: IconPhoto, no: IconFile }[shown]
}

function File({ row, index, chosen, onOpen }: { row: FileRow; index: number; chosen: boolean; onOpen: () => void }) {
  const { document } = row
  const Icon = iconOf(document)
  return (
    <tr
      className="goes"
      data-folder={document.folder}
      data-index={index}
      data-chosen={chosen || undefined}
      aria-rowindex={index + 2}
      onClick={onOpen}
    >
      <th scope="row">
        <span className="name" style={indent(row.depth)}>
          <Icon {...line} />
          <button
            type="button"
            data-go
            aria-current={chosen || undefined}
            title={document.name}
            onClick={(event) => {
              event.stopPropagation()
              onOpen()
            }}
          >
            {document.name}
          </button>
        </span>
      </th>
      <td>
        <Class of={document.class} />
      </td>
      <td className="num dim hide-s">
        <Bytes of={document.size} />
      </td>
      <td className="hide-s">
        <When at={document.at} />
      </td>
      <td className="dim hide-s nowrap" title={document.by.name}>
        {shortName(document.by.name)}
      </td>
    </tr>
  )
}

const Space = ({ height }: { height: number }) => (
  <tr aria-hidden="true" className="space">
    <td colSpan={5} style={{ height }} />
  </tr>
)
