import { randomInt } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { parseCheckpoint } from '../src/core/checkpoint.ts'
import { connect, type Db } from '../src/platform/postgres.ts'
import { Caller } from './world/caller.ts'
import { expectWhole } from './world/killing.ts'
import { makeFolder, remove, serve, type Served } from './world/process.ts'
import { databaseUrl } from './world/template.ts'

const KILLS = 100
const WRITERS = 64
const PROCESSES = 3

const home = await makeFolder('many')
const database = `many_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
const shared = inject('world')
const extra = { DATABASE_URL: databaseUrl(shared.host, shared.port, database) }
const dataOf = (which: number) => join(home, `data-${which}`)
let db: Db
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const { host, port, superuser: user, password, dir } = shared
  const first = await connect({ host, port, user, password, database: 'postgres' })
  await first.db.run(`create database ${database} template world owner subrosa_migrator`)
  for (let which = 0; which < PROCESSES; which += 1) {
    await cp(join(dir, 'data'), dataOf(which), { recursive: true, filter: (path) => !path.endsWith('.sock') && !path.endsWith('/lock') })
    await cp(join(dir, 'data.keyring'), `${dataOf(which)}.keyring`)
  }
  const own = await connect({ host, port, user, password, database })
  db = own.db
  await db.run('update app.sessions set used_at = now(), factor_at = now()')
  closing.push(
    () => own.end(),
    () => first.db.run(`drop database ${database} with (force)`),
    () => first.end(),
    () => remove(home),
  )
})
afterAll(async () => {
  for (const step of closing) await step()
})

test.runIf(process.env.SLOW)(
  `${WRITERS} writers on ${PROCESSES} programs, whose clerks are killed ${KILLS} times: no fork, no gap, no duplicate, all numbered`,
  async () => {
    const servers: Served[] = []
    for (let which = 0; which < PROCESSES; which += 1) servers.push(await serve(home, dataOf(which), extra))
    const { id: matter } = (await db.row<{ id: string }>('select id from app.matters order by created_at limit 1'))!
    let struck = 0
    let next = 0
    const acknowledged: string[] = []
    const seen = new Map<number, string>()
    // long enough that what is seen from outside says something
    const isDone = () => struck >= KILLS && seen.size > 3

    const writer = async (own: number) => {
      const caller = new Caller('').resume(shared.people[own % 2 ? 'ada' : 'ben']!.visit!)
      for (let turn = own; !isDone(); turn += 1) {
        const url = servers[turn % PROCESSES]!.url
        const path = `folder ${(next += 1)}`
        const reply = await Object.assign(caller, { url })
          .ask('folder.create', { params: { matter }, body: { path } })
          .catch(() => null)
        if (reply === null) await pause(20)
        else expect([reply.status, path]).toEqual([expect.toBeOneOf([201, 204]), path])
        if (reply) acknowledged.push(path)
      }
    }
    /** What each program shows of the log while it runs: one tree of each size, whoever shows it. */
    const watcher = async () => {
      const caller = new Caller('').resume(shared.people.ada!.visit!)
      for (let turn = 0; !isDone(); turn += 1) {
        const url = servers[turn % PROCESSES]!.url
        const note = (
          await Object.assign(caller, { url })
            .ok('checkpoint.latest')
            .catch(() => null)
        )?.note
        if (note) noteDown(note)
        await pause(50)
      }
    }
    const noteDown = (note: string) => {
      const { size, root } = parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))
      const known = seen.get(size) ?? root.toString('hex')
      expect([size, root.toString('hex')]).toEqual([size, known])
      seen.set(size, known)
    }
    /** A program in its turn is killed and started anew; or the clerk's connection is cut, by which it works just then if any does. */
    const killer = async () => {
      while (struck < KILLS) {
        await pause(randomInt(process.env.SLOW ? 1500 : 600))
        const which = randomInt(PROCESSES)
        if (struck % 2) {
          servers[which]!.child.kill('SIGKILL')
          await servers[which]!.ended
          servers[which] = await serve(home, dataOf(which), extra)
          struck += 1
        } else {
          const cut = await db.rows<{ pid: number }>(
            `select a.pid, pg_terminate_backend(a.pid) from pg_stat_activity a
           where a.datname = $1 and a.usename = 'subrosa_clerk' order by a.state = 'active' desc, random() limit 1`,
            [database],
          )
          struck += cut.length
        }
      }
    }
    await Promise.all([killer(), watcher(), ...Array.from({ length: WRITERS }, (_, own) => writer(own))])

    await expect.poll(async () => (await db.row<{ n: number }>('select count(*) as n from ledger.pending'))!.n, { timeout: 30_000 }).toBe(0)
    for (const server of servers) expect(await server.stop()).toBe(0)
    expect(acknowledged.length).toBeGreaterThan(100)
    const counts = await db.row(
      `select (select count(*) from ledger.entries) as entries, count(*) as leaves, count(distinct entry_id) as numbered, max(n) + 1 as size,
       (select count(*) from ledger.leaves l left join ledger.entries e on e.id = l.entry_id where e.id is null) as gone,
       (select max(c.size) from ledger.checkpoints c) as signed
     from ledger.leaves`,
    )
    const { entries } = counts as { entries: number }
    expect(counts).toEqual({ entries, leaves: entries, numbered: entries, size: entries, gone: 0, signed: entries })
    const made = await db.rows<{ path: string }>(`select 1 from ledger.entries where deed = 'folder.created' and matter_id = $1`, [matter])
    expect(made.length).toBeGreaterThanOrEqual(acknowledged.length)
    for (const [size, root] of seen)
      expect(await db.row(`select encode(root, 'hex') as root from ledger.checkpoints where size = $1`, [size])).toEqual({ root })
    expect(seen.size).toBeGreaterThan(3)
    // each checkpoint, each leaf, each number within its matter
    await expectWhole(home, dataOf(0), {}, extra)
    if (process.env.SLOW)
      console.log(`${struck} kills, ${acknowledged.length} entries acknowledged, ${seen.size} checkpoints seen from outside`)
  },
  1_800_000,
)
