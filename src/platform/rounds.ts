import { now } from './clock.ts'
import type { Log } from './log.ts'

/** Something that is done again and again, one round at a time; what goes wrong is logged, and the next round tries anew. */
export class Rounds {
  readonly #everyMs: number
  readonly #round: (goesOn: () => boolean) => Promise<void>
  readonly #log: Log
  /** `couldn’t …`, as the log says it. */
  readonly #fault: string
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #isStopping = false

  /** A long round asks between two things whether it goes on; what is left waits for the next start. */
  constructor(everyMs: number, round: (goesOn: () => boolean) => Promise<void>, { log, fault }: { log: Log; fault: string }) {
    this.#everyMs = everyMs
    this.#round = round
    this.#log = log
    this.#fault = fault
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), this.#everyMs)
    this.#timer.unref()
  }
  /** Lets the round under way end. */
  async stop(): Promise<void> {
    this.#isStopping = true
    if (this.#timer) clearInterval(this.#timer)
    await this.#running
  }
  /** One round; a second call while one runs waits for that one. Never rejects. */
  run(): Promise<void> {
    this.#running ??= this.#round(() => !this.#isStopping)
      .catch((fault: unknown) => this.#log.error(this.#fault, fault))
      .finally(() => (this.#running = null))
    return this.#running
  }
}

const DAY_MS = 86_400_000
/**
 * Whether something that is done every so many days, at an hour of the day here, is due. Half a day is let pass: the hour of the day it is
 * due in has come, whenever in that hour it last began.
 */
export const isDayDue = (last: Date | null, days: number, hour: number): boolean =>
  now() - (last?.getTime() ?? 0) > days * DAY_MS - DAY_MS / 2 && new Date(now()).getHours() === hour

const turns = new WeakMap<object, Promise<unknown>>()
/** Work on one thing, one after the other in this process; a fault of one is not the next one's. */
export function inTurn<T>(thing: object, work: () => Promise<T>): Promise<T> {
  const next = (turns.get(thing) ?? Promise.resolve()).then(work)
  turns.set(
    thing,
    next.catch(() => {}),
  )
  return next
}
