import type { Answer, Here, Input } from '../../platform/route.ts'
import { isAllowed } from '../../platform/route.ts'
import { termDigest, type Term } from '../../core/terms.ts'
import { namesIn, STARTS, wordTerms } from '../../finding/index-terms.ts'
import type { Language } from '../../finding/stems.ts'
import { wordsOf } from '../../finding/words.ts'
import { candidatesOf } from './candidates.ts'
import { wordsBeginning } from './expanding.ts'
import { calledBy } from './finding.ts'
import { languagesOf } from './languages.ts'
import { namedBy } from './named.ts'
import { reachOf, type Place, type Reach } from './reach.ts'
import { savedOf } from './saved.ts'
import { peopleWith } from './searching.ts'
import { mattersBy } from './titles.ts'

type Suggestions = Answer<'search.suggest'>
const NONE: Suggestions = { matters: [], people: [], documents: [], saved: [], words: [] }
const MOST = 5
/** Matters whose words and names are looked through. */
const MOST_PLACES = 400

/** What is typed, in words: those that are whole, and how the last one begins. */
type Typed = { whole: string[]; start: string; /** before the last word, as typed */ before: string }
function typedIn(text: string): Typed | null {
  const words = wordsOf(text)
  const last = words.at(-1)
  if (!last || last.end < text.length || last.word.length < 2) return null
  return { whole: words.slice(0, -1).map(({ word }) => word), start: last.word, before: text.slice(0, last.start) }
}

/** What begins with what is typed, of what is within reach alone. It shows names, as a list does, and no passages. */
export async function suggest(here: Here, { body }: Input<'search.suggest'>): Promise<Suggestions> {
  const typed = typedIn(body.words)
  if (!typed) return NONE
  const languages = await languagesOf(here.house)
  const reach = await reachOf(here)
  const some = reach.places.slice(-MOST_PLACES)
  const beginning = new Map<string, number>()
  for (const words of (await wordsBeginning(here.db, some, typed.start.slice(0, 2))).values())
    for (const word of words) if (word.startsWith(typed.start)) beginning.set(word, (beginning.get(word) ?? 0) + 1)
  const words = [...beginning].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1)).map(([word]) => word)
  return {
    matters: await mattersBeginning(here, reach, typed, languages),
    people: (await peopleWith(here, (said) => begins(said, typed), MOST)).map(({ id, name }) => ({ id, name })),
    documents: await documentsBeginning(here, some, typed, words, languages),
    saved: (await savedOf(here))
      .filter(({ name }) => begins(namesIn(name), typed))
      .slice(0, MOST)
      .map(({ id, name, words: its }) => ({ id, name, words: its })),
    words: words.slice(0, MOST).map((word) => `${typed.before}${word}`),
  }
}

const begins = (said: readonly string[], { whole, start }: Typed): boolean =>
  whole.every((word) => said.includes(word)) && said.some((word) => word.startsWith(start))

async function mattersBeginning(
  here: Here,
  { places }: Reach,
  typed: Typed,
  languages: readonly Language[],
): Promise<Suggestions['matters']> {
  if (!isAllowed(here.me, 'matter.list')) return []
  const terms: Term[] = [
    ...typed.whole.map((word) => wordTerms(word, languages)[0]!),
    { field: 'start', word: typed.start.slice(0, STARTS) },
  ]
  const ids = await calledBy(here.db, places, terms.map(termDigest))
  const titled = [...(await mattersBy(here, ids.slice(0, 50))).values()].map((one) => one.titled)
  // parties are among the words of a matter, and not in what is shown of it here
  return titled
    .sort(
      (a, b) =>
        Number(begins(namesIn(`${b.number} ${b.title} ${b.client.name}`), typed)) -
        Number(begins(namesIn(`${a.number} ${a.title} ${a.client.name}`), typed)),
    )
    .slice(0, MOST)
}

/** Documents with these words in their names. */
async function documentsBeginning(
  here: Here,
  places: readonly Place[],
  typed: Typed,
  words: readonly string[],
  languages: readonly Language[],
): Promise<Suggestions['documents']> {
  const asName = (word: string) => wordTerms(word, languages).map((term) => ({ ...term, field: 'name' as const }))
  const clauses = [
    ...typed.whole.map((word) => ({ terms: asName(word), expanded: [] })),
    { terms: words.slice(0, 40).flatMap(asName), expanded: [] },
  ]
  if (words.length === 0) return []
  const plan = { clauses, nots: [], needsText: false, dates: [], classes: [], matters: [] }
  const { found } = await candidatesOf(here.db, places, plan, new Map(), languages)
  const ids = [...new Set(found.map(({ document }) => document))].slice(0, 40)
  const named = [...(await namedBy(here, ids)).values()]
    .filter(({ name, folder }) => begins(namesIn(`${name} ${folder}`), typed))
    .slice(0, MOST)
  const matters = await mattersBy(
    here,
    named.map(({ matter }) => matter),
  )
  return named.flatMap(({ id, matter, name }) =>
    matters.get(matter) ? [{ document: id, matter, name, title: matters.get(matter)!.titled.title }] : [],
  )
}
