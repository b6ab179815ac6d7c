import { derive } from '../core/keys.ts'
import { startCluster, joinCluster } from './cluster.ts'
import type { Config } from './config.ts'
import { connect, type Db, type Where } from './postgres.ts'
import { Stop } from './refusal.ts'
import { join } from 'node:path'

/** Where PostgreSQL is, and how each of our logins gets in. */
export type Base = {
  migrator: Where
  door: Where
  visitor: Where
  clerk: Where
  /** Settles when the server that came along ends without having been asked; never for a server of the firm's own. */
  lost: Promise<string>
  stop(): Promise<void>
}

/** PostgreSQL's releases with known holes end below these (PostgreSQL 18.6, 17.12, 16.16, 15.20 of 2026-08-13). */
const PATCHED: Record<number, number> = { 18: 180006, 17: 170012, 16: 160016, 15: 150020 }

/** Whether a server's version (`server_version_num`) is below the patched one of its line. */
export const isUnpatched = (version: number): boolean => version < (PATCHED[Math.floor(version / 10_000)] ?? 0)

/** Passwords of our logins hang on the root key: nothing is stored, and every app node knows them. */
const passwordOf = (rootKey: Buffer, login: string): string => derive(rootKey, `postgres login ${login}`).toString('base64url')

const NAME = 'subrosa'

/** Starts the PostgreSQL that comes along, or finds the firm's own by DATABASE_URL. @throws Stop `database.unreachable` */
export async function openBase(config: Config, rootKey: Buffer, onLine: (line: string) => void): Promise<Base> {
  if (config.databaseUrl) return { ...(await ownBase(config.databaseUrl, rootKey)), lost: new Promise(() => {}), stop: async () => {} }
  const cluster = await startCluster({ dir: join(config.data, 'postgres'), password: passwordOf(rootKey, 'cluster'), onLine })
  try {
    await makeDatabase(
      { host: cluster.host, port: cluster.port, user: cluster.superuser, password: cluster.password, database: 'postgres' },
      rootKey,
    )
    return {
      ...logins({ host: cluster.host, port: cluster.port, database: NAME }, rootKey),
      lost: cluster.lost,
      stop: () => cluster.stop(),
    }
  } catch (fault) {
    await cluster.stop()
    throw fault
  }
}

/** The PostgreSQL of a firm that runs in another process of this machine; null when it does not run. */
export async function joinBase(config: Config, rootKey: Buffer): Promise<Base | null> {
  if (config.databaseUrl) return { ...(await ownBase(config.databaseUrl, rootKey)), lost: new Promise(() => {}), stop: async () => {} }
  const cluster = await joinCluster({ dir: join(config.data, 'postgres'), password: passwordOf(rootKey, 'cluster') })
  return (
    cluster && {
      ...logins({ host: cluster.host, port: cluster.port, database: NAME }, rootKey),
      lost: new Promise(() => {}),
      stop: async () => {},
    }
  )
}

function logins(
  at: { host: string; port: number; database: string },
  rootKey: Buffer,
): Pick<Base, 'migrator' | 'door' | 'visitor' | 'clerk'> {
  const as = (user: string): Where => ({ ...at, user, password: passwordOf(rootKey, user) })
  return { migrator: as('subrosa_migrator'), door: as('subrosa_door'), visitor: as('subrosa_visitor'), clerk: as('subrosa_clerk') }
}

/** Once: our own database and a migrator that is no superuser, so that what runs here runs on a managed server too. */
async function makeDatabase(superuser: Where, rootKey: Buffer): Promise<void> {
  const { db, end } = await connect(superuser)
  try {
    if (!(await db.row(`select 1 as one from pg_roles where rolname = 'subrosa_migrator'`))) {
      await db.run(`create role subrosa_migrator login createrole password '${passwordOf(rootKey, 'subrosa_migrator')}'`)
    }
    if (!(await db.row('select 1 as one from pg_database where datname = $1', [NAME])))
      await db.run(`create database ${NAME} owner subrosa_migrator`)
  } finally {
    await end()
  }
}

async function ownBase(address: string, rootKey: Buffer): Promise<Pick<Base, 'migrator' | 'door' | 'visitor' | 'clerk'>> {
  const url = new URL(address)
  const socket = url.searchParams.get('host')
  const strict = ['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? '')
  const at = {
    host: socket ?? decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: strict ? { rejectUnauthorized: url.searchParams.get('sslmode') !== 'require' } : undefined,
  }
  const migrator: Where = { ...at, user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  await connect(migrator).then(
    ({ end }) => end(),
    (fault: Error) => {
      throw new Stop('database.unreachable', `The PostgreSQL of DATABASE_URL cannot be reached (${fault.message}).`, fault)
    },
  )
  const as = (user: string): Where => ({ ...at, user, password: passwordOf(rootKey, user) })
  return { migrator, door: as('subrosa_door'), visitor: as('subrosa_visitor'), clerk: as('subrosa_clerk') }
}

/** Gives our three logins their passwords where they do not have them yet. Called as the migrator, after the roles exist. */
export async function settleLogins(base: Base, fresh: boolean): Promise<void> {
  for (const login of [base.door, base.visitor, base.clerk]) {
    const works =
      !fresh &&
      (await connect(login).then(
        ({ end }) => end().then(() => true),
        () => false,
      ))
    if (works) continue
    const { db, end } = await connect(base.migrator)
    try {
      // the password is base64url and the name ours: nothing to quote, and PostgreSQL takes no bind parameter here
      // our statements are short, and compiling them takes longer than they do
      await db.run(`alter role ${login.user} set jit = off`)
      await db.run(`alter role ${login.user} password '${login.password}'`)
    } finally {
      await end()
    }
  }
}

/** Reads as the owner of the schemas, such as the firm's wrapped keys; for a command beside a running server. */
export async function asOwner<T>(base: Base, fn: (db: Db) => Promise<T>): Promise<T> {
  const { db, end } = await connect(base.migrator)
  try {
    await db.run('set role subrosa_owner')
    return await fn(db)
  } finally {
    await end()
  }
}
