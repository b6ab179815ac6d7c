import { appendLeaves, rootOfFrontier } from '../../core/merkle.ts'
import { tileHashOf, type TileHash } from '../../core/tiles.ts'
import { now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { tryLock } from '../../platform/locks.ts'
import type { Db } from '../../platform/postgres.ts'
import { keepCheckpoint, keepCounts, keepLeaves, lastCheckpoint, lastLeaf, matterCounts, waiting, type EntryRow } from './queries.ts'
import { checkpointFault, frontierOf, hashOf, ledgerKey, signCheckpoint, type LedgerKey } from './tree.ts'
import { keepSubtrees } from './tile-queries.ts'

const MOST = 5000
const EVERY_MS = 1000
const SOON_MS = 60

/**
 * The clerk that numbers committed entries, grows the tree and signs its top: at least every second while something
 * waits, and soon after an act of this process. One at a time over all processes, by advisory lock.
 *
 * It is idle, then due (a timer runs), then at work, then idle; `stop` lets the work under way end and takes no more.
 */
export class Sequencer {
  readonly #house: Pick<House, 'clerk' | 'log'>
  readonly #key: LedgerKey
  readonly #untrusted: (why: string) => void
  #timer: NodeJS.Timeout | null = null
  #soon: NodeJS.Timeout | null = null
  #work: Promise<unknown> = Promise.resolve()
  #stopped = false

  /** `untrusted` is told why the ledger cannot be trusted any more; the process must stop then. */
  constructor(house: Pick<House, 'clerk' | 'log'>, seed: Buffer, untrusted: (why: string) => void) {
    this.#house = house
    this.#key = ledgerKey(seed)
    this.#untrusted = untrusted
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), EVERY_MS)
    this.#timer.unref()
  }

  /** An act was committed here: number it soon, and the ones beside it in one go. */
  nudge(): void {
    if (this.#soon || this.#stopped) return
    this.#soon = setTimeout(() => void this.run(), SOON_MS)
    this.#soon.unref()
  }

  /** Numbers all that waits. On resolve it is in the tree under a signed checkpoint; a fault is logged and tried again. */
  run(): Promise<void> {
    if (this.#soon) clearTimeout(this.#soon)
    this.#soon = null
    const next = this.#work.then(async () => {
      if (this.#stopped) return
      while ((await this.#house.clerk({ name: 'sequencer' }, (db) => sequence(db, this.#key))) === MOST);
    })
    this.#work = next.catch((fault: unknown) => {
      if (fault instanceof Untrusted) this.#untrusted(fault.message)
      else if (!this.#stopped) this.#house.log.error('couldn’t number the ledger', fault)
    })
    return this.#work as Promise<void>
  }

  async stop(): Promise<void> {
    await this.run()
    this.#stopped = true
    if (this.#timer) clearInterval(this.#timer)
    if (this.#soon) clearTimeout(this.#soon)
    await this.#work
  }
}

class Untrusted extends Error {}

/** One batch, in one transaction; how many entries were numbered. */
async function sequence(db: Db, key: LedgerKey): Promise<number> {
  if (!(await tryLock(db, 'sequencer'))) return 0
  const entries = await waiting(db, MOST)
  if (entries.length === 0) return 0
  const checkpoint = await lastCheckpoint(db)
  const leaf = await lastLeaf(db)
  const frontier = frontierOf(checkpoint)
  if (frontier.size !== (leaf ? leaf.n + 1 : 0))
    throw new Untrusted(`the ledger has ${leaf ? leaf.n + 1 : 0} leaves and a checkpoint of ${frontier.size}`)
  const fault = checkpoint && checkpointFault(checkpoint, key.vkey, frontier)
  if (fault) throw new Untrusted(fault)
  const leaves = await number(db, entries, frontier.size, leaf?.numbered ?? null)
  const subtrees: TileHash[] = []
  const grown = appendLeaves(
    frontier,
    leaves.map((one) => one.hash),
    (...node) => {
      const subtree = tileHashOf(...node)
      if (subtree) subtrees.push(subtree)
    },
  )
  await keepLeaves(db, leaves)
  await keepSubtrees(db, subtrees)
  await keepCheckpoint(db, grown, rootOfFrontier(grown), signCheckpoint(key, grown))
  return entries.length
}

/** Positions in the log and, without gaps, within each matter. The numbering's time goes back only where an administrator confirmed it. */
async function number(db: Db, entries: EntryRow[], first: number, last: Date | null) {
  const matters = [...new Set(entries.flatMap((entry) => entry.matter_id ?? []))]
  const counts = new Map((await matterCounts(db, matters)).map((row) => [row.matter_id, row.entries]))
  let time = last?.getTime() ?? 0
  const leaves = entries.map((entry, i) => {
    time = entry.deed === 'clock.confirmed' ? entry.at.getTime() : Math.max(time, entry.at.getTime(), now())
    const matterN = entry.matter_id ? (counts.get(entry.matter_id) ?? 0) + 1 : null
    if (entry.matter_id && matterN) counts.set(entry.matter_id, matterN)
    const position = { n: first + i, matterN, numbered: new Date(time) }
    return { ...position, entry: entry.id, numbered: position.numbered.toISOString(), hash: hashOf(entry, position) }
  })
  if (counts.size > 0) await keepCounts(db, counts)
  return leaves
}
