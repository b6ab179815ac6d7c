import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Stop } from '../../platform/refusal.ts'

const PIECE = 512 * 1024

export type Sum = { size: number; sha256: string }

/**
 * Copies one file, in pieces, and gives what passed. When this resolves the copy is on the disk under its name, whole;
 * when it throws there is no copy. A copy that stands there is replaced. The folder's own entry is the caller's to sync.
 */
export async function copyFile(from: string, to: string, accept: (sum: Sum) => boolean = () => true): Promise<Sum & { accepted: boolean }> {
  const unfinished = `${to}.new`
  const source = await open(from, 'r')
  let target: FileHandle | null = null
  try {
    target = await open(unfinished, 'w', 0o600)
    const sum = await pass(source, target)
    const accepted = accept(sum)
    if (accepted) {
      await target.sync()
      await target.close()
      await rename(unfinished, to)
    } else await rm(unfinished, { force: true })
    return { ...sum, accepted }
  } catch (fault) {
    await rm(unfinished, { force: true })
    throw fault
  } finally {
    await source.close()
    await target?.close().catch(() => {})
  }
}

/** Writes what comes as one file, as `copyFile` does. */
export async function copyStream(source: AsyncIterable<Buffer>, to: string): Promise<Sum> {
  const unfinished = `${to}.new`
  const target = await open(unfinished, 'w', 0o600)
  try {
    const hash = createHash('sha256')
    let size = 0
    for await (const part of source) {
      hash.update(part)
      size += part.length
      await target.writeFile(part)
    }
    await target.sync()
    await target.close()
    await rename(unfinished, to)
    return { size, sha256: hash.digest('hex') }
  } catch (fault) {
    await rm(unfinished, { force: true })
    throw fault
  } finally {
    await target.close().catch(() => {})
  }
}

/** Size and SHA-256 of a file; null when there is none. */
export async function sumOf(path: string): Promise<Sum | null> {
  const source = await open(path, 'r').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
  try {
    return source && (await pass(source, null))
  } finally {
    await source?.close()
  }
}

async function pass(source: FileHandle, target: FileHandle | null): Promise<Sum> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE)
  let size = 0
  for (;;) {
    const { bytesRead } = await source.read(piece, 0, PIECE, size)
    if (bytesRead === 0) return { size, sha256: hash.digest('hex') }
    const part = piece.subarray(0, bytesRead)
    hash.update(part)
    for (let at = 0; target && at < bytesRead;) at += (await target.write(part, at, bytesRead - at, size + at)).bytesWritten
    size += bytesRead
  }
}

/** Runs `fn` over all of `items`, some at a time, and hands the results on in order. */
export async function inOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  fn: (item: T) => Promise<R>,
  take: (result: R) => Promise<void> | void,
  width = 16,
): Promise<void> {
  let batch: T[] = []
  const flush = async () => {
    // all of them end before a fault is thrown: nothing of ours runs on behind it
    const results = await Promise.allSettled(batch.map(fn))
    batch = []
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason
      await take(result.value)
    }
  }
  for await (const item of items) if (batch.push(item) >= width) await flush()
  await flush()
}

/** Makes a folder for this user alone. */
export async function makeFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
}

/** Passes a Stop on; turns what the disk says into one, naming the folder that was being written. */
export function refuseWrite(dir: string): (fault: unknown) => never {
  return (fault) => {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
    const place = fault instanceof Error && 'path' in fault ? dirname(String(fault.path)) : dir
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new Stop('disk.full', `The disk of ${dir} is full. What stood there before is whole; make room and run this again.`, fault)
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EIO', 'ENXIO', 'ENODEV'].includes(code))
      throw new Stop('file.unwritable', `Copying stopped in ${place} (${code}). What stood in ${dir} before is whole.`, fault)
    throw fault
  }
}
