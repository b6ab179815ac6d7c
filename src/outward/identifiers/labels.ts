import { CUES } from './cues.ts'
import type { IdentifierKind } from './kinds.ts'
import { OTHER_DAYS, OTHER_LABELS } from './other-labels.ts'
import { bookOf, listed, wordsOf } from './phrases.ts'

/** What a number may be that a word stands by. */
export type Sense = IdentifierKind | 'sort-code' | 'other-number' | 'other-day'

const SENSES = sensesOf()

/** Every word that says what number stands by it; the id of each is its place in this book's senses. */
export const LABELS = bookOf([...SENSES.keys()].map((phrase, id) => [phrase, id] as const))
const SENSES_BY_ID = [...SENSES.values()]

export const says = (id: number, sense: Sense): boolean => SENSES_BY_ID[id]!.has(sense)

/** Whether such a word says that a number is not of this kind, rather than that it is. */
export function saysOther(id: number, kind: IdentifierKind): boolean {
  const senses = SENSES_BY_ID[id]!
  if (senses.has(kind)) return false
  return kind === 'date-of-birth' || !(senses.size === 1 && senses.has('other-day'))
}

/** Whether it names a number that is no identifier at all. */
export const saysNone = (id: number): boolean => SENSES_BY_ID[id]!.has('other-number')
export const saysOtherDay = (id: number): boolean => SENSES_BY_ID[id]!.has('other-day')

function sensesOf(): Map<string, Set<Sense>> {
  const senses = new Map<string, Set<Sense>>()
  const add = (phrase: string, sense: Sense): void => {
    const key = `${wordsOf(phrase).join(' ')}${phrase.endsWith('*') ? '*' : ''}`
    senses.set(key, (senses.get(key) ?? new Set<Sense>()).add(sense))
  }
  for (const [kind, phrases] of Object.entries(CUES)) for (const phrase of listed(phrases)) add(phrase, kind as Sense)
  for (const phrase of listed(OTHER_LABELS)) add(phrase, 'other-number')
  for (const phrase of listed(OTHER_DAYS)) add(phrase, 'other-day')
  return senses
}
