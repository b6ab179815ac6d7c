import { getCompileCacheDir } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { Worker, type MessagePort } from 'node:worker_threads'
import { BrokenSeal } from '../core/bytes.ts'
import type { SmallDone } from './blob-small.ts'
import type { Fault } from './blob-worker.ts'

/**
 * A few threads that seal and open files, so that requests are answered meanwhile. They start with the first file and end when
 * they have had none for a while. Keys and content go to them in memory only.
 *
 * When a thread dies, the jobs it had fail with a fault and leave nothing behind; the next job gets a new thread.
 */
const MOST = Math.max(1, Math.min(4, availableParallelism() - 1))
const IDLE_MS = 10_000

/** `ports`: of large files that it works on. `smalls`: who waits for small ones, by their number. */
export type Thread = {
  worker: Worker
  ports: Set<MessagePort>
  smalls: Map<number, PromiseWithResolvers<SmallDone>>
  idle: NodeJS.Timeout | null
  cause?: unknown
}
const threads = new Set<Thread>()

const loadOf = ({ ports, smalls }: Thread): number => ports.size + smalls.size

/** The thread with the fewest jobs; a new one while there may be more and all have some. */
export function takeThread(): Thread {
  const [least] = [...threads].sort((a, b) => loadOf(a) - loadOf(b))
  const thread = least && (loadOf(least) === 0 || threads.size >= MOST) ? least : startThread()
  if (thread.idle) clearTimeout(thread.idle)
  thread.idle = null
  thread.worker.ref()
  return thread
}

function startThread(): Thread {
  const compiled = getCompileCacheDir()
  // compiled code is kept for it as for us; nothing else of our environment is its business
  const worker = new Worker(new URL('./blob-worker.ts', import.meta.url), {
    name: 'blobs',
    env: compiled ? { NODE_COMPILE_CACHE: dirname(compiled) } : {},
  })
  const thread: Thread = { worker, ports: new Set(), smalls: new Map(), idle: null }
  threads.add(thread)
  worker.on('message', (done: SmallDone[]) => {
    for (const one of done) {
      thread.smalls.get(one.n)?.resolve(one)
      thread.smalls.delete(one.n)
    }
    release(thread)
  })
  worker.on('error', (fault) => (thread.cause = fault))
  worker.on('exit', () => {
    threads.delete(thread)
    for (const port of thread.ports) port.close()
    for (const { reject } of thread.smalls.values()) reject(gone(thread))
  })
  return thread
}

/** To be told after each job that ended. */
export function release(thread: Thread): void {
  if (loadOf(thread) > 0 || !threads.has(thread)) return
  // an idle thread keeps no process alive
  thread.worker.unref()
  thread.idle ??= setTimeout(() => {
    threads.delete(thread)
    void thread.worker.terminate()
  }, IDLE_MS).unref()
}

export const gone = ({ cause }: Thread): Error => new Error('couldn’t seal or open a file: the thread that did it ended', { cause })

export const faultOf = ({ message, code, isBrokenSeal }: Fault): Error =>
  isBrokenSeal ? new BrokenSeal(message) : Object.assign(new Error(message), code === undefined ? {} : { code })
