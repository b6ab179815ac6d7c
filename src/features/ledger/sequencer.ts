import { setImmediate } from 'node:timers/promises'
import { keyAt } from '../../core/epoch.ts'
import { appendLeaves, rootOfFrontier } from '../../core/merkle.ts'
import { BrokenNote } from '../../core/note.ts'
import { tileHashOf, type TileHash } from '../../core/tiles.ts'
import { iso, now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import { tryLock } from '../../platform/locks.ts'
import { heard, said, type Db } from '../../platform/postgres.ts'
import {
  forgetWaiting,
  keepCheckpoint,
  keepCounts,
  keepLeaves,
  lastCheckpoint,
  lastLeaf,
  waiting,
  type EntryRow,
  type WaitingRow,
} from './queries.ts'
import { epochsOf, isSigningKey } from './epochs.ts'
import { checkpointFault, frontierOf, hashAt, signCheckpoint, signingKey } from './tree.ts'
import { keepSubtrees } from './tile-queries.ts'

/** Entries in one transaction, and those that are worked on at a time. */
const MOST = 50_000
const PART = 1000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
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
  readonly #keys: Signing
  readonly #readKeys: (db: Db) => Promise<void>
  readonly #untrusted: (why: string) => void
  #timer: NodeJS.Timeout | null = null
  #soon: NodeJS.Timeout | null = null
  #work: Promise<unknown> = Promise.resolve()
  #stopped = false

  /**
   * `untrusted` is told why the ledger cannot be trusted any more; the process must stop then. `readKeys` brings `keys` to what the
   * database holds: another process may have begun an epoch.
   */
  constructor(
    house: Pick<House, 'clerk' | 'log'>,
    keys: Signing,
    untrusted: (why: string) => void,
    readKeys: (db: Db) => Promise<void> = async () => {},
  ) {
    this.#house = house
    this.#keys = keys
    this.#untrusted = untrusted
    this.#readKeys = readKeys
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
      while ((await this.#house.clerk({ name: 'sequencer' }, (db) => sequence(db, this.#keys, this.#readKeys))) >= MOST);
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
type Signing = Pick<FirmKeys, 'ledgerSeed' | 'ledgerOrigin'>

/**
 * What waits, up to `MOST`, in one transaction; how many entries were numbered. A part is asked for while the one before is
 * hashed, and what was made of it is written meanwhile: PostgreSQL and this process work at the same time.
 */
async function sequence(db: Db, keys: Signing, readKeys: (db: Db) => Promise<void>): Promise<number> {
  if (!(await tryLock(db, 'sequencer'))) return 0
  const [first, checkpoint, leaf] = await said(waiting(db, FIRST_ID, PART), lastCheckpoint(db), lastLeaf(db))
  if (first.length === 0) return 0
  let tree = frontierOf(checkpoint)
  if (tree.size !== (leaf ? leaf.n + 1 : 0))
    throw new Untrusted(`the ledger has ${leaf ? leaf.n + 1 : 0} leaves and a checkpoint of ${tree.size}`)
  const epochs = await epochsOf(db).catch((fault: unknown) => {
    throw fault instanceof BrokenNote ? new Untrusted(`its epochs do not follow one another: ${fault.message}`) : fault
  })
  if (!isSigningKey(epochs, keys)) await readKeys(db)
  if (!isSigningKey(epochs, keys)) throw new Untrusted('its newest epoch is under a key that is not the firm’s')
  const fault = checkpoint && checkpointFault(checkpoint, keyAt(epochs, checkpoint.size), tree)
  if (fault) throw new Untrusted(fault)
  const begun = tree.size
  const places = new Places(begun, leaf?.numbered ?? null)
  const subtrees: TileHash[] = []
  for (let part = first; part.length > 0;) {
    const isLast = part.length < PART || tree.size + part.length - begun >= MOST
    const next = isLast ? [] : heard(waiting(db, part.at(-1)!.id, PART))
    // it leaves before this process is busy with hashing
    await setImmediate()
    const leaves = part.toSorted(byTime).map((entry) => places.give(entry))
    db.late(keepLeaves(db, leaves))
    const hashes = leaves.map((one) => one.hash)
    tree = appendLeaves(tree, hashes, (...node) => {
      const subtree = tileHashOf(...node)
      if (subtree) subtrees.push(subtree)
    })
    part = await next
  }
  db.late(keepCounts(db, places.counts))
  db.late(keepSubtrees(db, subtrees))
  db.late(keepCheckpoint(db, tree, rootOfFrontier(tree), signCheckpoint(signingKey(keys), tree), places.last))
  db.late(forgetWaiting(db, begun))
  return tree.size - begun
}

const byTime = (a: EntryRow, b: EntryRow): number => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)

/** Positions in the log and, without gaps, within each matter. The numbering's time goes back only where an administrator confirmed it. */
class Places {
  /** Entries by matter, of those that got new ones. */
  readonly counts = new Map<string, number>()
  #next: number
  #time: Date
  /** The same in words. */
  #words: string

  constructor(first: number, last: Date | null) {
    this.#next = first
    this.#time = last ?? new Date(0)
    this.#words = iso(this.#time)
  }

  /** When the last one took its place. */
  get last(): string {
    return this.#words
  }

  give(entry: WaitingRow) {
    const last = this.#time.getTime()
    const time = entry.deed === 'clock.confirmed' ? entry.at.getTime() : Math.max(last, entry.at.getTime(), now())
    if (time !== last) {
      this.#time = new Date(time)
      this.#words = iso(this.#time)
    }
    const matterN = entry.matter_id ? (this.counts.get(entry.matter_id) ?? entry.counted) + 1 : null
    if (entry.matter_id && matterN) this.counts.set(entry.matter_id, matterN)
    const place = { n: this.#next++, matterN, numbered: this.#words }
    return { ...place, entry: entry.id, hash: hashAt(entry, place) }
  }
}
