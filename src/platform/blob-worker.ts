import { open } from 'node:fs/promises'
import { parentPort, type MessagePort } from 'node:worker_threads'
import { openFirst, openFrom, sealInto, type Known, type Sealed } from './blob-seals.ts'
import { doSmall, wordsOf, type Numbered } from './blob-small.ts'
import { passed } from './blob-sweep.ts'

// The other thread of blob-workers.ts: seals and opens files beside the one that answers requests. The job of a large one has a
// port of its own; when that closes, the job is given up. Content goes from thread to thread by handing the memory on.

export type Job = { port: MessagePort; key: Uint8Array; context: Uint8Array } & (
  | { kind: 'seal'; path: string }
  | {
      kind: 'open'
      /** the first that is there */ paths: string[]
      start: number
      end: number
      known: Known
      /** parts that may be on their way */ ahead: number
    }
)
/** To a job that seals: content, and then `null`. To one that opens: `more`, for each part that was taken. */
export type Asked = { piece: Uint8Array<ArrayBuffer> | null } | 'more'
/** `spent`: a piece's memory, given back. */
export type Told = { spent: ArrayBuffer } | { part: Uint8Array<ArrayBuffer> } | { sealed: Sealed } | 'end' | { fault: Fault }
export type Fault = { message: string; code?: string; isBrokenSeal: boolean }

parentPort!.on('message', (job: Job | Smalls) => void (job.kind === 'small' ? smalls(job) : job.kind === 'seal' ? seal(job) : unseal(job)))

type Smalls = { kind: 'small'; jobs: Numbered[] }
async function smalls({ jobs }: Smalls): Promise<void> {
  const done = await doSmall(jobs)
  parentPort!.postMessage(
    done,
    done.flatMap((one) => ('value' in one && one.value instanceof Uint8Array ? [one.value.buffer] : [])),
  )
}

class GivenUp extends Error {}

async function seal({ port, key, context, path }: Job & { kind: 'seal' }): Promise<void> {
  const next = inbox(port)
  await telling(port, async () => {
    // made by the other thread: what was given up and removed before now is not made again
    await using handle = await open(path, 'r+')
    const sealed = await sealInto(handle, key, context, pieces(port, next))
    tell(port, { sealed })
  })
}

async function* pieces(port: MessagePort, next: () => Promise<Asked>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const asked = await next()
    if (asked === 'more' || asked.piece === null) return
    yield asked.piece
    passed(asked.piece.length)
    const { buffer } = asked.piece
    tell(port, { spent: buffer }, [buffer])
  }
}

async function unseal({ port, key, context, paths, start, end, known, ahead }: Job & { kind: 'open' }): Promise<void> {
  const next = inbox(port)
  await telling(port, async () => {
    await using handle = await openFirst(paths)
    let credit = ahead
    for await (const part of openFrom(handle, key, context, start, end, known)) {
      if (credit > 0) credit -= 1
      else await next()
      passed(part.length)
      tell(port, { part }, [part.buffer])
    }
    tell(port, 'end')
  })
}

const tell = (port: MessagePort, told: Told, handed: ArrayBuffer[] = []): void => port.postMessage(told, handed)

/** A fault ends its job and no other. */
async function telling(port: MessagePort, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (fault) {
    if (!(fault instanceof GivenUp)) tell(port, { fault: wordsOf(fault as NodeJS.ErrnoException) })
  }
  port.close()
}

/** The messages of a port one after the other, from now on; throws GivenUp once it is closed. */
function inbox(port: MessagePort): () => Promise<Asked> {
  const waiting: Asked[] = []
  let isClosed = false
  let wake = () => {}
  port.on('message', (asked: Asked) => (waiting.push(asked), wake()))
  port.on('close', () => ((isClosed = true), wake()))
  return async () => {
    while (waiting.length === 0) {
      if (isClosed) throw new GivenUp()
      await new Promise<void>((resolve) => (wake = resolve))
    }
    return waiting.shift()!
  }
}
