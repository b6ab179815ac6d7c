import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { BATCH, type Known, type Sealed } from './blob-seals.ts'
import { passed } from './blob-sweep.ts'
import { faultOf, gone, release, takeThread } from './blob-threads.ts'
import type { Asked, Job, Told } from './blob-worker.ts'

/** Batches of a job that are under way at once: its memory is this many megabytes. */
const AHEAD = 3

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
  place: { paths: string[]; key: Uint8Array; context: Uint8Array } & Known,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  const { paths, key, context, ...known } = place
  const job = begin({ kind: 'open', paths, key, context, known, start, end, ahead: AHEAD })
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
  port1.on('close', () => ((isOver = true), thread.ports.delete(port1), release(thread), wake()))
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
        if (isOver) throw gone(thread)
        await new Promise<void>((resolve) => (wake = resolve))
      }
      const told = waiting.shift()!
      if (typeof told === 'object' && 'fault' in told) throw faultOf(told.fault)
      return told
    },
    end: () => port1.close(),
  }
}
