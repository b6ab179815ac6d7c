import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inclusionProof, leafHash, nodeHash, rootOf } from './merkle.ts'
import { proofRanges, verifyMany } from './multi-proof.ts'

const MOST = 130
const hashes: Buffer[] = Array.from({ length: MOST }, (_, k) => leafHash(Buffer.from(`leaf ${k}`)))
const roots = Array.from({ length: MOST + 1 }, (_, size) => rootOf(hashes.slice(0, size)))

const chosen = fc.integer({ min: 1, max: MOST }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    indices: fc.uniqueArray(fc.nat(size - 1), { maxLength: 40 }).map((list) => list.sort((a, b) => a - b)),
  }),
)
const proofOf = (indices: number[], size: number) => proofRanges(indices, size).map(({ start, end }) => rootOf(hashes.slice(start, end)))
const claimOf = (indices: number[], size: number) => ({
  leaves: indices.map((index) => ({ index, hash: hashes[index]! })),
  size,
  proof: proofOf(indices, size),
  root: roots[size]!,
})

test('any leaves of any tree prove their places together, with no more hashes than one by one', () => {
  fc.assert(
    fc.property(chosen, ({ size, indices }) => {
      const claim = claimOf(indices, size)
      expect(verifyMany(claim)).toBe(true)
      const single = indices.reduce((sum, index) => sum + inclusionProof(hashes, index, size).length, 0)
      expect(claim.proof.length).toBeLessThanOrEqual(Math.max(1, single))
    }),
    { numRuns: 500 },
  )
})

test('one leaf’s ranges are the hashes of its own proof', () => {
  for (let size = 1; size <= 40; size++)
    for (let index = 0; index < size; index++)
      expect(
        proofOf([index], size)
          .map((hash) => hash.toString('hex'))
          .sort(),
      ).toEqual(
        inclusionProof(hashes, index, size)
          .map((hash) => hash.toString('hex'))
          .sort(),
      )
})

test('no other leaf, place, size, root or proof verifies', () => {
  fc.assert(
    fc.property(
      chosen,
      fc.nat(),
      fc.nat(255),
      fc.constantFrom('flip', 'add', 'cut', 'leaf', 'place', 'root', 'drop'),
      (pick, k, bit, kind) => {
        const claim = claimOf(pick.indices, pick.size)
        const { leaves, proof, size } = claim
        const other = Buffer.from(hashes[k % MOST]!)
        other[bit >> 3]! ^= 1 << (bit & 7)
        const at = leaves.length === 0 ? 0 : k % leaves.length
        const edited = {
          flip: { ...claim, proof: proof.length > 0 ? proof.with(k % proof.length, other) : [other] },
          add: { ...claim, proof: proof.toSpliced(k % (proof.length + 1), 0, hashes[k % MOST]!) },
          cut: proof.length > 0 ? { ...claim, proof: proof.toSpliced(k % proof.length, 1) } : { ...claim, proof: [other] },
          leaf: leaves.length > 0 ? { ...claim, leaves: leaves.with(at, { ...leaves[at]!, hash: other }) } : { ...claim, root: other },
          place: leaves.length > 0 ? { ...claim, leaves: leaves.with(at, { ...leaves[at]!, index: size }) } : { ...claim, root: other },
          root: { ...claim, root: other },
          drop: leaves.length > 0 ? { ...claim, leaves: leaves.toSpliced(at, 1) } : { ...claim, size: size + 1, root: other },
        }[kind]
        expect(verifyMany(edited)).toBe(false)
      },
    ),
    { numRuns: 1000 },
  )
})

test('malformed claims are false, malformed questions are refused', () => {
  const claim = claimOf([1, 4], 7)
  expect(verifyMany({ ...claim, leaves: [...claim.leaves].reverse() })).toBe(false)
  expect(verifyMany({ ...claim, leaves: [claim.leaves[0]!, claim.leaves[0]!] })).toBe(false)
  expect(verifyMany({ ...claim, size: 0 })).toBe(false)
  expect(verifyMany({ ...claim, size: 2 ** 53 })).toBe(false)
  // a node is no leaf: a hash of another length was made to fit
  const odd = Buffer.alloc(31, 1)
  expect(verifyMany({ leaves: [{ index: 0, hash: hashes[0]! }], size: 2, proof: [odd], root: nodeHash(hashes[0]!, odd) })).toBe(false)
  for (const [indices, size] of [
    [[0], 0],
    [[3], 3],
    [[1, 1], 3],
    [[2, 1], 3],
    [[0.5], 3],
  ] as const)
    expect(() => proofRanges([...indices], size)).toThrow(RangeError)
})

test('a tree beyond 32 bits is walked by what is asked, not by its size', () => {
  expect(proofRanges([2 ** 40 + 1], 2 ** 50).length).toBe(50)
})
