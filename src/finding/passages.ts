import type { Hit } from './matching.ts'

/**
 * A piece of a text as it is shown: on one line, without control characters and signs that turn the direction of writing. `marks`: the
 * hits in it, from and up to, in UTF-16 units of the piece; `at`: where its first character stands in the text.
 */
export type Passage = { text: string; marks: [start: number, end: number][]; at: number }
/** How many passages at most, and how many characters each is to have. */
export type Wish = { most: number; length: number }
type Range = { from: number; to: number }

/** What a passage that shows a leaf again is worth, against one that shows it first. */
const AGAIN = 0.25
/** How far a cut is moved for the border of a word. */
const MOST_MOVED = 40
const UNSHOWN = /[\p{Cc}\u061c\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

/** The passages that show the most different hits closest together, in the order of the text. Without a hit there is none. */
export function passagesOf(text: string, hits: readonly Hit[], wish: Wish = { most: 2, length: 220 }): Passage[] {
  const ranges: Range[] = []
  const seen = new Set<number>()
  while (ranges.length < wish.most) {
    const free = hits.filter((hit) => ranges.every(({ from, to }) => hit.end <= from || hit.start >= to))
    const best = closest(text, free, seen, wish.length, ranges)
    if (best === null) break
    const range = around(text, best, wish.length, ranges)
    ranges.push(range)
    for (const hit of free) if (hit.start < range.to && hit.end > range.from) seen.add(hit.leaf)
  }
  return ranges.sort((one, other) => one.from - other.from).map((range) => shownIn(text, range, hits))
}

/**
 * The hits beside each other, within so many characters, of the most leaves; of two such the narrower, then the first. One pass: what
 * stands again later is let go on the left.
 */
function closest(text: string, hits: readonly Hit[], seen: ReadonlySet<number>, length: number, taken: readonly Range[]): Range | null {
  const counts = new Map<number, number>()
  const worth = (leaf: number): number => (seen.has(leaf) ? AGAIN : 1)
  let best: (Range & { worth: number }) | null = null
  let [first, sum, border] = [0, 0, borderAfter(text, hits[0]?.start ?? 0, taken)]
  const letGo = (): void => {
    const { leaf } = hits[first++]!
    const count = counts.get(leaf)! - 1
    counts.set(leaf, count)
    if (count === 0) sum -= worth(leaf)
  }
  hits.forEach((hit, last) => {
    if (hit.start >= border) {
      while (first < last) letGo()
      border = borderAfter(text, hit.start, taken)
    }
    counts.set(hit.leaf, (counts.get(hit.leaf) ?? 0) + 1)
    if (counts.get(hit.leaf) === 1) sum += worth(hit.leaf)
    while (first < last && (hit.end - hits[first]!.start > length || counts.get(hits[first]!.leaf)! > 1)) letGo()
    const range = { from: hits[first]!.start, to: hit.end, worth: sum }
    if (best === null || sum > best.worth || (sum === best.worth && range.to - range.from < best.to - best.from)) best = range
  })
  return best
}

/** Where the part, or what is free of it, ends. */
function borderAfter(text: string, at: number, taken: readonly Range[]): number {
  const feed = text.indexOf('\f', at)
  return Math.min(feed < 0 ? text.length : feed, ...taken.filter(({ from }) => from >= at).map(({ from }) => from))
}
const borderBefore = (text: string, at: number, taken: readonly Range[]): number =>
  Math.max(text.lastIndexOf('\f', at) + 1, ...taken.filter(({ to }) => to <= at).map(({ to }) => to))

/** As many characters around it, cut at the borders of words, within its part. */
function around(text: string, { from, to }: Range, length: number, taken: readonly Range[]): Range {
  const [low, high] = [borderBefore(text, from, taken), borderAfter(text, from, taken)]
  const spare = Math.max(0, length - (to - from))
  const begin = Math.max(low, Math.min(from - Math.floor(spare / 2), high - length))
  const end = Math.min(high, begin + length)
  return { from: begin > low ? movedOn(text, begin, from) : begin, to: end < high ? movedBack(text, end, Math.min(to, end)) : end }
}

/** The beginning of the next word, no further than `most`. */
function movedOn(text: string, at: number, most: number): number {
  if (/\s/.test(text[at - 1]!)) return at
  const found = text.slice(at, Math.min(most, at + MOST_MOVED)).search(/\s/)
  return found < 0 ? at + halfAt(text, at) : at + found
}

/** The end of the word before, no less than `least`. */
function movedBack(text: string, at: number, least: number): number {
  if (/\s/.test(text[at]!)) return at
  const [start, piece] = [Math.max(least, at - MOST_MOVED), text.slice(Math.max(least, at - MOST_MOVED), at)]
  const found = piece.search(/\s\S*$/)
  return found < 0 ? at - halfAt(text, at) : start + found
}

/** 1 between the two halves of one character. */
const halfAt = (text: string, at: number): number =>
  /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '') ? 1 : 0

function shownIn(text: string, { from, to }: Range, hits: readonly Hit[]): Passage {
  let [shown, isSpaced, at] = ['', false, from]
  const [before, after]: [number[], number[]] = [[], []]
  for (let index = from; index < to; index += 1) {
    const sign = text[index]!
    const isSpace = /\s/.test(sign)
    const isShown = !isSpace && !UNSHOWN.test(sign)
    if (isShown && shown === '') at = index
    if (isShown && isSpaced && shown !== '') shown += ' '
    isSpaced = isSpace || (isSpaced && !isShown)
    before.push(shown.length)
    if (isShown) shown += sign
    after.push(shown.length)
  }
  const marks: [number, number][] = []
  for (const hit of hits) {
    if (hit.start >= to || hit.end <= from) continue
    const [start, end] = [before[Math.max(hit.start, from) - from]!, after[Math.min(hit.end, to) - 1 - from]!]
    const last = marks.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else if (start < end) marks.push([start, end])
  }
  return { text: shown.toWellFormed(), marks, at }
}
