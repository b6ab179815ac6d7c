import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { run, type Served } from './process.ts'

/** What one `kill -9` strikes: our process, the database's first one, or one of its others. */
const VICTIMS = ['Node', 'PostgreSQL', 'backend'] as const
type Victim = (typeof VICTIMS)[number]

/** The kills of one test: who was struck how often, for the line that says so at its end. */
export class Kills {
  readonly #struck: Record<Victim, number> = { Node: 0, PostgreSQL: 0, backend: 0 }
  readonly #data: string
  readonly #of: string
  constructor(of: string, data: string) {
    this.#of = of
    this.#data = data
  }

  /**
   * After a wait of at most `withinMs` milliseconds, kills each victim in its turn (`time`: the round, or another victim to begin
   * with), leaves the program a moment to go wrong without it, and ends what is left of the program. Resolves when it has ended.
   */
  async strike(server: Served, time: number, withinMs = 0): Promise<void> {
    if (withinMs > 0) await pause(randomInt(withinMs))
    const victim = VICTIMS[time % VICTIMS.length]!
    this.#struck[victim] += 1
    process.kill(await this.#processOf(server, victim), 'SIGKILL')
    if (victim !== 'Node') await pause(randomInt(300))
    server.child.kill('SIGKILL')
    await server.ended
  }

  async #processOf(server: Served, victim: Victim): Promise<number> {
    if (victim === 'Node') return server.child.pid!
    const first = Number((await readFile(join(this.#data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
    if (victim === 'PostgreSQL') return first
    const others = execFileSync('ps', ['-o', 'pid=', '--ppid', String(first)])
    return others.toString().split('\n').map(Number).filter(Boolean).at(-1)!
  }

  /** Says in a line how many rounds it was; with SLOW=1 alone, where they are many. */
  tell(outcome: string): void {
    const { Node, PostgreSQL, backend } = this.#struck
    const struck = `Node ${Node}, PostgreSQL ${PostgreSQL}, one of its backends ${backend}`
    if (process.env.SLOW) console.log(`${this.#of}: ${Node + PostgreSQL + backend} kills (${struck}); ${outcome}`)
  }
}

/** The whole ledger, every version's content, and nothing among the blobs that belongs to none. */
export async function expectWhole(home: string, data: string, more: object = {}, extra: Record<string, string> = {}): Promise<void> {
  const verified = await run(home, ['verify', '--data', data, '--json'], '', extra)
  expect([verified.code, verified.stderr]).toEqual([0, expect.anything()])
  expect(JSON.parse(verified.stdout)).toMatchObject({ whole: true, faults: [], notes: [], ...more })
}
