import { expect, test } from 'vitest'
import { answered, readPairs } from '../../../test/outward/addresses/pairs.ts'

// what was reached when the set was made; the bars are 0.97 and 0.02
test.each(['tuned', 'held-out'] as const)('of the pairs %s, look-alikes are recognized and honest ones are left alone', (half) => {
  const { pairs, recall, falseAlarms, wrong } = answered(readPairs(half))
  expect(pairs).toBeGreaterThan(230)
  expect(recall, wrong.join('\n')).toBeGreaterThanOrEqual(0.97)
  expect(falseAlarms, wrong.join('\n')).toBeLessThanOrEqual(0.02)
})

test('no pair stands in both halves', () => {
  const tuned = new Set(readPairs('tuned').map(({ line }) => line))
  expect(readPairs('held-out').filter(({ line }) => tuned.has(line))).toEqual([])
})
