import { Worker } from 'node:worker_threads'
import { Refusal } from '../../platform/refusal.ts'
import type { Order, Sent, Told } from './conflicts-worker.ts'
import type { Asked, Entry, Found } from './name-index.ts'

/** Of one piece of work; the whole register may take longer to load. */
const LIMIT_MS = 30_000
/** Opening every name again is dear, so an idle index stays a while. */
const IDLE_MS = 10 * 60_000
const MOST_WAITING = 30
/** Of one check go so many names at a time, so that others have their turn between. */
const NAMES_AT_ONCE = 10
/** What is short-lived is given back soon; ten times the names of a large firm fit. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 }
const PROGRAM = new URL('./conflicts-worker.ts', import.meta.url)

export type ConflictsDesk = {
  /**
   * The names that are like the asked ones, as `NameIndex.query` gives them. The first check starts the thread and loads the register.
   *
   * @throws Refusal `session.too_many`; an Error when the thread died or hung or the register could not be read: then nothing was
   *   checked, and the next check starts anew.
   */
  check(asked: Asked): Promise<Found>
  /** To be told after a name was added or changed and is durable. Without a thread there is nothing to do: the load brings it. */
  add(entries: Entry[]): void
  remove(ids: string[]): void
  /** What the thread takes, in bytes; null when none runs. @throws an Error as above */
  memory(): Promise<{ bytes: number; names: number } | null>
  /** Ends the thread; what is under way fails. */
  close(): Promise<void>
}

/** `load` gives the whole register in batches (a thousand or so), as it is when the first batch is asked for or later. */
export function openConflictsDesk(
  load: () => AsyncIterable<Entry[]>,
  { program = PROGRAM, limitMs = LIMIT_MS, idleMs = IDLE_MS } = {},
): ConflictsDesk {
  let thread: Thread | null = null
  let waiting = 0
  let idle: NodeJS.Timeout | undefined

  const forget = (gone: Thread): void => {
    if (thread === gone) thread = null
  }
  const start = (): Thread => {
    const started = openThread(program, limitMs, () => forget(started))
    started.ready = fill(started, load)
    // the checks that wait for it are told; here it only ends what cannot be used
    started.ready.catch(() => (forget(started), started.end()))
    return started
  }
  const rest = (): void => {
    clearTimeout(idle)
    const resting = thread
    if (waiting > 0 || resting === null) return
    idle = setTimeout(() => (forget(resting), void resting.end()), idleMs).unref()
  }
  return {
    async check({ names, domains, most }) {
      if (waiting >= MOST_WAITING)
        throw new Refusal('session.too_many', { text: 'Too many conflicts checks are running at once. Try again in a minute.' })
      waiting += 1
      clearTimeout(idle)
      try {
        const asked = (thread ??= start())
        await asked.ready
        const found: Found = { hits: [], left: 0 }
        for (let from = 0; from === 0 || from < names.length; from += NAMES_AT_ONCE) {
          const query = { names: names.slice(from, from + NAMES_AT_ONCE), domains: from === 0 ? domains : [], most }
          const told = await asked.ask({ query })
          if (!('found' in told)) throw new Error('couldn’t check for conflicts: the thread answered something else')
          found.left += told.found.left
          for (const hit of told.found.hits) found.hits.push({ ...hit, asked: hit.asked === null ? null : hit.asked + from })
        }
        found.hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
        return found
      } finally {
        waiting -= 1
        rest()
      }
    },
    add: (entries) => thread?.change({ add: entries }),
    remove: (ids) => thread?.change({ remove: ids }),
    async memory() {
      if (thread === null) return null
      const told = await thread.ask('memory')
      if (!('memory' in told)) throw new Error('couldn’t ask for memory: the thread answered something else')
      return told.memory
    },
    async close() {
      clearTimeout(idle)
      const gone = thread
      thread = null
      await gone?.end()
    },
  }
}

type Thread = {
  ready: Promise<void>
  ask(order: Order): Promise<Told>
  change(order: { add: Entry[] } | { remove: string[] }): void
  /** Ids that changed while the register was loading: what the load says of them may be older. Null when it is loaded. */
  changed: Set<string> | null
  end(): Promise<void>
}

async function fill(thread: Thread, load: () => AsyncIterable<Entry[]>): Promise<void> {
  for await (const batch of load()) await thread.ask({ add: batch.filter(({ id }) => !thread.changed!.has(id.toLowerCase())) })
  thread.changed = null
}

/** Answers by number, in the order asked. When one fails for more than its own sake, the thread ends and all fail. */
function openThread(program: URL, limitMs: number, ended: () => void): Thread {
  // nothing of our environment is its business
  const worker = new Worker(program, { name: 'conflicts', env: {}, resourceLimits: LIMITS })
  // a check that waits keeps the process alive by its limit, the thread itself does not
  worker.unref()
  const open = new Map<number, { resolve: (told: Told) => void; reject: (fault: Error) => void }>()
  let last = 0
  let cause: string | null = null
  const fail = (why: string): void => {
    cause ??= why
    ended()
    for (const { reject } of open.values()) reject(new Error(`couldn’t check for conflicts: the thread ${cause}`))
    open.clear()
  }
  worker.on('message', (told: Told) => open.get(told.number)?.resolve(told))
  // of an error only the name: its message could quote a party
  worker.on('error', (fault) => fail(`ended (${(fault as Error).name})`))
  worker.on('exit', (code) => fail(`ended (${code})`))

  const ask = async (order: Order): Promise<Told> => {
    if (cause !== null) throw new Error(`couldn’t check for conflicts: the thread ${cause}`)
    const number = (last += 1)
    const { promise, resolve, reject } = Promise.withResolvers<Told>()
    open.set(number, { resolve, reject })
    const limit = setTimeout(() => (fail('hung'), void worker.terminate()), limitMs)
    try {
      worker.postMessage({ number, order } satisfies Sent)
      const told = await promise
      if ('fault' in told) throw new Error(`couldn’t check for conflicts: ${told.fault}`)
      return told
    } finally {
      clearTimeout(limit)
      open.delete(number)
    }
  }
  const thread: Thread = {
    ready: Promise.resolve(),
    ask,
    change(order) {
      for (const id of 'add' in order ? order.add.map((entry) => entry.id) : order.remove) thread.changed?.add(id.toLowerCase())
      // an index that missed a change is wrong: the next check loads it anew
      ask(order).catch(() => (fail('missed a change'), void worker.terminate()))
    },
    changed: new Set(),
    end: async () => void (await worker.terminate()),
  }
  return thread
}
