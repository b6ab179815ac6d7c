import type { Answer } from './asking.ts'
import type { Difference } from './compare.ts'
import type { Pair } from './plan.ts'
import type { Question } from './questions.ts'
import { inRandomOrder } from './order.ts'
import { fallen, judge, type Pair as Times, type Verdict } from './timing.ts'

/** One route's verdicts, and how many pairs they rest on. */
export type Timed = { route: string; about: string; pairs: number; verdicts: Verdict[] }
type Asking = { ask(question: Question): Promise<Answer>; found(difference: Difference): void; done(part: number): void }

export const ALPHA = 0.01
/** A route that is suspected is asked so often before it counts. */
export const AGAIN = 10_000
const WARM_UP = 10

/**
 * Times each route, and a suspected one again. What is refused before anything is looked up (400, 403) cannot tell by its time
 * what is there, and is left out.
 */
export async function timeRoutes(pairs: Pair[], tries: number, asking: Asking, most = AGAIN): Promise<Timed[]> {
  const timed: Timed[] = []
  for (const [at, pair] of pairs.entries()) {
    const { status } = await asking.ask(pair.nothing)
    if (status !== 400 && status !== 403) timed.push(await timeOne(pair, tries, asking))
    asking.done((0.9 * (at + 1)) / pairs.length)
  }
  const suspects = suspected(timed).map((one) => pairs.find((pair) => pair.route === one.route)!)
  const again: Timed[] = []
  for (const [at, pair] of suspects.entries()) {
    again.push(await timeOne(pair, Math.max(most, tries), asking))
    asking.done(0.9 + (0.1 * (at + 1)) / suspects.length)
  }
  for (const { route, verdicts } of suspected(again)) {
    const best = verdicts.toSorted((one, other) => one.p - other.p)[0]!
    asking.found({
      route,
      what: 'timing',
      text: `told apart in ${best.right} of ${best.decided} tries (${best.classifier}, p = ${best.p.toExponential(1)})`,
    })
  }
  return timed.map((one) => again.find((other) => other.route === one.route) ?? one)
}

/** Holm over every route and both classifiers. */
function suspected(timed: Timed[]): Timed[] {
  const all = timed.flatMap((one) => one.verdicts.map((verdict) => ({ one, p: verdict.p })))
  const falls = fallen(
    all.map(({ p }) => p),
    ALPHA,
  )
  return [...new Set(all.filter((_, at) => falls[at]).map(({ one }) => one))]
}

async function timeOne(pair: Pair, tries: number, { ask }: Asking): Promise<Timed> {
  const times: Times[] = []
  for (let at = 0; at < tries + WARM_UP; at += 1) {
    const [walled, nothing] = await inRandomOrder(
      () => ask(pair.walled),
      () => ask(pair.nothing),
    )
    if (at >= WARM_UP) times.push([walled.ms, nothing.ms])
  }
  return { route: pair.route, about: pair.about, pairs: times.length, verdicts: judge(times) }
}
