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
