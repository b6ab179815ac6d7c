import { createContext, useContext } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId } from '../../../src/contract/ids.ts'
import type { Row } from './tree.ts'

/** What is moved: some files, or a folder with all that it holds. */
export type What = { kind: 'files'; files: readonly DocumentView[] } | { kind: 'folder'; path: string }

/** What the rows of the list can ask for. */
export type ListActs = {
  /** Whether this person files here at all. */ mayFile: boolean
  open: (id: DocumentId) => void
  toggle: (path: string) => void
  /** The row whose name is being written: an id, or `/` and a folder’s path. */ renaming: string | null
  rename: (key: string | null) => void
  keepName: (row: Row, name: string) => Promise<unknown>
  move: (what: What) => void
  drop: (what: What, folder: string) => void
  /** Undefined: this person takes no copies. */ bundle?: (what: What) => void
  newFolder: (under: string) => void
  /** A file goes into the trash, with all that are chosen when it is one of them; a folder is removed. */ remove: (row: Row) => void
}

export const keyOf = (row: Row) => (row.kind === 'file' ? row.document.id : `/${row.path}`)

const Context = createContext<ListActs | null>(null)
export const ListActsProvider = Context.Provider
export function useListActs(): ListActs {
  const acts = useContext(Context)
  if (!acts) throw new Error('A row stands outside of a list.')
  return acts
}
