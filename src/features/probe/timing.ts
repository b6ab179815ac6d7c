// Whether answers about two things can be told apart by their time. The classifiers are named before anything is measured: the
// best single threshold on the time of an answer, and which of two answers asked for together came later. Half of the pairs
// trains them, the other half tests them.

/** Milliseconds of the two answers of one pair, asked for one after the other in random order: walled, nothing. */
export type Pair = readonly [walled: number, nothing: number]
export type Verdict = {
  classifier: 'threshold' | 'rank'
  /** Tested pairs that the classifier decides, and how many of them rightly. */ decided: number
  right: number
  /** Of guessing at least so many rightly where there is nothing to tell: exact, one-sided. */ p: number
}

/**
 * Trains on the pairs of even place and tests on those of odd place, so that a drift over the run meets both alike. A pair whose
 * two answers fall on the same side of the threshold says nothing either way; of those that it parts, half are right by chance
 * whatever the times are like, because which of the two is walled was drawn: the binomial test is exact for heavy tails too.
 */
export function judge(pairs: readonly Pair[]): Verdict[] {
  const train = pairs.filter((_, at) => at % 2 === 0)
  const test = pairs.filter((_, at) => at % 2 === 1)
  const { threshold, slower } = bestThreshold(train)
  const laterWalled = sum(train, ([walled, nothing]) => Math.sign(walled - nothing)) >= 0
  return [
    verdict('threshold', test, ([walled, nothing]) => {
      const [one, other] = [walled > threshold, nothing > threshold]
      return one === other ? null : one === slower
    }),
    verdict('rank', test, ([walled, nothing]) => (walled === nothing ? null : walled > nothing === laterWalled)),
  ]
}

function verdict(classifier: Verdict['classifier'], pairs: readonly Pair[], says: (pair: Pair) => boolean | null): Verdict {
  const said = pairs.map(says).filter((one) => one !== null)
  const right = said.filter(Boolean).length
  return { classifier, decided: said.length, right, p: chanceOf(right, said.length) }
}

const sum = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((all, one) => all + of(one), 0)

/** The threshold that parts most of the times rightly; `slower`: what is walled is said to lie above it. */
function bestThreshold(pairs: readonly Pair[]): { threshold: number; slower: boolean } {
  const times = pairs
    .flatMap(([walled, nothing]) => [
      { ms: walled, step: 1 },
      { ms: nothing, step: -1 },
    ])
    .sort((a, b) => a.ms - b.ms)
  let best = { threshold: Infinity, slower: true, gain: 0 }
  let below = 0
  times.forEach(({ ms, step }, at) => {
    below += step
    const next = times[at + 1]?.ms
    if (next === ms) return
    // more of what is walled below: it is the faster
    if (Math.abs(below) > best.gain)
      best = { threshold: next === undefined ? ms : (ms + next) / 2, slower: below < 0, gain: Math.abs(below) }
  })
  return best
}

/** P(at least `right` of `n` at even odds), in logarithms, exact to the double. 1 where nothing was decided. */
export function chanceOf(right: number, n: number): number {
  let logChoose = 0
  const terms: number[] = []
  for (let k = 0; k <= n; k += 1) {
    if (k >= right) terms.push(logChoose - n * Math.LN2)
    logChoose += Math.log((n - k) / (k + 1))
  }
  const most = Math.max(...terms)
  return Math.min(1, Math.exp(most) * sum(terms, (term) => Math.exp(term - most)))
}

/** Holm's step-down correction: which of these hypotheses fall when all are tested together (Scand. J. Statist. 6, 1979). */
export function fallen(chances: readonly number[], alpha: number): boolean[] {
  const order = chances.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p)
  const kept = order.findIndex(({ p }, rank) => p > alpha / (chances.length - rank))
  const falls = new Set(order.slice(0, kept === -1 ? order.length : kept).map(({ at }) => at))
  return chances.map((_, at) => falls.has(at))
}
