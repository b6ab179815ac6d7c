import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The folder's own entries are on the disk when this resolves. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** `syncFolder` for many at once: whoever asks while one runs shares the next. */
export function syncingFolder(dir: string): () => Promise<void> {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const run = (): Promise<void> => {
    next = null
    running = syncFolder(dir).finally(() => (running = null))
    return running
  }
  return () => (running ? (next ??= running.then(run, run)) : run())
}

/** Removes what a crash left half written beside a file, or beside every file of a folder (`name` null). Nothing else writes there. */
export async function removeUnfinished(dir: string, name: string | null): Promise<void> {
  const names = await readdir(dir).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return []
    throw fault
  })
  for (const one of names) {
    const of = /^(.+)\.[0-9a-f]{12}\.new$/.exec(one)?.[1]
    if (of !== undefined && (name === null || of === name)) await rm(join(dir, one), { force: true })
  }
}

/** Writes a small file whole or not at all: temporary name, fsync, rename, fsync of the folder. */
export async function writeWhole(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  const handle = await open(temporary, 'wx', mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
    await handle.close()
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (fault) {
    await handle.close().catch(() => {})
    await rm(temporary, { force: true })
    throw fault
  }
}
