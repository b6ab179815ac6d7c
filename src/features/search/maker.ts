import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Asked, Done, Job, Told } from './making-worker.ts'

/** Makes index rows in a thread; one that has had nothing to do for a while ends. */
export type Maker = {
  /** In their order. @throws Error when one of them could not be made; it names none of their words */
  make(jobs: Job[]): Promise<Done[]>
  close(): Promise<void>
}
const IDLE_MS = 20_000

export function openMaker(): Maker {
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let number = 0
  const waiting = new Map<number, PromiseWithResolvers<Done[]>>()

  const start = (): Worker => {
    const compiled = getCompileCacheDir()
    const made = new Worker(new URL('./making-worker.ts', import.meta.url), {
      name: 'making index rows',
      resourceLimits: { maxOldGenerationSizeMb: 768, stackSizeMb: 4 },
      // compiled code is kept for it as for us; nothing else of our environment is its business
      env: compiled ? { NODE_COMPILE_CACHE: dirname(compiled) } : {},
    })
    let cause: unknown
    made.on('message', (told: Told) => {
      const one = waiting.get(told.n)
      waiting.delete(told.n)
      if ('done' in told) one?.resolve(told.done)
      else one?.reject(new Error(`couldn’t make index rows: ${told.fault}`))
      if (waiting.size > 0) return
      made.unref()
      idle = setTimeout(() => void end(), IDLE_MS).unref()
    })
    made.on('error', (fault) => (cause = fault))
    made.on('exit', () => {
      if (worker === made) worker = null
      for (const one of waiting.values()) one.reject(new Error('couldn’t make index rows: the thread that did it ended', { cause }))
      waiting.clear()
    })
    return made
  }
  const end = () => {
    const ending = worker
    worker = null
    return ending?.terminate()
  }
  return {
    make: (jobs) => {
      clearTimeout(idle)
      worker ??= start()
      worker.ref()
      const asked: Asked = { n: ++number, jobs }
      const answer = Promise.withResolvers<Done[]>()
      waiting.set(asked.n, answer)
      worker.postMessage(asked)
      return answer.promise
    },
    close: async () => {
      clearTimeout(idle)
      await end()
    },
  }
}
