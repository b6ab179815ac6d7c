import type { Writable } from 'node:stream'
import pg from 'pg'

/**
 * A way to speak to PostgreSQL inside one transaction. Values are always bind parameters. Statements are answered in the order in
 * which they are said, and none waits for the one before: those said together travel together (`said`).
 */
export type Db = {
  rows<T extends object>(text: string, values?: unknown[]): Promise<T[]>
  /** The first row, or null. */
  row<T extends object>(text: string, values?: unknown[]): Promise<T | null>
  /** How many rows were changed. */
  run(text: string, values?: unknown[]): Promise<number>
  /** Of a statement that was said and whose answer only the commit needs: it is awaited then, and where it failed there is none. */
  late(work: Promise<unknown>): void
}

export type Where = { host?: string; port?: number; user: string; password: string; database: string; ssl?: pg.PoolConfig['ssl'] }
export type Pool = pg.Pool

// bigint counts and sizes fit a double up to 8 PiB; past that they must not be rounded in silence
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('a bigint does not fit')
  return value
})

/** A pool that never logs a statement. `onLost` hears of a connection that broke while idle. */
export function openPool(where: Where, size: number, onLost: () => void = () => {}): Pool {
  // asked for at each connection: a rotation of the root key gives the logins other passwords
  const pool = new pg.Pool({
    ...where,
    password: () => where.password,
    max: size,
    idleTimeoutMillis: 30_000,
    application_name: 'subrosa',
    pipeline: true,
  } as pg.PoolConfig)
  pool.on('error', onLost)
  // a connection that breaks while in use fails its query; without a listener it would end the process
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const speak = (client: pg.ClientBase, due: Promise<unknown>[] | null): Db => ({
  rows: async <T extends object>(text: string, values?: unknown[]) => (await ask(client, text, values)).rows as T[],
  row: async <T extends object>(text: string, values?: unknown[]) => ((await ask(client, text, values)).rows[0] as T | undefined) ?? null,
  run: async (text, values) => (await ask(client, text, values)).rowCount ?? 0,
  late: (work) => {
    if (!due) throw new Error('there is no transaction that it could end')
    due.push(heard(work))
  },
})

const names = new Map<string, string>()

/** A statement with values is prepared under a name of its own, so that a connection parses and plans it once. */
function ask(client: pg.ClientBase, text: string, values?: unknown[]): Promise<pg.QueryResult> {
  together(client)
  if (!values) return client.query(text)
  let name = names.get(text)
  if (!name) names.set(text, (name = `s${names.size}`))
  return client.query({ name, text, values })
}

const gathering = new WeakSet<pg.ClientBase>()
/** What is said before anything else can happen leaves in one write. */
function together(client: pg.ClientBase): void {
  if (gathering.has(client)) return
  gathering.add(client)
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => {
    gathering.delete(client)
    stream.uncork()
  })
}

export type Begin = {
  readOnly?: boolean
  /** what this transaction becomes; a role of ours, never a word from outside */ role?: string
  settings?: Record<string, string>
}

/**
 * Runs `fn` in a transaction with the given settings, local to it. Commits when `fn` resolves, and only then;
 * `undo` (returned by `fn` through the second argument) rolls back and still gives the value.
 * When this resolves, what was written is on the disk (synchronous_commit).
 */
export function transaction<T>(pool: Pool, begin: Begin, fn: (db: Db, undo: () => void) => Promise<T>): Promise<T> {
  const running = runTransaction(pool, begin, fn)
  underWay.add(running)
  const ended = () => void underWay.delete(running)
  running.then(ended, ended)
  return running
}

const underWay = new Set<Promise<unknown>>()
/** Resolves when every transaction of this process that was begun before has ended: all that come see what is committed now. */
export async function earlierTransactions(): Promise<void> {
  await Promise.allSettled(underWay)
}

async function runTransaction<T>(pool: Pool, begin: Begin, fn: (db: Db, undo: () => void) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let undone = false
  // neither holds a value from outside. It leaves with what comes first; if it fails, so does all that follows in the transaction
  const due = [heard(ask(client, `begin${begin.readOnly ? ' read only' : ''}${begin.role ? `; set local role ${begin.role}` : ''}`))]
  try {
    const db = speak(client, due)
    for (const [name, value] of Object.entries(begin.settings ?? {})) db.late(db.row('select set_config($1, $2, true)', [name, value]))
    const value = await fn(db, () => (undone = true))
    const end = ask(client, undone ? 'rollback' : 'commit')
    // a commit behind a statement that failed is answered with a rollback
    await said(...due, end)
    if (!undone && (await end).command !== 'COMMIT') throw new Error('couldn’t commit: something in the transaction had failed')
    client.release()
    return value
  } catch (fault) {
    // a connection that cannot roll back is thrown away; PostgreSQL then rolls back by itself
    await client.query('rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    )
    throw sqlState(fault) === ALREADY_FAILED ? await causeOf(fault, due) : fault
  }
}

/** PostgreSQL's answer to what follows a statement that failed. */
const ALREADY_FAILED = '25P02'
/** What failed before, unheard. */
const causeOf = async (fault: unknown, due: Promise<unknown>[]): Promise<unknown> => firstFault(await Promise.allSettled(due)) ?? fault
/** The fault of the statement that failed, and not of those that came after it. */
function firstFault(ended: PromiseSettledResult<unknown>[]): unknown {
  const faults = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  return faults.find((one) => sqlState(one) !== ALREADY_FAILED) ?? faults[0]
}

/** Awaits statements that were said together: where one failed so did all that was said after it, and its fault is thrown. */
export async function said<T extends unknown[]>(...works: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const ended = await Promise.allSettled(works)
  if (ended.some((one) => one.status === 'rejected')) throw firstFault(ended)
  return ended.map((one) => (one as PromiseFulfilledResult<unknown>).value) as T
}

const asking = new WeakMap<Db, Map<string, Promise<unknown>>>()
/** Asks once for those of one transaction who ask for the same at the same time; `what` names it. */
export function askedOnce<T>(db: Db, what: string, ask: () => Promise<T>): Promise<T> {
  const under = asking.get(db) ?? new Map<string, Promise<unknown>>()
  asking.set(db, under)
  const mine = under.get(what) ?? ask().finally(() => under.delete(what))
  under.set(what, mine)
  return mine as Promise<T>
}

type Question = { keys: Set<string>; answer: Promise<ReadonlyMap<string, unknown>> }
const questions = new WeakMap<Db, Map<string, Question>>()
/** Of one transaction, what is asked of several keys in one turn is asked together; `what` names the question. Null: no answer for it. */
export async function askedTogether<T>(
  db: Db,
  what: string,
  key: string,
  ask: (keys: string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<T | null> {
  const mine = questions.get(db) ?? new Map<string, Question>()
  questions.set(db, mine)
  let one = mine.get(what)
  if (!one) {
    const keys = new Set<string>()
    // what is asked for later is another question
    const answer = Promise.resolve().then(() => {
      mine.delete(what)
      return ask([...keys])
    })
    mine.set(what, (one = { keys, answer }))
  }
  one.keys.add(key)
  return ((await one.answer).get(key) as T | undefined) ?? null
}

/** Awaited later, and its failure thrown then; until then it must not end the process. */
export function heard<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {})
  return work
}

/** A connection of its own, for the migrator and for commands. */
export async function connect(where: Where): Promise<{ db: Db; end(): Promise<void> }> {
  const client = new pg.Client({ ...where, application_name: 'subrosa' })
  await client.connect()
  client.on('error', () => {})
  return { db: speak(client, null), end: () => client.end() }
}

/** PostgreSQL's five-letter SQLSTATE, or null when the fault is of another kind. */
export const sqlState = (fault: unknown): string | null => (fault instanceof pg.DatabaseError ? (fault.code ?? null) : null)
/** The constraint that a database refusal names, or null. */
export const brokenConstraint = (fault: unknown): string | null => (fault instanceof pg.DatabaseError ? (fault.constraint ?? null) : null)
/** The database's disk is full (53100). */
export const isFullDisk = (fault: unknown): boolean => sqlState(fault) === '53100'
/** A policy or a grant said no (42501). */
export const isDenied = (fault: unknown): boolean => sqlState(fault) === '42501'
