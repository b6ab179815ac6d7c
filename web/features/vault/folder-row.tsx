import { IconChevronDown, IconChevronRight, IconFolder } from '@tabler/icons-react'
import { count } from '../../lib/format.ts'
import { line } from '../../ui/icons.ts'
import { More } from '../matters/more.tsx'
import { keyOf, useListActs } from './list-acts.ts'
import { RenameField } from './rename-field.tsx'
import type { FolderRow as Row } from './tree.ts'

export const indent = (depth: number) => ({ '--depth': depth }) as React.CSSProperties

type Props = { row: Row; index: number; /** What is dragged would fall into it. */ over: boolean }

/** One folder of the list, with what it holds below it while it is open. */
export function FolderRow({ row, index, over }: Props) {
  const { mayFile, renaming } = useListActs()
  return (
    <tr
      className="folder"
      data-folder={row.path}
      data-index={index}
      data-key={keyOf(row)}
      data-over={over || undefined}
      aria-rowindex={index + 2}
      draggable={mayFile && renaming !== keyOf(row)}
    >
      <th scope="row" colSpan={5}>
        <FolderLine row={row} />
      </th>
    </tr>
  )
}

/** Its name, by which it opens and closes, and what is done with it. */
export function FolderLine({ row }: { row: Row }) {
  const { mayFile, toggle, renaming, rename, keepName, move, bundle, newFolder, remove } = useListActs()
  const Chevron = row.open ? IconChevronDown : IconChevronRight
  const writes = renaming === keyOf(row)
  const filing = [
    { name: 'New folder in it', run: () => newFolder(row.path) },
    { name: 'Rename', run: () => rename(keyOf(row)) },
    { name: 'Move', run: () => move({ kind: 'folder', path: row.path }) },
    ...(row.count === 0 ? [{ name: 'Remove', run: () => remove(row) }] : []),
  ]
  const copies = bundle && row.count > 0 ? [{ name: 'Download as zip', run: () => bundle({ kind: 'folder', path: row.path }) }] : []
  const acts = [...(mayFile ? filing : []), ...copies]
  return (
    <div className="folderline">
      {writes ? (
        <span className="name" style={indent(row.depth)}>
          <Chevron {...line} size={14} />
          <IconFolder {...line} />
          <RenameField label={`New name of ${row.name}`} name={row.name} keep={(name) => keepName(row, name)} onEnd={() => rename(null)} />
        </span>
      ) : (
        <button type="button" className="name" style={indent(row.depth)} data-go aria-expanded={row.open} onClick={() => toggle(row.path)}>
          <Chevron {...line} size={14} />
          <IconFolder {...line} />
          <b>{row.name}</b>
          <span className="dim">{row.count === 0 ? 'Empty' : count(row.count)}</span>
        </button>
      )}
      {acts.length > 0 && !writes && (
        <span className="rowacts">
          <More label={`More to do with the folder ${row.name}`} acts={acts} />
        </span>
      )}
    </div>
  )
}
