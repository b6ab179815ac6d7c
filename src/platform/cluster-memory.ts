import { readdirSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'

const MIB = 1024 * 1024
const LEAST = 64 * MIB
const MOST = 4096 * MIB

/**
 * Memory for PostgreSQL's pages, by what its database holds now: half of that, and an eighth of what this machine, or the container that we
 * run in, has. A search looks into thousands of pages all over an index, and from outside PostgreSQL each costs several times as much; a
 * small firm does not pay for what it does not need, for each page takes memory whether it is used or not.
 */
export function pages(dir: string): { shared_buffers: string; effective_cache_size: string } {
  const ours = Math.min(totalmem(), process.constrainedMemory() || Infinity)
  const shared = Math.max(LEAST, Math.min(sizeOf(join(dir, 'base')) / 2, ours / 8, MOST))
  return { shared_buffers: inMib(shared), effective_cache_size: inMib(Math.max(4 * LEAST, ours / 2)) }
}
const inMib = (bytes: number): string => `${Math.floor(bytes / MIB)}MB`

/** Of the files below a folder; 0 where there is none yet. */
function sizeOf(folder: string): number {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    return names.reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw fault
  }
}
