import type { DocumentId } from '../../contract/ids.ts'
import { naturally, type Sorted } from '../../contract/order.ts'

export type Place = { kind: 'folder'; path: string; depth: number; count: number } | { kind: 'file'; id: DocumentId; depth: number }
export type Listed = Sorted & { id: DocumentId; folder: string; sealed: Buffer }

type Folder = { name: string; path: string; folders: Map<string, Folder>; documents: Listed[]; count: number }
const newFolder = (path: string, name: string): Folder => ({ path, name, folders: new Map(), documents: [], count: 0 })

/** In each folder first its folders, then its files, which come in order: as the page lays its own tree (a test binds the two). */
export function lay(documents: readonly Listed[], paths: readonly string[]): Place[] {
  const floor = newFolder('', '')
  const walk = (path: string, each: (folder: Folder) => void = () => {}): Folder => {
    let folder = floor
    for (const name of path === '' ? [] : path.split('/')) {
      const within = folder.folders.get(name) ?? newFolder(folder.path === '' ? name : `${folder.path}/${name}`, name)
      folder.folders.set(name, within)
      each(within)
      folder = within
    }
    return folder
  }
  for (const path of paths) walk(path)
  for (const one of documents) walk(one.folder, (folder) => (folder.count += 1)).documents.push(one)
  const places: Place[] = []
  const put = (folder: Folder, depth: number) => {
    for (const within of [...folder.folders.values()].sort((one, other) => naturally(one.name, other.name))) {
      places.push({ kind: 'folder', path: within.path, depth, count: within.count })
      put(within, depth + 1)
    }
    for (const { id } of folder.documents) places.push({ kind: 'file', id, depth })
  }
  put(floor, 0)
  return places
}
