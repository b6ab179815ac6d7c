import { eachCandidate, isJoined, type Candidate } from './candidates.ts'
import { compactOf } from './characters.ts'
import { bindingOf, contextOf, isNamed, type Binding, type Last, type Said } from './context.ts'
import type { Identifier, IdentifierKind } from './kinds.ts'
import { LABELS } from './labels.ts'
import { phrasesIn } from './phrases.ts'
import { IBAN, SCHEMES } from './schemes.ts'
import { stepsOf } from './shapes.ts'

export { IDENTIFIER_KINDS, inWords, type Identifier, type IdentifierKind, type Term, type TermKind } from './kinds.ts'
export { termsIn } from './terms.ts'

/** `characters`: how much of a text is read; `found`: how many are told. */
export type IdentifierLimits = { characters: number; found: number }

const LIMITS: IdentifierLimits = { characters: 16 * 1024 * 1024, found: 10_000 }
const FIRST_STEP = stepsOf(SCHEMES)

/** An identifier with how sure it is. */
type Weighed = Identifier & { weight: number }

/**
 * The sensitive identifiers in a text, in the order in which they stand; none overlaps another: of two the surer is told, or else the
 * longer. A number is told where its issuer's rules hold and its form or a word near it says what it is (ISO 13616, ISO/IEC 7812 and what
 * each issuer publishes). `isCut`: the text or what is in it goes beyond the limits. The time is linear in the text's length.
 */
export function identifiersIn(text: string, limits: Partial<IdentifierLimits> = {}): { found: Identifier[]; isCut: boolean } {
  const { characters, found: most } = { ...LIMITS, ...limits }
  const read = text.length > characters ? text.slice(0, characters) : text
  const said = contextOf(read, phrasesIn(read, LABELS))
  const found: Weighed[] = []
  const last: Last = new Map()
  let isOver = false
  eachCandidate(read, FIRST_STEP, IBAN, (candidate) => {
    if (isOver) return
    for (const identifier of identifiersOf(read, candidate, (kind, isChecked) => said(kind, isChecked, candidate, last))) {
      if (!take(found, identifier)) continue
      last.set(identifier.kind, { end: identifier.at + identifier.length, joins: candidate.joins })
    }
    // one more than are told, as the last may still give way
    isOver = found.length > most + 1
  })
  const isCut = read !== text || found.length > most
  return { found: found.slice(0, most).map(({ kind, at, length }) => ({ kind, at, length })), isCut }
}

/** What may be shown of an identifier: its last two letters or digits, and of a short one or a date nothing. */
export function masked(text: string, { kind, at, length }: Identifier): string {
  const signs = compactOf(text, at, at + length)
  const shown = kind === 'date-of-birth' || signs.length < 6 ? '' : signs.slice(-2)
  return '•'.repeat(Math.max(signs.length - shown.length, 0)) + shown
}

/** What a stretch may be; of a kind without check digits the words are asked first, as they are sooner read than a date. */
function identifiersOf(text: string, candidate: Candidate, said: (kind: IdentifierKind, isChecked: boolean) => Said): Weighed[] {
  const { schemes, end, joins } = candidate
  let compact: string | null = null
  let binding: Binding | null = null
  let found: Weighed[] = NONE
  for (const scheme of schemes) {
    if (!isJoined(scheme, joins)) continue
    const { kind, isChecked } = scheme
    if (!isChecked && !scheme.isPlain && said(kind, isChecked) !== 'own') continue
    const at = scheme.beginsAt ? scheme.beginsAt(text, candidate.at) : candidate.at
    if (at === null) continue
    binding ??= bindingOf(text, at, end, joins)
    if (binding === 'cut') break
    compact ??= compactOf(text, candidate.at, end)
    if (!scheme.fits(compact, text.slice(candidate.at, end))) continue
    const word = said(kind, isChecked)
    const isPlain = binding === 'free' && (scheme.isPlain?.(joins, compact) ?? false)
    if (word !== 'own' && (!isPlain || (kind !== 'iban' && (word === 'other' || isNamed(text, at))))) continue
    if (found === NONE) found = []
    found.push({ kind, at, length: end - at, weight: (word === 'own' ? 4 : 0) + (isPlain ? 2 : 0) + (isChecked ? 1 : 0) })
  }
  return found
}

const NONE: Weighed[] = []

/** Puts an identifier in its place, where it is surer or longer than all that it overlaps. */
function take(found: Weighed[], identifier: Weighed): boolean {
  let from = found.length
  while (from > 0 && found[from - 1]!.at + found[from - 1]!.length > identifier.at) from -= 1
  for (let index = from; index < found.length; index += 1) if (!isBetter(identifier, found[index]!)) return false
  found.length = from
  found.push(identifier)
  return true
}

const isBetter = (one: Weighed, other: Weighed): boolean =>
  one.weight !== other.weight ? one.weight > other.weight : one.length > other.length
