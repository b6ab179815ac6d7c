import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  rootOfFrontier,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
import {
  bundleBytes,
  consistencyRanges,
  inclusionRanges,
  parseTilePath,
  rootsOf,
  spansOf,
  tileBytes,
  tileHashOf,
  tilePath,
  widthOf,
  type Range,
  type TileHash,
} from './tiles.ts'

const MOST = 70_000
const leaves: Buffer[] = Array.from({ length: MOST }, (_, k) => leafHash(Buffer.from(`leaf ${k}`)))
const above: TileHash[] = []
const whole = appendLeaves(emptyFrontier(), leaves, (...node) => {
  const one = tileHashOf(...node)
  if (one) above.push(one)
})
const stored = new Map(above.map((one) => [`${one.level}/${one.index}`, one]))

/** As a store does: the hashes of these spans and no other, of a tree of `size`. */
const read = (ranges: Range[], size: number): TileHash[] =>
  spansOf(ranges).flatMap(({ level, from, to }) => {
    expect(to * 256 ** level, 'a hash beyond the tree').toBeLessThanOrEqual(size)
    return Array.from({ length: to - from }, (_, k): TileHash =>
      level === 0 ? { level, index: from + k, hash: leaves[from + k]! } : stored.get(`${level}/${from + k}`)!,
    )
  })

describe('the hashes that a store keeps', () => {
  test('are the roots of whole tiles, as many as the tree has', () => {
    expect([above.filter((one) => one.level === 1).length, above.filter((one) => one.level === 2).length]).toEqual([273, 1])
    for (const { level, index, hash } of above) {
      const wide = 256 ** level
      expect(hash.equals(rootOf(leaves.slice(index * wide, (index + 1) * wide))), `${level}/${index}`).toBe(true)
    }
    expect(rootsOf([{ start: 0, end: MOST }], read([{ start: 0, end: MOST }], MOST))[0]!.equals(rootOfFrontier(whole))).toBe(true)
  })

  test('are told however the tree grew', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }), (batches) => {
        const told: TileHash[] = []
        let frontier = emptyFrontier()
        for (const batch of batches) {
          const next = leaves.slice(frontier.size, frontier.size + batch)
          frontier = appendLeaves(frontier, next, (...node) => {
            const one = tileHashOf(...node)
            if (one) told.push(one)
          })
        }
        expect(told).toEqual(above.filter((one) => (one.index + 1) * 256 ** one.level <= frontier.size && one.level === 1))
      }),
      { numRuns: 50 },
    )
  })
})

const size = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.integer({ min: 1, max: 3000 }),
  fc.integer({ min: 65_000, max: MOST }),
  fc.constantFrom(255, 256, 257, 511, 512, 65_536, 65_537),
)

describe('proofs from tiles are those of the whole tree', () => {
  test('every proof of every small tree', () => {
    for (let n = 1; n <= 40; n++)
      for (let k = 0; k < n; k++) {
        const inclusion = inclusionRanges(k, n)
        expect(rootsOf(inclusion, read(inclusion, n))).toEqual(inclusionProof(leaves, k, n))
        const consistency = consistencyRanges(k + 1, n)
        expect(rootsOf(consistency, read(consistency, n))).toEqual(consistencyProof(leaves, k + 1, n))
      }
  })

  test('inclusion', () => {
    fc.assert(
      fc.property(size, fc.nat(), (n, k) => {
        const index = k % n
        const ranges = inclusionRanges(index, n)
        const hashes = read(ranges, n)
        const proof = rootsOf(ranges, hashes)
        expect(proof).toEqual(inclusionProof(leaves, index, n))
        const root = rootsOf([{ start: 0, end: n }], read([{ start: 0, end: n }], n))[0]!
        expect(verifyInclusion({ leafHash: leaves[index]!, index, size: n, proof, root })).toBe(true)
        // at most two tiles a level
        expect(hashes.length).toBeLessThanOrEqual(3 * 511)
      }),
      { numRuns: 16 },
    )
  })

  test('consistency', () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [size1, size2] = [Math.min(a, b), Math.max(a, b)]
        const ranges = consistencyRanges(size1, size2)
        const hashes = read(ranges, size2)
        const proof = rootsOf(ranges, hashes)
        expect(proof).toEqual(consistencyProof(leaves, size1, size2))
        const [root1, root2] = [size1, size2].map((n) => rootsOf([{ start: 0, end: n }], read([{ start: 0, end: n }], n))[0]!)
        expect(verifyConsistency({ size1, size2, root1: root1!, root2: root2!, proof })).toBe(true)
      }),
      { numRuns: 16 },
    )
  })

  test('of a tree of ten billion leaves, from few hashes', () => {
    const n = 10_000_000_019
    for (const index of [0, 1, n - 1, 4_294_967_296, 9_999_999_999]) {
      const ranges = inclusionRanges(index, n)
      const count = spansOf(ranges).reduce((sum, span) => sum + span.to - span.from, 0)
      expect(count).toBeLessThan(5 * 511)
      expect(ranges.length).toBeLessThanOrEqual(34)
    }
  })

  test('there are none about leaves and trees that are not there, or without a hash', () => {
    for (const [index, n] of [
      [0, 0],
      [3, 3],
      [-1, 3],
      [0.5, 3],
    ] as const)
      expect(() => inclusionRanges(index, n)).toThrow(RangeError)
    for (const [size1, size2] of [
      [0, 0],
      [0, 3],
      [4, 3],
      [1.5, 3],
    ] as const)
      expect(() => consistencyRanges(size1, size2)).toThrow(RangeError)
    const ranges = inclusionRanges(300, 600)
    expect(() => rootsOf(ranges, read(ranges, 600).slice(1))).toThrow(RangeError)
    expect(() => rootsOf([{ start: 1, end: 3 }], [])).toThrow('no tree has this range')
  })
})

describe('paths (c2sp.org/tlog-tiles)', () => {
  test('the examples of the specification', () => {
    expect(tilePath({ level: 0, n: 1_234_067, width: 256 })).toBe('0/x001/x234/067')
    expect(tilePath({ level: 1, n: 1, width: 17 })).toBe('1/001.p/17')
    expect(tilePath({ level: null, n: 0, width: 256 })).toBe('entries/000')
    // 70,000: 273 whole tiles, one of 112; of level 1 a whole one and one of 17; one of 1 of level 2
    expect([272, 273, 274].map((n) => widthOf(0, n, 70_000))).toEqual([256, 112, 0])
    expect([0, 1, 2].map((n) => widthOf(1, n, 70_000))).toEqual([256, 17, 0])
    expect([0, 1].map((n) => widthOf(2, n, 70_000))).toEqual([1, 0])
    expect([widthOf(0, 0, 256), widthOf(1, 0, 256), widthOf(1, 0, 255)]).toEqual([256, 1, 0])
  })

  test('what is written is read back', () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 0, max: 63 })),
        fc.oneof(fc.nat(2000), fc.maxSafeNat()),
        fc.integer({ min: 1, max: 256 }),
        (level, n, width) => {
          expect(parseTilePath(tilePath({ level, n, width }))).toEqual({ level, n, width })
        },
      ),
    )
  })

  test.each([
    '',
    '0',
    '00/000',
    '64/000',
    '0/0',
    '0/1234',
    '0/x000/001',
    '0/001/002',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/08',
    '0/000.p/',
    'entries/../000',
    'data/000',
    '0/x999/x999/x999/x999/x999/999',
    '0/000\n',
  ])('%j is none', (path) => expect(parseTilePath(path)).toBeNull())

  test('a tile holds its hashes, a bundle each leaf behind its length', () => {
    expect(tileBytes(leaves.slice(0, 256)).length).toBe(8192)
    expect(bundleBytes([Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(258, 1)]).subarray(0, 8)).toEqual(
      Buffer.of(0, 2, 97, 98, 0, 0, 1, 2),
    )
    expect(() => bundleBytes([Buffer.alloc(65_536)])).toThrow(RangeError)
  })

  test('a tile hashed as a tree of its own is the hash of the level above', () => {
    let row = leaves.slice(256, 512)
    while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, k) => nodeHash(row[2 * k]!, row[2 * k + 1]!))
    expect(row[0]!.equals(stored.get('1/1')!.hash)).toBe(true)
  })
})
