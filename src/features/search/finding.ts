import type { Narrow } from '../../contract/search.ts'
import type { MatterId } from '../../contract/ids.ts'
import { namesIn, wordTerms } from '../../finding/index-terms.ts'
import type { Node } from '../../finding/query.ts'
import { leavesOf } from '../../finding/written.ts'
import type { Language } from '../../finding/stems.ts'
import { blockTokens, termDigest } from '../../core/terms.ts'
import { now } from '../../platform/clock.ts'
import { said } from '../../platform/postgres.ts'
import type { Here } from '../../platform/route.ts'
import { braced, candidatesOf, type Candidates } from './candidates.ts'
import { expand } from './expanding.ts'
import { look, openTexts } from './looking.ts'
import { dayOf } from './making.ts'
import { namedBy } from './named.ts'
import { planOf, type Expanded, type Plan } from './plan.ts'
import { ranked, raritiesOf, type Ranked, type Scored } from './ranking.ts'
import type { Place, Reach } from './reach.ts'
import { mattersBy } from './titles.ts'

/** What was found, best first: each document once, in its newest version that answers, also where several hold the same (`together`). `notes`: what was not looked into. */
export type Found = { all: Document[]; isMore: boolean; notes: string[] }
/** `older`: numbers of its other versions that answer; `same`: other documents of the same content. */
export type Document = Scored & { older: number[]; same: Scored[] }

/** Texts that one search looks into at most, and for how long it begins another few. */
const MOST_LOOKED = 1_500
const LOOK_MS = 5_000
const AT_ONCE = 60

export async function findDocuments(here: Here, node: Node, reach: Reach, languages: readonly Language[], narrow: Narrow): Promise<Found> {
  const plan = planOf(node, languages)
  const notes: string[] = []
  // without a turn in between: what is asked first is what takes longest
  const places = plan.matters.length === 0 ? reach.places : await placesOf(here, plan, reach.places, languages)
  const wanted = plan.clauses.flatMap(({ expanded }) => expanded)
  const { words, isCut, waiting } = wanted.length === 0 ? NO_WILDCARDS : await expand(here.db, places, wanted)
  if (isCut) notes.push('A word with * or ? stands for more words than are searched at once: write more of its letters.')
  if (waiting > 0)
    notes.push(
      `The lists of words of ${waiting === 1 ? 'one matter are' : `${waiting} matters are`} being put in order: a word with * or ? may find more in a moment.`,
    )
  // said together: while PostgreSQL counts, what it has found is opened
  const [first, rarities] = await said(candidatesOf(here.db, places, plan, words, languages), raritiesOf(here.db, places, plan))
  let { found, isMore } = first
  // where there are more than are ranked, those that are narrowed to are asked for by themselves
  if (isMore && isNarrowed(narrow))
    ({ found, isMore } = join(
      found,
      await candidatesOf(
        here.db,
        places.filter((place) => isWithin(place, narrow)),
        plan,
        words,
        languages,
      ),
    ))
  const asked = found.filter(
    (one) => plan.dates.every((its) => isBetween(dayOf(one.card.facts), its)) && plan.classes.every((its) => its.includes(one.class)),
  )
  const { scored, again } = ranked(plan, rarities, asked, languages)
  const { found: answering, isAll } = plan.needsText ? await lookInto(here, node, scored, again, languages) : { found: scored, isAll: true }
  if (!isAll)
    notes.push(
      `So many documents hold these words that only the best ${answering.length === 0 ? '' : 'of them '}were looked into. Narrow the search to see all.`,
    )
  return { all: grouped(answering), isMore: isMore || !isAll, notes }
}

const NO_WILDCARDS = { words: new Map<Expanded, Map<MatterId, string[]>>(), isCut: false, waiting: 0 }
const isNarrowed = ({ matters, clients }: Narrow): boolean => matters.length + clients.length > 0
const isWithin = ({ matter, client }: Place, { matters, clients }: Narrow): boolean =>
  (matters.length === 0 || matters.includes(matter)) && (clients.length === 0 || clients.includes(client))
const isBetween = (day: string, { from, to }: Plan['dates'][number]): boolean =>
  (from === null || day >= from) && (to === null || day <= to)
const join = (first: Candidates['found'], more: Candidates): Candidates => ({
  found: [...new Map([...more.found, ...first].map((one) => [one.version, one])).values()],
  isMore: more.isMore,
})

/** The places whose matter or client is called so, where the search says which. */
async function placesOf(
  { house, db }: Here,
  { matters }: Plan,
  places: readonly Place[],
  languages: readonly Language[],
): Promise<readonly Place[]> {
  let left = places
  for (const { field, words } of matters) {
    const ids = await mattersCalled(db, left, words, languages)
    const titles = await mattersBy({ house, db }, ids)
    left = left.filter(({ matter }) => {
      const its = titles.get(matter)?.titled
      if (!its) return false
      const said = new Set(
        namesIn(field === 'client' ? its.client.name : `${its.number} ${its.title}`).flatMap((word) =>
          wordTerms(word, languages).map((term) => term.word),
        ),
      )
      return words.every((word) => wordTerms(word, languages).some((term) => said.has(term.word)))
    })
  }
  return left
}

/** Matters whose number, title, client or parties hold all of these words. */
export async function mattersCalled(
  db: Here['db'],
  places: readonly Place[],
  words: readonly string[],
  languages: readonly Language[],
): Promise<MatterId[]> {
  if (words.length === 0 || places.length === 0) return []
  const digests = words.map((word) => termDigest(wordTerms(word, languages)[0]!))
  return calledBy(db, places, digests)
}
export async function calledBy(db: Here['db'], places: readonly Place[], digests: readonly Buffer[]): Promise<MatterId[]> {
  const blocks = Buffer.concat(digests)
  const tokens = places.map(({ keys }) => blockTokens(keys.terms, blocks))
  const rows = await db.rows<{ id: MatterId }>('select f as id from hidden.find_matters($1, $2, 500) f', [
    braced(places.map(({ matter }) => matter)),
    braced(digests.flatMap((_, term) => tokens.map((its) => its[term]!))),
  ])
  return rows.map(({ id }) => id)
}

/** Those whose text answers, as far as there is time; best first by what it holds of phrases, and of words near each other. */
async function lookInto(
  here: Here,
  node: Node,
  scored: readonly Scored[],
  again: Ranked['again'],
  languages: readonly Language[],
): Promise<{ found: Scored[]; isAll: boolean }> {
  const found: Scored[] = []
  const leaves = leavesOf(node)
  const best = () => found.sort((a, b) => b.score - a.score)
  const until = now() + LOOK_MS
  for (let at = 0; at < scored.length; at += AT_ONCE) {
    if (at >= MOST_LOOKED || now() > until) return { found: best(), isAll: false }
    const some = scored.slice(at, at + AT_ONCE)
    const texts = await openTexts(
      here,
      some.map(({ version }) => version),
    )
    const names = await namedBy(
      here,
      some.map(({ document }) => document),
    )
    const titles = asksOfMatter(node)
      ? await mattersBy(
          here,
          some.map(({ matter }) => matter),
        )
      : null
    for (const one of some) {
      const opened = texts.get(one.version)
      const named = names.get(one.document)
      if (!opened || !named) continue
      const titled = titles?.get(one.matter)?.titled
      const known = {
        name: named.name,
        folder: named.folder,
        author: named.author,
        said: named.said,
        matter: titled ? `${titled.number} ${titled.title}` : '',
        client: titled?.client.name ?? '',
      }
      const { isFound, standing } = look(node, one, opened.text, known, languages)
      if (!isFound) continue
      const score =
        leaves.length === 0
          ? one.score
          : again(
              one,
              standing.map((its, at) => ({ ...its, leaf: leaves[at]! })),
            )
      found.push({ ...one, score })
    }
  }
  return { found: best(), isAll: true }
}
const asksOfMatter = (node: Node): boolean => {
  switch (node.kind) {
    case 'field':
      return node.field === 'matter' || node.field === 'client'
    case 'and':
    case 'or':
      return node.nodes.some(asksOfMatter)
    case 'near':
      return asksOfMatter(node.left) || asksOfMatter(node.right)
    case 'not':
      return asksOfMatter(node.node)
    default:
      return false
  }
}

/** Each document once. */
function grouped(found: readonly Scored[]): Document[] {
  return [...Map.groupBy(found, (one) => one.document).values()].map((its): Document => {
    const newest = its.reduce((best, one) => (one.card.facts.number > best.card.facts.number ? one : best))
    const older = its.flatMap(({ card }) => (card.facts.number === newest.card.facts.number ? [] : [card.facts.number]))
    return { ...newest, score: its[0]!.score, older: older.sort((a, b) => b - a), same: [] }
  })
}
/** Each content once, of what is left when it was narrowed: else one matter's copy would hide another's. */
export const together = (documents: readonly Document[]): Document[] =>
  [...Map.groupBy(documents, ({ card, document }) => card.facts.same || document).values()].map(([first, ...others]) => ({
    ...first!,
    same: others,
  }))

/** How many different words, phrases and wildcards a search has. */
export const leafCount = (node: Node): number => leavesOf(node).length
