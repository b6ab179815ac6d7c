import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from './postgres.ts'
import { Stop } from './refusal.ts'

const ROOM = join(import.meta.dirname, '../../db')
// any number that no one else locks: 'subr' in ASCII
const LOCK = 0x73756272

type Script = { name: string; text: string; sha256: string }

/**
 * Brings the database to this program's shape: roles, migrations (forward only, locked by hash), then the access
 * folder, applied whole when one byte of it changed. Safe under concurrent starts: one works, the others find it done.
 * @throws Stop `database.newer` when a newer program has been here, `database.changed` when a migration that was
 *   applied reads otherwise now, `database.unfit` for a server older than 15.
 */
export async function migrate(db: Db): Promise<{ applied: string[]; access: boolean }> {
  const version = (await db.row<{ v: number }>(`select current_setting('server_version_num')::int as v`))!.v
  if (version < 150_000)
    throw new Stop('database.unfit', `PostgreSQL ${Math.floor(version / 10_000)} is too old: Subrosa needs 15 or newer.`)
  await db.run('select pg_advisory_lock($1)', [LOCK])
  try {
    await db.run(await readFile(join(ROOM, 'bootstrap.sql'), 'utf8'))
    await db.run('set role subrosa_owner')
    await db.run(`create schema if not exists ops`)
    await db.run(
      `create table if not exists ops.migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`,
    )
    await db.run(`create table if not exists ops.access (one boolean primary key default true check (one), sha256 text not null)`)
    const applied = await applyMigrations(db, await scripts('migrations'))
    return { applied, access: await applyAccess(db, await scripts('access'), applied.length > 0) }
  } finally {
    await db.run('reset role')
    await db.run('select pg_advisory_unlock($1)', [LOCK])
  }
}

async function applyMigrations(db: Db, ours: Script[]): Promise<string[]> {
  const theirs = await db.rows<{ name: string; sha256: string }>('select name, sha256 from ops.migrations order by name')
  for (const done of theirs) {
    const same = ours.find((script) => script.name === done.name)
    if (!same)
      throw new Stop(
        'database.newer',
        `The database was made by a newer Subrosa (it knows ${done.name}). Start that version, or restore a backup made before it.`,
      )
    if (same.sha256 !== done.sha256)
      throw new Stop(
        'database.changed',
        `${done.name} reads otherwise than when it was applied. Use the program that this database belongs to.`,
      )
  }
  const missing = ours.filter((script) => !theirs.some((done) => done.name === script.name))
  for (const script of missing) {
    await whole(db, async () => {
      await db.run(script.text)
      await db.run('insert into ops.migrations (name, sha256) values ($1, $2)', [script.name, script.sha256])
    })
  }
  return missing.map((script) => script.name)
}

async function applyAccess(db: Db, files: Script[], forced: boolean): Promise<boolean> {
  const sha256 = digest(files.map((file) => `${file.name} ${file.sha256}`).join('\n'))
  const known = await db.row<{ sha256: string }>('select sha256 from ops.access')
  if (known?.sha256 === sha256 && !forced) return false
  await whole(db, async () => {
    for (const file of files) await db.run(file.text)
    await db.run('insert into ops.access (sha256) values ($1) on conflict (one) do update set sha256 = excluded.sha256', [sha256])
  })
  return true
}

async function whole(db: Db, fn: () => Promise<void>): Promise<void> {
  await db.run('begin')
  try {
    await fn()
    await db.run('commit')
  } catch (fault) {
    await db.run('rollback')
    throw fault
  }
}

async function scripts(folder: string): Promise<Script[]> {
  const names = (await readdir(join(ROOM, folder))).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(ROOM, folder, name), 'utf8')
      return { name, text, sha256: digest(text) }
    }),
  )
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
