import { equal, sha256 } from './bytes.ts'

// The Merkle tree of RFC 6962, section 2.1, with the proofs of RFC 9162, section 2.1. Sizes and positions
// are safe integers, so halves are taken by division and not by bit shifts, which stop at 32 bits.

/** The root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0))

const HASH = 32
const NODE = 1 + 2 * HASH
/** What is hashed is laid into the same memory each time: a leaf's mark and itself, a node's mark and both below it. */
let leafRoom = Buffer.alloc(4096)
const nodeRoom = Buffer.alloc(NODE)
nodeRoom[0] = 1

export function leafHash(leaf: Uint8Array): Buffer {
  if (leaf.length >= leafRoom.length) leafRoom = Buffer.alloc(2 * leaf.length)
  leafRoom.set(leaf, 1)
  return sha256(leafRoom.subarray(0, leaf.length + 1))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== HASH || right.length !== HASH) return sha256(Buffer.concat([Buffer.of(1), left, right]))
  nodeRoom.set(left, 1)
  nodeRoom.set(right, 1 + HASH)
  return sha256(nodeRoom)
}

/** A growing tree without its leaves: the roots of its perfect subtrees, largest first. */
export type Frontier = { size: number; hashes: Buffer[] }

export function emptyFrontier(): Frontier {
  return { size: 0, hashes: [] }
}

export function appendLeaf(frontier: Frontier, leafHash: Buffer): Frontier {
  return appendLeaves(frontier, [leafHash])
}

/** A perfect subtree that an append completed: 2^`height` leaves, the `index`th of that height. */
export type OnSubtree = (height: number, index: number, hash: Buffer) => void

/** The frontier with these leaves after its own; the given one stays as it was. Throws RangeError for a misshapen one. */
export function appendLeaves(frontier: Frontier, leafHashes: readonly Buffer[], onSubtree?: OnSubtree): Frontier {
  checkShape(frontier)
  const hashes = [...frontier.hashes]
  let size = frontier.size
  for (const leafHash of leafHashes) {
    let hash = leafHash
    let height = 0
    for (let full = size; isOdd(full);) {
      hash = nodeHash(hashes.pop()!, hash)
      full = Math.floor(full / 2)
      height++
      onSubtree?.(height, full, hash)
    }
    hashes.push(hash)
    size++
  }
  return { size, hashes }
}

/** Throws RangeError for a misshapen frontier. */
export function rootOfFrontier(frontier: Frontier): Buffer {
  checkShape(frontier)
  return frontier.size === 0 ? EMPTY_ROOT : frontier.hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** The root over all these leaf hashes. */
export function rootOf(leafHashes: Buffer[]): Buffer {
  return leafHashes.length === 0 ? EMPTY_ROOT : rangeRoot(leafHashes, 0, leafHashes.length)
}

/**
 * PATH (RFC 9162, section 2.1.3.1): proves leaf `index` in the tree of the first `size` leaves, lowest
 * hash first. Throws RangeError unless 0 <= index < size <= leafHashes.length.
 */
export function inclusionProof(leafHashes: Buffer[], index: number, size: number): Buffer[] {
  if (!isSize(index) || !isSize(size) || index >= size || size > leafHashes.length) {
    throw new RangeError('no such leaf in a tree of this size')
  }
  return path(leafHashes, index, 0, size)
}

/**
 * PROOF (RFC 9162, section 2.1.4.1): proves that the tree of `size1` leaves is the beginning of the tree
 * of `size2`. Throws RangeError unless 1 <= size1 <= size2 <= leafHashes.length: about the empty tree
 * there is nothing to prove.
 */
export function consistencyProof(leafHashes: Buffer[], size1: number, size2: number): Buffer[] {
  if (!isSize(size1) || !isSize(size2) || size1 < 1 || size1 > size2 || size2 > leafHashes.length) {
    throw new RangeError('no such two trees')
  }
  return subproof(leafHashes, size1, 0, size2, true)
}

/**
 * RFC 9162, section 2.1.3.2. `false` for anything malformed.
 * KNOWN: it binds the root, not `size`, which a checkpoint must vouch for.
 */
export function verifyInclusion(claim: { leafHash: Buffer; index: number; size: number; proof: Buffer[]; root: Buffer }): boolean {
  const { index, size, proof, root } = claim
  if (!isSize(index) || !isSize(size) || index >= size) return false
  if (![claim.leafHash, root, ...proof].every((hash) => hash.length === HASH)) return false
  let at = index
  let last = size - 1
  let hash = claim.leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = nodeHash(sibling, hash)
      ;[at, last] = upWhileLeft(at, last)
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[at, last] = up(at, last)
  }
  return last === 0 && equal(hash, root)
}

/**
 * RFC 9162, section 2.1.4.2. `false` for anything malformed, and for `size1` 0: every tree begins with the
 * empty one, so that such a claim proves nothing. Two trees of one size need equal roots and no proof.
 */
export function verifyConsistency(claim: { size1: number; size2: number; root1: Buffer; root2: Buffer; proof: Buffer[] }): boolean {
  const { size1, size2, root1, root2, proof } = claim
  if (!isSize(size1) || !isSize(size2) || size1 < 1 || size1 > size2) return false
  if (size1 === size2) return proof.length === 0 && equal(root1, root2)
  if (proof.length === 0 || ![root1, root2, ...proof].every((hash) => hash.length === HASH)) return false

  let [at, last] = [size1 - 1, size2 - 1]
  while (isOdd(at)) [at, last] = up(at, last)
  // `at` is 0 here exactly when size1 is a power of two: the old root is then itself a node of the new tree.
  const [first, ...rest] = at === 0 ? [root1, ...proof] : proof
  let [old, grown] = [first!, first!]
  for (const hash of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      old = nodeHash(hash, old)
      grown = nodeHash(hash, grown)
      ;[at, last] = upWhileLeft(at, last)
    } else {
      grown = nodeHash(grown, hash)
    }
    ;[at, last] = up(at, last)
  }
  return last === 0 && equal(old, root1) && equal(grown, root2)
}

/** The root over the leaves from `start` to before `end`; at least one. */
function rangeRoot(leafHashes: Buffer[], start: number, end: number): Buffer {
  if (end - start === 1) return leafHashes[start]!
  const middle = split(start, end)
  return nodeHash(rangeRoot(leafHashes, start, middle), rangeRoot(leafHashes, middle, end))
}

function path(leafHashes: Buffer[], index: number, start: number, end: number): Buffer[] {
  if (end - start === 1) return []
  const middle = split(start, end)
  return index < middle
    ? [...path(leafHashes, index, start, middle), rangeRoot(leafHashes, middle, end)]
    : [...path(leafHashes, index, middle, end), rangeRoot(leafHashes, start, middle)]
}

/** `known`: the verifier already has the root of this range, because it is the old tree. */
function subproof(leafHashes: Buffer[], size1: number, start: number, end: number, known: boolean): Buffer[] {
  if (size1 === end) return known ? [] : [rangeRoot(leafHashes, start, end)]
  const middle = split(start, end)
  return size1 <= middle
    ? [...subproof(leafHashes, size1, start, middle, known), rangeRoot(leafHashes, middle, end)]
    : [...subproof(leafHashes, size1, middle, end, false), rangeRoot(leafHashes, start, middle)]
}

/** Where a range of two or more leaves splits: after the largest power of two smaller than its length. */
function split(start: number, end: number): number {
  let left = 1
  while (left * 2 < end - start) left *= 2
  return start + left
}

function up(at: number, last: number): [number, number] {
  return [Math.floor(at / 2), Math.floor(last / 2)]
}

function upWhileLeft(at: number, last: number): [number, number] {
  while (at !== 0 && !isOdd(at)) [at, last] = up(at, last)
  return [at, last]
}

/** A tree of n leaves has as many perfect subtrees as n has ones in binary. */
function checkShape({ size, hashes }: Frontier): void {
  const ones = isSize(size) ? size.toString(2).replaceAll('0', '').length : -1
  if (ones !== hashes.length) throw new RangeError('the hashes of a frontier do not fit its size')
}

function isOdd(n: number): boolean {
  return n % 2 === 1
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}
