import { expect, test } from 'vitest'
import { growthProof } from './growth.ts'
import { appendLeaves, consistencyProof, emptyFrontier, leafHash } from './merkle.ts'

const leaves = Array.from({ length: 140 }, (_, n) => leafHash(Buffer.from(`leaf ${n}`)))
const frontier = (size: number) => appendLeaves(emptyFrontier(), leaves.slice(0, size))

test('the proof from a frontier is the proof over all leaves, for every two sizes up to 140', () => {
  for (let old = 1; old <= 140; old++)
    for (let size = old; size <= 140; size++)
      expect(growthProof(frontier(old), leaves.slice(old, size)), `${old} to ${size}`).toEqual(consistencyProof(leaves, old, size))
})

test('nothing grows from nothing, nor from a frontier that does not fit its size', () => {
  expect(() => growthProof(emptyFrontier(), leaves)).toThrow(RangeError)
  expect(() => growthProof({ size: 3, hashes: [leaves[0]!] }, leaves)).toThrow(RangeError)
  expect(() => growthProof({ size: 2, hashes: [leaves[0]!, leaves[1]!] }, leaves)).toThrow(RangeError)
})
