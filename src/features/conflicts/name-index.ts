import { formsOf, type Kind, type NameForms, type Word } from './name-forms.ts'
import { registeredDomain } from './name-tokens.ts'
import { scoreNames, type ScoredName, type Why } from './name-score.ts'
import { openNameStore, type NameStore } from './name-store.ts'
import type { Alike } from './vocabulary.ts'

/** A name of the conflicts register. `id` is the row's UUID; one id has one entry. `domains` may be e-mail addresses. */
export type Entry = { id: string; name: string; kind: Kind; domains: string[] }
export type Asked = { names: { name: string; kind: Kind }[]; domains: string[]; most?: number }
/** `asked`: the place in `names`, null when a domain alone was found. */
export type Hit = { id: string; score: number; asked: number | null; why: Why[] }
/** `left`: how many more reached the threshold than are given, of those that were looked at. */
export type Found = { hits: Hit[]; left: number }

/** Tuned on the tuning half of test/fixtures/name-variants.json. */
export const THRESHOLD = 0.81
const MOST = 50
/** So many names that share the most with the asked one are compared with it in full. */
const COMPARED = 600
/** Postings walked for one name, its rarest words first, so that a name of common words alone costs no more. */
const MOST_WALKED = 400_000
const DOMAIN_SCORE = 0.9

export type NameIndex = ReturnType<typeof openNameIndex>

/**
 * The names of all parties in memory, to find those that are like a given one. Nothing of it is written anywhere.
 * `query` gives what scores `THRESHOLD` or more, best first, ties by id, at most `most` (50) for each asked name. `bytes` is what its arrays
 * take, without the words' texts.
 */
export function openNameIndex() {
  let store = openNameStore()

  return {
    /** Replaces what the id had. @throws RangeError when the id is no UUID */
    add(entry: Entry): void {
      if (store.remove(entry.id)) tidy()
      const domains = [...new Set(entry.domains.flatMap((domain) => registeredDomain(domain) ?? []))]
      store.add(entry.id, formsOf(entry.name, entry.kind), domains)
    },
    /** Whether it was there. */
    remove(id: string): boolean {
      const was = store.remove(id)
      if (was) tidy()
      return was
    },
    query({ names, domains, most = MOST }: Asked): Found {
      const found: Found = { hits: [], left: 0 }
      const add = (hits: Hit[]): void => {
        found.hits.push(...hits.sort(byScore).slice(0, most))
        found.left += Math.max(0, hits.length - most)
      }
      for (const [asked, { name, kind }] of names.entries()) add(hitsOf(store, formsOf(name, kind), asked))
      const { hits, unseen } = domainHits(store, domains)
      add(hits)
      found.left += unseen
      found.hits.sort(byScore)
      return found
    },
    size: (): number => store.size(),
    bytes: (): number => store.bytes(),
  }

  /** What is removed only counts as gone until half is gone. */
  function tidy(): void {
    if (store.gone() < 1000 || store.gone() < store.size()) return
    const old = store
    store = openNameStore()
    old.copyTo(store)
  }
}

const byScore = (a: Hit, b: Hit): number => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Of a domain that more names have than anyone looks at, only so many come into question. */
const MOST_OF_DOMAIN = 1000

function domainHits(store: NameStore, domains: string[]): { hits: Hit[]; unseen: number } {
  const hits = new Map<string, Hit>()
  let unseen = 0
  for (const domain of new Set(domains.flatMap((one) => registeredDomain(one) ?? []))) {
    const names = store.withDomain(domain)
    unseen += Math.max(0, names.length - MOST_OF_DOMAIN)
    for (const id of names.slice(0, MOST_OF_DOMAIN).map(store.idOf))
      hits.set(id, { id, score: DOMAIN_SCORE, asked: null, why: [{ how: 'domain', words: [domain] }] })
  }
  return { hits: [...hits.values()], unseen }
}

/** The best hit for each id over all forms of one asked name. */
function hitsOf(store: NameStore, forms: NameForms[], asked: number): Hit[] {
  const best = new Map<string, Hit>()
  for (const form of forms) {
    for (const { name, score, why } of likeForm(store, form)) {
      const id = store.idOf(name)
      const rounded = Math.round(score * 1000) / 1000
      if (rounded >= THRESHOLD && rounded > (best.get(id)?.score ?? 0)) best.set(id, { id, score: rounded, asked, why })
    }
  }
  return [...best.values()]
}

function likeForm(store: NameStore, form: NameForms): { name: number; score: number; why: Why[] }[] {
  const alike = form.words.map((word) => alikeTo(store, word))
  const likeness = alike.map((words) => new Map(words.map((one) => [one.word, one])))
  const scored = candidatesOf(store, form, alike).map((name) => {
    const found = store.nameOf(name)
    return { name, ...scoreNames(form as ScoredName, found, (a, f) => likeness[a]!.get(found.numbers[f]!) ?? null) }
  })
  return [...scored, ...acronyms(store, form)]
}

const alikeTo = (store: NameStore, { text, isInitial, isBare }: Word): Alike[] => (isInitial ? [] : store.vocabulary.like(text, isBare))

/** Names that share words with the form, those that share the most. */
function candidatesOf(store: NameStore, form: NameForms, alike: Alike[][]): number[] {
  // a joined pair, or a word taken apart, finds what is written the other way
  const others = form.words.map((word, at) => store.otherWritings(word, form.words[at + 1] ?? null))
  const lists = alike.map((words, at) => [...words, ...others[at]!.map((word) => ({ word, likeness: 0.9 }))])
  const walk = lists.map((words) => words.reduce((sum, { word }) => sum + store.count(word), 0))
  const order = [...lists.keys()].sort((a, b) => walk[a]! - walk[b]!)
  const tally = store.openTally()
  let walked = 0
  for (const at of order) {
    // what is rare tells more, but every shared word counts
    const weight = 1 + 1 / Math.log2(2 + walk[at]!)
    tally.nextWord()
    for (const { word, likeness } of lists[at]!) {
      if (walked > MOST_WALKED) break
      walked += store.count(word)
      tally.count(word, weight * likeness)
    }
  }
  return tally.best(COMPARED, form.words.length)
}

const SHORTEST_ACRONYM = 3

/** IBM for International Business Machines: companies only, and of three letters only where few share them. */
function acronyms(store: NameStore, form: NameForms): { name: number; score: number; why: Why[] }[] {
  if (form.kind === 'person') return []
  const [first] = form.words
  const own = form.words.length === 1 ? first!.text : form.initials
  if (own.length < SHORTEST_ACRONYM || own.length > 8 || !/^[a-z]+$/.test(own)) return []
  const names = form.words.length === 1 ? store.withInitials(own) : store.withWord(own)
  const score = own.length > SHORTEST_ACRONYM || names.length <= 3 ? 0.84 : 0.74
  return names.map((name) => ({ name, score, why: [{ how: 'initials', words: [own] }] }))
}
