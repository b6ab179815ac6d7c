import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { derive } from '../src/core/keys.ts'
import { MATTERS } from '../src/features/matters/matters.ts'
import { shown, secretHash } from '../src/features/sign-in/secrets.ts'
import { joinBase } from '../src/platform/base.ts'
import { chooseServerUser, giveTo } from '../src/platform/cluster-user.ts'
import { joinCluster } from '../src/platform/cluster.ts'
import { readConfig } from '../src/platform/config.ts'
import { readFirmKeys } from '../src/platform/firm-keys.ts'
import type { House } from '../src/platform/house.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { openKeystore } from '../src/platform/keystore.ts'
import { connect, openPool, transaction, type Db, type Pool, type Where } from '../src/platform/postgres.ts'
import { openWays, type Secret, type Ways } from '../src/platform/ways.ts'
import { Caller } from '../test/world/caller.ts'
import { found, start, type Running } from './firm.ts'
import { LARGE, nth, recipe, seed, SMALL, type Size } from './seed-walls.ts'
import type { Stage } from './stage.ts'

/** The PostgreSQL that comes along, or Debian's, as it comes. */
export type Server = '18' | '15'
export type LargeFirm = {
  size: Size
  version: string
  /** What a handler needs of the house. */
  house: House
  ways: Ways
  superuser: Where
  /** As the superuser, whom no policy binds. */
  db: Db
  /** A transaction of the superuser's, to stand beside one of the ways: for it no wall is asked for. */
  unwalled<T>(fn: (db: Db) => Promise<T>): Promise<T>
  /** A live session of the nth person, whose second factor was proved just now. */
  session(person: number): Promise<{ secret: Secret; caller: Caller }>
}

const BIN_15 = '/usr/lib/postgresql/15/bin'
export const SERVERS: Server[] = existsSync(join(BIN_15, 'postgres')) ? ['18', '15'] : ['18']

const ROOM = join(tmpdir(), 'subrosa-bench-large')
const opened = new WeakMap<Stage, Map<Server, Promise<LargeFirm>>>()

/** The large firm, seeded at its first use and kept under the temporary folder for the next run; it runs until the stage ends. */
export function largeFirm(stage: Stage, server: Server): Promise<LargeFirm> {
  const firms = opened.get(stage) ?? new Map<Server, Promise<LargeFirm>>()
  opened.set(stage, firms)
  const firm = firms.get(server) ?? open(stage, server)
  firms.set(server, firm)
  return firm
}

async function open(stage: Stage, server: Server): Promise<LargeFirm> {
  const size = stage.quick ? SMALL : LARGE
  const folder = join(ROOM, `${stage.quick ? 'small' : 'large'}-${server}`)
  const mark = join(folder, 'seeded')
  const digest = await digestOf(size)
  if ((await readFile(mark, 'utf8').catch(() => null)) !== digest) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true, mode: 0o711 })
    for (const dir of [ROOM, folder]) await chmod(dir, 0o711)
  }
  const own = server === '15' ? await startDebian(stage, join(folder, 'cluster')) : null
  const running = await start(folder, own ? { DATABASE_URL: own.url } : {})
  stage.closing(() => running.stop())
  if (!existsSync(mark)) await found(running, folder)
  const firm = await reach(stage, running, size, own)
  if (!existsSync(mark)) {
    const begun = performance.now()
    await seed(firm.db, firm.house, size, (step) =>
      console.log(`  seeding ${folder}: ${step} after ${Math.round((performance.now() - begun) / 1000)} s`),
    )
    await writeFile(mark, digest)
  }
  await firm.db.run(CLEAR_WALLS)
  await firm.db.run(CLEAR_SESSIONS)
  return firm
}

/** Takes away the walls that were not part of the seeding, and what hangs on them; by the superuser, past triggers and policies. */
export const CLEAR_WALLS = `
set session_replication_role = replica;
delete from app.wall_acknowledgements a where a.wall_id > '${nth('wall', 100_000)}';
delete from app.wall_people p where p.wall_id > '${nth('wall', 100_000)}';
delete from app.wall_targets t where t.wall_id > '${nth('wall', 100_000)}';
delete from app.walls w where w.id > '${nth('wall', 100_000)}';
set session_replication_role = default`
const CLEAR_SESSIONS = `delete from app.sessions s where s.id > '${nth('session', 100_000)}'`

/** A firm that was seeded otherwise, or under other migrations, is seeded anew. */
async function digestOf(size: Size): Promise<string> {
  const migrations = join(import.meta.dirname, '../db/migrations')
  const digest = createHash('sha256').update(recipe(size))
  for (const name of (await readdir(migrations)).sort()) digest.update(await readFile(join(migrations, name)))
  return digest.digest('hex')
}

async function reach(stage: Stage, running: Running, size: Size, own: Debian | null): Promise<LargeFirm> {
  const { data, keyring } = running.place
  const root = await openKeyring(keyring, data)
  const base = (await joinBase(readConfig({ data, keyring }, own ? { DATABASE_URL: own.url } : {}), root))!
  const superuser = own?.superuser ?? (await comesAlong(data, root.key))
  const { db, end } = await connect(superuser)
  stage.closing(end)
  const [doors, plain] = [openPool(base.door, 1), openPool(superuser, 1)]
  stage.closing(() => Promise.all([doors.end(), plain.end()]))
  const ways = openWays(
    doors,
    doors,
    async () => {},
    () => {},
  )
  const keys = (await readFirmKeys(db, root))!
  const keystore = await openKeystore(join(data, 'keystore'), root)
  const { version } = (await db.row<{ version: string }>(`select current_setting('server_version') as version`))!
  return {
    size,
    version,
    house: { keys, keystore, ways } as House,
    ways,
    superuser,
    db,
    unwalled: await withoutWall(db, plain),
    session: async (person) => {
      const secret = randomBytes(32).toString('hex') as Secret
      await db.run(
        `insert into app.sessions (id, person_id, secret_hash, kind, idle_limit, ends_at, factor_at, factor)
         values (gen_random_uuid(), $1, $2, 'browser', interval '12 hours', now() + interval '12 hours', now(), 'passkey')`,
        [nth('person', person), secretHash(secret)],
      )
      const caller = new Caller(`http://localhost:${running.port}`)
      caller.cookie = `subrosa=${shown(secret)}`
      return { secret, caller }
    },
  }
}

/** No policy binds the superuser; and that function is for it the statement that it makes, less the question for the wall in it. */
async function withoutWall(db: Db, pool: Pool): Promise<LargeFirm['unwalled']> {
  const { body } = (await db.row<{ body: string }>(`select prosrc as body from pg_proc where oid = 'hidden.matters_in_reach'::regproc`))!
  const [, before, after] = /return query\s+(select .*) and hidden\.reaches\(m\.id\)(.*);/s.exec(body) ?? []
  if (!before?.includes('(wanted)')) throw new Error('hidden.matters_in_reach asks for the wall in another way')
  // one matter is asked for by its id, as anyone would
  const openly = (asked: string, values?: unknown[]) =>
    asked === MATTERS && (values?.[0] as string[]).length === 1
      ? before.replace('= any (wanted)', '= ($1::uuid[])[1]')
      : asked.replace(
          /hidden\.matters_in_reach\((.*)\)( m)?$/s,
          (_, wanted: string) => `(${before.replace('(wanted)', `(${wanted})`)}${after}) m`,
        )
  return (fn) =>
    transaction(pool, { readOnly: true }, (one) =>
      fn({
        ...one,
        row: (asked, values) => one.row(openly(asked, values), values),
        rows: (asked, values) => one.rows(openly(asked, values), values),
      }),
    )
}

/** The superuser of the cluster that comes along. */
export async function comesAlong(data: string, rootKey: Buffer): Promise<Where> {
  const cluster = (await joinCluster({
    dir: join(data, 'postgres'),
    // as src/platform/base.ts makes it
    password: derive(rootKey, 'postgres login cluster').toString('base64url'),
  }))!
  return { host: cluster.host, port: cluster.port, user: cluster.superuser, password: cluster.password, database: 'subrosa' }
}

type Debian = { url: string; superuser: Where }

/** Debian's own server with Debian's own settings, but for where it listens. */
async function startDebian(stage: Stage, dir: string): Promise<Debian> {
  const as = chooseServerUser()
  const password = 'the superuser of the bench'
  if (!existsSync(join(dir, 'PG_VERSION'))) {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await writeFile(`${dir}.password`, password, { mode: 0o644 })
    if (as) await giveTo(dir, as)
    const args = ['-D', dir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${dir}.password`, '--encoding=UTF8', '--locale=C']
    execFileSync(join(BIN_15, 'initdb'), args, { ...as, cwd: '/', stdio: 'ignore' })
  }
  const server = spawn(join(BIN_15, 'postgres'), ['-D', dir, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${dir}`], {
    ...as,
    cwd: '/',
    stdio: 'ignore',
  })
  const gone = once(server, 'exit')
  stage.closing(async () => {
    server.kill('SIGINT')
    await gone
  })
  const superuser = { host: dir, port: 5432, user: 'postgres', password, database: 'postgres' }
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL 15 ended with ${server.exitCode}`)
    const made = await connect(superuser).catch(() => null)
    if (!made) {
      await pause(100)
      continue
    }
    if (!(await made.db.row(`select 1 as one from pg_roles where rolname = 'firm_owner'`))) {
      await made.db.run(`create role firm_owner login createrole password 'a password'`)
      await made.db.run('create database firm owner firm_owner')
    }
    await made.end()
    break
  }
  return {
    url: `postgres://firm_owner:a%20password@localhost:5432/firm?host=${encodeURIComponent(dir)}`,
    superuser: { ...superuser, database: 'firm' },
  }
}
