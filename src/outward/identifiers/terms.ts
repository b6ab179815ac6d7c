import type { Term, TermKind } from './kinds.ts'
import { bookOf, listed, phrasesIn, wordsOf, type Hits } from './phrases.ts'
import { PLAIN_TERMS, WEAK_TERMS } from './term-words.ts'

/** `characters`: how much of a text is read; `found`: how many are told. */
export type TermLimits = { characters: number; found: number }

type Meaning = { kind: TermKind; isWeak: boolean }

const LIMITS: TermLimits = { characters: 16 * 1024 * 1024, found: 10_000 }
/** Characters in which weak words must stand together, about half a page. */
const STRETCH = 1200
const LEAST = 4
const LEAST_DIFFERENT = 3

const MEANINGS = meaningsOf()
const TERMS = bookOf([...MEANINGS.keys()].map((phrase, id) => [phrase, id] as const))
const MEANINGS_BY_ID = [...MEANINGS.values()]

/**
 * The terms of a text that speak of health, bank details, biometric or genetic data, children, crime or privilege, in the order in which
 * they stand. A plain term, such as `bank statement`, `diagnosed with` or `work product`, counts alone. A weak one, such as `bank`,
 * `patient` or `custody`, which half of all pleadings say once, counts only where four weak or plain terms of its kind stand within 1,200
 * characters and three of them are different. `isCut`: the text or what is in it goes beyond the limits.
 */
export function termsIn(text: string, limits: Partial<TermLimits> = {}): { found: Term[]; isCut: boolean } {
  const { characters, found: most } = { ...LIMITS, ...limits }
  const read = text.length > characters ? text.slice(0, characters) : text
  const hits = phrasesIn(read, TERMS)
  const counts = denseOnes(hits)
  const found: Term[] = []
  for (let index = 0; index < hits.ids.length && found.length <= most; index += 1) {
    const at = hits.starts[index]!
    if (counts[index]) found.push({ kind: MEANINGS_BY_ID[hits.ids[index]!]!.kind, at, length: hits.ends[index]! - at })
  }
  return { found: found.slice(0, most), isCut: read !== text || found.length > most }
}

/** Of each term whether it counts: each kind's are gone through once, with those within a stretch counted as it moves on. */
function denseOnes({ ids, starts }: Hits): Uint8Array {
  const counts = new Uint8Array(ids.length)
  const indices = Map.groupBy(ids.keys(), (index) => MEANINGS_BY_ID[ids[index]!]!.kind)
  for (const its of indices.values()) {
    const within = new Map<number, number>()
    let first = 0
    let told = 0
    for (let last = 0; last < its.length; last += 1) {
      const index = its[last]!
      within.set(ids[index]!, (within.get(ids[index]!) ?? 0) + 1)
      for (; starts[index]! - starts[its[first]!]! > STRETCH; first += 1) leave(within, ids[its[first]!]!)
      if (!MEANINGS_BY_ID[ids[index]!]!.isWeak) counts[index] = 1
      if (last - first + 1 < LEAST || within.size < LEAST_DIFFERENT) continue
      for (told = Math.max(told, first); told <= last; told += 1) counts[its[told]!] = 1
    }
  }
  return counts
}

function leave(within: Map<number, number>, id: number): void {
  const left = within.get(id)! - 1
  if (left === 0) within.delete(id)
  else within.set(id, left)
}

function meaningsOf(): Map<string, Meaning> {
  const meanings = new Map<string, Meaning>()
  for (const [isWeak, words] of [
    [false, PLAIN_TERMS],
    [true, WEAK_TERMS],
  ] as const)
    for (const [kind, phrases] of Object.entries(words))
      for (const phrase of listed(phrases)) {
        const key = `${wordsOf(phrase).join(' ')}${phrase.endsWith('*') ? '*' : ''}`
        if (!meanings.has(key)) meanings.set(key, { kind: kind as TermKind, isWeak })
      }
  return meanings
}
