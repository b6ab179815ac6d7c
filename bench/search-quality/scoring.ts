import type { Db } from '../../src/platform/postgres.ts'
import type { Caller } from '../../test/world/caller.ts'
import { everyPage, firstPage } from './asking.ts'
import type { ReadFile } from './corpus.ts'
import { grep, grepped, without } from './grep.ts'
import { mean, ndcg, type Judged } from './judged.ts'
import { askPlain, fillPlain, SETTINGS, type Setting } from './plain.ts'

/** nDCG@10 by query on both sides; `setting`: that of the baseline which does best over all of them. */
export type Scores = { ours: Map<string, number>; plain: Map<string, number>; setting: Setting }

/** Asks every query of a firm that has these files in these matters, and of PostgreSQL's full text over the same texts. */
export async function scored(
  db: Db,
  caller: Caller,
  matters: readonly string[],
  files: readonly ReadFile[],
  queries: readonly Judged[],
): Promise<Scores> {
  await fillPlain(db, files)
  const sames = new Map(files.map(({ name, same }) => [name, same]))
  const sameOf = (name: string): string => sames.get(name) ?? name
  const ours = new Map<string, number>()
  for (const { id, query, judged } of queries) ours.set(id, ndcg(await firstPage(caller, matters, query), judged, sameOf))
  const tried: Scores[] = []
  for (const setting of SETTINGS) {
    const plain = new Map<string, number>()
    // more than ten, as some of them may have the same content
    for (const one of queries) plain.set(one.id, ndcg(await askPlain(db, one, setting, 20), one.judged, sameOf))
    tried.push({ ours, plain, setting })
  }
  return tried.reduce((best, next) => (mean([...next.plain.values()]) > mean([...best.plain.values()]) ? next : best))
}

/** `there`: documents that grep finds, of all that is wanted; `found`: those of them that the search finds; `wrong`: where they differ. */
export type Recall = { there: number; found: number; wrong: string[] }

/** Asks for each of these words and phrases exactly, and follows every page. */
export async function recalled(
  caller: Caller,
  matters: readonly string[],
  files: readonly ReadFile[],
  wanted: readonly string[][],
): Promise<Recall> {
  const plain = grepped(files)
  const recall: Recall = { there: 0, found: 0, wrong: [] }
  for (const words of wanted) {
    const should = grep(plain, words)
    const does = await everyPage(caller, matters, `"${words.join(' ')}"`)
    const [missed, beyond] = [without(should, does), without(does, should)]
    recall.there += should.size
    recall.found += should.size - missed.length
    if (missed.length + beyond.length > 0)
      recall.wrong.push(`“${words.join(' ')}”: missed ${missed.join(', ') || 'none'}; too many ${beyond.join(', ') || 'none'}`)
  }
  return recall
}
