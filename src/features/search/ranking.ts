import { termDigest, termTokens } from '../../core/terms.ts'
import { now } from '../../platform/clock.ts'
import type { Db } from '../../platform/postgres.ts'
import { stemsOf, type Language } from '../../finding/stems.ts'
import type { Leaf } from '../../finding/written.ts'
import { braced, type Candidate } from './candidates.ts'
import { dayOf } from './making.ts'
import type { Expanded, Plan } from './plan.ts'
import type { Place } from './reach.ts'

/** Okapi BM25 (Robertson and Zaragoza 2009), with the counts of names added to those of texts, and newer before older where they are alike. */
const K1 = 1.2
const B = 0.6
const IN_NAME = 6
const RECENT = 0.1
const HALF_LIFE_DAYS = 730
const DAY_MS = 86_400_000
/** Matters in which it is counted how rare a term is. */
const SAMPLE = 8
/** Terms that are counted; PostgreSQL is asked for no more. */
const MOST_COUNTED = 64

export type Scored = Candidate & { score: number }

/** `times`: how often it stands in the text; `isInName`: and whether in the name. */
export type Standing = { times: number; isInName: boolean }
/** `scored`: best first. `again`: what one of them is worth by how often each leaf really stands there. */
export type Ranked = { scored: Scored[]; again(one: Candidate, leaves: readonly (Standing & { leaf: Leaf })[]): number }

/** What is rare within reach counts more. */
export function ranked(plan: Plan, rarities: readonly number[], found: readonly Candidate[], languages: readonly Language[]): Ranked {
  const lengths = found.map(({ card }) => card.facts.length)
  const mean = Math.max(1, lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, lengths.length))
  const scored = found
    .map((one) => ({ ...one, score: worthOf(one, mean, standingOf(one, rarities)) }))
    .sort((a, b) => b.score - a.score || (dayOf(b.card.facts) < dayOf(a.card.facts) ? -1 : 1))
  const weightOf = weightsOf(plan, rarities, languages)
  const again: Ranked['again'] = (one, leaves) =>
    worthOf(
      one,
      mean,
      leaves.map((its) => ({ ...its, weight: weightOf(its.leaf) })),
    )
  return { scored, again }
}

type Weighed = Standing & { weight: number }
function worthOf({ card: { facts } }: Candidate, mean: number, all: readonly Weighed[]): number {
  const norm = K1 * (1 - B + (B * facts.length) / mean)
  const words = all.reduce((sum, { weight, times, isInName }) => {
    const counted = times + (isInName ? IN_NAME : 0)
    return sum + weight * ((counted * (K1 + 1)) / (counted + norm))
  }, 0)
  // a day as a file says of itself need not be one
  const days = Math.max(0, (now() - (Date.parse(dayOf(facts)) || Date.parse(facts.at))) / DAY_MS)
  return words * (1 + RECENT * 2 ** (-days / HALF_LIFE_DAYS))
}

/** Of each clause, of a word's forms or what a wildcard stands for, the one that stands there most. */
const standingOf = ({ card: { counts }, groups }: Candidate, rarities: readonly number[]): Weighed[] =>
  groups.map((tokens, clause) => ({
    weight: rarities[clause]!,
    times: tokens.reduce((most, token) => Math.max(most, counts.times(token)), 0),
    isInName: tokens.some((token) => counts.isInName(token)),
  }))

/** A phrase weighs what its words weigh together, as in Lucene. */
function weightsOf({ clauses }: Plan, rarities: readonly number[], languages: readonly Language[]): (leaf: Leaf) => number {
  const words = new Map<string, number>()
  const wild = new Map<Expanded, number>()
  for (const [at, { terms, expanded }] of clauses.entries()) {
    for (const { word } of terms) words.set(word, Math.max(words.get(word) ?? 0, rarities[at]!))
    for (const one of expanded) wild.set(one, rarities[at]!)
  }
  const ofWord = (word: string): number => stemsOf(word, languages).reduce((most, stem) => Math.max(most, words.get(stem) ?? 0), 0) || 1
  return (leaf) => {
    if (leaf.kind === 'word') return ofWord(leaf.word)
    if (leaf.kind === 'phrase') return [...new Set(leaf.words)].reduce((sum, word) => sum + ofWord(word), 0)
    return wild.get(leaf) ?? 1
  }
}

/**
 * How much each clause weighs; from a few matters, evenly chosen, and of what is within reach alone. What is not
 * counted, as a wildcard, weighs as the others do.
 */
export async function raritiesOf(db: Db, places: readonly Place[], { clauses }: Plan): Promise<number[]> {
  const known = clauses.flatMap(({ terms: [term] }, clause) => (term ? [{ digest: termDigest(term), clause }] : [])).slice(0, MOST_COUNTED)
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
  const counts = new Map(rows.map(({ term, documents }) => [term, documents]))
  const total = counts.get(0) ?? 0
  const rarities = new Map(known.map(({ clause }, at) => [clause, rarityOf(Math.min(counts.get(at + 1) ?? 0, total), total)]))
  const mean = [...rarities.values()].reduce((sum, one) => sum + one, 0) / rarities.size
  return clauses.map((_, clause) => rarities.get(clause) ?? mean)
}
const rarityOf = (n: number, total: number): number => Math.log(1 + (total - n + 0.5) / (n + 0.5))
