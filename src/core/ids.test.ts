import { expect, test } from 'vitest'
import { uuidv7 } from './ids.ts'

const MILLIS = 0x017f22e279b0 // the example of RFC 9562, appendix A.6

test('an id is a version 7 UUID that begins with its time', () => {
  expect(uuidv7(MILLIS)).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(uuidv7(0)).toMatch(/^00000000-0000-7/)
  expect(uuidv7(2 ** 48 - 1)).toMatch(/^ffffffff-ffff-7/)
})

test('ids of one millisecond sort in the order in which they were made, and none repeats', () => {
  const ids = Array.from({ length: 50_000 }, () => uuidv7(MILLIS))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('the next id cannot be told from the last: its tail is random, and so is where a millisecond starts', () => {
  const tails = Array.from({ length: 1000 }, () => uuidv7(MILLIS + 1).slice(-8))
  expect(new Set(tails).size).toBeGreaterThan(995)
  const starts = Array.from({ length: 1000 }, (_, k) => uuidv7(MILLIS + 2 + k).slice(14, 28))
  expect(new Set(starts).size).toBe(1000)
})

test('a time that is no whole millisecond of 48 bits is refused', () => {
  for (const wrong of [-1, 0.5, 2 ** 48, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => uuidv7(wrong)).toThrow(RangeError)
  }
})
