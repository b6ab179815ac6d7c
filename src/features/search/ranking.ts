import { termDigest, termTokens } from '../../core/terms.ts'
import { now } from '../../platform/clock.ts'
import type { Db } from '../../platform/postgres.ts'
import { braced, type Candidate } from './candidates.ts'
import { dayOf } from './making.ts'
import type { Plan } from './plan.ts'
import type { Place } from './reach.ts'

/** Okapi BM25 (Robertson and Zaragoza 2009), with the counts of names added to those of texts, and newer before older where they are alike. */
const K1 = 1.2
const B = 0.6
const IN_NAME = 6
const RECENT = 0.1
const HALF_LIFE_DAYS = 730
const DAY_MS = 86_400_000
/** Matters in which it is counted how rare a term is. */
const SAMPLE = 16

export type Scored = Candidate & { score: number }

/** Best first. What is rare within reach counts more. */
export async function ranked(db: Db, places: readonly Place[], plan: Plan, found: readonly Candidate[]): Promise<Scored[]> {
  const rarities = await raritiesOf(db, places, plan)
  const lengths = found.map(({ card }) => card.facts.length)
  const mean = Math.max(1, lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, lengths.length))
  return found
    .map((one) => ({ ...one, score: scoreOf(one, rarities, mean) }))
    .sort((a, b) => b.score - a.score || (dayOf(b.card.facts) < dayOf(a.card.facts) ? -1 : 1))
}

function scoreOf({ card: { facts, counts }, groups }: Candidate, rarities: readonly number[], mean: number): number {
  const norm = K1 * (1 - B + (B * facts.length) / mean)
  const words = groups.reduce((sum, tokens, clause) => {
    // of a word's forms, or what a wildcard stands for, the one that stands there most
    const times = tokens.reduce((most, token) => Math.max(most, counts.times(token) + (counts.isInName(token) ? IN_NAME : 0)), 0)
    return sum + rarities[clause]! * ((times * (K1 + 1)) / (times + norm))
  }, 0)
  const days = Math.max(0, (now() - Date.parse(facts.at)) / DAY_MS)
  return words * (1 + RECENT * 2 ** (-days / HALF_LIFE_DAYS))
}

/** How much each clause weighs; from a few matters, evenly chosen, and of what is within reach alone. */
async function raritiesOf(db: Db, places: readonly Place[], { clauses }: Plan): Promise<number[]> {
  const terms = clauses.map(({ terms: all }) => all[0] ?? null)
  const known = terms.flatMap((term, clause) => (term ? [{ digest: termDigest(term), clause }] : []))
  if (clauses.length < 2 || known.length === 0) return clauses.map(() => 1)
  const step = Math.max(1, places.length / SAMPLE)
  const some = Array.from({ length: Math.min(SAMPLE, places.length) }, (_, at) => places[Math.floor(at * step)]!)
  const tokens = some.flatMap(({ keys }) =>
    termTokens(
      keys.terms,
      known.map(({ digest }) => digest),
    ),
  )
  const rows = await db.rows<{ term: number; documents: number }>('select * from hidden.frequencies($1, $2, $3)', [
    braced(some.map(({ matter }) => matter)),
    braced(tokens),
    known.length,
  ])
  const counts = new Map(rows.map((row) => [row.term, row.documents]))
  const total = counts.get(0) ?? 0
  return clauses.map((_, clause) => {
    const at = known.findIndex((one) => one.clause === clause)
    const n = at < 0 ? 0 : (counts.get(at + 1) ?? 0)
    return Math.log(1 + (total - Math.min(n, total) + 0.5) / (n + 0.5))
  })
}
