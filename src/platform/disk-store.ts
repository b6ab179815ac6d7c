import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { BrokenSeal } from '../core/bytes.ts'
import { BATCH, openFirst, openFrom, sealWhole, type Sealed } from './blob-seals.ts'
import { headOf, MISSING, pathOf, type BlobStore, type Lock, type Received } from './blob-store.ts'
import { openAway, sealAway, type SealingAway } from './blob-workers.ts'
import { passed } from './blob-sweep.ts'
import { syncFolder, syncingFolder } from './durable.ts'
import { Refusal } from './refusal.ts'

/** What is being copied here from another store; a crash leaves it, and the next start removes it. */
const COPYING = '.copying'

/**
 * Blobs on the local disk. One is written under `incoming/` and moves to its place once its version is committed; what a
 * crash leaves under `incoming/` is settled at the next start, by asking which ids are versions.
 */
export async function openDiskStore(dir: string): Promise<BlobStore> {
  const incoming = join(dir, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const syncIncoming = syncingFolder(incoming)
  const folders = new Set<string>()
  const place = (id: string) => join(dir, pathOf(id))
  const arriving = (id: string) => join(incoming, id)
  // committed, and not yet moved: a reader may come between the two
  const places = (id: string) => [place(id), arriving(id), place(id)]

  const putInPlace = async (from: string, id: string) => {
    const folder = join(place(id), '..')
    if (!folders.has(folder)) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      folders.add(folder)
    }
    await rename(from, place(id))
  }
  /** Writes a new file under `incoming/`; whole, or none is left. */
  const write = async <T>(path: string, fill: (handle: FileHandle) => Promise<T>): Promise<T> => {
    const handle = await open(path, 'wx', 0o600)
    try {
      const value = await fill(handle)
      await handle.close()
      await syncIncoming()
      return value
    } catch (fault) {
      await handle.close().catch(() => {})
      await rm(path, { force: true })
      throw isFull(fault) ? new Refusal('disk.full', { cause: fault }) : fault
    }
  }

  return {
    kind: 'disk',
    label: 'disk',
    receive: (id, lock, source) => write(arriving(id), (handle) => sealSource(handle, arriving(id), lock, source)),
    keep: (id) => putInPlace(arriving(id), id),
    discard: (id) => rm(arriving(id), { force: true }),
    erase: async (id) => {
      await rm(arriving(id), { force: true })
      await rm(place(id), { force: true })
      await syncFolder(join(place(id), '..')).catch(ifMissing)
    },
    find: async (id) => {
      for (const path of places(id)) {
        const seen = await stat(path).catch(ifMissing)
        if (seen) return { length: seen.size, since: seen.mtime }
      }
      return null
    },
    read: async function* (id, { key, context, sha256 }, start, end) {
      if (end - start > BATCH) return yield* openAway({ paths: places(id), key, context, sha256 }, start, end)
      await using handle = await openFirst(places(id))
      for await (const part of openFrom(handle, key, context, start, end, sha256)) {
        // the sealed bytes and the content
        passed(2 * part.length)
        yield Buffer.from(part.buffer)
      }
    },
    sealed: async function* (id) {
      await using handle = await openFirst(places(id))
      yield* handle.createReadStream({ highWaterMark: BATCH, autoClose: false }) as AsyncIterable<Buffer>
    },
    adopt: async (id, sealed) => {
      const path = `${arriving(id)}${COPYING}`
      await rm(path, { force: true })
      const written = await write(path, async (handle) => {
        const sum = summing()
        for await (const part of sealed) {
          sum.see(part)
          await handle.writeFile(part)
        }
        await handle.sync()
        return sum.end()
      })
      const back = summing()
      for await (const part of createReadStream(path, { highWaterMark: BATCH }) as AsyncIterable<Buffer>) back.see(part)
      if (!isSame(written, back.end())) {
        await rm(path, { force: true })
        throw new Error(`couldn’t copy blob ${id}: the disk gave back other bytes`)
      }
      await putInPlace(path, id)
      await syncFolder(join(place(id), '..'))
      return written.size
    },
    settle: async (isVersion) => {
      const counts = { kept: 0, removed: 0 }
      for (const entry of await readdir(incoming, { withFileTypes: true })) {
        if (!entry.isFile()) continue
        const id = entry.name
        if (!id.endsWith(COPYING) && (await isVersion(id))) {
          await putInPlace(arriving(id), id)
          counts.kept += 1
        } else {
          await rm(arriving(id), { force: true })
          counts.removed += 1
        }
      }
      return counts
    },
    list: () => keptUnder(dir),
  }
}

export type Sum = { size: number; sha256: string }
/** Length and SHA-256 of what passes. */
export function summing(): { see(part: Uint8Array): void; end(): Sum } {
  const hash = createHash('sha256')
  let size = 0
  return {
    see: (part) => {
      size += part.length
      hash.update(part)
    },
    end: () => ({ size, sha256: hash.digest('hex') }),
  }
}
export const isSame = (one: Sum, other: Sum): boolean => one.size === other.size && one.sha256 === other.sha256

async function* keptUnder(dir: string): AsyncGenerator<string> {
  for (const entry of (await readdir(dir, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'incoming') continue
    if (!entry.isDirectory()) yield entry.name
    else for (const name of (await readdir(join(dir, entry.name))).sort()) yield `${entry.name}/${name}`
  }
}

const ifMissing = (fault: NodeJS.ErrnoException): null => {
  if (fault.code !== 'ENOENT') throw fault
  return null
}

const isFull = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')

/** What fits one batch is sealed here; the rest of a larger file, and all before it, in another thread. */
async function sealSource(handle: FileHandle, path: string, { key, context }: Lock, source: AsyncIterable<Buffer>): Promise<Received> {
  const head = headOf()
  const held: Buffer[] = []
  let size = 0
  let away: SealingAway | null = null
  try {
    for await (const part of source) {
      if (part.length === 0) continue
      head.see(part, size)
      size += part.length
      if (away) await away.push(part)
      else held.push(part)
      if (away || size <= BATCH) continue
      away = sealAway({ path, key, context })
      for (const before of held.splice(0)) await away.push(before)
    }
    const sealed: Sealed = await (away ? away.end() : sealWhole(handle, key, context, held.length === 1 ? held[0]! : Buffer.concat(held)))
    // what came, as one, sealed, and as it was written; another thread counts its own
    if (!away) passed(4 * size)
    return { ...sealed, head: head.bytes() }
  } finally {
    away?.giveUp()
  }
}

/** Whether a store says that it has no such blob. */
export const isMissing = (fault: unknown): boolean => fault instanceof BrokenSeal && fault.message === MISSING
