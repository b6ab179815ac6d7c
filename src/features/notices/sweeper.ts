import type { House } from '../../platform/house.ts'

const EVERY_MS = 600_000

/** Clears away what has run out: counts of tries, answered challenges, used links, notices read long ago. */
export class Sweeper {
  readonly #house: Pick<House, 'clerk' | 'log'>
  #timer: NodeJS.Timeout | null = null
  #running: Promise<unknown> | null = null

  constructor(house: Pick<House, 'clerk' | 'log'>) {
    this.#house = house
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), EVERY_MS)
    this.#timer.unref()
  }
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    await this.#running
  }
  async run(): Promise<void> {
    const { clerk, log } = this.#house
    this.#running = clerk({ name: 'sweep' }, (db) => db.run('select hidden.sweep()')).catch((fault: unknown) =>
      log.error('couldn’t clear away what has run out', fault),
    )
    await this.#running
  }
}
