import { nodeHash, type Frontier } from './merkle.ts'

/**
 * PROOF (RFC 9162, section 2.1.4.1) that the tree of this frontier is the beginning of the tree that these leaf hashes, after
 * its own, make of it. What lies before the frontier is not needed: every node of the proof is one of the frontier's or lies wholly behind
 * it. Throws RangeError for the empty tree, about which there is nothing to prove, and for a misshapen frontier.
 */
export function growthProof(old: Frontier, later: readonly Buffer[]): Buffer[] {
  const { size, hashes } = old
  const known = new Map<number, Buffer>()
  let start = 0
  while (start < size) {
    const hash = hashes[known.size]
    if (!hash) break
    known.set(start, hash)
    start += largestIn(size - start)
  }
  if (size < 1 || start !== size || known.size !== hashes.length) throw new RangeError('no such frontier')
  const rootOf = (from: number, to: number): Buffer => {
    if (to <= size) return known.get(from)!
    if (to - from === 1) return later[from - size]!
    const middle = from + split(to - from)
    return nodeHash(rootOf(from, middle), rootOf(middle, to))
  }
  const proof = (from: number, to: number, isWhole: boolean): Buffer[] => {
    if (size === to) return isWhole ? [] : [rootOf(from, to)]
    const middle = from + split(to - from)
    return size <= middle ? [...proof(from, middle, isWhole), rootOf(middle, to)] : [...proof(middle, to, false), rootOf(from, middle)]
  }
  return proof(0, size + later.length, true)
}

/** The largest power of two that is not above `n`. */
function largestIn(n: number): number {
  let power = 1
  while (power * 2 <= n) power *= 2
  return power
}
/** The largest power of two below `n`. */
const split = (n: number): number => largestIn(n - 1)
