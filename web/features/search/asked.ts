import type { DocumentId } from '../../../src/contract/ids.ts'
import type { Narrow, SavedSearch } from '../../../src/contract/search.ts'
import { queries } from '../../app/queries.ts'
import { onSessionEnd } from '../../lib/ask.ts'

/*
 * What was searched since the page was loaded, in memory alone. The browser keeps the state of its history on the disk, so a search has
 * a name there that says nothing, and its words stand in no address, title or storage.
 */
export type Asked = { words: string; narrow: Narrow; order: SavedSearch['order'] }
/** What the history of the browser holds of a search. `preview`: the document that is looked at beside the list. */
export type Step = { search: string; preview?: DocumentId }

export const EVERYWHERE: Narrow = { matters: [], clients: [], types: [], years: [], classes: [], people: [] }
/** So many searches can be gone back to. */
const AT_MOST = 20
const kept = new Map<string, Asked>()
/** The document of a search that was opened or looked at last. */
const last = new Map<string, DocumentId>()
const titles = new Map<string, string>()
let number = 0
let latest: string | null = null

export const foundKey = (search: string | null) => ['search', search]

/** Takes a search up; what it gives is handed to the router as its state. */
export function keep(asked: Asked): Step {
  // of an earlier load of the page, the history may hold names as well
  latest = `${performance.timeOrigin}-${(number += 1)}`
  kept.set(latest, asked)
  for (const old of [...kept.keys()].slice(0, -AT_MOST)) {
    kept.delete(old)
    last.delete(old)
    queries.removeQueries({ queryKey: foundKey(old) })
  }
  return { search: latest }
}

/** Begins with an empty box; what was searched before can still be gone back to. */
export const beginAnew = (): Step => ({ search: (latest = '') })

/** The search that a state of the router names, or the latest where it names none; null: nothing is asked, or it is not in memory any more. */
export function searchAt(state: unknown): { id: string; asked: Asked; preview: DocumentId | null } | null {
  const step = typeof state === 'object' && state !== null && 'search' in state ? (state as Step) : null
  const id = step?.search ?? latest
  const asked = id ? kept.get(id) : undefined
  return id && asked ? { id, asked, preview: step?.preview ?? null } : null
}

export const lastSeen = {
  of: (search: string): DocumentId | undefined => last.get(search),
  set: (search: string, document: DocumentId) => void last.set(search, document),
}

/** What matters and clients are called, for what a search was narrowed to and nothing of is found any more. */
export const titleOf = (id: string): string | undefined => titles.get(id)
export const keepTitle = (id: string, title: string) => void titles.set(id, title)

onSessionEnd(() => {
  for (const memory of [kept, last, titles]) memory.clear()
  latest = null
})
