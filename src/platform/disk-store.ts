import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { BrokenSeal } from '../core/bytes.ts'
import { BATCH, openFirst, type Sealed } from './blob-seals.ts'
import { smallAway } from './blob-smalls.ts'
import { headOf, MISSING, pathOf, type BlobStore, type Head, type Lock } from './blob-store.ts'
import { openAway, sealAway } from './blob-workers.ts'
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
  const place = (id: string) => join(dir, pathOf(id))
  const arriving = (id: string) => join(incoming, id)
  // committed, and not yet moved: a reader may come between the two
  const places = (id: string) => [place(id), arriving(id), place(id)]

  const putInPlace = async (from: string, id: string) => void (await smallAway({ kind: 'place', from, to: place(id) }))
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
      throw full(fault)
    }
  }

  return {
    kind: 'disk',
    label: 'disk',
    receive: async (id, lock, source) => {
      const path = arriving(id)
      const head = headOf()
      const { held, size, rest } = await firstBatch(source, head)
      if (!rest) return { ...(await sealSmall(path, lock, held, size)), head: head.bytes() }
      return write(path, async () => ({ ...(await sealLarge(path, lock, held, size, rest, head)), head: head.bytes() }))
    },
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
    read: async function* (id, lock, start, end, known = {}) {
      if (end - start > BATCH) return yield* openAway({ paths: places(id), ...lock, ...known }, start, end)
      const part = await smallAway({ kind: 'open', paths: places(id), ...lock, start, end, ...known })
      passed(part.length)
      if (part.length > 0) yield Buffer.from(part.buffer)
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

const full = (fault: unknown): unknown =>
  fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')
    ? new Refusal('disk.full', { cause: fault })
    : fault

type Source = AsyncIterator<Buffer>
/** What comes until it is more than a batch; `rest`: that it is, and what follows. */
async function firstBatch(source: AsyncIterable<Buffer>, head: Head): Promise<{ held: Buffer[]; size: number; rest: Source | null }> {
  const rest = source[Symbol.asyncIterator]()
  const held: Buffer[] = []
  let size = 0
  while (size <= BATCH) {
    const { done, value } = await rest.next()
    if (done) return { held, size, rest: null }
    head.see(value, size)
    size += value.length
    held.push(value)
  }
  return { held, size, rest }
}

async function sealSmall(path: string, { key, context }: Lock, held: Buffer[], size: number): Promise<Sealed> {
  const content = new Uint8Array(Buffer.allocUnsafeSlow(size).buffer)
  let at = 0
  for (const part of held) {
    content.set(part, at)
    at += part.length
  }
  passed(2 * size)
  return smallAway({ kind: 'seal', path, key, context, content }).catch((fault: unknown) => {
    throw full(fault)
  })
}

/** What follows a first batch, all in another thread. */
async function sealLarge(path: string, lock: Lock, held: Buffer[], before: number, rest: Source, head: Head): Promise<Sealed> {
  const away = sealAway({ path, ...lock })
  let size = before
  try {
    for (const part of held.splice(0)) await away.push(part)
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      head.see(next.value, size)
      size += next.value.length
      await away.push(next.value)
    }
    return await away.end()
  } finally {
    away.giveUp()
    await rest.return?.()
  }
}

/** Whether a store says that it has no such blob. */
export const isMissing = (fault: unknown): boolean => fault instanceof BrokenSeal && fault.message === MISSING
