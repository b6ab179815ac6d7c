import { useQuery } from '@tanstack/react-query'
import { queries } from '../../app/queries.ts'
import type { DocumentAbout, DocumentView, LockedAs } from '../../../src/contract/document.ts'
import type { DocumentId, MatterId } from '../../../src/contract/ids.ts'
import { type Answer, ask } from '../../lib/ask.ts'
import { keepInList, setList } from './api.ts'
import { inside } from './tree.ts'

/** As many as the server moves or trashes at a time. */
const AT_ONCE = 1000

const foldersKey = (matter: MatterId) => ['folders', matter]
/** The folders of a matter, also those that hold nothing. */
export const useFolders = (matter: MatterId, enabled = true) =>
  useQuery({
    enabled,
    queryKey: foldersKey(matter),
    queryFn: async ({ signal }) => (await ask('folder.list', { params: { matter }, signal })).folders,
  })
const setFolders = (matter: MatterId, change: (known: string[]) => string[]) =>
  queries.setQueryData<string[]>(foldersKey(matter), (known) => known && [...new Set(change(known))])
/** A folder with those above it: `a/b` is also `a`. */
const withAbove = (path: string) =>
  path
    .split('/')
    .map((_, at, names) => names.slice(0, at + 1).join('/'))
    .filter(Boolean)

export async function createFolder(matter: MatterId, path: string): Promise<string> {
  const made = await ask('folder.create', { params: { matter }, body: { path } })
  setFolders(matter, (known) => [...known, ...withAbove(made.path)])
  return made.path
}

/** Renames a folder, or moves it with all that it holds. */
export async function moveFolder(matter: MatterId, from: string, to: string): Promise<void> {
  const { path } = await ask('folder.move', { params: { matter }, body: { from, to } })
  const moved = (folder: string) => (inside(from, folder) ? path + folder.slice(from.length) : folder)
  setFolders(matter, (known) => [...known.map(moved), ...withAbove(path)])
  setList(matter, (known) => known.map((document) => ({ ...document, folder: moved(document.folder) })))
}

export async function removeFolder(matter: MatterId, path: string): Promise<void> {
  await ask('folder.remove', { params: { matter }, body: { path } })
  setFolders(matter, (known) => known.filter((folder) => !inside(path, folder)))
}

/** Moves documents into a folder, a thousand at a time; each thousand all or none. */
export async function moveDocuments(matter: MatterId, ids: readonly DocumentId[], folder: string): Promise<void> {
  for (const documents of turns(ids)) {
    const moved = await ask('document.move', { params: { matter }, body: { documents, folder } })
    keepInList(matter, moved.documents)
    setFolders(matter, (known) => [...known, ...withAbove(folder)])
  }
}

/** Puts documents into the trash, a thousand at a time; `onDone` tells of each thousand that is there. */
export async function trashDocuments(matter: MatterId, ids: readonly DocumentId[], onDone: (ids: DocumentId[]) => void): Promise<void> {
  for (const documents of turns(ids)) {
    const trashed = await ask('document.trash', { params: { matter }, body: { documents } })
    const gone = new Set(trashed.documents)
    setList(matter, (known) => known.filter(({ id }) => !gone.has(id)))
    void queries.invalidateQueries({ queryKey: trashKey(matter) })
    onDone(trashed.documents)
  }
}

const trashKey = (matter: MatterId) => ['trash', matter]
export type Trashed = Answer<'document.trashed'>['documents'][number]
export const useTrash = (matter: MatterId) =>
  useQuery({
    queryKey: trashKey(matter),
    queryFn: async ({ signal }) => (await ask('document.trashed', { params: { matter }, signal })).documents,
  })

/** Takes documents out of the trash, to where they were. */
export async function restoreDocuments(matter: MatterId, ids: readonly DocumentId[]): Promise<void> {
  for (const documents of turns(ids)) {
    const { documents: back } = await ask('document.restore', { params: { matter }, body: { documents } })
    const restored = new Set(back.map(({ id }) => id))
    keepInList(matter, back)
    setFolders(matter, (known) => [...known, ...back.flatMap(({ folder }) => withAbove(folder))])
    queries.setQueryData<Trashed[]>(trashKey(matter), (known) => known?.filter(({ id }) => !restored.has(id)))
  }
}

const turns = <T>(all: readonly T[]) =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, turn) => all.slice(turn * AT_ONCE, (turn + 1) * AT_ONCE))

/** An act on one document, whose answer is how it is now. */
async function changed(act: Promise<DocumentView>): Promise<DocumentView> {
  const document = await act
  keepInList(document.matter, [document])
  return document
}
const one = ({ id }: DocumentView) => ({ params: { document: id } })
export const renameDocument = (document: DocumentView, name: string) =>
  changed(ask('document.rename', { ...one(document), body: { name } }))
export const describe = (document: DocumentView, about: DocumentAbout) =>
  changed(ask('document.describe', { ...one(document), body: about }))
export const lock = (document: DocumentView, as: LockedAs) => changed(ask('document.lock', { ...one(document), body: { as } }))
export const unlock = (document: DocumentView, reason: string) => changed(ask('document.unlock', { ...one(document), body: { reason } }))
export const takeOut = (document: DocumentView, note: string) => changed(ask('document.take-out', { ...one(document), body: { note } }))
export const bringBack = (document: DocumentView) => changed(ask('document.bring-back', one(document)))
