import { givenNameLink, isGivenName } from './given-names.ts'
import { bonesOf, skeletonOf } from './name-letters.ts'
import { GENERIC, PLACES } from './name-lists.ts'

export type WordHow = 'exact' | 'spelling' | 'transliteration' | 'nickname' | 'phonetic'
export type Likeness = { likeness: number; how: WordHow }
/** A word that is asked for, with what it is compared by. `isBare`: written without vowels. */
export type AskedWord = { text: string; skeleton: string; isBare: boolean }
/** How the two came together: by sound, by skeleton. */
export type Met = { isHeard: boolean; hasSkeleton: boolean }

/** Before a known word that is written without vowels. */
export const NO_VOWELS = '~'
/** Under this two words are not taken for one. */
export const ALIKE = 0.76

/**
 * How alike two folded words are as words of names, 0 to 1, and in what way; null under `ALIKE`. Two given names, two places or two words of business that are known to differ are not alike, however near they are written
 * (Joan and John, Iceland and Ireland).
 */
export function likenessOf(asked: AskedWord, text: string, { isHeard, hasSkeleton }: Met): Likeness | null {
  const isBare = text.startsWith(NO_VOWELS)
  if (isBare === asked.isBare && asked.text === text.replace(NO_VOWELS, '')) return { likeness: 1, how: 'exact' }
  if (isBare || asked.isBare) return bareLikeness(asked.text, text.replace(NO_VOWELS, ''))
  const link = givenNameLink(asked.text, text)
  if (link !== null) return link === 'spelling' ? { likeness: 0.97, how: 'transliteration' } : { likeness: 0.94, how: 'nickname' }
  if (areKnownToDiffer(asked.text, text)) return null
  if (hasSkeleton) return { likeness: 0.96, how: 'transliteration' }
  const length = Math.max(asked.text.length, text.length)
  if (length < 4) return null
  // beyond this not even a like sound helps
  const limit = (1 - ALIKE) * (1 / (1 - HEARD)) * Math.max(length, 5)
  let cost = editCost(asked.text, text, limit + MARGIN)
  if (cost > SKELETON_COST && cost < limit + MARGIN)
    cost = Math.min(cost, editCost(asked.skeleton, skeletonOf(text), limit) + SKELETON_COST)
  if (cost === Infinity) return null
  const spelled = 1 - cost / Math.max(length, 5)
  const likeness = isHeard ? spelled + (1 - spelled) * HEARD : spelled
  if (likeness < ALIKE) return null
  return { likeness, how: isHeard && spelled < 0.86 ? 'phonetic' : 'spelling' }
}

/** How much of the difference a like sound takes away. */
const HEARD = 0.25
/** What is lost by comparing skeletons in place of the words, and how much dearer the words may be for it to be worth trying. */
const SKELETON_COST = 0.3
const MARGIN = 1.5

function bareLikeness(a: string, b: string): Likeness | null {
  const bones = bonesOf(a)
  return bones.length > 1 && bones === bonesOf(b) ? { likeness: 0.88, how: 'transliteration' } : null
}

const areKnownToDiffer = (a: string, b: string): boolean =>
  (isGivenName(a) && isGivenName(b)) || ((PLACES.has(a) || GENERIC.has(a)) && (PLACES.has(b) || GENERIC.has(b)))

/** Letters that clerks and languages put for one another, and what that costs of a whole edit. */
const NEAR = new Map<string, number>()
for (const [pairs, cost] of [
  ['iy ck kq sz vw ij jy', 0.3],
  ['ei ou ao ae fv cs dt cz kx gj', 0.6],
  ['bp gk eo ai mn ea eu', 0.8],
] as const) {
  for (const [a, b] of pairs.split(' ')) for (const key of [a! + b!, b! + a!]) if (!NEAR.has(key)) NEAR.set(key, cost)
}
const FIRST = 1.5
const LONGEST = 40

let before = new Float64Array(LONGEST + 1)
let above = new Float64Array(LONGEST + 1)
let row = new Float64Array(LONGEST + 1)

/**
 * Edits from one word to the other (optimal string alignment), each 1 or less where the letters are near, and more at the start;
 * Infinity when they come to more than `limit`.
 */
export function editCost(a: string, b: string, limit = Infinity): number {
  const [rows, columns] = [Math.min(a.length, LONGEST), Math.min(b.length, LONGEST)]
  for (let j = 0; j <= columns; j += 1) above[j] = j === 0 ? 0 : j + FIRST - 1
  for (let i = 1; i <= rows; i += 1) {
    row[0] = i + FIRST - 1
    let least = row[0]
    const x = a[i - 1]!
    const dropX = dropped(a, i - 1)
    for (let j = 1; j <= columns; j += 1) {
      const y = b[j - 1]!
      let best = above[j - 1]!
      if (x !== y) {
        best += (NEAR.get(x + y) ?? 1) * (i === 1 && j === 1 ? FIRST : 1)
        best = Math.min(best, above[j]! + dropX, row[j - 1]! + dropped(b, j - 1))
        if (i > 1 && j > 1 && x === b[j - 2] && y === a[i - 2]) best = Math.min(best, before[j - 2]! + 0.7)
      } else best = Math.min(best, above[j]! + dropX, row[j - 1]! + dropped(b, j - 1))
      row[j] = best
      if (best < least) least = best
    }
    if (least > limit + 1) return Infinity
    ;[before, above, row] = [above, row, before]
  }
  return above[columns]! > limit ? Infinity : above[columns]!
}

/** A letter too many: a second one of a kind, an h, an e at the end cost little. */
const dropped = (word: string, at: number): number => {
  if (word[at] === word[at - 1]) return 0.3
  if (word[at] === 'h' || (word[at] === 'e' && at === word.length - 1)) return 0.5
  return at === 0 ? FIRST : 1
}
