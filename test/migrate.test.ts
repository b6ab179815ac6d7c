import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inject, expect, test } from 'vitest'
import { migrate } from '../src/platform/migrate.ts'
import { connect, type Db, type Where } from '../src/platform/postgres.ts'
import { dumpSchema } from './world/schema.ts'

let made = 0
/** An empty database of the migrator's, dropped at the end. */
async function withDatabase(fn: (where: Where, superuser: <T>(fn: (db: Db) => Promise<T>) => Promise<T>) => Promise<void>): Promise<void> {
  const shared = inject('world')
  const name = `migrate_${process.pid}_${(made += 1)}`
  const at = { host: shared.host, port: shared.port, user: shared.superuser, password: shared.password }
  const as = async <T>(database: string, run: (db: Db) => Promise<T>) => {
    const { db, end } = await connect({ ...at, database })
    return run(db).finally(end)
  }
  await as('postgres', (db) => db.run(`create database ${name} owner subrosa_migrator`))
  try {
    await fn({ ...at, user: 'subrosa_migrator', database: name }, (run) => as(name, run))
  } finally {
    await as('postgres', (db) => db.run(`drop database ${name} with (force)`))
  }
}
const migrated = async (where: Where) => {
  const { db, end } = await connect(where)
  return migrate(db).finally(end)
}

test('twenty programs that start at once migrate once, and a second run finds nothing to do', async () => {
  await withDatabase(async (where, superuser) => {
    const results = await Promise.all(Array.from({ length: 20 }, () => migrated(where)))
    const worked = results.filter((result) => result.applied.length > 0)
    expect(worked).toHaveLength(1)
    expect(results.filter((result) => result.access)).toEqual(worked)
    expect(await migrated(where)).toEqual({ applied: [], access: false })
    expect((await superuser(dumpSchema)).length).toBeGreaterThan(5000)
  })
})

test('an old program refuses a newer database, by name, and changes nothing', async () => {
  await withDatabase(async (where, superuser) => {
    await migrated(where)
    await superuser((db) => db.run(`insert into ops.migrations (name, sha256) values ('9999_the_future.sql', 'x')`))
    const before = await superuser(dumpSchema)
    await expect(migrated(where)).rejects.toMatchObject({ code: 'database.newer', message: expect.stringContaining('9999_the_future.sql') })
    expect(await superuser(dumpSchema)).toBe(before)
  })
})

test('a migration that reads otherwise than when it was applied is refused', async () => {
  await withDatabase(async (where, superuser) => {
    await migrated(where)
    await superuser((db) => db.run(`update ops.migrations set sha256 = 'x' where name = '0002_matters.sql'`))
    await expect(migrated(where)).rejects.toMatchObject({ code: 'database.changed', message: expect.stringContaining('0002_matters.sql') })
  })
})

test('access is applied whole again when its folder changed, and what somebody granted beside it is gone', async () => {
  await withDatabase(async (where, superuser) => {
    await migrated(where)
    const right = await superuser(dumpSchema)
    await superuser(async (db) => {
      await db.run('grant select, delete on app.people to subrosa_visitor')
      await db.run('create policy everyone on app.matters using (true)')
      await db.run('alter table app.documents no force row level security')
      await db.run(`update ops.access set sha256 = 'an older folder'`)
    })
    expect(await superuser(dumpSchema)).not.toBe(right)
    expect((await migrated(where)).access).toBe(true)
    expect(await superuser(dumpSchema)).toBe(right)
    expect(
      await superuser((db) => db.row(`select relforcerowsecurity as forced from pg_class where oid = 'app.documents'::regclass`)),
    ).toEqual({ forced: true })
  })
})

test('a firm of the first release keeps its people and their open invitations, although row security binds whoever migrates', async () => {
  await withDatabase(async (where, superuser) => {
    const db = join(import.meta.dirname, '../db')
    const { db: owner, end } = await connect(where)
    await owner.run(await readFile(join(db, 'bootstrap.sql'), 'utf8'))
    await owner.run('set role subrosa_owner')
    await owner.run('create schema ops')
    await owner.run(
      `create table ops.migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`,
    )
    for (const name of ['0001_people.sql', '0002_matters.sql', '0003_vault.sql', '0004_ledger.sql']) {
      const text = await readFile(join(db, 'migrations', name), 'utf8')
      await owner.run(text)
      await owner.run('insert into ops.migrations (name, sha256) values ($1, $2)', [name, createHash('sha256').update(text).digest('hex')])
    }
    await owner.run('alter table app.people enable row level security')
    await owner.run('alter table app.people force row level security')
    await end()
    await superuser(async (db) => {
      const one = (id: string, rest: string) =>
        `insert into app.people (id, sealed_name, sealed_email, email_token, roles, ${rest.split('|')[0]}) values ('00000000-0000-7000-8000-00000000000${id}', 'n', 'e', '\\x0${id}', '{staff}', ${rest.split('|')[1]})`
      await db.run(one('1', `joined_at, password_hash|'2026-01-01', 'x'`))
      await db.run(one('2', `invitation_hash, invitation_ends_at|sha256('s'), '2030-01-01'`))
    })
    expect((await migrated(where)).applied[0]).toBe('0005_sign_in.sql')
    const rows = await superuser((db) =>
      db.rows(
        `select p.joined_at is not null as joined, p.password_changed_at = p.joined_at as aged, l.kind, l.hash = sha256('s') as same from app.people p left join app.links l on l.person_id = p.id order by p.id`,
      ),
    )
    expect(rows).toEqual([
      { joined: true, aged: true, kind: null, same: null },
      { joined: false, aged: null, kind: 'invitation', same: true },
    ])
    expect(
      await superuser((db) => db.row(`select relforcerowsecurity as forced from pg_class where oid = 'app.people'::regclass`)),
    ).toEqual({
      forced: true,
    })
  })
})
