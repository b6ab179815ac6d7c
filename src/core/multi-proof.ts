import { equal } from './bytes.ts'
import { nodeHash } from './merkle.ts'

// One proof for many leaves of one tree (RFC 6962, section 2.1): the roots of the largest subtrees that hold none of the
// leaves, from left to right. Each appears once, where a proof for each leaf would repeat them.

/** Leaves from `start` to before `end`. */
export type Range = { start: number; end: number }

/**
 * Which subtrees' roots prove these leaves in the tree of `size`, from left to right. `indices` ascend and have no double.
 * Throws RangeError for indices that do not, or that are not in the tree.
 */
export function proofRanges(indices: readonly number[], size: number): Range[] {
  const ascending = indices.every((index, at) => isSize(index) && index < size && (at === 0 || index > indices[at - 1]!))
  if (!isSize(size) || size === 0 || !ascending) throw new RangeError('no such leaves in a tree of this size')
  const ranges: Range[] = []
  const walk = (start: number, end: number, from: number, to: number): void => {
    if (from === to) return void ranges.push({ start, end })
    if (end - start === 1) return
    const middle = splitOf(start, end)
    const cut = firstAtOrAbove(indices, middle, from, to)
    walk(start, middle, from, cut)
    walk(middle, end, cut, to)
  }
  walk(0, size, 0, indices.length)
  return ranges
}

export type ManyClaim = { leaves: readonly { index: number; hash: Buffer }[]; size: number; proof: readonly Buffer[]; root: Buffer }

/** Whether all these leaves, in ascending order, are in the tree of this size and root. `false` for anything malformed. */
export function verifyMany({ leaves, size, proof, root }: ManyClaim): boolean {
  if (!isSize(size) || size === 0 || ![root, ...proof].every((hash) => hash.length === 32)) return false
  const isFit = leaves.every(
    ({ index, hash }, at) => isSize(index) && index < size && hash.length === 32 && (at === 0 || index > leaves[at - 1]!.index),
  )
  if (!isFit) return false
  let used = 0
  const indices = leaves.map((leaf) => leaf.index)
  const rootOf = (start: number, end: number, from: number, to: number): Buffer | null => {
    if (from === to) return proof[used++] ?? null
    if (end - start === 1) return leaves[from]!.hash
    const middle = splitOf(start, end)
    const cut = firstAtOrAbove(indices, middle, from, to)
    const left = rootOf(start, middle, from, cut)
    const right = left && rootOf(middle, end, cut, to)
    return right && nodeHash(left, right)
  }
  const whole = rootOf(0, size, 0, leaves.length)
  return whole !== null && used === proof.length && equal(whole, root)
}

/** The first place in `sorted`, of those from `from` to before `to`, whose value is not below `least`. */
function firstAtOrAbove(sorted: readonly number[], least: number, from: number, to: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (sorted[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Where a range of two or more leaves splits: after the largest power of two smaller than its length. */
function splitOf(start: number, end: number): number {
  let left = 1
  while (left * 2 < end - start) left *= 2
  return start + left
}

const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
