import { BrokenSeal } from '../core/bytes.ts'
import { plainLength } from '../core/chunked.ts'
import type { Known } from './blob-seals.ts'
import type { BlobStore, Received, StoreKind } from './blob-store.ts'
import { MISSING } from './blob-store.ts'
import { isMissing, openDiskStore } from './disk-store.ts'
import type { S3Settings } from './s3-settings.ts'

/**
 * Sealed files, one a version, under its id; on the local disk, or with an S3-compatible server. Where a blob lies is
 * where it is found: no record of it could differ from that. New ones go to the store that `sendTo` names.
 */
export type Blobs = {
  /**
   * Seals a stream. When this resolves it is durable in its store, and nobody finds it before its version is committed.
   * @throws Refusal `disk.full`, `storage.away`; whatever the source throws. In all cases nothing is left.
   */
  receive(id: string, key: Buffer, source: AsyncIterable<Buffer>): Promise<Received>
  keep(id: string): Promise<void>
  discard(id: string): Promise<void>
  /** Ends a kept blob, or one that was to be kept, wherever it lies; it is gone when this resolves. What is not there is no fault. */
  erase(id: string): Promise<void>
  /**
   * Content from `start` to `end` (exclusive). Every chunk is authenticated before it is given, and what is known of it. @throws BrokenSeal, Refusal `storage.away`
   */
  read(id: string, key: Buffer, start: number, end: number, known?: Known): AsyncGenerator<Buffer>
  /** The sealed bytes as they lie, whole and not opened. @throws BrokenSeal when there are none */
  sealed(id: string): AsyncGenerator<Buffer>
  /** Content length, from the blob's own length. @throws BrokenSeal */
  size(id: string): Promise<number>
  /** Where it lies, how long the sealed bytes are, and since when they lie there; null: nowhere. */
  find(id: string): Promise<Lying | null>
  /** Ends what a crash left open; how many were kept and how many removed. */
  settle(isVersion: (id: string) => Promise<boolean>): Promise<{ kept: number; removed: number }>
  /** Paths of all that is kept, in order: `3f/<id>`. What is still arriving on the disk is not among them. */
  list(of?: StoreKind): AsyncGenerator<string>
  /** The stores that there are. */
  stores: readonly Pick<BlobStore, 'kind' | 'label'>[]
  /** Where new ones go from now on. @throws when there is no such store */
  sendTo(kind: StoreKind): void
  /**
   * Copies a blob to that store, reads it back, compares, and erases it elsewhere. How many bytes; null: it lies nowhere
   * else. `isVersion` is asked before the last step: what ended meanwhile is left nowhere.
   */
  move(id: string, to: StoreKind, isVersion: (id: string) => Promise<boolean>): Promise<number | null>
}
export type Lying = { kind: StoreKind; label: string; length: number; since: Date }

/** What `list` gives for a blob; anything else under the folder is none. */
export const BLOB_PATH = /^[0-9a-f]{2}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const HOPS = 3

/** @throws Stop `storage.away` when an S3 server is set and does not give its bucket */
export async function openBlobs(dir: string, s3: S3Settings | null = null): Promise<Blobs> {
  const disk = await openDiskStore(dir)
  // its client is large: only who has such a server loads it
  const stores = s3 ? [disk, await (await import('./s3-store.ts')).openS3Store(s3, dir)] : [disk]
  let target: BlobStore = disk
  /** Where each one goes that is arriving now. */
  const arriving = new Map<string, BlobStore>()
  const storeOf = (kind: StoreKind): BlobStore => {
    const store = stores.find((one) => one.kind === kind)
    if (!store) throw new Error(`there is no store ${kind}`)
    return store
  }
  const lying = async (id: string): Promise<(Lying & { store: BlobStore }) | null> => {
    for (const store of stores) {
      const found = await store.find(id)
      if (found) return { ...found, kind: store.kind, label: store.label, store }
    }
    return null
  }
  /** The disk is asked first: that costs nothing beside a request to the other. */
  const holder = async (id: string): Promise<BlobStore> => (stores[1] && !(await disk.find(id)) ? stores[1] : disk)
  /** From wherever it lies; it may be moved while it is read. */
  const following = async function* (id: string, read: (store: BlobStore, done: number) => AsyncGenerator<Buffer>) {
    let done = 0
    for (let hop = 1; ; hop += 1) {
      try {
        for await (const part of read(await holder(id), done)) {
          done += part.length
          yield part
        }
        return
      } catch (fault) {
        if (!isMissing(fault) || stores.length === 1 || hop === HOPS) throw fault
      }
    }
  }
  const end = async (id: string, how: 'keep' | 'discard') => {
    const store = arriving.get(id) ?? target
    await store[how](id)
    arriving.delete(id)
  }

  return {
    receive: async (id, key, source) => {
      const store = target
      arriving.set(id, store)
      return store.receive(id, { key, context: contextOf(id) }, source).catch((fault: unknown) => {
        arriving.delete(id)
        throw fault
      })
    },
    keep: (id) => end(id, 'keep'),
    discard: (id) => end(id, 'discard'),
    erase: async (id) => {
      for (const store of stores) await store.erase(id)
    },
    read: (id, key, start, end, known) =>
      following(id, (store, done) => store.read(id, { key, context: contextOf(id) }, start + done, end, known)),
    sealed: (id) =>
      following(id, (store, done) => {
        // half of one and half of another is no copy
        if (done > 0) throw new Error(`blob ${id} was moved while it was read`)
        return store.sealed(id)
      }),
    size: async (id) => {
      const found = await lying(id)
      if (!found) throw new BrokenSeal(MISSING)
      return plainLength(found.length)
    },
    find: async (id) => {
      const found = await lying(id)
      return found && { kind: found.kind, label: found.label, length: found.length, since: found.since }
    },
    settle: async (isVersion) => {
      const counts = { kept: 0, removed: 0 }
      for (const store of stores) {
        const { kept, removed } = await store.settle(isVersion)
        counts.kept += kept
        counts.removed += removed
      }
      return counts
    },
    list: (of) => (of ? storeOf(of).list() : stores[1] ? merged(disk.list(), stores[1].list()) : disk.list()),
    stores: stores.map(({ kind, label }) => ({ kind, label })),
    sendTo: (kind) => void (target = storeOf(kind)),
    move: async (id, to, isVersion) => {
      const there = storeOf(to)
      const from = stores.find((store) => store.kind !== to)
      if (!from || !(await from.find(id))) return null
      const bytes = await there.adopt(id, from.sealed(id))
      if (!(await isVersion(id))) await there.erase(id)
      await from.erase(id)
      return bytes
    },
  }
}

/** Two lists in order, as one; what is in both comes once. */
async function* merged(one: AsyncGenerator<string>, other: AsyncGenerator<string>): AsyncGenerator<string> {
  let [a, b] = [await one.next(), await other.next()]
  while (!a.done || !b.done) {
    const path = a.done ? (b.value as string) : b.done || a.value < b.value ? a.value : (b.value as string)
    yield path
    if (!a.done && a.value === path) a = await one.next()
    if (!b.done && b.value === path) b = await other.next()
  }
}

/** A blob opens only as the version it was sealed for. */
const contextOf = (id: string): Buffer => Buffer.from(`subrosa blob v1 ${id}`)
