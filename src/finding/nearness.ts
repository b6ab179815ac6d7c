/** Words from one to the other, both within it, by their index. */
export type Stretch = { from: number; to: number }
/** What was found of one side. `isLoose`: its stretches hold other words between what was found, as those of a proximity do. */
export type Side = { stretches: readonly Stretch[]; isLoose: boolean }
/** `ones`, `others`: what stands near one of the other side. `hulls`: from what begins to what ends each nearest pair. */
export type Near = { ones: Stretch[]; others: Stretch[]; hulls: Stretch[] }

/**
 * What stands near each other; no word is near itself. `isWithin` tells of two words, the first before the last, whether the distance
 * is small enough: where it is, it is for every word between them. Each side is gone through in order, with a search by halves for its
 * nearest: n log n, however often a word stands there.
 */
export function near(one: Side, other: Side, isOrdered: boolean, isWithin: (first: number, last: number) => boolean): Near {
  const found = { ones: new Set<Stretch>(), others: new Set<Stretch>(), hulls: [] as Stretch[] }
  nearestPairs(one.stretches, other.stretches, isWithin, (first, last) => {
    found.ones.add(first)
    found.others.add(last)
    found.hulls.push({ from: first.from, to: last.to })
  })
  if (!isOrdered) {
    nearestPairs(other.stretches, one.stretches, isWithin, (first, last) => {
      found.others.add(first)
      found.ones.add(last)
      found.hulls.push({ from: first.from, to: last.to })
    })
    if (one.isLoose) enclosed(one.stretches, other.stretches, found.ones, found.others, found.hulls)
    if (other.isLoose) enclosed(other.stretches, one.stretches, found.others, found.ones, found.hulls)
  }
  return { ones: inOrder([...found.ones]), others: inOrder([...found.others]), hulls: tightest(found.hulls) }
}

/** In the order in which they begin. */
export const inOrder = (stretches: readonly Stretch[]): Stretch[] => [...stretches].sort((a, b) => a.from - b.from || a.to - b.to)

/** Those that lie in one of the others; both in order. */
export function within<Part extends Stretch>(parts: readonly Part[], wholes: readonly Stretch[]): Part[] {
  let [next, furthest] = [0, -1]
  return parts.filter((part) => {
    for (; next < wholes.length && wholes[next]!.from <= part.from; next += 1) furthest = Math.max(furthest, wholes[next]!.to)
    return part.to <= furthest
  })
}

/** For each of the firsts the next of the lasts that is near enough, and for each of the lasts the first before it. */
function nearestPairs(
  firsts: readonly Stretch[],
  lasts: readonly Stretch[],
  isWithin: (first: number, last: number) => boolean,
  found: (first: Stretch, last: Stretch) => void,
): void {
  const byFrom = inOrder(lasts)
  for (const first of firsts) {
    const last = byFrom[countWhere(byFrom, (stretch) => stretch.from <= first.to)]
    if (last && isWithin(first.to, last.from)) found(first, last)
  }
  const byTo = [...firsts].sort((a, b) => a.to - b.to || a.from - b.from)
  for (const last of lasts) {
    const first = byTo[countWhere(byTo, (stretch) => stretch.to < last.from) - 1]
    if (first && isWithin(first.to, last.from)) found(first, last)
  }
}

/** How many at the beginning are so, where none after them is. */
function countWhere(stretches: readonly Stretch[], isSo: (stretch: Stretch) => boolean): number {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isSo(stretches[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}

/** What lies between the two ends of something loose is near it. */
function enclosed(
  outer: readonly Stretch[],
  inner: readonly Stretch[],
  outers: Set<Stretch>,
  inners: Set<Stretch>,
  hulls: Stretch[],
): void {
  const shorter = (stretch: Stretch): Stretch => ({ from: stretch.from + 1, to: stretch.to - 1 })
  for (const part of within(inOrder(inner), inOrder(outer.map(shorter)))) inners.add(part)
  const byFrom = inOrder(inner)
  // the least end of all that begin at this one or later
  const ends = byFrom.map(({ to }) => to)
  for (let index = ends.length - 2; index >= 0; index -= 1) ends[index] = Math.min(ends[index]!, ends[index + 1]!)
  for (const whole of outer) {
    const end = ends[countWhere(byFrom, (stretch) => stretch.from <= whole.from)]
    if (end === undefined || end >= whole.to) continue
    outers.add(whole)
    hulls.push(whole)
  }
}

/** Of those that begin, or end, at one word the shortest: what is near a longer one is as near to it. */
function tightest(hulls: readonly Stretch[]): Stretch[] {
  const [byFrom, byTo] = [new Map<number, Stretch>(), new Map<number, Stretch>()]
  for (const hull of hulls) {
    if ((byFrom.get(hull.from)?.to ?? Infinity) > hull.to) byFrom.set(hull.from, hull)
    if ((byTo.get(hull.to)?.from ?? -1) < hull.from) byTo.set(hull.to, hull)
  }
  return inOrder([...new Set([...byFrom.values(), ...byTo.values()])])
}
