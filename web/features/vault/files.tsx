import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import type { DocumentView } from '../../../src/contract/document.ts'
import { count, counted } from '../../lib/format.ts'
import { useFilesShape } from '../../lib/preferences.ts'
import { AfterPaint } from '../../ui/after-paint.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useHere } from '../matters/matter-page.tsx'
import { Unfound } from '../search/unfound.tsx'
import { type Early, sayWaits, saysEarly } from './early.ts'
import { BundleDialog, type Bundling } from './bundle-dialog.tsx'
import { drop } from './dropping.ts'
import { FileGrid } from './file-grid.tsx'
import { Lines } from '../../ui/lines.tsx'
import { FileList } from './file-list.tsx'
import { files } from './filing-words.ts'
import { createFolder, moveFolder, removeFolder, renameDocument } from './filing.ts'
import { type ListActs, ListActsProvider, type What } from './list-acts.ts'
import { ListTools } from './list-tools.tsx'
import { NewFolderDialog } from './new-folder.tsx'
import { NoFiles } from './no-files.tsx'
import { NOTHING, type Selection } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { putIntoTrash } from './trashing.ts'
import { joined, lastName, type Order, parentOf, type Row, rowsOf } from './tree.ts'
import { sayRefusal } from './try.ts'

type Props = {
  documents: DocumentView[]
  /** While not every document is here: `documents` are those that are. */ early: Early | null
  order: Order
  onOrder: (order: Order) => void
  folders: readonly string[]
  mayFile: boolean
  openId: string | null
  selection: Selection
  onSelect: (selection: Selection) => void
  onMove: (what: What) => void
}

/** The files of a matter in their folders, and all that is done with them there. */
export function Files({ documents, early, order, onOrder, folders, mayFile, openId, selection, onSelect, onMove }: Props) {
  const { matter, filter, clearFilter } = useHere()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [renaming, setRenaming] = useState<string | null>(null)
  const [newUnder, setNewUnder] = useState<string | null>(null)
  const [bundling, setBundling] = useState<Bundling | null>(null)
  const laid = useMemo(
    () => (early ? [] : rowsOf(documents, folders, closed, filter, order)),
    [early, documents, folders, closed, filter, order],
  )
  const rows = early?.rows ?? laid
  const chosen = useMemo(() => (selection.ids.size ? documents.filter(({ id }) => selection.ids.has(id)) : []), [documents, selection.ids])
  const isGrid = useFilesShape() === 'grid'
  const go = useNavigate()
  const home = `/matters/${matter.id}`
  const show = (path: string, open: boolean) =>
    setClosed((known) => new Set(open ? [...known].filter((other) => other !== path) : [...known, path]))

  const whatOf = (row: Row): What => {
    if (row.kind === 'folder') return { kind: 'folder', path: row.path }
    return { kind: 'files', files: selection.ids.has(row.document.id) ? chosen : [row.document] }
  }
  const trash = (gone: readonly DocumentView[]) => {
    onSelect(NOTHING)
    void putIntoTrash(matter.id, gone).then((there) => {
      if (there.some((id) => id === openId)) void go(home, { preventScrollReset: true })
    })
  }
  const bundle = (what: What) =>
    setBundling(
      what.kind === 'folder'
        ? { words: `the folder ${lastName(what.path)}`, of: { folder: what.path } }
        : { words: files(what.files.length), of: bundleOf(what.files, documents) },
    )
  const acts: ListActs = {
    mayFile,
    renaming,
    open: (id) => void go(`${home}/documents/${id}`, { preventScrollReset: true }),
    toggle: (path) => (early ? sayWaits() : show(path, closed.has(path))),
    rename: setRenaming,
    keepName: (row, name) =>
      row.kind === 'file' ? renameDocument(row.document, name) : moveFolder(matter.id, row.path, joined(parentOf(row.path), name)),
    move: onMove,
    drop: (what, folder) => void drop(matter.id, what, folder),
    bundle: matter.may.download ? bundle : undefined,
    newFolder: setNewUnder,
    remove: (row) => {
      const what = whatOf(row)
      if (what.kind === 'files') trash(what.files)
      else void removeFolder(matter.id, what.path).catch(sayRefusal)
    },
  }
  const makeFolder = async (name: string) => {
    await createFolder(matter.id, joined(newUnder ?? '', name))
    if (newUnder) show(newUnder, true)
  }

  const none = documents.length === 0 && folders.length === 0
  const says = early
    ? saysEarly(early)
    : filter.trim()
      ? `${count(laid.filter(({ kind }) => kind === 'file').length)} of ${files(documents.length)}`
      : [files(documents.length), folders.length > 0 && counted(folders.length, 'folder')].filter(Boolean).join(' in ')
  return (
    <ListActsProvider value={acts}>
      <ListTools
        matter={matter.id}
        says={none ? '' : says}
        onNewFolder={mayFile ? () => setNewUnder('') : undefined}
        onBundle={matter.may.download && documents.length > 0 ? () => setBundling({ words: 'all files', of: { whole: true } }) : undefined}
      />
      {!none && (
        <AfterPaint>
          <Unfound matter={matter.id} documents={documents.length} mayRead={mayFile} />
        </AfterPaint>
      )}
      {none ? (
        <NoFiles />
      ) : early && filter.trim() ? (
        <Lines count={12} />
      ) : rows.length === 0 ? (
        <Empty title="No file has that in its name" act={<Button onClick={clearFilter}>Show all files</Button>} />
      ) : isGrid && !early ? (
        <FileGrid rows={laid} openId={openId} selection={selection} onSelect={onSelect} order={order} onOrder={onOrder} whatOf={whatOf} />
      ) : (
        <FileList
          rows={rows}
          onNear={early?.near}
          openId={openId}
          selection={selection}
          onSelect={onSelect}
          order={order}
          onOrder={onOrder}
          whatOf={whatOf}
        />
      )}
      {chosen.length > 0 && mayFile && (
        <SelectionBar
          chosen={chosen}
          onMove={() => onMove({ kind: 'files', files: chosen })}
          onTrash={() => trash(chosen)}
          onRename={() => setRenaming(chosen[0]?.id ?? null)}
          onBundle={matter.may.download ? () => bundle({ kind: 'files', files: chosen }) : undefined}
          onClear={() => onSelect(NOTHING)}
        />
      )}
      <BundleDialog matter={matter.id} what={bundling} onClose={() => setBundling(null)} />
      <NewFolderDialog under={newUnder} make={makeFolder} onClose={() => setNewUnder(null)} />
    </ListActsProvider>
  )
}

/** As many as are asked for by id. */
const MOST = 5000
/** What is chosen and nothing that came since; a longer list than can be asked for is asked for as all, where it is all. */
const bundleOf = (chosen: readonly DocumentView[], all: readonly DocumentView[]): Bundling['of'] =>
  chosen.length > MOST && chosen.length === all.length ? { whole: true } : { documents: chosen.map(({ id }) => id) }
