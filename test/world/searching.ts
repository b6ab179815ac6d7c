import type { Narrow, SearchView } from '../../src/contract/search.ts'
import type { Caller } from './caller.ts'

/** Waits until all documents of a matter are indexed, or cannot be. */
export async function indexed(caller: Caller, matter: string, wait = 150_000): Promise<void> {
  const until = performance.now() + wait
  for (;;) {
    const { waiting, scan } = await caller.ok('index.status', { params: { matter } })
    if (waiting + scan === 0) return
    if (performance.now() > until) throw new Error(`documents wait to be indexed: ${waiting} to be read, ${scan} by machine`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export const search = (caller: Caller, words: string, narrow: Partial<Narrow> = {}): Promise<SearchView> =>
  caller.ok('search.run', { body: { words, narrow } })
/** Names of what was found, in order. */
export const found = async (caller: Caller, words: string, narrow?: Partial<Narrow>): Promise<string[]> =>
  (await search(caller, words, narrow)).hits.map((hit) => hit.name)
