import { expect, test } from 'vitest'
import { chanceOf, fallen, judge, type Pair } from './timing.ts'

/** The same numbers at each run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
/** About what an answer takes: 5 ms, some of them much longer. */
const latency = (random: () => number): number => 5 * Math.exp(0.08 * normal(random)) + (random() < 0.02 ? 50 * random() : 0)
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const pairsOf = (seed: number, count: number, make: (random: () => number, at: number) => Pair): Pair[] => {
  const random = numbers(seed)
  return Array.from({ length: count }, (_, at) => make(random, at))
}
const best = (pairs: Pair[]): number => Math.min(...judge(pairs).map((one) => one.p))

test('the chance of a guess is the binomial one', () => {
  expect(chanceOf(0, 0)).toBe(1)
  expect(chanceOf(0, 10)).toBe(1)
  expect(chanceOf(10, 10)).toBeCloseTo(1 / 1024, 12)
  expect(chanceOf(8, 10)).toBeCloseTo(56 / 1024, 12)
  expect(chanceOf(60, 100)).toBeCloseTo(0.0284439668, 9)
  // 10,000 tosses: neither term nor sum may run out of the double
  expect(chanceOf(5000, 10_000)).toBeCloseTo(0.5039893, 6)
  expect(chanceOf(5300, 10_000)).toBeLessThan(2e-9)
  expect(chanceOf(10_000, 10_000)).toBeGreaterThanOrEqual(0)
})

/** How many of forty runs over 400 pairs find it at one in a hundred. */
const foundIn = (make: (random: () => number, at: number) => Pair): number =>
  Array.from({ length: 40 }, (_, seed) => best(pairsOf(seed, 400, make))).filter((p) => p < 0.01).length

test('an answer that takes five percent longer is found, whichever of the two it is', () => {
  expect(foundIn((random) => [latency(random) * 1.05, latency(random)])).toBeGreaterThan(36)
  expect(foundIn((random) => [latency(random), latency(random) * 1.05])).toBeGreaterThan(36)
})

test('one percent is found with 10,000 tries', () => {
  expect(best(pairsOf(3, 10_000, (random) => [latency(random) * 1.01, latency(random)]))).toBeLessThan(1e-4)
})

test('a difference in the tail alone is found by the threshold', () => {
  const pairs = pairsOf(4, 400, (random) => [latency(random) + (random() < 0.15 ? 100 : 0), latency(random)])
  expect(judge(pairs).find((one) => one.classifier === 'threshold')!.p).toBeLessThan(1e-3)
})

test('a drift of the machine hides nothing and makes nothing up', () => {
  const drift = (at: number) => 1 + at / 200 + (at > 150 && at < 170 ? 3 : 0)
  expect(foundIn((random, at) => [latency(random) * drift(at) * 1.05, latency(random) * drift(at)])).toBeGreaterThan(36)
  expect(foundIn((random, at) => [latency(random) * drift(at), latency(random) * drift(at)])).toBeLessThan(4)
})

test('where there is nothing to tell, as many runs are suspected as chance allows', () => {
  const suspected = Array.from({ length: 400 }, (_, seed) =>
    judge(pairsOf(1000 + seed, 400, (random) => [latency(random), latency(random)])),
  )
  for (const at of [0, 1]) {
    const low = suspected.filter((one) => one[at]!.p < 0.05).length
    // of 400 at 5 %: mean 20, and the exact test keeps below its level
    expect(low).toBeLessThan(38)
    expect(low).toBeGreaterThan(2)
  }
})

test('times that are all the same, or none, tell nothing', () => {
  expect(judge([]).map((one) => one.p)).toEqual([1, 1])
  expect(judge(Array.from({ length: 40 }, () => [5, 5] as const)).map((one) => one.p)).toEqual([1, 1])
})

test('Holm rejects step by step and stops at the first that stands', () => {
  expect(fallen([0.001, 0.5, 0.004, 0.006], 0.01)).toEqual([true, false, false, false])
  expect(fallen([0.002, 0.003, 0.004], 0.01)).toEqual([true, true, true])
  expect(fallen([0.02, 0.001], 0.01)).toEqual([false, true])
  expect(fallen([], 0.01)).toEqual([])
})
