import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyMerkleInclusion } from '../../node_modules/@sigstore/verify/dist/tlog/merkle.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex } from './bytes.ts'
import {
  appendLeaf,
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  EMPTY_ROOT,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  rootOfFrontier,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'

const folder = new URL('../../test/vectors/rfc6962/', import.meta.url).pathname
const buffer = (text: string) => Buffer.from(text, 'base64')

/** Every vector below this folder. `null` for a proof means an empty one; indexes may exceed 2^53. */
function vectors<T>(kind: string): (T & { file: string; wantErr: boolean; proof: string[] | null })[] {
  return readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ file, ...JSON.parse(readFileSync(join(folder, kind, file), 'utf8')) }))
}

type Inclusion = { leafIdx: number; treeSize: number; root: string; leafHash: string }
type Consistency = { size1: number; size2: number; root1: string; root2: string }
const inclusions = vectors<Inclusion>('inclusion')
const consistencies = vectors<Consistency>('consistency')

describe('the vectors of transparency-dev', () => {
  test('are all here, good and bad', () => {
    expect([inclusions.length, inclusions.filter((v) => !v.wantErr).length]).toEqual([98, 6])
    expect([consistencies.length, consistencies.filter((v) => !v.wantErr).length]).toEqual([98, 6])
  })

  test.each(inclusions)('inclusion/$file', (v) => {
    const claim = {
      leafHash: buffer(v.leafHash),
      index: v.leafIdx,
      size: v.treeSize,
      proof: (v.proof ?? []).map(buffer),
      root: buffer(v.root),
    }
    expect(verifyInclusion(claim)).toBe(!v.wantErr)
  })

  test.each(consistencies)('consistency/$file', (v) => {
    const claim = { size1: v.size1, size2: v.size2, root1: buffer(v.root1), root2: buffer(v.root2), proof: (v.proof ?? []).map(buffer) }
    expect(verifyConsistency(claim)).toBe(!v.wantErr)
  })
})

const MOST = 70
const leaves = Array.from({ length: MOST }, (_, k) => Buffer.from(`leaf ${k}`))
const hashes: Buffer[] = leaves.map((leaf) => leafHash(leaf))
const roots = Array.from({ length: MOST + 1 }, (_, size) => rootOf(hashes.slice(0, size)))

test('RFC 6962, section 2.1: the empty tree, one leaf, and the tree of the vectors', () => {
  expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(rootOf([]).equals(EMPTY_ROOT)).toBe(true)
  expect(hex(leafHash(Buffer.alloc(0)))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  // The eight leaves that the vectors' tree is made of, as in the tests of Certificate Transparency.
  const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const eight = data.map((text) => leafHash(Buffer.from(text, 'hex')))
  expect(hex(rootOf(eight))).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
  expect(hex(rootOf(eight.slice(0, 5)))).toBe('4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4')
})

test('a leaf is not a node, and left is not right', () => {
  const [a, b] = [hashes[0]!, hashes[1]!]
  expect(nodeHash(a, b).equals(leafHash(Buffer.concat([a, b])))).toBe(false)
  expect(nodeHash(a, b).equals(nodeHash(b, a))).toBe(false)
})

test('the frontier has the root of the tree at every size, however its leaves come', () => {
  let frontier = emptyFrontier()
  for (let size = 0; size <= MOST; size++) {
    expect(rootOfFrontier(frontier).equals(roots[size]!), `size ${size}`).toBe(true)
    expect(frontier.size).toBe(size)
    if (size < MOST) frontier = appendLeaf(frontier, hashes[size]!)
  }
  fc.assert(
    fc.property(fc.nat(MOST), fc.nat(MOST), (a, b) => {
      const [first, second] = a < b ? [a, b] : [b, a]
      const begun = appendLeaves(emptyFrontier(), hashes.slice(0, first))
      const grown = appendLeaves(begun, hashes.slice(first, second))
      expect(rootOfFrontier(grown)).toEqual(roots[second])
      expect(rootOfFrontier(begun)).toEqual(roots[first]) // the earlier frontier stays as it was
    }),
  )
})

test('a frontier whose hashes do not fit its size is refused', () => {
  for (const wrong of [
    { size: 3, hashes: [hashes[0]!] },
    { size: 0, hashes: [hashes[0]!] },
    { size: 1.5, hashes: [hashes[0]!] },
  ]) {
    expect(() => rootOfFrontier(wrong)).toThrow(RangeError)
    expect(() => appendLeaf(wrong, hashes[1]!)).toThrow(RangeError)
  }
})

test('every leaf of every tree proves its place, and sigstore agrees', () => {
  for (let size = 1; size <= MOST; size++) {
    for (let index = 0; index < size; index++) {
      const proof = inclusionProof(hashes, index, size)
      expect(verifyInclusion({ leafHash: hashes[index]!, index, size, proof, root: roots[size]! }), `${index} of ${size}`).toBe(true)
      expect(sigstoreAccepts(leaves[index]!, index, size, proof, roots[size]!), `${index} of ${size}`).toBe(true)
    }
  }
})

test('every two trees prove that one begins the other', () => {
  for (let size2 = 1; size2 <= MOST; size2++) {
    for (let size1 = 1; size1 <= size2; size1++) {
      const proof = consistencyProof(hashes, size1, size2)
      expect(verifyConsistency({ size1, size2, root1: roots[size1]!, root2: roots[size2]!, proof }), `${size1} of ${size2}`).toBe(true)
    }
  }
})

/** Changes of a proof: one bit, one hash more anywhere, one less, one shorter, two exchanged. */
const mutation = fc.record({ kind: fc.constantFrom('flip', 'add', 'remove', 'cut', 'exchange'), at: fc.nat(), bit: fc.nat(255) })
type Mutation = { kind: string; at: number; bit: number }

function mutated(proof: Buffer[], { kind, at, bit }: Mutation): Buffer[] {
  const copy: Buffer[] = proof.map((hash) => Buffer.from(hash))
  const k = at % Math.max(copy.length, 1)
  if (kind === 'add' || copy.length === 0) return copy.toSpliced(at % (copy.length + 1), 0, hashes[bit % MOST]!)
  if (kind === 'remove') return copy.toSpliced(k, 1)
  if (kind === 'cut') return copy.with(k, copy[k]!.subarray(0, 31))
  if (kind === 'exchange' && copy.length > 1) return copy.toSpliced(k, 1).toSpliced((k + 1) % copy.length, 0, copy[k]!)
  copy[k]![bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

test('a mutated proof of inclusion never verifies, nor does another leaf, place or root', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MOST }), fc.nat(), fc.nat(), mutation, (size, k, other, change) => {
      const [index, elsewhere] = [k % size, other % size]
      const claim = { leafHash: hashes[index]!, index, size, proof: inclusionProof(hashes, index, size), root: roots[size]! }
      const proof = mutated(claim.proof, change)
      fc.pre(size === 1 || (elsewhere !== index && !Buffer.concat(proof).equals(Buffer.concat(claim.proof))))
      expect(verifyInclusion(claim)).toBe(true)
      expect(verifyInclusion({ ...claim, proof })).toBe(false)
      expect(verifyInclusion({ ...claim, root: roots[size - 1]! })).toBe(false)
      if (size === 1) return
      expect(verifyInclusion({ ...claim, index: elsewhere })).toBe(false)
      expect(verifyInclusion({ ...claim, leafHash: hashes[elsewhere]! })).toBe(false)
    }),
    { numRuns: 1000 },
  )
})

test('a mutated proof of consistency never verifies, nor does another root', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MOST }), fc.nat(), mutation, fc.nat(255), (size2, k, change, bit) => {
      const size1 = 1 + (k % size2)
      const claim = { size1, size2, root1: roots[size1]!, root2: roots[size2]!, proof: consistencyProof(hashes, size1, size2) }
      const proof = mutated(claim.proof, change)
      fc.pre(!Buffer.concat(proof).equals(Buffer.concat(claim.proof)))
      const flip = { kind: 'flip', at: 0, bit }
      expect(verifyConsistency(claim)).toBe(true)
      expect(verifyConsistency({ ...claim, proof })).toBe(false)
      expect(verifyConsistency({ ...claim, root1: mutated([claim.root1], flip)[0]! })).toBe(false)
      expect(verifyConsistency({ ...claim, root2: mutated([claim.root2], flip)[0]! })).toBe(false)
    }),
    { numRuns: 1000 },
  )
})

test('we and sigstore give one answer about any claim of inclusion', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MOST }),
      fc.nat(MOST),
      fc.integer({ min: 1, max: MOST }),
      fc.option(mutation),
      (size, k, claimed, change) => {
        const [index, honest] = [k % size, inclusionProof(hashes, k % size, size)]
        const proof = change && change.kind !== 'cut' ? mutated(honest, change) : honest
        const ours = verifyInclusion({ leafHash: hashes[index]!, index, size: claimed, proof, root: roots[size]! })
        expect(ours).toBe(sigstoreAccepts(leaves[index]!, index, claimed, proof, roots[size]!))
      },
    ),
    { numRuns: 2000 },
  )
})

test('a proof that is too long is refused though its root was made to fit', () => {
  const extra = hashes[69]!
  for (let size = 1; size < 20; size++) {
    const inclusion = { leafHash: hashes[0]!, index: 0, size, proof: inclusionProof(hashes, 0, size), root: roots[size]! }
    expect(verifyInclusion({ ...inclusion, proof: [...inclusion.proof, extra], root: nodeHash(extra, roots[size]!) })).toBe(false)
    for (let size1 = 1; size1 < size; size1++) {
      const proof = [...consistencyProof(hashes, size1, size), extra]
      const made = { root1: nodeHash(extra, roots[size1]!), root2: nodeHash(extra, roots[size]!) }
      expect(verifyConsistency({ size1, size2: size, ...made, proof }), `${size1} of ${size}`).toBe(false)
    }
  }
})

test('a hash of another length is refused though the root was made to fit', () => {
  for (const length of [0, 31, 33, 64]) {
    const [odd, root1] = [Buffer.alloc(length, 1), hashes[0]!]
    expect(verifyInclusion({ leafHash: root1, index: 0, size: 2, proof: [odd], root: nodeHash(root1, odd) })).toBe(false)
    expect(verifyInclusion({ leafHash: odd, index: 0, size: 2, proof: [root1], root: nodeHash(odd, root1) })).toBe(false)
    expect(verifyConsistency({ size1: 1, size2: 2, root1, root2: nodeHash(root1, odd), proof: [odd] })).toBe(false)
    expect(verifyConsistency({ size1: 1, size2: 2, root1: odd, root2: nodeHash(odd, root1), proof: [root1] })).toBe(false)
  }
})

test('positions beyond 32 bits are read whole', () => {
  const [size, index] = [2 ** 33, 2 ** 32 + 1]
  const proof = Array.from({ length: 33 }, (_, k) => hashes[k]!)
  let root = leafHash(leaves[0]!)
  proof.forEach((hash, level) => {
    root = Math.floor(index / 2 ** level) % 2 === 1 ? nodeHash(hash, root) : nodeHash(root, hash)
  })
  const claim = { leafHash: hashes[0]!, index, size, proof, root }
  expect(verifyInclusion(claim)).toBe(true)
  expect(verifyInclusion({ ...claim, index: 1 })).toBe(false)
})

test('there is no proof about leaves and trees that are not there', () => {
  for (const [index, size] of [
    [0, 0],
    [3, 3],
    [-1, 3],
    [0, MOST + 1],
    [0.5, 3],
  ] as const) {
    expect(() => inclusionProof(hashes, index, size)).toThrow(RangeError)
  }
  for (const [size1, size2] of [
    [0, 0],
    [0, 3],
    [4, 3],
    [1, MOST + 1],
    [1.5, 3],
  ] as const) {
    expect(() => consistencyProof(hashes, size1, size2)).toThrow(RangeError)
  }
})

function sigstoreAccepts(leaf: Buffer, index: number, size: number, proof: Buffer[], root: Buffer): boolean {
  const entry = { canonicalizedBody: leaf, inclusionProof: { logIndex: String(index), hashes: proof } }
  const checkpoint = { logSize: BigInt(size), logHash: root }
  try {
    verifyMerkleInclusion(
      entry as unknown as Parameters<typeof verifyMerkleInclusion>[0],
      checkpoint as unknown as Parameters<typeof verifyMerkleInclusion>[1],
    )
    return true
  } catch {
    return false
  }
}
