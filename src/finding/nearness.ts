/** Words from one to the other, both within it, by their index. */
export type Stretch = { from: number; to: number }
/** What was found of one side, in order. `isLoose`: the stretches hold other words between, as those of a proximity do. */
export type Side = { stretches: readonly Stretch[]; isLoose: boolean }
/** `ones`, `others`: what stands near one of the other side, in order. `hulls`: from what begins to what ends each nearest pair. */
export type Near = { ones: Stretch[]; others: Stretch[]; hulls: () => readonly Stretch[] }
/** Of two words, the first before the last: whether they are near. Where they are, all between them are as well. */
export type IsWithin = (first: number, last: number) => boolean

/**
 * What stands near each other; no word is near itself. Both sides are gone through once side by side, so that it takes no longer than
 * sorting them, however often a word stands there.
 */
export function near(one: Side, other: Side, isOrdered: boolean, isWithin: IsWithin): Near {
  const [ones, others] = [markedOf(one.stretches), markedOf(other.stretches)]
  const hulls: Stretch[] = []
  nearestPairs(ones, others, isWithin, hulls)
  if (!isOrdered) {
    nearestPairs(others, ones, isWithin, hulls)
    if (one.isLoose) enclosed(ones, others, hulls)
    if (other.isLoose) enclosed(others, ones, hulls)
  }
  const near = ({ stretches, marks }: Marked): Stretch[] => stretches.filter((_, index) => marks[index])
  return { ones: near(ones), others: near(others), hulls: () => tightest(hulls) }
}

/** In the order in which they begin. */
export function inOrder<Part extends Stretch>(stretches: readonly Part[]): readonly Part[] {
  const isBefore = (one: Stretch, next: Stretch): boolean => one.from < next.from || (one.from === next.from && one.to <= next.to)
  if (stretches.every((stretch, index) => index === 0 || isBefore(stretches[index - 1]!, stretch))) return stretches
  return [...stretches].sort((one, next) => one.from - next.from || one.to - next.to)
}

/** Those that lie in one of the others; both in order. */
export function within<Part extends Stretch>(parts: readonly Part[], wholes: readonly Stretch[]): Part[] {
  let [next, furthest] = [0, -1]
  return parts.filter((part) => {
    for (; next < wholes.length && wholes[next]!.from <= part.from; next += 1) furthest = Math.max(furthest, wholes[next]!.to)
    return part.to <= furthest
  })
}

/** Stretches in order, those that are near marked; `byEnd`: their indices in the order in which they end. */
type Marked = { stretches: readonly Stretch[]; marks: Uint8Array; byEnd: readonly number[] }

function markedOf(stretches: readonly Stretch[]): Marked {
  const byEnd = stretches.map((_, index) => index)
  const isSorted = stretches.every((stretch, index) => index === 0 || stretches[index - 1]!.to <= stretch.to)
  if (!isSorted) byEnd.sort((one, next) => stretches[one]!.to - stretches[next]!.to || stretches[one]!.from - stretches[next]!.from)
  return { stretches, marks: new Uint8Array(stretches.length), byEnd }
}

/** For each of the firsts the next of the lasts, and for each of the lasts the first before it, where they are near. */
function nearestPairs(firsts: Marked, lasts: Marked, isWithin: IsWithin, hulls: Stretch[]): void {
  const pair = (first: number, last: number): void => {
    const [begin, end] = [firsts.stretches[first]!, lasts.stretches[last]!]
    if (!isWithin(begin.to, end.from)) return
    firsts.marks[first] = lasts.marks[last] = 1
    hulls.push({ from: begin.from, to: end.to })
  }
  let next = 0
  for (const first of firsts.byEnd) {
    while (next < lasts.stretches.length && lasts.stretches[next]!.from <= firsts.stretches[first]!.to) next += 1
    if (next < lasts.stretches.length) pair(first, next)
  }
  let before = 0
  lasts.stretches.forEach((last, index) => {
    while (before < firsts.byEnd.length && firsts.stretches[firsts.byEnd[before]!]!.to < last.from) before += 1
    if (before > 0) pair(firsts.byEnd[before - 1]!, index)
  })
}

/** What lies between the two ends of something loose is near it. */
function enclosed(outer: Marked, inner: Marked, hulls: Stretch[]): void {
  let [next, furthest] = [0, -1]
  inner.stretches.forEach((part, index) => {
    for (; next < outer.stretches.length && outer.stretches[next]!.from < part.from; next += 1)
      furthest = Math.max(furthest, outer.stretches[next]!.to)
    if (part.to < furthest) inner.marks[index] = 1
  })
  // from the last to the first: the least end of all that begin after it
  let [after, least] = [inner.stretches.length - 1, Infinity]
  for (let index = outer.stretches.length - 1; index >= 0; index -= 1) {
    const whole = outer.stretches[index]!
    for (; after >= 0 && inner.stretches[after]!.from > whole.from; after -= 1) least = Math.min(least, inner.stretches[after]!.to)
    if (least >= whole.to) continue
    outer.marks[index] = 1
    hulls.push(whole)
  }
}

/** Of those that begin, or end, at one word the shortest: what is near a longer one is as near to it. */
function tightest(hulls: readonly Stretch[]): readonly Stretch[] {
  const size = 1 + hulls.reduce((most, { to }) => Math.max(most, to), 0)
  const [ends, begins] = [new Int32Array(size).fill(size), new Int32Array(size).fill(-1)]
  for (const { from, to } of hulls) {
    ends[from] = Math.min(ends[from]!, to)
    begins[to] = Math.max(begins[to]!, from)
  }
  const kept: Stretch[] = []
  ends.forEach((to, from) => to < size && kept.push({ from, to }))
  begins.forEach((from, to) => from >= 0 && ends[from] !== to && kept.push({ from, to }))
  return inOrder(kept)
}
