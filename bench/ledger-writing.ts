import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidv7 } from '../src/core/ids.ts'
import { enter } from '../src/platform/entering.ts'
import { openPool, transaction, type Db, type Pool, type Where } from '../src/platform/postgres.ts'
import type { LedgerStage } from './ledger-stage.ts'

export type Written = { count: number; seconds: number }
type Load = { connections: number; seconds: number; /** entries a second; without it as many as go */ rate?: number; after?: () => void }

/** What an entry holds when the program hands it over: ids, salts, a commitment, 128 sealed bytes. */
const valuesOf = (matter: string) => [
  uuidv7(Date.now()),
  'document.opened',
  matter,
  randomUUID(),
  null,
  randomBytes(16),
  randomBytes(32).toString('base64'),
  randomBytes(128),
]
const COLUMNS = 'id, deed, matter_id, object, origin, salt, details_commitment, sealed_details'
const ROW = '$1::uuid, $2::text, $3::uuid, $4::uuid, $5::bytea, $6::bytea, $7::text, $8::bytea'

/** As an act does it: a transaction of its own that begins with the question who asks, and is on the disk when it ends. */
export function writeEntries(ledger: LedgerStage, load: Load): Promise<Written> {
  return run(ledger.base.door, load, (pool) =>
    transaction(pool, { role: 'subrosa_person' }, async (db) => {
      await enter(db, ledger.secret)
      db.late(db.run(`insert into ledger.entries (${COLUMNS}) values (${ROW})`, valuesOf(ledger.matter)))
    }),
  )
}

/** The same row, by the superuser, into a table with nothing on it but its key. */
export function writeBare(ledger: LedgerStage, load: Load): Promise<Written> {
  return run({ ...ledger.base.superuser!, database: ledger.base.door.database }, load, (pool) =>
    transaction(pool, {}, async (db) => {
      await db.run(
        `insert into public.bare_entries (${COLUMNS}, at, actor, session, via, v, ground)
         values (${ROW}, clock_timestamp(), $9::uuid, $10::uuid, 'browser', 2, 'team lead')`,
        [...valuesOf(ledger.matter), ledger.person, randomUUID()],
      )
    }),
  )
}
export const makeBare = (db: Db) =>
  db.run(
    `drop table if exists public.bare_entries; create table public.bare_entries (like ledger.entries); alter table public.bare_entries add primary key (id)`,
  )

/** Connections are made before the time begins, and ended: the server has room for one pool of this size. */
async function run(where: Where, { connections, seconds, rate, after }: Load, one: (pool: Pool) => Promise<unknown>): Promise<Written> {
  const pool = openPool(where, connections)
  await Promise.all(Array.from({ length: connections }, () => transaction(pool, {}, (db) => db.run('select pg_sleep(0.2)'))))
  const begun = performance.now()
  let count = 0
  const worker = async () => {
    for (;;) {
      const passed = (performance.now() - begun) / 1000
      if (passed >= seconds) return
      if (rate !== undefined && count >= rate * passed) {
        await pause(2)
        continue
      }
      count += 1
      await one(pool)
      after?.()
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const took = (performance.now() - begun) / 1000
  await pool.end()
  return { count, seconds: took }
}
