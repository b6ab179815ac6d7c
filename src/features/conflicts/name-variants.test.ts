import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { madeNames } from '../../../bench/names.ts'
import { openNameIndex, type Hit } from './name-index.ts'

type Party = { name: string; kind: 'person' | 'organization'; same: [string, string][]; other: [string, string][] }
const FIXTURE = join(import.meta.dirname, '../../../test/fixtures/name-variants.json')
const { names, judged } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { names: Party[]; judged: Record<string, string> }
const DISTRACTORS = 6000

const idOf = (at: number): string => `11111111-1111-4111-8111-${String(at).padStart(12, '0')}`
/** By hash, so that it can be neither chosen nor moved: the threshold and the rules were tuned on one half alone. */
const halfOf = (name: string, other: string): 'tuning' | 'test' =>
  (createHash('sha256').update(`${name}|${other}`).digest()[0]! & 1) === 1 ? 'test' : 'tuning'

const index = openNameIndex()
beforeAll(() => {
  for (const [at, { name, kind }] of names.entries()) index.add({ id: idOf(at), name, kind, domains: [] })
  for (const one of madeNames(DISTRACTORS, 7)) index.add(one)
})
/** An officer asks without saying whether it is a person. */
const hitsFor = (name: string): Hit[] => index.query({ names: [{ name, kind: 'unknown' }], domains: [] }).hits

/** Each variant and each near miss is looked up among all; every hit that is not the party itself counts as wrong. */
function measure(half: 'tuning' | 'test') {
  const figures = { right: 0, missed: 0, wrong: 0, near: 0, nearTaken: 0 }
  for (const [at, { name, same, other }] of names.entries()) {
    for (const [, variant] of same.filter(([, one]) => halfOf(name, one) === half)) {
      const hits = hitsFor(variant)
      figures[hits.some(({ id }) => id === idOf(at)) ? 'right' : 'missed'] += 1
      figures.wrong += hits.filter(({ id }) => id !== idOf(at)).length
    }
    for (const [, near] of other.filter(([, one]) => halfOf(name, one) === half)) {
      const hits = hitsFor(near)
      figures.near += 1
      figures.nearTaken += Number(hits.some(({ id }) => id === idOf(at)))
      figures.wrong += hits.length
    }
  }
  const { right, missed, wrong } = figures
  return { ...figures, recall: right / (right + missed), precision: right / (right + wrong) }
}

test('the set is as large as it has to be, and every kind says how it was judged', () => {
  expect(names.length).toBeGreaterThanOrEqual(400)
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length)
  const pairs = names.flatMap(({ name, same, other }) => [...same, ...other].map(([, one]) => `${name}|${one}`))
  expect(new Set(pairs).size).toBe(pairs.length)
  expect(names.flatMap(({ same }) => same).length).toBeGreaterThanOrEqual(600)
  expect(names.flatMap(({ other }) => other).length).toBeGreaterThanOrEqual(600)
  expect(new Set(names.flatMap(({ same, other }) => [...same, ...other].map(([kind]) => kind)))).toEqual(new Set(Object.keys(judged)))
})

test.each(['tuning', 'test'] as const)('of the %s half 95 of 100 variants are found, and 80 of 100 hits are right', (half) => {
  const { recall, precision, right, near, nearTaken } = measure(half)
  expect(right).toBeGreaterThan(300)
  expect(near).toBeGreaterThan(300)
  expect(recall).toBeGreaterThanOrEqual(0.95)
  expect(precision).toBeGreaterThanOrEqual(0.8)
  expect(nearTaken / near).toBeLessThan(0.1)
})
