import { BREAK, DASH, DIGIT, DOT, LETTER, LOWER, SLASH, SPACE, UNSEEN, UPPER, classOf, compactOf } from './characters.ts'
import { ibanLength } from './banking.ts'
import { NUMBER_DIGITS } from './phrases.ts'
import { LINE_BREAK, type Scheme } from './scheme.ts'
import { LONGEST_GROUP, signed, type Step } from './shapes.ts'

/**
 * A stretch of text in the form of the numbers of some schemes. `joins`: what is between its groups, a sign for each. `line`: on which it
 * begins. `numbers`: how many of four digits or more stand before it.
 */
export type Candidate = { schemes: readonly Scheme[]; at: number; end: number; joins: string; line: number; numbers: number }
/** A number that has begun, and how far it has come. */
type Begun = { step: Step; at: number; joins: string; line: number; numbers: number }

/** Units between two groups: one sign and a space or a line break on either side of it. */
const LONGEST_GAP = 6
/** The signature of a country's letters that stand alone. */
const TWO_LETTERS = 0b111
const JOINS: Record<number, string> = { [DASH]: '-', [DOT]: '.', [SLASH]: '/' }

/**
 * Every stretch that has the form of a number, in the order in which they end. Each group of letters and digits is looked at once, and
 * once more for each number that has begun before it, of which there are never more than a number has groups.
 */
export function eachCandidate(text: string, first: Step, iban: Scheme, see: (candidate: Candidate) => void): void {
  const ibans = [iban]
  let begun: Begun[] = NONE
  let line = 0
  let end = -1
  let numbers = 0
  let at = 0
  while (at < text.length) {
    const kind = classOf(text.charCodeAt(at))
    if (kind < DIGIT || kind > LETTER) {
      if (kind === BREAK) line += 1
      at += 1
      continue
    }
    const start = at
    let length = 0
    let digits = 0
    let isBroken = false
    let hasSmall = false
    for (; at < text.length; at += 1) {
      const kind = classOf(text.charCodeAt(at))
      if (kind < DIGIT || kind > LETTER) {
        if (kind === UNSEEN) continue
        break
      }
      length += 1
      if (kind === DIGIT) digits += 1
      else if (kind === LOWER) hasSmall = true
      else if (kind === LETTER) isBroken = true
    }
    const isPart = !isBroken && (digits > 0 || !hasSmall)
    // most words end here
    const signature = isPart && length <= LONGEST_GROUP ? signatureOf(text, start, at) : 0
    if (isPart && (digits > 0 ? length >= 4 : signature === TWO_LETTERS)) seeIban(text, start, ibans, line, numbers, see)
    if (signature === 0) begun = NONE
    else {
      begun = carriedOn(begun, begun.length > 0 ? joinOf(text, end, start) : null, signature)
      const step = first.next.get(signature)
      if (step) begun = [...begun, { step, at: start, joins: '', line, numbers }]
      for (const { step, at: start, joins, line, numbers } of begun)
        if (step.schemes.length > 0) see({ schemes: step.schemes, at: start, end: at, joins, line, numbers })
    }
    end = at
    if (digits >= NUMBER_DIGITS) numbers += 1
  }
}

const NONE: Begun[] = []

function signatureOf(text: string, from: number, to: number): number {
  let signature = 1
  for (let at = from; at < to; at += 1) {
    const kind = classOf(text.charCodeAt(at))
    if (kind !== UNSEEN) signature = signed(signature, kind !== DIGIT)
  }
  return signature
}

function carriedOn(begun: readonly Begun[], join: string | null, signature: number): Begun[] {
  if (join === null) return NONE
  let carried = NONE
  for (const { step, at, joins, line, numbers } of begun) {
    const next = step.next.get(signature)
    if (!next) continue
    if (carried === NONE) carried = []
    carried.push({ step: next, at, joins: joins + join, line, numbers })
  }
  return carried
}

/** Whether a scheme's numbers may be joined so. */
export function isJoined(scheme: Scheme, joins: string): boolean {
  for (const join of joins) if (!scheme.joins.includes(join === LINE_BREAK ? ' ' : join)) return false
  return true
}

/** What joins two groups: a sign with at most a space on either side, a space, or a line break; `null`: they stand apart. */
function joinOf(text: string, from: number, to: number): string | null {
  if (to - from > LONGEST_GAP) return null
  let sign = ''
  let spaces = 0
  let breaks = 0
  for (let at = from; at < to; at += 1) {
    const kind = classOf(text.charCodeAt(at))
    if (kind === UNSEEN) continue
    if (kind === SPACE) spaces += 1
    else if (kind === BREAK) breaks += 1
    else if (JOINS[kind] && sign === '') sign = JOINS[kind]
    else return null
  }
  if (breaks > 0) return breaks > 2 ? null : sign || LINE_BREAK
  if (sign !== '') return spaces > 2 ? null : sign
  return spaces === 1 ? ' ' : null
}

/** An IBAN may be grouped in any way, so that only its country tells how far it goes. */
function seeIban(
  text: string,
  start: number,
  schemes: readonly Scheme[],
  line: number,
  numbers: number,
  see: (candidate: Candidate) => void,
): void {
  const first = classOf(text.charCodeAt(start))
  const second = classOf(text.charCodeAt(start + 1))
  if ((first !== UPPER && first !== LOWER) || (second !== UPPER && second !== LOWER)) return
  const wanted = ibanLength(compactOf(text, start, start + 2))
  if (wanted === null) return
  const digits = classOf(text.charCodeAt(start + 2)) === SPACE ? start + 3 : start + 2
  if (classOf(text.charCodeAt(digits)) !== DIGIT || classOf(text.charCodeAt(digits + 1)) !== DIGIT) return
  let at = start
  let length = 0
  let gap = 0
  for (; at < text.length && length < wanted; at += 1) {
    const kind = classOf(text.charCodeAt(at))
    if (kind === DIGIT || kind === UPPER || kind === LOWER) {
      length += 1
      gap = 0
    } else if ((kind >= SPACE && kind <= DOT) || kind === BREAK || kind === UNSEEN) gap += 1
    else return
    if (gap > LONGEST_GAP) return
  }
  if (length < wanted || isPartOfWord(text, at)) return
  see({ schemes, at: start, end: at, joins: '', line, numbers })
}

const isPartOfWord = (text: string, at: number): boolean => {
  const kind = at < text.length ? classOf(text.charCodeAt(at)) : 0
  return kind >= DIGIT && kind <= LETTER
}
