import type { DocumentAbout } from '../../contract/document.ts'
import type { TextKind } from '../../contract/search.ts'
import { termDigest, termTokens, type Term } from '../../core/terms.ts'
import { stemOf, type Language } from '../../finding/stems.ts'
import { EVERY, fieldTerms, namesIn, startTerms, wordTerm, wordTerms } from '../../finding/index-terms.ts'
import { wordsOf } from '../../finding/words.ts'
import { sealCard, type Counted, type Facts } from './cards.ts'
import type { KeptText } from './texts.ts'

/** What an index row is made of beside the text. */
export type About = {
  version: string
  number: number
  name: string
  folder: string
  about: Pick<DocumentAbout, 'tags' | 'author' | 'custodian' | 'source' | 'receivedOn'>
  /** ISO 8601 */ at: string
  sha256: string
  /** of what was not read */ type: TextKind
}
export type Made = { tokens: number[]; card: Buffer; /** each distinct word of the text and the name */ words: string[] }
export type MakingKeys = { terms: Uint8Array; cards: Uint8Array }

/** Tokens and card of a version; `text` null: it is found by what it is called alone. */
export const makeTerms = (keys: MakingKeys, about: About, text: KeptText | null, languages: readonly Language[]): Made =>
  underKeys(keys, about.version, countTerms(about, text, languages))

/** What is counted before any key: the terms, each once, with their digests in the same order; each distinct word; and the card's facts. */
export type Counts = { terms: CountedTerm[]; digests: Buffer[]; words: string[]; facts: Facts }
type CountedTerm = Term & { times: number; isInName: boolean }
export function countTerms(about: About, text: KeptText | null, languages: readonly Language[]): Counts {
  const language = text?.language ?? languages[0]!
  const times = new Map<string, number>()
  const words = new Set<string>()
  let length = 0
  for (const { word } of wordsOf(text?.text ?? '')) {
    length += 1
    words.add(word)
    const stem = stemOf(word, language)
    times.set(stem, (times.get(stem) ?? 0) + 1)
  }
  const counted = new Map<string, CountedTerm>()
  const put = (term: Term, n: number, isInName: boolean) => {
    const name = `${term.field} ${term.word}`
    const before = counted.get(name)
    if (before) Object.assign(before, { times: before.times + n, isInName: before.isInName || isInName })
    else counted.set(name, { ...term, times: n, isInName })
  }
  for (const [stem, n] of times) put(wordTerm(stem), n, false)
  for (const { field, word, isInName } of besideText(about, text)) {
    words.add(word)
    for (const term of wordTerms(word, languages)) put(term, 1, isInName)
    if (field) for (const term of fieldTerms(field, word, languages)) put(term, 1, isInName)
  }
  put(EVERY, 1, false)
  for (const [field, word] of facetsOf(about, text)) put({ field, word }, 1, false)
  const terms = [...counted.values()]
  return { terms, digests: terms.map(termDigest), words: [...words], facts: factsOf(about, text, language, length) }
}

export function underKeys(keys: MakingKeys, version: string, { terms, digests, words, facts }: Counts): Made {
  const tokens = termTokens(keys.terms, digests)
  const entries = terms.map(({ times, isInName }, at): Counted => ({ token: tokens[at]!, times, isInName }))
  return { tokens: [...new Set(tokens)], card: sealCard(keys.cards, version, facts, entries), words }
}

/** Tokens of a matter's own words. */
export const matterTokens = (key: Uint8Array, texts: readonly string[], languages: readonly Language[]): number[] => {
  const terms = texts.flatMap((text) => namesIn(text).flatMap((word) => [...wordTerms(word, languages), ...startTerms(word)]))
  return terms.length === 0 ? [] : [...new Set(termTokens(key, terms.map(termDigest)))]
}

/** Words of what is known of a document, which stand in its matter's lists as those of its text do. */
export const wordsBeside = (about: Pick<About, 'name' | 'folder' | 'about'>, text: KeptText | null): string[] =>
  besideText(about, text).map(({ word }) => word)

type Beside = { field: 'name' | 'from' | 'to' | 'author' | null; word: string; isInName: boolean }
/** Words of what is known of a document. */
function besideText({ name, folder, about }: Pick<About, 'name' | 'folder' | 'about'>, text: KeptText | null): Beside[] {
  const of = (field: Beside['field'], isInName: boolean, ...texts: string[]): Beside[] =>
    texts.flatMap((one) => namesIn(one).map((word) => ({ field, word, isInName })))
  return [
    ...of('name', true, name, text?.title ?? ''),
    ...of('name', false, folder),
    ...of('author', false, about.author, text?.author ?? ''),
    ...of('from', false, ...(text?.from ?? [])),
    ...of('to', false, ...(text?.to ?? [])),
    ...of(
      null,
      false,
      about.custodian,
      about.source,
      ...about.tags,
      ...(text?.parts.map(({ within }) => within) ?? []).filter((one, at, all) => all.indexOf(one) === at),
    ),
  ]
}

type Facet = ['type' | 'ext' | 'year', string]
function facetsOf({ name, type: its, about, at }: About, text: KeptText | null): Facet[] {
  const type = text?.type ?? its
  const ext = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  const types = new Set([type, ...(isScan(text) ? (['scan'] as const) : [])])
  const year = dayOf({ day: dayIn(about, text), at }).slice(0, 4)
  return [['year', year], ...[...types].map((one): Facet => ['type', one]), ...(ext ? [['ext', ext] satisfies Facet] : [])]
}
const isScan = (text: KeptText | null): boolean => text?.parts.some(({ sureness }) => sureness !== null) ?? false

function factsOf({ number, about, at, sha256, type }: About, text: KeptText | null, language: Language, length: number): Facts {
  const surenesses = text?.parts.flatMap(({ sureness }) => sureness ?? []) ?? []
  const people = [about.author, text?.author ?? '', ...(text?.from ?? [])].map((one) => one.trim().slice(0, 80)).filter(Boolean)
  return {
    number,
    type: isScan(text) ? 'scan' : (text?.type ?? type),
    language,
    length,
    day: dayIn(about, text),
    at,
    people: [...new Set(people)].slice(0, 3),
    sureness: surenesses.length > 0 ? Math.round(surenesses.reduce((sum, one) => sum + one, 0) / surenesses.length) : null,
    same: sha256.slice(0, 16),
  }
}

const dayIn = (about: About['about'], text: KeptText | null): string | null => text?.date?.slice(0, 10) ?? about.receivedOn

/** The day by which a version is narrowed and ordered: its content's own, or when it came in. */
export const dayOf = ({ day, at }: Pick<Facts, 'day' | 'at'>): string => day ?? at.slice(0, 10)
