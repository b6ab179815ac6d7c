import { GENERIC, PLACES } from './name-lists.ts'
import { isGivenName } from './given-names.ts'
import type { Kind } from './name-forms.ts'
import { ALIKE, type Likeness } from './word-likeness.ts'

export type How =
  'exact' | 'spelling' | 'transliteration' | 'order' | 'initials' | 'nickname' | 'phonetic' | 'legal form' | 'subset' | 'domain'
/** `words`: the asked word and the found one where they differ; all that the way concerns otherwise. */
export type Why = { how: How; words: string[] }

export type ScoredName = {
  words: { text: string; joined: string | null; isInitial: boolean }[]
  kind: Kind
  legalForm: string | null
  isTurned: boolean
}
export type LikenessBetween = (asked: number, found: number) => Likeness | null

type Pair = { asked: number; found: number; span: [number, number]; likeness: number; how: How }

/**
 * How likely two names are those of one person or company, 0 to 1, with the reasons. 1 only for the same words in the same
 * order under the same legal form.
 */
export function scoreNames(asked: ScoredName, found: ScoredName, likeness: LikenessBetween): { score: number; why: Why[] } {
  const pairs = pairsOf(asked, found, likeness)
  const isCompany = asked.kind === 'organization' || found.kind === 'organization'
  const left = (name: ScoredName, side: 'asked' | 'found') =>
    name.words.filter((_, at) => !pairs.some((pair) => pair[side] <= at && at < pair[side] + pair.span[side === 'asked' ? 0 : 1]))
  const leftAsked = left(asked, 'asked')
  const leftFound = left(found, 'found')
  const why: Why[] = []
  let score = (isCompany ? companyScore : personScore)({ asked, found, pairs, leftAsked, leftFound })
  if (score <= 0) return { score: 0, why }
  for (const { asked: a, found: f, span, how } of pairs)
    if (how !== 'exact') why.push({ how, words: [textOf(asked, a, span[0]), textOf(found, f, span[1])] })
  if (leftAsked.length + leftFound.length > 0) why.push({ how: 'subset', words: [...leftAsked, ...leftFound].map(({ text }) => text) })
  const isOrdered = [...pairs].sort((a, b) => a.asked - b.asked).every((pair, at, all) => at === 0 || all[at - 1]!.found < pair.found)
  if (!isOrdered || asked.isTurned !== found.isTurned) why.push({ how: 'order', words: asked.words.map(({ text }) => text) })
  if (!isOrdered) score -= 0.03
  if (asked.legalForm !== found.legalForm && isCompany) {
    why.push({ how: 'legal form', words: [asked.legalForm ?? '', found.legalForm ?? ''] })
    score -= asked.legalForm === null || found.legalForm === null ? 0.01 : 0.03
  }
  if (why.length === 0) why.push({ how: 'exact', words: asked.words.map(({ text }) => text) })
  return { score: Math.max(0, score), why }
}

const textOf = (name: ScoredName, at: number, span: number): string =>
  name.words
    .slice(at, at + span)
    .map(({ text }) => text)
    .join(' ')

/** One word written as two, or with its particle. */
const JOINED = 0.97

/** The best pairs first, each word once (greedy: names are short, and ties are the same word twice). */
function pairsOf(asked: ScoredName, found: ScoredName, likeness: LikenessBetween): Pair[] {
  const all: Pair[] = []
  for (let a = 0; a < asked.words.length; a += 1) {
    for (let f = 0; f < found.words.length; f += 1) {
      const [x, y] = [asked.words[a]!, found.words[f]!]
      const pair = (span: [number, number], one: number, how: How) => all.push({ asked: a, found: f, span, likeness: one, how })
      if (x.isInitial || y.isInitial) {
        if (x.text[0] === y.text[0]) pair([1, 1], x.isInitial && y.isInitial ? 1 : 0.93, x.isInitial && y.isInitial ? 'exact' : 'initials')
        continue
      }
      const alike = likeness(a, f)
      const isJoined = x.joined === y.text || y.joined === x.text
      if (isJoined && (alike === null || alike.likeness < JOINED)) pair([1, 1], JOINED, 'spelling')
      else if (alike !== null && alike.likeness >= ALIKE) pair([1, 1], alike.likeness, alike.how)
      const [next, other] = [asked.words[a + 1], found.words[f + 1]]
      if (next !== undefined && x.text + next.text === y.text) pair([2, 1], JOINED, 'spelling')
      if (other !== undefined && x.text === y.text + other.text) pair([1, 2], JOINED, 'spelling')
    }
  }
  // a word that stands for two is worth both; among equals, those that stand at one place
  const rank = (pair: Pair): number => pair.likeness + (pair.span[0] + pair.span[1] - 2) * 0.5 - Math.abs(pair.asked - pair.found) * 0.001
  const taken: Pair[] = []
  const overlap = (p: number, ps: number, q: number, qs: number): boolean => p < q + qs && q < p + ps
  for (const pair of all.sort((p, q) => rank(q) - rank(p))) {
    if (
      taken.some(
        (one) => overlap(one.asked, one.span[0], pair.asked, pair.span[0]) || overlap(one.found, one.span[1], pair.found, pair.span[1]),
      )
    )
      continue
    taken.push(pair)
  }
  return taken
}

type Compared = { asked: ScoredName; found: ScoredName; pairs: Pair[]; leftAsked: ScoredName['words']; leftFound: ScoredName['words'] }

const missing = (pairs: Pair[]): number => pairs.reduce((sum, { likeness }) => sum + 1 - likeness, 0)
const isFull = (name: ScoredName, at: number): boolean => !name.words[at]!.isInitial

/** Near spellings of given names are mostly other given names (Luis, Luisa; Vijay, Vinay); those that are not stand in the table. */
const GIVEN_NAME_DOUBT = 0.4

/** What each names and the other does not makes them two persons; what only one names is a middle or second surname. */
function personScore({ asked, found, pairs, leftAsked, leftFound }: Compared): number {
  const full = pairs.filter((pair) => isFull(asked, pair.asked) && isFull(found, pair.found))
  if (full.length === 0) return 0
  let score = 1 - missing(pairs)
  for (const { asked: at, how, likeness } of full)
    if (at < asked.words.length - 1 && (how === 'spelling' || how === 'phonetic')) score -= (1 - likeness) * GIVEN_NAME_DOUBT
  if (leftAsked.length > 0 && leftFound.length > 0) return score * 0.6
  const left = [...leftAsked, ...leftFound]
  score -= left.reduce((sum, word) => sum + (word.isInitial ? 0.02 : 0.05), 0)
  if (full.length === 1 && (asked.words.length > 1 || found.words.length > 1)) {
    // one name is shared and nothing but initials besides, or nothing
    const { asked: at, found: other } = full[0]!
    if (pairs.length === 1) score -= 0.12
    const isFirst = at < asked.words.length - 1 || other < found.words.length - 1
    if (isFirst && isGivenName(asked.words[at]!.text)) score -= 0.15
    // the initial is a middle one, and the first names stand apart: Paula Smith, James P. Smith
    const isMiddle = pairs.length > 1 && (leftAsked.includes(asked.words[0]!) || leftFound.includes(found.words[0]!))
    if (isMiddle) score -= 0.12
  }
  return score
}

const isTelling = ({ text }: { text: string }): boolean => !GENERIC.has(text) && !PLACES.has(text)

/** Words of business tell little; what tells has to be in both. */
function companyScore({ asked, found, pairs, leftAsked, leftFound }: Compared): number {
  if (pairs.length === 0) return 0
  let score = 1 - missing(pairs)
  if (asked.kind !== found.kind && asked.kind !== 'unknown' && found.kind !== 'unknown') score -= pairs.length > 1 ? 0.05 : 0.15
  const telling = pairs.filter((pair) => isTelling(asked.words[pair.asked]!))
  const weigh = (words: ScoredName['words']): number =>
    words.reduce((sum, word) => sum + (GENERIC.has(word.text) ? 0.05 : PLACES.has(word.text) ? 0.07 : 0.12), 0)
  if (telling.length === 0)
    return leftAsked.length + leftFound.length === 0 ? score : score - 0.1 - 2 * (weigh(leftAsked) + weigh(leftFound))
  const both = leftAsked.length > 0 && leftFound.length > 0
  return score - (weigh(leftAsked) + weigh(leftFound)) * (both ? 2 : 1)
}
