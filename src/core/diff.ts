/** One run of lines: in both, in the older only, or in the newer only; `start` counts from 0 in the newer one for `newer`, else in the older. */
export type Run = { in: 'both' | 'older' | 'newer'; start: number; count: number }

/** How many steps are done between two pauses: some milliseconds. */
const SLICE = 50_000
/** No way leads to a diagonal yet. */
const NONE = -1

/**
 * The shortest way from one list of lines to another (E. W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986; the
 * linear-space form of section 4b), as runs in order. Yields every so often, so that whoever drives it can let others run. Gives
 * null once it has taken `most` steps: the two have too little in common.
 */
export function* diffLines(older: readonly string[], newer: readonly string[], most: number): Generator<void, Run[] | null> {
  const [a, b] = numbered(older, newer)
  const budget = { left: most, pause: SLICE }
  const runs: Run[] = []
  // boxes still to be walked, the next one last
  const boxes: Box[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length }]
  const size = a.length + b.length + 3
  const ways = { forward: new Int32Array(size), backward: new Int32Array(size) }
  while (boxes.length > 0) {
    const { a0, a1, b0, b1 } = boxes.pop()!
    let [x, y] = [a0, b0]
    while (x < a1 && y < b1 && a[x] === b[y]) {
      x += 1
      y += 1
    }
    put(runs, 'both', a0, x - a0)
    let [u, v] = [a1, b1]
    while (u > x && v > y && a[u - 1] === b[v - 1]) {
      u -= 1
      v -= 1
    }
    if (u < a1) {
      // the end they share comes after what stands before it
      boxes.push({ a0: u, a1, b0: v, b1 })
      boxes.push({ a0: x, a1: u, b0: y, b1: v })
      continue
    }
    if (x === u) put(runs, 'newer', y, v - y)
    else if (y === v) put(runs, 'older', x, u - x)
    else {
      const middle = yield* middleOf(a, b, { a0: x, a1: u, b0: y, b1: v }, ways, budget)
      if (!middle) return null
      boxes.push({ a0: middle.x, a1: u, b0: middle.y, b1: v })
      boxes.push({ a0: x, a1: middle.x, b0: y, b1: middle.y })
    }
  }
  return runs
}

type Box = { a0: number; a1: number; b0: number; b1: number }
type Budget = { left: number; pause: number }

/** Lines as numbers, the same for the same line, so that comparing two costs one step. */
function numbered(older: readonly string[], newer: readonly string[]): [Int32Array, Int32Array] {
  const known = new Map<string, number>()
  const numberOf = (line: string): number => {
    const number = known.get(line) ?? known.size
    known.set(line, number)
    return number
  }
  return [Int32Array.from(older, numberOf), Int32Array.from(newer, numberOf)]
}

/** Joins what follows on; of one change what is gone stands before what is new. */
function put(runs: Run[], where: Run['in'], start: number, count: number): void {
  if (count === 0) return
  const last = runs.at(-1)
  if (where === 'older' && last?.in === 'newer') {
    runs.pop()
    put(runs, where, start, count)
    runs.push(last)
    return
  }
  if (last?.in === where && last.start + last.count === start) last.count += count
  else runs.push({ in: where, start, count })
}

/**
 * A point in the middle of a shortest way through a box whose first and whose last lines differ; never a corner that leaves the
 * whole box on one side.
 */
function* middleOf(
  a: Int32Array,
  b: Int32Array,
  { a0, a1, b0, b1 }: Box,
  { forward, backward }: { forward: Int32Array; backward: Int32Array },
  budget: Budget,
): Generator<void, { x: number; y: number } | null> {
  const [n, m] = [a1 - a0, b1 - b0]
  const delta = n - m
  const odd = delta % 2 !== 0
  const base = m + 1
  for (let d = 0; d <= Math.ceil((n + m) / 2) + 1; d += 1) {
    // the backward way is the forward one of both lists read from their ends
    for (const way of ['forward', 'backward'] as const) {
      const [own, other] = way === 'forward' ? [forward, backward] : [backward, forward]
      for (let k = -d; k <= d; k += 2) {
        // beyond an edge of the box there is no way
        if (k < -m || k > n) continue
        const [left, right] = [k > -d && k > -m ? own[base + k - 1]! : NONE, k < d && k < n ? own[base + k + 1]! : NONE]
        let x = d === 0 ? 0 : Math.max(left !== NONE && left < n ? left + 1 : NONE, right !== NONE && right - k <= m ? right : NONE)
        own[base + k] = x
        if (x === NONE) continue
        const from = x
        if (way === 'forward') while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x += 1
        else while (x < n && x - k < m && a[a1 - 1 - x] === b[b1 - 1 - x + k]) x += 1
        own[base + k] = x
        budget.left -= 1 + x - from
        budget.pause -= 1 + x - from
        const across = delta - k
        const met = way === 'forward' ? odd && Math.abs(across) <= d - 1 : !odd && Math.abs(across) <= d
        if (met && across >= -m && across <= n && other[base + across] !== NONE && x + other[base + across]! >= n)
          return way === 'forward' ? { x: a0 + x, y: b0 + x - k } : { x: a1 - x, y: b1 - x + k }
      }
    }
    if (budget.left < 0) return null
    if (budget.pause < 0) {
      budget.pause = SLICE
      yield
    }
  }
  throw new Error('two ways through a box did not meet')
}
