import type { DocumentView } from '../../../src/contract/document.ts'
import { naturally } from '../../lib/format.ts'

export type FolderRow = { kind: 'folder'; path: string; name: string; depth: number; count: number; open: boolean }
export type FileRow = { kind: 'file'; document: DocumentView; depth: number }
export type Row = FolderRow | FileRow

type Folder = { path: string; name: string; folders: Map<string, Folder>; documents: DocumentView[]; count: number }
const newFolder = (path: string, name: string): Folder => ({ path, name, folders: new Map(), documents: [], count: 0 })

/**
 * The rows of the tree from top to bottom: in each folder first its folders, then its files, each in natural order.
 * A filter keeps what has it in the name or path and opens everything.
 */
export function rowsOf(documents: readonly DocumentView[], closed: ReadonlySet<string>, filter: string): Row[] {
  const wanted = filter.trim().toLowerCase()
  const kept = wanted ? documents.filter((document) => `${document.folder}/${document.name}`.toLowerCase().includes(wanted)) : documents
  const rows: Row[] = []
  lay(treeOf(kept), 0, wanted ? new Set() : closed, rows)
  return rows
}

function treeOf(documents: readonly DocumentView[]): Folder {
  const floor = newFolder('', '')
  for (const document of documents) {
    let folder = floor
    for (const name of document.folder ? document.folder.split('/') : []) {
      const path = folder.path ? `${folder.path}/${name}` : name
      const inside = folder.folders.get(name) ?? newFolder(path, name)
      folder.folders.set(name, inside)
      inside.count += 1
      folder = inside
    }
    folder.documents.push(document)
  }
  return floor
}

function lay(folder: Folder, depth: number, closed: ReadonlySet<string>, rows: Row[]): void {
  for (const inside of [...folder.folders.values()].sort((a, b) => naturally(a.name, b.name))) {
    const open = !closed.has(inside.path)
    rows.push({ kind: 'folder', path: inside.path, name: inside.name, depth, count: inside.count, open })
    if (open) lay(inside, depth + 1, closed, rows)
  }
  for (const document of folder.documents.sort((a, b) => naturally(a.name, b.name))) rows.push({ kind: 'file', document, depth })
}
