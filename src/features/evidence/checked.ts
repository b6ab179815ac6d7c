import { isShown, parseLeaf, type EvidenceLine } from '../../core/evidence.ts'
import type { CheckedEntry } from '../../core/evidence-check.ts'

/** Lines of our own making as whoever checks them will read them, less their hashes, which the proof is about. */
export const checkedOf = (lines: readonly EvidenceLine[]): CheckedEntry[] =>
  lines.map((line) => {
    if (!isShown(line)) return { n: line.n, hash: Buffer.alloc(0), leaf: null, open: {}, hidden: {} }
    const leaf = parseLeaf(line.leaf)
    return { n: leaf.n, hash: Buffer.alloc(0), leaf, open: line.open, hidden: line.hidden }
  })
