import type { DocumentId, MatterId, VersionId } from '../../contract/ids.ts'
import { termDigest, termTokens } from '../../core/terms.ts'
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

/** So many are ranked; of one matter no fewer than `LEAST`, so that a large one does not hide the others. */
export const MOST = 2_000
const LEAST = 40

type Row = { version_id: VersionId; document_id: DocumentId; matter_id: MatterId; class: string; sealed_card: Buffer }

/** Asks the index of each place; first for some of each matter, then for the rest of those that have more. */
export async function candidatesOf(
  db: Db,
  places: readonly Place[],
  plan: Plan,
  expansions: Expansions,
  languages: readonly Language[],
): Promise<Candidates> {
  const asked = places.flatMap((place) => askedOf(place, plan, expansions, languages) ?? [])
  if (plan.clauses.length === 0 || asked.length === 0) return { found: [], isMore: false }
  const each = Math.max(LEAST, Math.ceil((MOST * 4) / asked.length))
  const first = await find(db, plan, asked, each, MOST + 1)
  const byMatter = Map.groupBy(first, (row) => row.matter_id)
  const fuller = asked.filter(({ place }) => (byMatter.get(place.matter)?.length ?? 0) >= each)
  const left = MOST + 1 - first.length
  const again = left > 0 && fuller.length > 0 ? await find(db, plan, fuller, each + left, each * fuller.length + left) : []
  const rows = new Map([...first, ...again].map((row) => [row.version_id, row]))
  const groups = new Map(asked.map((one) => [one.place.matter, one]))
  const found = [...rows.values()].slice(0, MOST).map((row): Candidate => {
    const { place, groups: its } = groups.get(row.matter_id)!
    const card = openCard(place.keys.cards, row.version_id, row.sealed_card)
    return { version: row.version_id, document: row.document_id, matter: row.matter_id, class: row.class, card, place, groups: its }
  })
  return { found, isMore: rows.size > MOST || (left <= 0 && fuller.length > 0) }
}

type Asked = { place: Place; groups: number[][]; nots: number[] }

/** The tokens of each clause in a place; null where a clause stands for no word there. */
function askedOf(place: Place, plan: Plan, expansions: Expansions, languages: readonly Language[]): Asked | null {
  const digests = plan.clauses.map(({ terms, expanded }) => [
    ...terms.map(termDigest),
    ...expanded.flatMap((one) =>
      (expansions.get(one)?.get(place.matter) ?? []).flatMap((word) => wordTerms(word, languages).map(termDigest)),
    ),
  ])
  if (digests.some((its) => its.length === 0)) return null
  const tokens = termTokens(place.keys.terms, [...digests.flat(), ...plan.nots.map(termDigest)])
  let at = 0
  const groups = digests.map((its) => [...new Set(tokens.slice(at, (at += its.length)))])
  return { place, groups, nots: tokens.slice(at) }
}

/** Lists of tokens of many places, flat, each with where it begins, as `hidden.find` takes them. */
function find(db: Db, { clauses }: Plan, asked: readonly Asked[], each: number, most: number): Promise<Row[]> {
  const isSingle = clauses.map(({ terms, expanded }) => terms.length === 1 && expanded.length === 0)
  const musts = flat(asked.map(({ groups }) => groups.filter((_, clause) => isSingle[clause]).flat()))
  const lists = flat(asked.flatMap(({ groups }) => groups.filter((_, clause) => !isSingle[clause])))
  const nots = flat(asked.map((one) => one.nots))
  return db.rows<Row>('select * from hidden.find($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
    braced(asked.map(({ place }) => place.matter)),
    braced(musts.tokens),
    braced(musts.starts),
    isSingle.filter((one) => !one).length,
    braced(lists.tokens),
    braced(lists.starts),
    braced(nots.tokens),
    braced(nots.starts),
    each,
    most,
  ])
}

/** From 1, and one more for where the last one ends. */
export function flat(lists: readonly (readonly number[])[]): { tokens: number[]; starts: number[] } {
  const starts = [1]
  for (const list of lists) starts.push(starts.at(-1)! + list.length)
  return { tokens: lists.flat(), starts }
}
/** An array as PostgreSQL reads it; what is not to be quoted is joined many times faster so. */
export const braced = (values: readonly (string | number)[]): string => `{${values.join()}}`
