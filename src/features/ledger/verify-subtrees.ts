import { rootOf } from '../../core/merkle.ts'
import { TILE_WIDTH, type TileHash } from '../../core/tiles.ts'
import type { Clerk } from '../../platform/ways.ts'
import { MOST_FAULTS, type Found, type OnProgress } from './faults.ts'
import { subtreesBeyond, tilesOfClerk } from './tile-queries.ts'
import { JOB } from './verify-details.ts'

/** Whole tiles that are read in one go. */
const TILES = 32

/**
 * Whether the kept hashes of the tree are those of its first `size` leaves, as many as there are to be. From a wrong one
 * proofs would be made that do not verify; no checkpoint stands on them.
 */
export async function checkSubtrees(clerk: Clerk, size: number, found: Found, onProgress: OnProgress = () => {}): Promise<void> {
  let due = Math.floor(size / TILE_WIDTH)
  for (let level = 1; due > 0; level += 1, due = Math.floor(due / TILE_WIDTH))
    for (let first = 0; first < due && !found.full; first += TILES) {
      const last = Math.min(first + TILES, due)
      const [below, kept] = await clerk(
        { name: JOB },
        async (db) =>
          [
            await tilesOfClerk(db)([{ level: level - 1, from: first * TILE_WIDTH, to: last * TILE_WIDTH }]),
            await tilesOfClerk(db)([{ level, from: first, to: last }]),
          ] as const,
      )
      for (let tile = first; tile < last; tile += 1) compare(level, tile, below, kept, found)
      onProgress('tiles', last, due)
    }
  for (const { level, index } of await clerk({ name: JOB }, (db) => subtreesBeyond(db, MOST_FAULTS)))
    say(found, level, index, 'This hash of the tree is of leaves that are not there.')
}

function compare(level: number, tile: number, below: readonly TileHash[], kept: readonly TileHash[], found: Found): void {
  const hash = kept.find((one) => one.index === tile)?.hash
  const its = below.filter((one) => Math.floor(one.index / TILE_WIDTH) === tile).sort((a, b) => a.index - b.index)
  if (!hash) return say(found, level, tile, 'This hash of the tree is not there.')
  // what is missing below is a fault of its own
  if (its.length === TILE_WIDTH && !hash.equals(rootOf(its.map((one) => one.hash))))
    say(found, level, tile, 'This hash of the tree is not that of what stands below it.')
}

function say(found: Found, level: number, index: number, what: string): void {
  if (!found.full) found.push({ what, where: `subtree ${level}/${index}` })
}
