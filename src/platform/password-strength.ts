import { Worker } from 'node:worker_threads'
import type { BreachedFile } from './breached.ts'
import type { Asked, Judged, List, Told } from './password-worker.ts'
import { Refusal } from './refusal.ts'

/** Judging takes milliseconds, seldom a second; what takes longer than this hangs. */
const LIMIT_MS = 30_000
const MOST_WAITING = 30
/** The dictionaries take tens of megabytes: an idle thread gives them back. */
const IDLE_MS = 60_000

export type PasswordJudge = {
  /**
   * Whether a password may be set (NIST SP 800-63B-4, 3.1.1.2: length, lists, words of the service and the person; no
   * rules of composition). `ownWords`: names and e-mail addresses as they are written. `fault` says why it may not be,
   * `hint` what would help; both can be shown. Without a fault `score` is 3 or 4.
   *
   * Words of `ownWords` show in the answer: give those only that the asking person may know of.
   *
   * @throws Refusal `session.too_many`, and an Error when the thread died or hung or the breach file cannot be read.
   *   Then the password was not judged and must not be set.
   */
  judgePassword(password: string, ownWords: string[]): Promise<Judged>
  /** What passwords are compared with; `breached` is null when the operator gave no file. @throws as above */
  loadedLists(): Promise<{ lists: List[]; breached: Awaited<ReturnType<BreachedFile['about']>> | null }>
  /** Ends the thread; what is under way fails. */
  close(): Promise<void>
}

/** The judge works in a thread of its own, which starts with the first question. When that dies, the next gets a new one. */
export function openPasswordJudge(breached: BreachedFile | null, { program = PROGRAM, limitMs = LIMIT_MS } = {}): PasswordJudge {
  const thread = openThread(program, limitMs)
  return {
    judgePassword: async (password, ownWords) => {
      const told = await thread.ask({ password: password.normalize('NFKC'), ownWords })
      if (!('judged' in told)) throw new Error('couldn’t judge a password: the thread answered something else')
      if (told.judged.fault !== null || !breached || !(await breached.has(password))) return told.judged
      return { score: 0, fault: 'This password was in a data breach and is known.', hint: 'Choose another, and use this one nowhere.' }
    },
    loadedLists: async () => {
      const told = await thread.ask('lists')
      if (!('lists' in told)) throw new Error('couldn’t list the dictionaries: the thread answered something else')
      return { lists: told.lists, breached: breached && (await breached.about()) }
    },
    close: () => thread.close(),
  }
}

const PROGRAM = new URL('./password-worker.ts', import.meta.url)

/** One thread that is asked one thing at a time; at most so many wait. */
function openThread(program: URL, limitMs: number) {
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  const start = (): Worker => {
    // nothing of our environment is its business
    const started = new Worker(program, { name: 'passwords', env: {} })
    // the limit of a question that is asked keeps the process alive, the thread itself does not
    started.unref()
    started.on('error', () => forget(started))
    started.on('exit', () => forget(started))
    return started
  }
  const forget = (gone: Worker): void => {
    if (worker === gone) worker = null
  }
  const stop = async (): Promise<void> => {
    const gone = worker
    worker = null
    await gone?.terminate()
  }
  const exchange = async (asked: Asked): Promise<Told> => {
    clearTimeout(idle)
    const asking = (worker ??= start())
    const { promise, resolve, reject } = Promise.withResolvers<Told>()
    const limit = setTimeout(() => {
      reject(new Error('couldn’t judge a password: the thread hung'))
      void stop()
    }, limitMs)
    // of an error only the name: its message could quote the password
    const fail = (fault: Error | number) =>
      reject(new Error(`couldn’t judge a password: the thread ended (${typeof fault === 'number' ? fault : fault.name})`))
    asking.once('message', resolve).once('error', fail).once('exit', fail)
    try {
      asking.postMessage(asked)
      const told = await promise
      if ('fault' in told) throw new Error(`couldn’t judge a password: ${told.fault}`)
      return told
    } finally {
      clearTimeout(limit)
      asking.off('message', resolve).off('error', fail).off('exit', fail)
      idle = setTimeout(() => void stop(), IDLE_MS).unref()
    }
  }
  return {
    ask: async (asked: Asked): Promise<Told> => {
      if (waiting >= MOST_WAITING)
        throw new Refusal('session.too_many', { text: 'Too many passwords are being checked at once. Try again in a minute.' })
      waiting += 1
      const turn = last.then(() => exchange(asked)).finally(() => (waiting -= 1))
      last = turn.then(
        () => {},
        () => {},
      )
      return turn
    },
    close: () => (clearTimeout(idle), stop()),
  }
}
