import type { Caller } from '../../test/world/caller.ts'
import { indexed } from '../../test/world/searching.ts'
import type { CorpusFile } from './corpus.ts'

const PAGE = 50

/** Uploads them, each kind into the matter that is named for it, and waits until their words, and letters of scans, are indexed. */
export async function fileAll(
  caller: Caller,
  files: readonly CorpusFile[],
  matterOf: (kind: string) => Promise<string>,
  wait: number,
): Promise<string[]> {
  const matters: string[] = []
  for (const [kind, its] of Map.groupBy(files, (file) => file.kind)) {
    const matter = await matterOf(kind)
    matters.push(matter)
    for (const { name, bytes } of its) await caller.upload(matter, name, '', bytes)
  }
  for (const matter of matters) await indexed(caller, matter, wait)
  return matters
}

const ask = (caller: Caller, matters: readonly string[], words: string, start: number, limit: number) =>
  caller.ok('search.run', { body: { words, narrow: { matters }, start, limit } })

/** Names on the first page of ten, best first. */
export const firstPage = async (caller: Caller, matters: readonly string[], words: string): Promise<string[]> =>
  (await ask(caller, matters, words, 0, 10)).hits.map(({ name }) => name)

/** Names of all that is found, page after page, with those of the same content. */
export async function everyPage(caller: Caller, matters: readonly string[], words: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; ; start += PAGE) {
    const { hits, total } = await ask(caller, matters, words, start, PAGE)
    for (const { name, same } of hits) for (const one of [name, ...same.map((other) => other.name)]) found.add(one)
    if (start + PAGE >= total) return found
  }
}
