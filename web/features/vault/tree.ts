import type { DocumentView } from '../../../src/contract/document.ts'
import { inOrder, type Sort } from '../../../src/contract/order.ts'
import { naturally } from '../../lib/format.ts'

export type FolderRow = { kind: 'folder'; path: string; name: string; depth: number; count: number; open: boolean }
export type FileRow = { kind: 'file'; document: DocumentView; depth: number }
export type Row = FolderRow | FileRow

type Folder = { path: string; name: string; folders: Map<string, Folder>; documents: DocumentView[]; count: number }
const newFolder = (path: string, name: string): Folder => ({ path, name, folders: new Map(), documents: [], count: 0 })

/** Whether a path is a folder or stands in it. */
export const inside = (folder: string, path: string) => path === folder || path.startsWith(`${folder}/`)
/** `a/b` of `a/b/c`; empty for what stands on the floor. */
export const parentOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf('/'), 0))
export const lastName = (path: string) => path.slice(path.lastIndexOf('/') + 1)
export const joined = (folder: string, name: string) => (folder ? `${folder}/${name}` : name)

/**
 * The rows of the tree from top to bottom: in each folder first its folders, then its files, each in natural order.
 * `folders` are those that stand even when they hold nothing.
 * A filter keeps what has it in the name or path and opens everything.
 */
export function rowsOf(
  documents: readonly DocumentView[],
  folders: readonly string[],
  closed: ReadonlySet<string>,
  filter: string,
  { by, down }: Order = BY_NAME,
): Row[] {
  const wanted = filter.trim().toLowerCase()
  const kept = wanted ? documents.filter((document) => `${document.folder}/${document.name}`.toLowerCase().includes(wanted)) : documents
  const rows: Row[] = []
  lay(
    treeOf(kept, wanted ? folders.filter((path) => path.toLowerCase().includes(wanted)) : folders),
    0,
    wanted ? new Set() : closed,
    inOrder(by, down),
    rows,
  )
  return rows
}

export type Order = { by: Sort; down: boolean }
export const BY_NAME: Order = { by: 'name', down: false }

/** Every folder, in the order of the tree. */
export const foldersOf = (documents: readonly DocumentView[], folders: readonly string[]): FolderRow[] =>
  rowsOf([], [...new Set([...folders, ...documents.map(({ folder }) => folder)])].filter(Boolean), new Set(), '') as FolderRow[]

function treeOf(documents: readonly DocumentView[], folders: readonly string[]): Folder {
  const floor = newFolder('', '')
  for (const path of folders) walk(floor, path)
  for (const document of documents) walk(floor, document.folder, (folder) => (folder.count += 1)).documents.push(document)
  return floor
}

/** The folder at a path, made where it is not there; `each` of those on the way. */
function walk(floor: Folder, path: string, each: (folder: Folder) => void = () => {}): Folder {
  let folder = floor
  for (const name of path ? path.split('/') : []) {
    const within = folder.folders.get(name) ?? newFolder(joined(folder.path, name), name)
    folder.folders.set(name, within)
    each(within)
    folder = within
  }
  return folder
}

function lay(folder: Folder, depth: number, closed: ReadonlySet<string>, order: ReturnType<typeof inOrder>, rows: Row[]): void {
  for (const within of [...folder.folders.values()].sort((a, b) => naturally(a.name, b.name))) {
    const open = !closed.has(within.path)
    rows.push({ kind: 'folder', path: within.path, name: within.name, depth, count: within.count, open })
    if (open) lay(within, depth + 1, closed, order, rows)
  }
  for (const document of folder.documents.sort(order)) rows.push({ kind: 'file', document, depth })
}
