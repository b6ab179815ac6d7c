import { proofRanges } from '../../core/multi-proof.ts'
import { consistencyRanges, inclusionRanges, rootsOf, spansOf, type Range } from '../../core/tiles.ts'
import type { ReadTiles } from './tile-queries.ts'

// Proofs over the stored tree, each from one statement that reads some hundred hashes, however long the log is.

/** That leaf `index` is in the tree of `size`, lowest hash first. Throws RangeError unless both are there. */
export const inclusionOf = (read: ReadTiles, index: number, size: number): Promise<Buffer[]> => roots(read, inclusionRanges(index, size))

/** That the tree of `size1` begins the tree of `size2`. Throws RangeError unless both are there and neither is empty. */
export const consistencyOf = (read: ReadTiles, size1: number, size2: number): Promise<Buffer[]> =>
  roots(read, consistencyRanges(size1, size2))

/** The root of the first `size` leaves. Throws RangeError when they are not there. */
export const rootAt = async (read: ReadTiles, size: number): Promise<Buffer> => (await roots(read, [{ start: 0, end: size }]))[0]!

/** That all these leaves, ascending, are in the tree of `size`: one proof, as src/core/multi-proof.ts reads it. */
export const inclusionOfMany = (read: ReadTiles, indices: readonly number[], size: number): Promise<Buffer[]> =>
  roots(read, proofRanges(indices, size))

const roots = async (read: ReadTiles, ranges: Range[]): Promise<Buffer[]> => rootsOf(ranges, await read(spansOf(ranges)))
