import { randomBytes, randomInt } from 'node:crypto'
import { inject } from 'vitest'
import type { Fault } from '../../src/features/ledger/faults.ts'
import { signingKey } from '../../src/features/ledger/tree.ts'
import { verifyLedger } from '../../src/features/ledger/verify.ts'
import { connect, type Db } from '../../src/platform/postgres.ts'
import type { Clerk } from '../../src/platform/ways.ts'
import type { World } from './world.ts'

/** Who holds the database: its superuser, whom no trigger, key or policy stops. */
export class Attacker {
  readonly #world: World
  readonly #db: Db
  readonly end: () => Promise<void>
  private constructor(world: World, db: Db, end: () => Promise<void>) {
    this.#world = world
    this.#db = db
    this.end = end
  }

  static async come(world: World): Promise<Attacker> {
    const { host, port, superuser: user, password } = inject('world')
    const { db, end } = await connect({ host, port, user, password, database: world.database })
    await db.run('begin')
    await db.run('set local session_replication_role = replica')
    return new Attacker(world, db, async () => {
      await db.run('rollback')
      await end()
    })
  }

  /** Does something, gives what the check of the whole ledger then finds, and undoes it. */
  async after(tamper: (db: Db) => Promise<unknown>, known?: { size: number; note: string }): Promise<Fault[]> {
    const db = this.#db
    await db.run('savepoint before')
    try {
      await tamper(db)
      return await this.found(known)
    } finally {
      await db.run('rollback to savepoint before')
    }
  }

  async found(known?: { size: number; note: string }): Promise<Fault[]> {
    const { house } = this.#world.firm
    const clerk: Clerk = async (job, fn) => {
      await this.#db.row(`select set_config('role', 'subrosa_clerk', true), set_config('subrosa.matter', $1, true)`, [job.matter ?? ''])
      try {
        return await fn(this.#db)
      } finally {
        await this.#db.run('reset role')
      }
    }
    return (await verifyLedger(clerk, { vkey: signingKey(house.keys).vkey, detailsOf: house, known })).faults
  }

  /** One field of one row at random is another than before; gives which, in words. */
  async changeField(db: Db, tables: readonly string[]): Promise<string> {
    for (;;) {
      const table = tables[randomInt(tables.length)]!
      const columns = await columnsOf(db, table)
      const column = columns[randomInt(columns.length)]!
      const change = CHANGES[column.type]!
      const to = change[randomInt(change.length)]!
      // a null may come to stand where one may
      const value = column.nullable && randomInt(4) === 0 ? 'null' : to(column.name)
      const done = await tryChange(db, table, column.name, value)
      if (done) return `${table}.${column.name} = ${value}, row ${done}`
    }
  }
}

const seen = new Map<string, { name: string; type: string; nullable: boolean }[]>()
async function columnsOf(db: Db, table: string) {
  const kept = seen.get(table)
  if (kept) return kept
  const rows = await db.rows<{ name: string; type: string; nullable: boolean }>(
    `select attname as name, format_type(atttypid, null) as type, not attnotnull as nullable from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  )
  seen.set(table, rows)
  return rows
}

/** Null where it may not stand there (a type, a unique key, a check of the table), or is what stood there. */
async function tryChange(db: Db, table: string, column: string, value: string): Promise<string | null> {
  await db.run('savepoint field')
  try {
    const row = await db.row<{ row: string }>(
      `update ${table} t set ${column} = ${value} where ctid = (select ctid from ${table} order by random() limit 1)
         and ${column} is distinct from ${value} returning t.ctid::text as row`,
    )
    if (row) return row.row
  } catch {
    // not a change that the table takes
  }
  await db.run('rollback to savepoint field')
  return null
}

const hex = (bytes: number) => `decode('${randomBytes(bytes).toString('hex')}', 'hex')`
/** What one changes a field of each type to; given its name. Literals only, so that asked twice they are the same. */
const CHANGES: Record<string, ((column: string) => string)[]> = {
  'uuid': [() => `'${randomBytes(16).toString('hex')}'::uuid`],
  'text': [
    (name) => `overlay(${name} placing '${'ABCxyz019'[randomInt(9)]!}' from ${1 + randomInt(60)} for 1)`,
    (name) => `${name} || 'x'`,
    (name) => `left(${name}, -1)`,
    () => `'browser'`,
    () => `'matter.opened'`,
  ],
  'bytea': [
    (name) => `set_byte(${name}, ${randomInt(16)}, ${randomInt(256)})`,
    (name) => `set_byte(${name}, octet_length(${name}) - 1, ${randomInt(256)})`,
    () => hex(32),
    () => hex(16),
    (name) => `substring(${name} from 2)`,
  ],
  'bytea[]': [(name) => `${name} || ${hex(32)}`, () => `array[${hex(32)}]`, () => `'{}'::bytea[]`],
  'bigint': [(name) => `${name} + 1`, (name) => `${name} - 1`, () => `${randomInt(1000)}`],
  'integer': [(name) => `${name} + 1`, () => `${1 + randomInt(9)}`],
  'smallint': [(name) => `${name} + 1`, () => '1', () => '2'],
  'boolean': [(name) => `not ${name}`],
  'timestamp with time zone': [
    (name) => `${name} + interval '1 microsecond'`,
    (name) => `${name} + interval '999 microseconds'`,
    (name) => `${name} - interval '1 millisecond'`,
    (name) => `${name} + interval '${1 + randomInt(100)} days'`,
    () => `'infinity'::timestamptz`,
  ],
}
