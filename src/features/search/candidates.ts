import type { DocumentId, MatterId, VersionId } from '../../contract/ids.ts'
import { blockTokens, termDigest } from '../../core/terms.ts'
import { wordTerms } from '../../finding/index-terms.ts'
import type { Language } from '../../finding/stems.ts'
import type { Db } from '../../platform/postgres.ts'
import { openCard, type Card } from './cards.ts'
import type { Expanded, Plan } from './plan.ts'
import type { Place } from './reach.ts'

/** A version that holds what the index was asked for. `groups`: of each clause the tokens in its matter. */
export type Candidate = {
  version: VersionId
  document: DocumentId
  matter: MatterId
  class: string
  card: Card
  place: Place
  groups: number[][]
}
/** `isMore`: there are others. */
export type Candidates = { found: Candidate[]; isMore: boolean }
export type Expansions = Map<Expanded, Map<MatterId, string[]>>

/** So many are ranked, and twice that where their texts are looked into; of one matter no fewer than `LEAST`, so that a large one does not hide the others. */
export const MOST = 500
const LEAST = 20

type Row = { version_id: VersionId; document_id: DocumentId; matter_id: MatterId; class: string; sealed_card: Buffer }

/** Asks the index of each place; first for some of each matter, then for the rest of those that have more. */
export async function candidatesOf(
  db: Db,
  places: readonly Place[],
  plan: Plan,
  expansions: Expansions,
  languages: readonly Language[],
): Promise<Candidates> {
  // newer matters first: where there is more than is ranked, they are
  const asked = askedOf(places.toReversed(), plan, expansions, languages)
  if (plan.clauses.length === 0 || asked.length === 0) return { found: [], isMore: false }
  const most = plan.needsText ? 2 * MOST : MOST
  const each = Math.max(LEAST, Math.ceil((most * 2) / asked.length))
  const first = await find(db, plan, asked, each, most + 1)
  const byMatter = Map.groupBy(first, (row) => row.matter_id)
  const fuller = asked.filter(({ place }) => (byMatter.get(place.matter)?.length ?? 0) >= each)
  const left = most + 1 - first.length
  const again = left > 0 && fuller.length > 0 ? await find(db, plan, fuller, each + left, each * fuller.length + left) : []
  const rows = new Map([...first, ...again].map((row) => [row.version_id, row]))
  const groups = new Map(asked.map((one) => [one.place.matter, one]))
  const found = [...rows.values()].slice(0, most).map((row): Candidate => {
    const its = groups.get(row.matter_id)!
    const { place } = its
    const card = openCard(place.keys.cards, row.version_id, row.sealed_card)
    return {
      version: row.version_id,
      document: row.document_id,
      matter: row.matter_id,
      class: row.class,
      card,
      place,
      groups: groupsOf(its),
    }
  })
  return { found, isMore: rows.size > most || (left <= 0 && fuller.length > 0) }
}

/** The tokens of a search in one place: of each clause up to where it ends, and after the last those that must not be there. */
type Asked = { place: Place; tokens: readonly number[]; ends: readonly number[] }
const groupsOf = ({ tokens, ends }: Asked): number[][] => ends.map((end, clause) => tokens.slice(ends[clause - 1] ?? 0, end))

/** Places where no clause stands for a word of none are left out. */
function askedOf(places: readonly Place[], plan: Plan, expansions: Expansions, languages: readonly Language[]): Asked[] {
  const known = plan.clauses.map(({ terms }) => terms.map(termDigest))
  const nots = plan.nots.map(termDigest)
  const asked = (digests: readonly Buffer[][]) => {
    const blocks = Buffer.concat([...digests.flat(), ...nots])
    let end = 0
    const ends = digests.map((its) => (end += its.length))
    return (place: Place): Asked => ({ place, tokens: blockTokens(place.keys.terms, blocks), ends })
  }
  if (plan.clauses.every(({ expanded }) => expanded.length === 0)) return places.map(asked(known))
  return places.flatMap((place) => {
    const digests = plan.clauses.map(({ expanded }, clause) => [
      ...known[clause]!,
      ...expanded.flatMap((one) =>
        (expansions.get(one)?.get(place.matter) ?? []).flatMap((word) => wordTerms(word, languages).map(termDigest)),
      ),
    ])
    return digests.some((its) => its.length === 0) ? [] : [asked(digests)(place)]
  })
}

/** Tokens as `hidden.find` takes them: clause by clause, and of each the places in order; of lists also where each begins. */
function find(db: Db, plan: Plan, asked: readonly Asked[], each: number, most: number): Promise<Row[]> {
  const { clauses } = plan
  const isSingle = clauses.map(({ terms, expanded }) => terms.length === 1 && expanded.length === 0)
  const of = (clause: number) => (one: Asked) => one.tokens.slice(one.ends[clause - 1] ?? 0, one.ends[clause])
  const numbers = [...clauses.keys()]
  const singles = numbers.filter((clause) => isSingle[clause])
  const lists = flat(numbers.filter((clause) => !isSingle[clause]).flatMap((clause) => asked.map(of(clause))))
  const nots = plan.nots.length === 0 ? NONE : flat(asked.map(({ tokens, ends }) => tokens.slice(ends.at(-1))))
  return db.rows<Row>('select * from hidden.find($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
    braced(asked.map(({ place }) => place.matter)),
    singles.length,
    braced(singles.flatMap((clause) => asked.map(({ tokens, ends }) => tokens[ends[clause]! - 1]!))),
    clauses.length - singles.length,
    braced(lists.tokens),
    braced(lists.starts),
    braced(nots.tokens),
    braced(nots.starts),
    each,
    most,
  ])
}

const NONE = { tokens: [], starts: [] }
/** From 1, and one more for where the last one ends. */
function flat(lists: readonly (readonly number[])[]): { tokens: number[]; starts: number[] } {
  const starts = [1]
  for (const list of lists) starts.push(starts.at(-1)! + list.length)
  return { tokens: lists.flat(), starts }
}
/** An array as PostgreSQL reads it; what is not to be quoted is joined many times faster so. */
export const braced = (values: readonly (string | number)[]): string => `{${values.join()}}`
