import { derive } from '../core/keys.ts'
import { startCluster, joinCluster } from './cluster.ts'
import type { Config } from './config.ts'
import type { RootKey } from './keyring.ts'
import { connect, sqlState, type Db, type Where } from './postgres.ts'
import { Stop } from './refusal.ts'
import { join } from 'node:path'

/** Where PostgreSQL is, and how each of our logins gets in. */
export type Base = {
  migrator: Where
  door: Where
  visitor: Where
  clerk: Where
  /** Of the server that came along; null for the firm's own. */
  superuser: Where | null
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
export const openBase = (config: Config, root: RootKey, onLine: (line: string) => void): Promise<Base> =>
  underAny(root, (key) => openUnder(config, key, onLine))

async function openUnder(config: Config, rootKey: Buffer, onLine: (line: string) => void): Promise<Base> {
  if (config.databaseUrl)
    return { ...(await ownBase(config.databaseUrl, rootKey)), superuser: null, lost: new Promise(() => {}), stop: async () => {} }
  const cluster = await startCluster({ dir: join(config.data, 'postgres'), password: passwordOf(rootKey, 'cluster'), onLine })
  try {
    const superuser = { host: cluster.host, port: cluster.port, user: cluster.superuser, password: cluster.password, database: 'postgres' }
    await makeDatabase(superuser, rootKey)
    return {
      superuser,
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
export const joinBase = (config: Config, root: RootKey): Promise<Base | null> => underAny(root, (key) => joinUnder(config, key))

async function joinUnder(config: Config, rootKey: Buffer): Promise<Base | null> {
  if (config.databaseUrl)
    return { ...(await ownBase(config.databaseUrl, rootKey)), superuser: null, lost: new Promise(() => {}), stop: async () => {} }
  const cluster = await joinCluster({ dir: join(config.data, 'postgres'), password: passwordOf(rootKey, 'cluster') })
  return (
    cluster && {
      ...logins({ host: cluster.host, port: cluster.port, database: NAME }, rootKey),
      superuser: null,
      lost: new Promise(() => {}),
      stop: async () => {},
    }
  )
}

/** The passwords hang on the root key; one that a rotation has not come to the end of may still be the one before. */
async function underAny<T>({ key, older }: RootKey, open: (key: Buffer) => Promise<T>): Promise<T> {
  for (const candidate of [key, ...older.map((one) => one.key)]) {
    try {
      return await open(candidate)
    } catch (fault) {
      const last = older.at(-1)?.key ?? key
      const refused = sqlState(fault) ?? sqlState((fault as Error).cause)
      if (candidate === last || !(refused === '28P01' || refused === '28000')) throw fault
    }
  }
  throw new Error('there is no root key')
}

/**
 * Gives the logins the passwords that hang on the root key as it is now: all in one transaction, or none. Connections that
 * stand are not touched; those made afterwards use the new ones.
 */
export async function moveLogins(base: Base, root: RootKey): Promise<void> {
  const mine = base.superuser ? [base.superuser, base.migrator] : []
  const moving = [...mine, base.door, base.visitor, base.clerk]
  const password = (login: Where) => passwordOf(root.key, login === base.superuser ? 'cluster' : login.user)
  const { db, end } = await connect(base.superuser ?? base.migrator)
  try {
    await db.run('begin')
    // base64url and names of ours: nothing to quote, and PostgreSQL takes no bind parameter here
    for (const login of moving) await db.run(`alter role ${login.user} password '${password(login)}'`)
    await db.run('commit')
    for (const login of moving) login.password = password(login)
  } finally {
    await end()
  }
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
