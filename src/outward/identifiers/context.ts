import { DASH, DIGIT, DOT, LETTER, SLASH, SPACE, classOf } from './characters.ts'
import type { Candidate } from './candidates.ts'
import type { IdentifierKind } from './kinds.ts'
import { says, saysNone, saysOther, saysOtherDay } from './labels.ts'
import type { Hits } from './phrases.ts'
import { LINE_BREAK } from './scheme.ts'

/** What the words near a number say of it. `own`: that it is of this kind; `other`: that it is another one; `none`: nothing. */
export type Said = 'own' | 'other' | 'none'
/** What was last found of each kind, so that the lines of a table under it are told by it. */
export type Last = Map<IdentifierKind, { end: number; joins: string }>

/** Characters before a number in which a word speaks of it: with check digits, and without. */
const BEFORE = 110
const BEFORE_UNCHECKED = 60
const CLOSEST = 8
/** Characters after it, as in `123456782 (BSN)`. */
const AFTER = 18
/** Characters under a line that names columns. */
const UNDER_HEADING = 500
const UNDER_ANOTHER = 150
/** Characters between two words that speak of one number, as in `routing and account numbers`. */
const TOGETHER = 12
/** Characters before a number in which the name of another one takes it away although its form is plain. */
const CLOSE = 45
const SORT_CODE_NEAR = 120

/**
 * Asks the words near each number what it is, the numbers in about the order in which they stand. The nearest word decides, so that the
 * account number after `SSN 219-09-9999, account` is no SSN; above a table, in a line that names two columns or more, each does.
 */
export function contextOf(text: string, hits: Hits): (kind: IdentifierKind, isChecked: boolean, candidate: Candidate, last: Last) => Said {
  let next = 0
  return (kind, isChecked, candidate, last) => {
    while (next < hits.starts.length && hits.ends[next]! <= candidate.at) next += 1
    while (next > 0 && hits.ends[next - 1]! > candidate.at) next -= 1
    if (kind === 'uk-account' && !hasSortCode(hits, next, candidate)) return 'none'
    const before = saidBefore(hits, next - 1, kind, isChecked, candidate)
    if (before === 'own' || isUnderAnother(hits, next - 1, kind, isChecked, candidate, last)) return 'own'
    return before === 'none' && isSaidAfter(text, hits, next, kind, candidate) ? 'own' : before
  }
}

function saidBefore(hits: Hits, from: number, kind: IdentifierKind, isChecked: boolean, { at, line, numbers }: Candidate): Said {
  const reach = isChecked ? BEFORE : BEFORE_UNCHECKED
  let isOther = false
  let isStrange = false
  let nearest = -1
  for (let index = from; index >= 0; index -= 1) {
    const id = hits.ids[index]!
    const end = hits.ends[index]!
    const distance = at - end
    if (distance > UNDER_HEADING) break
    // a heading is a line above, with nothing said between it and here
    if (distance > reach && (hits.lines[index] === line || hits.lines[index] !== hits.lines[from])) break
    // two letters, as in `dl` or `ss`, speak of what stands right after them or of nothing
    if (end - hits.starts[index]! < 3 && distance > CLOSEST) continue
    const isAlone = hits.numbers[index] === numbers
    if (says(id, kind)) {
      const isFirst = nearest < 0 && (isAlone || isChecked)
      const isTogether = isAlone && !isOther && !isStrange && nearest - end <= TOGETHER
      if (distance <= reach && (isFirst || isTogether)) return 'own'
      const isBelow = hits.lines[index]! < line && (nearest < 0 || hits.lines[from] === hits.lines[index])
      if (isBelow && isHeading(hits, index)) return 'own'
      break
    }
    if (!saysOther(id, kind)) continue
    if (distance <= CLOSE && isAlone && saysNone(id)) isOther = true
    if (saysOtherDay(id)) isStrange = true
    nearest = hits.starts[index]!
  }
  return isOther ? 'other' : 'none'
}

/** Whether the line of a word names columns: right beside it stands another such word, and no number between them. */
function isHeading({ lines, numbers }: Hits, index: number): boolean {
  const isBeside = (other: number): boolean => lines[other] === lines[index] && numbers[other] === numbers[index]
  return isBeside(index - 1) || isBeside(index + 1)
}

/** Whether it stands under or beside one of its kind and form, with no other word between them. */
function isUnderAnother(hits: Hits, from: number, kind: IdentifierKind, isChecked: boolean, { at, joins }: Candidate, last: Last): boolean {
  const found = last.get(kind)
  if (!found || at - found.end > UNDER_ANOTHER || (!isChecked && found.joins !== joins)) return false
  for (let index = from; index >= 0 && hits.starts[index]! >= found.end; index -= 1) if (saysOther(hits.ids[index]!, kind)) return false
  return true
}

/** Whether a word right after a number says what it was, and no other number follows that the word could mean. */
function isSaidAfter(text: string, hits: Hits, next: number, kind: IdentifierKind, { end }: Candidate): boolean {
  let index = next
  while (index < hits.starts.length && hits.starts[index]! < end) index += 1
  if (index >= hits.starts.length || hits.starts[index]! - end > AFTER || !says(hits.ids[index]!, kind)) return false
  if (hits.ends[index]! - hits.starts[index]! < 3) return false
  const between = text.slice(end, hits.starts[index])
  if (/[\n\f;\d]|\. /.test(between)) return false
  return between.trimEnd().endsWith('(') || !/\d/.test(text.slice(hits.ends[index], hits.ends[index]! + AFTER))
}

function hasSortCode(hits: Hits, next: number, { at, end }: Candidate): boolean {
  for (let index = next - 1; index >= 0 && at - hits.ends[index]! <= SORT_CODE_NEAR; index -= 1)
    if (says(hits.ids[index]!, 'sort-code')) return true
  for (let index = next; index < hits.ids.length && hits.starts[index]! - end <= SORT_CODE_NEAR; index += 1)
    if (says(hits.ids[index]!, 'sort-code')) return true
  return false
}

/**
 * How a stretch is bound to what stands beside it. `cut`: it is a part of something longer, such as a UUID, a telephone number or an
 * amount; `attached`: a letter or a stroke joins it to something, so that its form alone does not say what it is.
 */
export type Binding = 'cut' | 'attached' | 'free'

export function bindingOf(text: string, at: number, end: number, joins: string): Binding {
  if (CUTTING.has(text.charCodeAt(at - 1)) || CUTTING.has(text.charCodeAt(end))) return 'cut'
  const joinBefore = classAt(text, at - 1)
  const joinAfter = classAt(text, end)
  const beyondBefore = classAt(text, at - 2)
  const beyondAfter = classAt(text, end + 1)
  if (beyondBefore === DIGIT && /\+\d{1,3}[ -]$/.test(text.slice(Math.max(0, at - 5), at))) return 'cut'
  if (beyondBefore === DIGIT && (joinBefore === DASH || joinBefore === DOT)) return 'cut'
  if (beyondAfter === DIGIT && (joinAfter === DASH || joinAfter === DOT)) return 'cut'
  if (isSpaced(joins) && (isSameSize(text, at, -1) || isSameSize(text, end, 1))) return 'cut'
  if (joinBefore === DASH && isSign(beyondBefore)) return 'attached'
  if (joinAfter === DASH && isSign(beyondAfter)) return 'attached'
  if ((joinBefore === SLASH && isSign(beyondBefore)) || (joinAfter === SLASH && isSign(beyondAfter))) return 'attached'
  return 'free'
}

/** Words before `no.` that name nothing, as in `under no. 12`. */
const NAMELESS =
  /^(?:the|a|this|that|his|her|its|their|my|your|our|with|under|as|is|by|le|la|les|son|sa|sous|el|su|il|lo|con|col|de|du|di|van|der|die|das|dem|den|mit|unter|het|een|met|un|una)$/i
/** A word and what says that its number follows, right before a number: `Job no. `, `Quittung Nr. `, `Zählernummer: `. */
const NAMED = /(?<![\p{L}\d])(\p{L}{2,24})[ -]?(?:(?:nos?|nr|num|id|ref|number|numero|número|nummer)\b[.:#]{0,2}|n[.°º]{1,2}|#)[ :]{0,3}$/iu

/** Whether right before a number stands the name of one, whatever it is. */
export function isNamed(text: string, at: number): boolean {
  const name = NAMED.exec(text.slice(Math.max(0, at - 40), at))?.[1]
  return name !== undefined && !NAMELESS.test(name)
}

const CUTTING = new Set([...'+$£€¥@%&~°'].map((sign) => sign.charCodeAt(0)))
const classAt = (text: string, at: number): number => (at >= 0 && at < text.length ? classOf(text.charCodeAt(at)) : 0)
const isSign = (kind: number): boolean => kind >= DIGIT && kind <= LETTER
const isSpaced = (joins: string): boolean => joins !== '' && joins.trim() === '' && !joins.includes(LINE_BREAK)

/** Whether the digits beyond a space are as many as those before it, as where groups of four go on. */
function isSameSize(text: string, edge: number, step: 1 | -1): boolean {
  const first = step === 1 ? edge : edge - 1
  if (classAt(text, first) !== SPACE) return false
  const count = (from: number, by: number): number => {
    let length = 0
    while (length < 8 && classAt(text, from + by * length) === DIGIT) length += 1
    return length
  }
  const size = count(first + step, step)
  return size > 2 && size === count(first - step, -step)
}
