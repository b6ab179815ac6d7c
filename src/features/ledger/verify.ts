import { keyAt, type Epoch, type Epochs } from '../../core/epoch.ts'
import { appendLeaves, EMPTY_ROOT, emptyFrontier, rootOfFrontier, type Frontier } from '../../core/merkle.ts'
import type { House } from '../../platform/house.ts'
import type { Clerk } from '../../platform/ways.ts'
import { foundFaults, MOST_FAULTS, type Fault, type Found, type OnProgress } from './faults.ts'
import {
  checkpointsFrom,
  countsAt,
  countWaiting,
  falselyWaiting,
  heights,
  leavesFrom,
  noteAt,
  strayEntries,
  type CheckpointRow,
} from './queries.ts'
import { isOf, millis, readNote, rootIs } from './verify-notes.ts'
import { epochRows, type EpochRows } from './epochs.ts'
import { checkEpochs, laterEpochs } from './verify-epochs.ts'
import { checkSubtrees } from './verify-subtrees.ts'
import { BATCH, checkDetails, FIRST, JOB } from './verify-details.ts'
import { checkPlaces } from './verify-origins.ts'

export type LedgerCheck = {
  /** numbered ones */ entries: number
  waiting: number
  checkpoints: number
  /** matters, with `detailsOf` */ destroyed: number
  /** After the first: when each began, over how many entries, and why. */ epochs: Pick<Epoch, 'n' | 'size' | 'at' | 'why' | 'vkey'>[]
  faults: Fault[]
}

type Given = {
  /** The firm's verifier key of now, derived from its root key: what the tables say is held against it, never believed. */
  vkey: string
  /** Opens the details too and holds them against their commitments. */
  detailsOf?: Pick<House, 'keys' | 'keystore'>
  /** A checkpoint known from elsewhere, such as a backup's manifest: the ledger must hold it still. */
  known?: { size: number; note: string | null }
}
type Leaf = Awaited<ReturnType<typeof leavesFrom>>[number]

/**
 * Checks the whole ledger, as the clerk: every leaf against its entry, every number, every checkpoint, the counts, and
 * with `detailsOf` every sealed detail. Safe beside a running server; memory grows with the number of matters alone.
 * Gives up after 100 faults, the first one found first.
 *
 * KNOWN: whoever can write the database can cut off the newest leaves with their entries, checkpoints and counts, and
 * what is left verifies; only a witness, or a checkpoint kept elsewhere (a backup's manifest), shows it. The
 * session of an entry of version 1 is no part of its leaf.
 */
export async function verifyLedger(
  clerk: Clerk,
  { vkey, detailsOf, known }: Given,
  onProgress: OnProgress = () => {},
): Promise<LedgerCheck> {
  const found = foundFaults()
  const epochs = await checkEpochs(clerk, vkey, found)
  const walk = new Walk(epochs, found)
  await walkLeaves(clerk, walk, onProgress)
  if (!found.full) await checkTop(clerk, walk, found)
  if (!found.full) walk.checkEpochs()
  if (known?.note && !found.full && (await clerk({ name: JOB }, (db) => noteAt(db, known.size))) !== known.note) {
    found.push({
      what: `The checkpoint that is known from elsewhere, over ${known.size} entries, is not in the ledger: entries were taken away, or it is another one.`,
      where: `checkpoint ${known.size}`,
    })
  }
  if (!found.full) await checkCounts(clerk, walk, found)
  if (!found.full) await checkWaiting(clerk, found)
  if (!found.full) await checkSubtrees(clerk, walk.next, found, onProgress)
  if (!found.full) await checkPlaces(clerk, detailsOf?.keys ?? null, found)
  const destroyed = detailsOf && !found.full ? await checkDetails(clerk, detailsOf, walk.counts.keys(), found, onProgress) : 0
  return {
    entries: walk.next,
    waiting: await clerk({ name: JOB }, countWaiting),
    checkpoints: walk.checkpoints,
    destroyed,
    epochs: epochs.later.map(({ n, size, at, why, vkey }) => ({ n, size, at, why, vkey })),
    faults: [...found],
  }
}

async function walkLeaves(clerk: Clerk, walk: Walk, onProgress: OnProgress): Promise<void> {
  const of = (await clerk({ name: JOB }, heights)).leaves
  for (let rows: Leaf[] | null = null; !walk.found.full && rows?.length !== 0;) {
    const from = walk.next
    // leaves first: the checkpoint over them was committed with them
    const [leaves, checkpoints, epochs] = await clerk({ name: JOB }, async (db) => {
      const some = await leavesFrom(db, from, BATCH)
      return [some, some.length === 0 ? [] : await checkpointsFrom(db, walk.signed, some.at(-1)!.n + 1), await epochRows(db)] as const
    })
    rows = leaves
    walk.follow(epochs)
    for (const leaf of leaves) {
      while (checkpoints[0] && checkpoints[0].size <= leaf.n) walk.passCheckpoint(checkpoints.shift()!)
      walk.passLeaf(leaf)
    }
    checkpoints.forEach((one) => walk.passCheckpoint(one))
    onProgress('entries', walk.next, Math.max(of, walk.next))
  }
}

/**
 * Walks along the log. The tree grows by the hashes that are stored, and each of those is compared with its entry, so
 * that one changed entry is one fault. After a checkpoint that the tree does not reach, it grows on from what that
 * checkpoint signed; after a gap in the leaves it is unknown (`tree` null) until the next checkpoint.
 */
class Walk {
  next = 0
  checkpoints = 0
  /** Size of the last checkpoint passed. */
  signed = -1
  readonly found: Found
  /** Entries by matter. */
  readonly counts = new Map<string, number>()
  #epochs: Epochs
  /** Epochs whose tree was passed. */
  readonly #passed = new Set<number>()
  #tree: Frontier | null = emptyFrontier()
  #fresh: Buffer[] = []
  #last = 0

  constructor(epochs: Epochs, found: Found) {
    this.#epochs = epochs
    this.found = found
  }

  /** Epochs that began while the ledger was being walked along. */
  follow(rows: EpochRows): void {
    this.#epochs = laterEpochs(this.#epochs, rows)
  }

  passLeaf(leaf: Leaf): void {
    if (leaf.n > this.next) {
      this.#say(
        leaf.n === this.next + 1 ? `Leaf ${this.next} is not there.` : `Leaves ${this.next} to ${leaf.n - 1} are not there.`,
        `leaf ${this.next}`,
      )
      if (this.#tree && this.#tree.size + this.#fresh.length !== leaf.n) this.#tree = null
    }
    const place = { n: leaf.n, matterN: leaf.matter_n, numbered: leaf.numbered }
    const where = `leaf ${leaf.n}, entry ${leaf.entry_id}`
    if (isWhole(leaf)) {
      if (!isOf(leaf, place)) this.#say('The entry is not the one that was numbered here: it was changed, or exchanged for another.', where)
      this.#passNumber(leaf, where)
      if (!(millis(leaf.numbered) >= this.#last) && leaf.deed !== 'clock.confirmed')
        this.#say('It was numbered at a time before that of the entry before it.', where)
    } else this.#say('The entry of this leaf is not there.', where)
    this.#last = millis(leaf.numbered)
    this.#fresh.push(leaf.leaf_hash)
    this.next = leaf.n + 1
  }

  #passNumber({ matter_id: matter, matter_n: n }: Leaf, where: string): void {
    const due = matter === null ? null : (this.counts.get(matter) ?? 0) + 1
    if (n !== due)
      this.#say(
        due === null
          ? 'It has a number within a matter and belongs to none.'
          : `It is numbered ${n} within matter ${matter}, where ${due} was due.`,
        where,
      )
    if (matter !== null) this.counts.set(matter, n ?? due!)
  }

  passCheckpoint(row: CheckpointRow & { timely: boolean | null }): void {
    this.checkpoints += 1
    this.signed = row.size
    const where = `checkpoint ${row.size}`
    const grown = this.#grow(row.size)
    const said = readNote(row.note, keyAt(this.#epochs, row.size))
    if (!said) return this.#say('The checkpoint is not signed with the firm’s key.', where)
    if (said.size !== row.size || !said.root.equals(row.root)) this.#say('The checkpoint’s row is not what its signature says.', where)
    if (grown && !said.root.equals(rootOfFrontier(grown)))
      this.#say(
        'The checkpoint’s root is not the root of the entries before it: one of them was changed, added or taken away after it was signed.',
        where,
      )
    else if (row.timely === false) this.#say('The checkpoint’s time is not that of its last entry.', where)
    for (const epoch of this.#epochs.later.filter((one) => one.size === row.size)) {
      this.#passed.add(epoch.n)
      if (!epoch.root.equals(said.root)) this.#say('The epoch was begun over another tree than the one that is here.', `epoch ${epoch.n}`)
    }
    const kept = rootIs(said, { size: row.size, hashes: row.frontier })
    if (!kept) this.#say('The checkpoint’s frontier does not give its root.', where)
    if (kept) this.#tree = { size: row.size, hashes: row.frontier }
  }

  /** Each epoch began over a tree that is here. */
  checkEpochs(): void {
    for (const { n, size, root } of this.#epochs.later)
      if (size === 0 ? !root.equals(EMPTY_ROOT) : !this.#passed.has(n))
        this.#say(`The epoch was begun over ${size} entries, and there is no such checkpoint.`, `epoch ${n}`)
  }

  /** The tree of the first `size` leaves; null where it is not known. */
  #grow(size: number): Frontier | null {
    const fresh = this.#fresh.splice(0)
    if (this.#tree && this.#tree.size + fresh.length === this.next) this.#tree = appendLeaves(this.#tree, fresh)
    return this.#tree?.size === size ? this.#tree : null
  }

  #say(what: string, where: string): void {
    if (!this.found.full) this.found.push({ what, where })
  }
}

const isWhole = (
  leaf: Leaf,
): leaf is Leaf & { [K in keyof Leaf]: K extends 'actor' | 'matter_id' | 'object' | 'matter_n' ? Leaf[K] : NonNullable<Leaf[K]> } =>
  leaf.id !== null

async function checkTop(clerk: Clerk, walk: Walk, found: Found): Promise<void> {
  const { leaves, signed } = await clerk({ name: JOB }, heights)
  if (signed > leaves)
    found.push({ what: `The tail is cut off: ${signed} entries were signed for, and ${leaves} are there.`, where: `leaf ${leaves}` })
  if (signed < leaves) found.push({ what: `The last ${leaves - signed} entries stand under no checkpoint.`, where: `leaf ${signed}` })
  if (leaves < walk.next) found.push({ what: 'Entries went away while the ledger was being checked.', where: `leaf ${leaves}` })
}

async function checkCounts(clerk: Clerk, walk: Walk, found: Found): Promise<void> {
  const left = new Map(walk.counts)
  for (let after = FIRST, rows: { matter_id: string; entries: number }[] | null = null; !found.full && rows?.length !== 0;) {
    rows = await clerk({ name: JOB }, (db) => countsAt(db, walk.next, after, BATCH))
    for (const { matter_id: matter, entries } of rows) {
      const numbered = left.get(matter) ?? 0
      if (numbered !== entries && !found.full)
        found.push({ what: `${entries} entries were counted for the matter, and ${numbered} are there.`, where: `matter ${matter}` })
      left.delete(matter)
    }
    after = rows.at(-1)?.matter_id ?? after
  }
  for (const [matter, numbered] of left)
    if (!found.full) found.push({ what: `No entries were counted for the matter, and ${numbered} are there.`, where: `matter ${matter}` })
}

async function checkWaiting(clerk: Clerk, found: Found): Promise<void> {
  const room = () => MOST_FAULTS - found.length
  for (const { id } of await clerk({ name: JOB }, (db) => strayEntries(db, room())))
    found.push({ what: 'The entry is neither numbered nor waiting for its number.', where: `entry ${id}` })
  for (const { id, numbered } of await clerk({ name: JOB }, (db) => falselyWaiting(db, room()))) {
    found.push({
      what: numbered ? 'The entry has its number and waits for another.' : 'An entry that waited for its number is not there.',
      where: `entry ${id}`,
    })
  }
}
