import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { BrokenSeal } from '../core/bytes.ts'
import { CHUNK, HEADER, Opener, plainLength, SEALED_CHUNK, Sealer } from '../core/chunked.ts'
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
  receive(id: string, key: Buffer, source: AsyncIterable<Buffer>): Promise<{ size: number; sha256: string; head: Buffer }>
  keep(id: string): Promise<void>
  discard(id: string): Promise<void>
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
const BATCH = 1024 * 1024
/** Chunks read at once: about a megabyte. */
const STRIDE = 64

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
  const find = (id: string) => open(place(id), 'r').catch(() => open(arriving(id), 'r')).catch((fault: NodeJS.ErrnoException) => {
    throw fault.code === 'ENOENT' ? new BrokenSeal('the blob is missing') : fault
  })

  return {
    receive: async (id, key, source) => {
      const handle = await open(arriving(id), 'wx', 0o600)
      try {
        const sealed = await sealInto(handle, key, contextOf(id), source)
        await handle.datasync()
        await handle.close()
        await syncFolder(incoming)
        return sealed
      } catch (fault) {
        await handle.close().catch(() => {})
        await rm(arriving(id), { force: true })
        throw isFull(fault) ? new Refusal('disk.full', { cause: fault }) : fault
      }
    },
    keep,
    discard: (id) => rm(arriving(id), { force: true }),
    read: async function* (id, key, start, end) {
      const handle = await find(id)
      try {
        yield* openFrom(handle, key, contextOf(id), start, end)
      } finally {
        await handle.close()
      }
    },
    size: async (id) => {
      const handle = await find(id)
      try {
        return plainLength((await handle.stat()).size)
      } finally {
        await handle.close()
      }
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

const isFull = (fault: unknown): boolean => fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')

/** Hash and seal run while the last batch is being written: one write is under way at a time, in order. */
async function sealInto(handle: FileHandle, key: Buffer, context: Buffer, source: AsyncIterable<Buffer>) {
  const sealer = new Sealer(key, context)
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let size = 0
  let batch: Buffer[] = []
  let batched = 0
  let writing: Promise<unknown> = handle.write(sealer.header)
  const flush = async () => {
    await writing
    const piece = batch.length === 1 ? batch[0]! : Buffer.concat(batch)
    batch = []
    batched = 0
    const sealed = sealer.push(piece)
    hash.update(piece)
    writing = sealed.length > 0 ? writeAll(handle, sealed) : Promise.resolve()
    // a failure is thrown at the next await; until then it must not count as unhandled
    writing.catch(() => {})
  }
  for await (const part of source) {
    if (part.length === 0) continue
    if (size < HEAD) head.push(Buffer.from(part.subarray(0, HEAD - size)))
    size += part.length
    batch.push(part)
    batched += part.length
    if (batched >= BATCH) await flush()
  }
  if (batched > 0) await flush()
  await writing
  await writeAll(handle, sealer.end())
  return { size, sha256: hash.digest('hex'), head: Buffer.concat(head) }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten
}

async function* openFrom(handle: FileHandle, key: Buffer, context: Buffer, start: number, end: number): AsyncGenerator<Buffer> {
  const length = (await handle.stat()).size
  const size = plainLength(length)
  if (end > size) throw new BrokenSeal('the blob is shorter than its version')
  const opener = new Opener(key, context, await readExactly(handle, 0, HEADER))
  const last = Math.floor(size / CHUNK)
  // whoever reads to the end opens the last chunk too, which may be empty: only it shows that nothing is cut off
  const stop = end === size ? last : Math.floor((end - 1) / CHUNK)
  let first = Math.floor(start / CHUNK)
  let next = stride(handle, first, Math.min(stop, last), length)
  while (first <= stop) {
    const sealed = await next
    const chunks = Math.ceil(sealed.length / SEALED_CHUNK)
    const following = first + chunks
    if (following <= stop) {
      next = stride(handle, following, Math.min(stop, last), length)
      next.catch(() => {})
    }
    const plain: Buffer[] = []
    for (let i = 0; i < chunks; i += 1) plain.push(opener.open(first + i, sealed.subarray(i * SEALED_CHUNK, (i + 1) * SEALED_CHUNK)))
    const whole = Buffer.concat(plain)
    const from = Math.max(0, start - first * CHUNK)
    const part = whole.subarray(from, Math.min(whole.length, end - first * CHUNK))
    if (part.length > 0) yield part
    first = following
  }
}

const stride = (handle: FileHandle, first: number, stop: number, length: number): Promise<Buffer> => {
  const at = HEADER + first * SEALED_CHUNK
  return readExactly(handle, at, Math.min(HEADER + (Math.min(stop, first + STRIDE - 1) + 1) * SEALED_CHUNK, length) - at)
}

async function readExactly(handle: FileHandle, at: number, count: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(count)
  for (let have = 0; have < count; ) {
    const { bytesRead } = await handle.read(bytes, have, count - have, at + have)
    if (bytesRead === 0) throw new BrokenSeal('the blob is cut off')
    have += bytesRead
  }
  return bytes
}

