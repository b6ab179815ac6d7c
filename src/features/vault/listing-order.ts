import { setImmediate as breathe } from 'node:timers/promises'
import type { DocumentId } from '../../contract/ids.ts'
import { naturally, type Sorted } from '../../contract/order.ts'

export type Place = { kind: 'folder'; path: string; depth: number; count: number } | { kind: 'file'; id: DocumentId; depth: number }
export type Listed = Sorted & { id: DocumentId; folder: string; sealed: Buffer }

/** Comparisons that are made before others have their turn: some milliseconds. */
const AT_ONCE = 8000

/** The same as `toSorted`, in pieces between which the process does other things (merge sort). */
export async function sortInPieces<T>(all: readonly T[], order: (one: T, other: T) => number): Promise<T[]> {
  const RUN = 500
  let runs = Array.from({ length: Math.ceil(all.length / RUN) }, (_, n) => all.slice(n * RUN, (n + 1) * RUN))
  for (const run of runs) {
    run.sort(order)
    await breathe()
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let n = 0; n < runs.length; n += 2) merged.push(await merge(runs[n]!, runs[n + 1] ?? [], order))
    runs = merged
  }
  return runs[0] ?? []
}

async function merge<T>(left: T[], right: T[], order: (one: T, other: T) => number): Promise<T[]> {
  // what stands in order already is not looked at again
  if (right.length === 0 || order(left.at(-1)!, right[0]!) <= 0) return [...left, ...right]
  const merged: T[] = []
  let [l, r] = [0, 0]
  while (l < left.length && r < right.length) {
    merged.push(order(right[r]!, left[l]!) < 0 ? right[r++]! : left[l++]!)
    if (merged.length % AT_ONCE === 0) await breathe()
  }
  return [...merged, ...left.slice(l), ...right.slice(r)]
}

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
