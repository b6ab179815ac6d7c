import { expect, test } from 'vitest'
import { readFirm } from '../../../test/outward/misdelivery/firm.ts'
import { measured, readScenarios } from '../../../test/outward/misdelivery/scenarios.ts'

const firm = readFirm()

// wrong sends are stopped by the fact that is theirs, and right ones by nothing but their class's countdown
test.each(['tuned', 'held-out'] as const)('of the sends %s, wrong ones are stopped and right ones go', (half) => {
  const { right, wrong, held, stopped, falseAlarms, missed } = measured(firm, readScenarios(half))
  expect([right, wrong]).toEqual(half === 'tuned' ? [109, 91] : [55, 45])
  expect(held, missed.join('\n')).toBe(1)
  // of those held out one is refused for its recipient, while a second person has approved the fact that was written down for it
  expect(Math.round(stopped * wrong), missed.join('\n')).toBe(half === 'tuned' ? 91 : 44)
  expect(falseAlarms, missed.join('\n')).toBeLessThanOrEqual(0.02)
})

test('the firm is as large as it says, and no send stands in both halves', () => {
  expect(firm.matters.size).toBe(40)
  const tuned = new Set(readScenarios('tuned').map(({ line }) => line))
  expect(tuned.size).toBe(200)
  expect(readScenarios('held-out').filter(({ line }) => tuned.has(line))).toEqual([])
})
