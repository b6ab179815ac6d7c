import { getCompileCacheDir } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { BrokenSeal } from '../core/bytes.ts'
import { BATCH, type Sealed } from './blob-seals.ts'
import { passed } from './blob-sweep.ts'
import type { Asked, Job, Told } from './blob-worker.ts'

/**
 * A few threads that seal and open large files, so that requests are answered meanwhile. They start with the first
 * large file and end when they have had none for a while. Keys and content go to them in memory only.
 *
 * When a thread dies, the jobs it had fail with a fault and leave nothing behind; the next job gets a new thread.
 */
const MOST = Math.max(1, Math.min(4, availableParallelism() - 1))
const IDLE_MS = 10_000
/** Batches of a job that are under way at once: its memory is this many megabytes. */
const AHEAD = 4

type Thread = { worker: Worker; ports: Set<MessagePort>; idle: NodeJS.Timeout | null; cause?: unknown }
const threads = new Set<Thread>()

export type SealingAway = {
  /** Takes a copy; resolves when there is room for more. @throws what the disk says (with its `code`) */
  push(part: Uint8Array): Promise<void>
  /** When this resolves all that was pushed is sealed and on the disk. */
  end(): Promise<Sealed>
  /** Nothing of it is worked on any more; of no effect after `end`. */
  giveUp(): void
}

/** `sealInto` the empty file at `path`, in another thread. */
export function sealAway(place: { path: string; key: Uint8Array; context: Uint8Array }): SealingAway {
  const job = begin({ kind: 'seal', ...place })
  const free: ArrayBuffer[] = []
  let made = 0
  let sealed: Sealed | null = null
  let batch: Uint8Array<ArrayBuffer> | null = null
  let filled = 0
  const hear = async () => {
    const told = await job.next()
    if (typeof told === 'object' && 'spent' in told) free.push(told.spent)
    else if (typeof told === 'object' && 'sealed' in told) sealed = told.sealed
  }
  // memory goes round: handed on with content, and given back
  const room = async () => {
    if (free.length === 0 && made < AHEAD) {
      made += 1
      return new Uint8Array(Buffer.allocUnsafeSlow(BATCH).buffer)
    }
    while (free.length === 0) await hear()
    return new Uint8Array(free.pop()!)
  }
  const hand = (piece: Uint8Array<ArrayBuffer>) => {
    job.ask({ piece }, [piece.buffer])
    passed(filled)
    batch = null
    filled = 0
  }
  return {
    push: async (part) => {
      for (let at = 0; at < part.length;) {
        batch ??= await room()
        const count = Math.min(part.length - at, BATCH - filled)
        batch.set(part.subarray(at, at + count), filled)
        filled += count
        at += count
        if (filled === BATCH) hand(batch)
      }
    },
    end: async () => {
      if (batch) hand(batch.subarray(0, filled))
      job.ask({ piece: null })
      while (!sealed) await hear()
      return sealed
    },
    giveUp: () => job.end(),
  }
}

/** `openFrom` the first of the paths that is there, in another thread. @throws BrokenSeal, and what the disk says */
export async function* openAway(
  place: { paths: string[]; key: Uint8Array; context: Uint8Array; sha256?: string },
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  const job = begin({ kind: 'open', ...place, start, end, ahead: AHEAD })
  try {
    for (;;) {
      const told = await job.next()
      if (told === 'end') return
      if (!('part' in told)) continue
      job.ask('more')
      passed(told.part.length)
      yield Buffer.from(told.part.buffer)
    }
  } finally {
    job.end()
  }
}

type Running = { ask(asked: Asked, handed?: ArrayBuffer[]): void; /** @throws the job's fault */ next(): Promise<Told>; end(): void }
type Order = Job extends infer J ? (J extends Job ? Omit<J, 'port'> : never) : never

function begin(order: Order): Running {
  const thread = takeThread()
  const { port1, port2 } = new MessageChannel()
  const waiting: Told[] = []
  let wake = () => {}
  port1.on('message', (told: Told) => (waiting.push(told), wake()))
  // the other side closes it after its last word, or by dying
  let isOver = false
  port1.on('close', () => ((isOver = true), release(thread, port1), wake()))
  thread.ports.add(port1)
  // copied first: to send a buffer that stands in Node's pool would send the whole pool
  const key = new Uint8Array(order.key)
  thread.worker.postMessage(
    { ...order, key, context: new Uint8Array(order.context), port: port2 } satisfies Order & { port: MessagePort },
    [port2],
  )
  return {
    ask: (asked, handed = []) => port1.postMessage(asked, handed),
    next: async () => {
      while (waiting.length === 0) {
        if (isOver) throw new Error('couldn’t seal or open a file: the thread that did it ended', { cause: thread.cause })
        await new Promise<void>((resolve) => (wake = resolve))
      }
      const told = waiting.shift()!
      if (typeof told === 'object' && 'fault' in told) throw faultOf(told.fault)
      return told
    },
    end: () => port1.close(),
  }
}

const faultOf = ({ message, code, isBrokenSeal }: { message: string; code?: string; isBrokenSeal: boolean }): Error =>
  isBrokenSeal ? new BrokenSeal(message) : Object.assign(new Error(message), code === undefined ? {} : { code })

/** The thread with the fewest jobs; a new one while there may be more and all have some. */
function takeThread(): Thread {
  const [least] = [...threads].sort((a, b) => a.ports.size - b.ports.size)
  const thread = least && (least.ports.size === 0 || threads.size >= MOST) ? least : startThread()
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
  const thread: Thread = { worker, ports: new Set(), idle: null }
  threads.add(thread)
  worker.on('error', (fault) => (thread.cause = fault))
  worker.on('exit', () => {
    threads.delete(thread)
    for (const port of thread.ports) port.close()
  })
  return thread
}

function release(thread: Thread, port: MessagePort): void {
  thread.ports.delete(port)
  if (thread.ports.size > 0 || !threads.has(thread)) return
  // an idle thread keeps no process alive
  thread.worker.unref()
  thread.idle = setTimeout(() => {
    threads.delete(thread)
    void thread.worker.terminate()
  }, IDLE_MS).unref()
}
