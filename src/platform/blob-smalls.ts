import type { SmallDone, SmallGives, SmallJob } from './blob-small.ts'
import { faultOf, release, takeThread } from './blob-threads.ts'

let count = 0
let waiting: { job: SmallJob; ended: PromiseWithResolvers<SmallDone> }[] = []

/** Works on a small content in another thread; what is asked for at the same time goes there together. @throws BrokenSeal, and what the disk says */
export async function smallAway<J extends SmallJob>(job: J): Promise<SmallGives[J['kind']]> {
  const ended = Promise.withResolvers<SmallDone>()
  if (waiting.length === 0) setImmediate(send)
  waiting.push({ job, ended })
  const done = await ended.promise
  if ('fault' in done) throw faultOf(done.fault)
  return done.value as SmallGives[J['kind']]
}

function send(): void {
  const thread = takeThread()
  const jobs = waiting.map(({ job, ended }) => {
    const n = (count += 1)
    thread.smalls.set(n, ended)
    // copied: to send a buffer that stands in Node's pool would send the whole pool
    return job.kind === 'place' ? { ...job, n } : { ...job, n, key: new Uint8Array(job.key), context: new Uint8Array(job.context) }
  })
  waiting = []
  try {
    thread.worker.postMessage(
      { kind: 'small', jobs },
      jobs.flatMap((job) => (job.kind === 'seal' ? [job.content.buffer] : [])),
    )
  } catch (fault) {
    for (const { n } of jobs) {
      thread.smalls.get(n)?.reject(fault)
      thread.smalls.delete(n)
    }
    release(thread)
  }
}
