import { parentPort } from 'node:worker_threads'
import { bytesOf } from './bytes.ts'
import { ReadingFault, type FaultCode } from './fault.ts'
import { partAs, readAs, type PartKind } from './formats.ts'
import type { ReadableKind } from './kinds.ts'
import type { Limits, Reading } from './reading.ts'
import { textAs, type TextKind, type Written } from './written.ts'

// The other thread of readers.ts: reads what strangers made. It opens no file and asks nobody but the thread that started it.

export type Job = { size: number; limits: Limits } & (
  { work: 'read'; kind: ReadableKind } | { work: 'text'; kind: TextKind } | { work: 'part'; kind: PartKind; index: number }
)
/** To the worker: a job; the bytes that it wanted; `more`, for each part that was taken. */
export type Asked = { job: Job } | { bytes: Uint8Array<ArrayBuffer> } | 'more'
export type Told =
  | { want: [start: number, end: number] }
  | { part: Uint8Array<ArrayBuffer> }
  | { reading: Reading }
  | { written: Written }
  | 'end'
  | { fault: { code: FaultCode; message: string } }

// a part may be on its way while the next bytes are asked for: two answers, told apart
let hearBytes: (bytes: Uint8Array<ArrayBuffer>) => void = () => {}
let hearMore: () => void = () => {}
parentPort!.on('message', (asked: Asked) => {
  if (asked === 'more') hearMore()
  else if ('job' in asked) void work(asked.job)
  else hearBytes(asked.bytes)
})

const tell = (told: Told, handed: ArrayBuffer[] = []): void => parentPort!.postMessage(told, handed)

async function work(job: Job): Promise<void> {
  let isOver = false
  // one question at a time: what is asked at once waits in line
  let last: Promise<unknown> = Promise.resolve()
  const wanted = (start: number, end: number): Promise<Buffer> => {
    const turn = last.then(async () => {
      // what a finished job still asks for would be heard by the next one
      if (isOver) throw new Error('the job is over')
      tell({ want: [start, end] })
      return Buffer.from((await new Promise<Uint8Array<ArrayBuffer>>((resolve) => (hearBytes = resolve))).buffer)
    })
    last = turn.catch(() => {})
    return turn
  }
  const bytes = bytesOf({
    size: job.size,
    read: async function* (start, end) {
      yield await wanted(start, end)
    },
  })
  let told: Told
  try {
    if (job.work === 'read') told = { reading: await readAs(job.kind, bytes, job.limits) }
    else if (job.work === 'text') told = { written: await textAs(job.kind, bytes, job.limits) }
    else {
      for await (const part of partAs(job.kind, bytes, job.index, job.limits)) {
        const copy = new Uint8Array(part)
        const taken = new Promise<void>((resolve) => (hearMore = resolve))
        tell({ part: copy }, [copy.buffer])
        await taken
      }
      told = 'end'
    }
  } catch (fault) {
    // what a reader did not foresee is a file that is not as it must be; of such an error only the name is told
    told = {
      fault:
        fault instanceof ReadingFault
          ? { code: fault.code, message: fault.message }
          : { code: 'broken', message: `it cannot be read (${(fault as Error).name})` },
    }
  }
  isOver = true
  tell(told)
}
