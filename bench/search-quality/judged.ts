import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A search with what a lawyer wants of it. `plain`: the same for `websearch_to_tsquery`, or `tsquery` where that cannot say it.
 * `judged`: grades by file name, given by one reader from what stands around the words in each file, and not from whole files: 3 it is
 * about this or has the whole clause, 2 a clause that answers, 1 it is touched on; what is not named is 0. Of files with the same content
 * one is named.
 */
export type Judged = {
  id: string
  kind: 'term' | 'phrase' | 'name' | 'proximity' | 'wildcard' | 'field' | 'mixed' | 'ocr'
  query: string
  plain: string
  tsquery?: string
  need: string
  judged: Record<string, number>
}

export const judgedQueries = async (): Promise<Judged[]> =>
  JSON.parse(await readFile(join(import.meta.dirname, 'queries.json'), 'utf8')) as Judged[]

/** Every second query of each kind: ranking is never tuned on these. */
export function heldOut(queries: readonly Judged[]): Set<string> {
  const byKind = Map.groupBy(queries, ({ kind }) => kind)
  return new Set([...byKind.values()].flatMap((its) => its.filter((_, at) => at % 2 === 1).map(({ id }) => id)))
}

/**
 * Normalized discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002), with 2^grade - 1 as the gain. `sameOf` gives one
 * name to files of the same content, which count once.
 */
export function ndcg(found: readonly string[], judged: Readonly<Record<string, number>>, sameOf: (name: string) => string): number {
  const grades = new Map(Object.entries(judged).map(([name, grade]) => [sameOf(name), grade]))
  const got = [...new Set(found.map(sameOf))].map((same) => grades.get(same) ?? 0)
  const best = gain([...grades.values()].sort((a, b) => b - a))
  return best === 0 ? 0 : gain(got) / best
}
const gain = (grades: readonly number[]): number =>
  grades.slice(0, 10).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0)

export const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length)
