import { EMPTY_ROOT, nodeHash } from './merkle.ts'

// c2sp.org/tlog-tiles: a tree in tiles 256 hashes wide. A tile hash of level L is the root of 256^L leaves that are all there:
// of level 0 a leaf hash, above it the root of a whole tile of the level below. Any proof is made of at most some hundred of them.

/** Hashes in a whole tile. */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
const HASH = 32

/** The `index`th hash of a level: the root of the leaves from index * 256^level on. */
export type TileHash = { level: number; index: number; hash: Buffer }
/** Hashes of one level, from `from` to before `to`. */
export type Span = { level: number; from: number; to: number }
/** Leaves from `start` to before `end`. */
export type Range = { start: number; end: number }

/** The hashes above level 0 that an append completes, as `appendLeaves` tells of them. */
export function tileHashOf(height: number, index: number, hash: Buffer): TileHash | null {
  return height % TILE_HEIGHT === 0 ? { level: height / TILE_HEIGHT, index, hash } : null
}

/** The ranges whose roots prove leaf `index` in the tree of `size`, lowest first (RFC 9162, 2.1.3.1). Throws RangeError. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('no such leaf in a tree of this size')
  const ranges: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = split(start, end)
    ranges.push(index < middle ? { start: middle, end } : { start, end: middle })
    ;[start, end] = index < middle ? [start, middle] : [middle, end]
  }
  return ranges.reverse()
}

/** The ranges whose roots prove that the tree of `size1` begins that of `size2` (RFC 9162, 2.1.4.1). Throws RangeError. */
export function consistencyRanges(size1: number, size2: number): Range[] {
  if (!isCount(size1) || !isCount(size2) || size1 < 1 || size1 > size2) throw new RangeError('no such two trees')
  const ranges: Range[] = []
  let [start, end] = [0, size2]
  while (size1 !== end) {
    const middle = split(start, end)
    ranges.push(size1 <= middle ? { start: middle, end } : { start, end: middle })
    ;[start, end] = size1 <= middle ? [start, middle] : [middle, end]
  }
  // where the old tree is no node of the new one, the proof begins with the last part of it
  if (start > 0) ranges.push({ start, end })
  return ranges.reverse()
}

/** The tile hashes that `rootsOf` asks for, each once, by level and index. */
export function spansOf(ranges: readonly Range[]): Span[] {
  const spans = ranges.flatMap((range) => subtreesOf(range).map(spanOf)).sort((a, b) => a.level - b.level || a.from - b.from)
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last && last.level === span.level && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else merged.push({ ...span })
  }
  return merged
}

/**
 * The root of each range, from the hashes that `spansOf` named. A range begins where a tree does: at 0, or at a
 * multiple of the largest power of two in its length. Throws RangeError when a hash is not among them.
 */
export function rootsOf(ranges: readonly Range[], hashes: readonly TileHash[]): Buffer[] {
  const known = new Map(hashes.map((one) => [`${one.level}/${one.index}`, one.hash]))
  const take = (level: number, index: number): Buffer => {
    const hash = known.get(`${level}/${index}`)
    if (!hash) throw new RangeError(`hash ${index} of level ${level} is not there`)
    return hash
  }
  return ranges.map((range) => {
    if (range.start === range.end) return EMPTY_ROOT
    return subtreesOf(range)
      .map((subtree) => rootOfSpan(spanOf(subtree), take))
      .reduceRight((right, left) => nodeHash(left, right))
  })
}

type Subtree = { height: number; index: number }
/** The perfect subtrees of a range, largest first. */
function subtreesOf({ start, end }: Range): Subtree[] {
  const subtrees: Subtree[] = []
  for (let at = start; at < end;) {
    let [height, width] = [0, 1]
    while (width * 2 <= end - at) [height, width] = [height + 1, width * 2]
    if (at % width !== 0) throw new RangeError('no tree has this range in it')
    subtrees.push({ height, index: at / width })
    at += width
  }
  return subtrees
}

const spanOf = ({ height, index }: Subtree): Span => {
  const wide = 2 ** (height % TILE_HEIGHT)
  return { level: Math.floor(height / TILE_HEIGHT), from: index * wide, to: (index + 1) * wide }
}

function rootOfSpan({ level, from, to }: Span, take: (level: number, index: number) => Buffer): Buffer {
  let row = Array.from({ length: to - from }, (_, k) => take(level, from + k))
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, k) => nodeHash(row[2 * k]!, row[2 * k + 1]!))
  return row[0]!
}

/** How many hashes tile `n` of a level has in the tree of `size`: 256, fewer at its right edge, or none. */
export function widthOf(level: number, n: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level)
  return Math.max(0, Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH))
}

/** A tile or an entry bundle: `level` null for entries. `width` as in its path, 256 without one. */
export type Tile = { level: number | null; n: number; width: number }

/** The path of a tile below `tile/`: `0/x001/x234/067.p/8`, `entries/000`. */
export function tilePath({ level, n, width }: Tile): string {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0')
  const parts = digits.match(/\d{3}/g)!
  const name = [...parts.slice(0, -1).map((part) => `x${part}`), parts.at(-1)].join('/')
  return `${level ?? 'entries'}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The tile that a path below `tile/` names; null for anything `tilePath` would not have written. */
export function parseTilePath(path: string): Tile | null {
  const [, level, name, width] = /^(\d{1,2}|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
  if (level === undefined || name === undefined) return null
  const tile = {
    level: level === 'entries' ? null : Number(level),
    n: Number(name.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  const isThere = (tile.level ?? 0) <= 63 && Number.isSafeInteger(tile.n) && tile.width > 0 && tile.width <= TILE_WIDTH
  return isThere && tilePath(tile) === path ? tile : null
}

/** The bytes of a tile: its hashes, 32 bytes each, one after another. */
export const tileBytes = (hashes: readonly Buffer[]): Buffer => Buffer.concat(hashes, hashes.length * HASH)

/** The bytes of an entry bundle: each leaf behind its length (u16be). Throws RangeError for a leaf of 64 KiB or more. */
export function bundleBytes(leaves: readonly Buffer[]): Buffer {
  return Buffer.concat(
    leaves.flatMap((leaf) => {
      if (leaf.length > 0xffff) throw new RangeError('a leaf is too long for a bundle')
      return [Buffer.of(leaf.length >> 8, leaf.length & 0xff), leaf]
    }),
  )
}

/** Where a range of two or more leaves splits: after the largest power of two smaller than its length. */
function split(start: number, end: number): number {
  let left = 1
  while (left * 2 < end - start) left *= 2
  return start + left
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
