import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { plainLength } from '../core/chunked.ts'
import { BATCH, openFirst, openFrom, sealInto, type Sealed } from './blob-seals.ts'
import { openAway, sealAway, type SealingAway } from './blob-workers.ts'
import { syncFolder } from './durable.ts'
import { Refusal } from './refusal.ts'

/**
 * Sealed files on the local disk, one a version, under its id.
 * A blob is written under `incoming/` and moves to its place once its version is committed; whatever a crash leaves
 * under `incoming/` is settled at the next start, by asking the database which ids are versions.
 */
export type Blobs = {
  /**
   * Seals a stream into `incoming/`. When this resolves the file and its name are on the disk.
   * @throws Refusal `disk.full`; whatever the source throws. In both cases nothing is left.
   */
  receive(
    id: string,
    key: Buffer,
    source: AsyncIterable<Buffer>,
  ): Promise<Sealed & { /** the first bytes, to tell what it is */ head: Buffer }>
  keep(id: string): Promise<void>
  discard(id: string): Promise<void>
  /** Ends a kept blob, or one that was to be kept; the name is off the disk when this resolves. What is not there is no fault. */
  erase(id: string): Promise<void>
  /** Content from `start` to `end` (exclusive). Every chunk is authenticated before it is given. @throws BrokenSeal */
  read(id: string, key: Buffer, start: number, end: number): AsyncGenerator<Buffer>
  /** Content length, from the blob's own length. @throws BrokenSeal */
  size(id: string): Promise<number>
  /** Ends what a crash left open; how many were kept and how many removed. */
  settle(isVersion: (id: string) => Promise<boolean>): Promise<{ kept: number; removed: number }>
  /** Paths below the folder of all that is kept, in order: `3f/<id>`. What is still arriving is not among them. */
  list(): AsyncGenerator<string>
}

/** What `list` gives for a blob; anything else under the folder is none. */
export const BLOB_PATH = /^[0-9a-f]{2}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const HEAD = 4100

export async function openBlobs(dir: string): Promise<Blobs> {
  const incoming = join(dir, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const folders = new Set<string>()
  // UUIDv7 starts with the time, so its last two digits spread the files
  const folderOf = (id: string) => join(dir, id.slice(-2))
  const place = (id: string) => join(folderOf(id), id)
  const arriving = (id: string) => join(incoming, id)

  const keep = async (id: string) => {
    const folder = folderOf(id)
    if (!folders.has(folder)) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      folders.add(folder)
    }
    await rename(arriving(id), place(id))
  }
  // committed, and not yet moved: a reader may come between the two
  const places = (id: string) => [place(id), arriving(id), place(id)]

  return {
    receive: async (id, key, source) => {
      const path = arriving(id)
      const handle = await open(path, 'wx', 0o600)
      try {
        const sealed = await sealSource(handle, path, key, contextOf(id), source)
        await handle.close()
        await syncFolder(incoming)
        return sealed
      } catch (fault) {
        await handle.close().catch(() => {})
        await rm(path, { force: true })
        throw isFull(fault) ? new Refusal('disk.full', { cause: fault }) : fault
      }
    },
    keep,
    discard: (id) => rm(arriving(id), { force: true }),
    erase: async (id) => {
      await rm(arriving(id), { force: true })
      await rm(place(id), { force: true })
      await syncFolder(folderOf(id)).catch(ifMissing)
    },
    read: async function* (id, key, start, end) {
      if (end - start > BATCH) return yield* openAway({ paths: places(id), key, context: contextOf(id) }, start, end)
      await using handle = await openFirst(places(id))
      for await (const part of openFrom(handle, key, contextOf(id), start, end)) yield Buffer.from(part.buffer)
    },
    size: async (id) => {
      await using handle = await openFirst(places(id))
      return plainLength((await handle.stat()).size)
    },
    settle: async (isVersion) => {
      const counts = { kept: 0, removed: 0 }
      for (const id of await readdir(incoming)) {
        if (await isVersion(id)) {
          await keep(id)
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

async function* keptUnder(dir: string): AsyncGenerator<string> {
  for (const entry of (await readdir(dir, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'incoming') continue
    if (!entry.isDirectory()) yield entry.name
    else for (const name of (await readdir(join(dir, entry.name))).sort()) yield `${entry.name}/${name}`
  }
}

/** A blob opens only as the version it was sealed for. */
const contextOf = (id: string): Buffer => Buffer.from(`subrosa blob v1 ${id}`)

const ifMissing = (fault: NodeJS.ErrnoException): void => {
  if (fault.code !== 'ENOENT') throw fault
}

const isFull = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')

/** What fits one batch is sealed here; the rest of a larger file, and all before it, in another thread. */
async function sealSource(handle: FileHandle, path: string, key: Buffer, context: Buffer, source: AsyncIterable<Buffer>) {
  const head: Buffer[] = []
  const held: Buffer[] = []
  let size = 0
  let away: SealingAway | null = null
  try {
    for await (const part of source) {
      if (part.length === 0) continue
      if (size < HEAD) head.push(Buffer.from(part.subarray(0, HEAD - size)))
      size += part.length
      if (away) await away.push(part)
      else held.push(part)
      if (away || size <= BATCH) continue
      away = sealAway({ path, key, context })
      for (const before of held.splice(0)) await away.push(before)
    }
    const sealed: Sealed = await (away ? away.end() : sealInto(handle, key, context, size === 0 ? [] : [Buffer.concat(held)]))
    return { ...sealed, head: Buffer.concat(head) }
  } finally {
    away?.giveUp()
  }
}
