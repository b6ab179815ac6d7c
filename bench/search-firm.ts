import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { sealFirmText } from '../src/features/keys/firm-words.ts'
import { emailToken } from '../src/features/sign-in/proofs.ts'
import { secretHash, shown } from '../src/features/sign-in/secrets.ts'
import { NOTHING_SAID } from '../src/features/vault/documents.ts'
import { openCard } from '../src/features/search/cards.ts'
import { makeTerms } from '../src/features/search/making.ts'
import { joinBase } from '../src/platform/base.ts'
import { readConfig } from '../src/platform/config.ts'
import { readFirmKeys } from '../src/platform/firm-keys.ts'
import { openKeyring } from '../src/platform/keyring.ts'
import { connect, openPool, type Db } from '../src/platform/postgres.ts'
import { openWays, type Secret, type Ways } from '../src/platform/ways.ts'
import { Caller } from '../test/world/caller.ts'
import { textsOf, type Texts } from './corpus-text.ts'
import { found, start } from './firm.ts'
import { comesAlong } from './large-firm.ts'
import type { Seeding } from './search-seeding.ts'
import { nth } from './seed-walls.ts'
import type { Stage } from './stage.ts'

export type Size = { matters: number; documents: number; pool: number; least: number; most: number }
const LARGE: Size = { matters: 5000, documents: 1_000_000, pool: 10_007, least: 1200, most: 2400 }
const SMALL: Size = { matters: 500, documents: 20_000, pool: 5003, least: 1200, most: 2400 }
/** Of how many of the matters someone is on the team. */
export const REACHES = { few: (size: Size) => size.matters / 25, all: (size: Size) => size.matters }
export type Reach = keyof typeof REACHES
const PERSON: Record<Reach, string> = { few: nth('person', 1), all: nth('person', 2) }
const SCREENED = nth('person', 3)

export type SearchFirm = {
  size: Size
  texts: Texts
  pid: number
  /** As the superuser, whom no policy binds. */
  db: Db
  ways: Ways
  session(reach: Reach): Promise<{ secret: Secret; caller: Caller }>
}
const ROOM = join(tmpdir(), 'subrosa-bench-search')
const THREADS = 2

const opened = new WeakMap<Stage, Promise<SearchFirm>>()
/** A firm of many documents that say something, seeded at its first use and kept under the temporary folder for the next run. */
export function searchFirm(stage: Stage): Promise<SearchFirm> {
  const made = opened.get(stage) ?? open(stage)
  opened.set(stage, made)
  return made
}

async function open(stage: Stage): Promise<SearchFirm> {
  const size = stage.quick ? SMALL : LARGE
  const folder = join(ROOM, stage.quick ? 'small' : 'large')
  const [mark, begun] = [join(folder, 'seeded'), join(folder, 'begun')]
  const recipe = await recipeOf(size)
  if (!isOf(recipe, await readFile(begun, 'utf8').catch(() => null))) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true, mode: 0o711 })
    for (const dir of [ROOM, folder]) await chmod(dir, 0o711)
  }
  const running = await start(folder)
  stage.closing(() => running.stop())
  if (running.setup !== null) await found(running, folder)
  await writeFile(begun, recipe.join('\n'))
  const { data, keyring } = running.place
  const root = await openKeyring(keyring, data)
  const superuser = await comesAlong(data, root.key)
  const { db, end } = await connect(superuser)
  stage.closing(end)
  if (!existsSync(mark)) {
    await seed(db, { place: running.place, superuser, size, corpus: stage.corpus, keys: (await readFirmKeys(db, root))! })
    await writeFile(mark, '')
  }
  await db.run(PLAIN)
  const base = (await joinBase(readConfig({ data, keyring }, {}), root))!
  const doors = openPool(base.door, 2)
  stage.closing(() => doors.end())
  const ways = openWays(
    doors,
    doors,
    async () => {},
    () => {},
  )
  return { size, texts: textsOf(stage.corpus), pid: running.pid, db, ways, session: (reach) => session(db, running.port, PERSON[reach]) }
}

async function session(db: Db, port: number, person: string): Promise<{ secret: Secret; caller: Caller }> {
  const secret = randomBytes(32).toString('hex') as Secret
  await db.run(
    `insert into app.sessions (id, person_id, secret_hash, kind, idle_limit, ends_at, factor_at, factor)
     values (gen_random_uuid(), $1, $2, 'browser', interval '12 hours', now() + interval '12 hours', now(), 'passkey')`,
    [person, secretHash(secret)],
  )
  const caller = new Caller(`http://localhost:${port}`)
  caller.cookie = `subrosa=${shown(secret)}`
  return { secret, caller }
}

/** What it was seeded by: the recipe, and each migration that had run. */
async function recipeOf(size: Size): Promise<string[]> {
  const folder = (path: string) => join(import.meta.dirname, path)
  const line = async (path: string) =>
    `${path} ${createHash('sha256')
      .update(await readFile(folder(path)))
      .digest('hex')}`
  const recipe = ['corpus-text.ts', 'search-seeding.ts']
  const migrations = (await readdir(folder('../db/migrations'))).sort().map((name) => `../db/migrations/${name}`)
  return [JSON.stringify(size), sample(), ...(await Promise.all([...recipe, ...migrations].map(line)))]
}
/** What is made of a text, by the program as it is now. */
function sample(): string {
  const key = Buffer.alloc(32)
  const about = {
    version: nth('person', 0),
    number: 1,
    name: 'Notice 1.txt',
    folder: 'Letters',
    about: NOTHING_SAID,
    at: new Date(0).toISOString(),
    sha256: '0'.repeat(64),
    type: 'text',
  } as const
  const { tokens, card } = makeTerms({ terms: key, cards: key }, about, null, ['en'])
  return JSON.stringify([tokens, openCard(key, about.version, card)])
}
/** What was seeded by another recipe is seeded anew; a migration that has come since runs over what is there. */
const isOf = (recipe: readonly string[], begun: string | null): boolean =>
  begun !== null && begun.split('\n').every((line, at) => line === recipe[at])

type Ground = Pick<Seeding, 'place' | 'superuser' | 'corpus'> & { size: Size; keys: NonNullable<Awaited<ReturnType<typeof readFirmKeys>>> }

/** Past triggers and policies; each matter whole, so that what was interrupted goes on where it was. */
async function seed(db: Db, { place, superuser, size, corpus, keys }: Ground): Promise<void> {
  const begun = performance.now()
  const say = (step: string) => console.log(`  seeding: ${step} after ${Math.round((performance.now() - begun) / 1000)} s`)
  await db.run(TABLES)
  const clients = await seedDirectory(db, keys, size)
  const by = (await db.row<{ id: string }>('select id from app.people where probe_id is null order by joined_at limit 1'))!.id
  const done = new Set((await db.rows<{ n: number }>('select n from plain.matters')).map(({ n }) => n))
  const left = Array.from({ length: size.matters }, (_, n) => n).filter((n) => !done.has(n))
  await db.run('drop index if exists app.terms_tokens, plain.texts_words, plain.texts_of_matter')
  say('plain words')
  await seedPool(db, textsOf(corpus), size)
  let count = 0
  await Promise.all(
    Array.from({ length: THREADS }, (_, k) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const mine = left.filter((_, i) => i % THREADS === k)
      const seeding: Seeding = { ...size, place, superuser, corpus, mine, clients, by }
      const thread = new Worker(new URL('./search-seeding.ts', import.meta.url), { workerData: seeding })
      thread.on('message', () => (count += 1) % 250 === 0 && say(`${count} of ${left.length} matters`))
      thread.on('error', reject)
      thread.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a seeding thread ended with ${code}`))))
      return promise
    }),
  )
  for (const [step, text] of AFTER) {
    say(step)
    await db.run(text)
  }
  say('done')
}

/** What plain full text makes of each text, once as well. */
async function seedPool(db: Db, texts: Texts, { pool, least, most }: Size): Promise<void> {
  await db.run('truncate plain.pool')
  for (let from = 0; from < pool; from += 500) {
    const ns = Array.from({ length: Math.min(500, pool - from) }, (_, n) => from + n)
    await db.run(`insert into plain.pool select n, body, to_tsvector('english', body) from unnest($1::integer[], $2::text[]) t (n, body)`, [
      ns,
      ns.map((n) => texts.text(n, least, most)),
    ])
  }
  await db.run('analyze plain.pool')
}

async function seedDirectory(db: Db, keys: Ground['keys'], size: Size): Promise<string[]> {
  await db.run('set session_replication_role = replica')
  const people = [PERSON.few, PERSON.all, SCREENED]
  await db.run(
    `insert into app.people (id, sealed_name, sealed_email, email_token, roles, joined_at, created_by)
     select p.id, p.name, p.mail, p.token, '{lawyer}', now(), (select id from app.people order by joined_at limit 1)
     from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[]) p (id, name, mail, token) on conflict do nothing`,
    [
      people,
      people.map((id, n) => sealFirmText(keys, 'people', 'sealed_name', id, `Person ${n}`)),
      people.map((id, n) => sealFirmText(keys, 'people', 'sealed_email', id, `person${n}@bench.test`)),
      people.map((_, n) => emailToken({ keys }, `person${n}@bench.test`)),
    ],
  )
  const clients = Array.from({ length: size.matters / 5 }, (_, n) => nth('client', n))
  await db.run(
    `insert into app.clients (id, sealed_name, created_by) select c.id, c.name, $3 from unnest($1::uuid[], $2::bytea[]) c (id, name) on conflict do nothing`,
    [clients, clients.map((id, n) => sealFirmText(keys, 'clients', 'sealed_name', id, `Client ${n}`)), PERSON.all],
  )
  await db.run('set session_replication_role = default')
  return clients
}

const TABLES = `
create schema if not exists plain;
create table if not exists plain.matters (n integer primary key, id uuid not null);
create table if not exists plain.pool (n integer primary key, body text not null, words tsvector not null);
create table if not exists plain.texts (document_id uuid primary key, matter_id uuid not null, body text not null, words tsvector not null)`
const WALLS = 100
// an index that is built at once in memory leaves its pages half empty: in passes it becomes what it is where documents come in one by one
const team = (person: string, every: number): string =>
  `insert into app.team_members (id, matter_id, person_id, role, added_by, starts_at)
   select gen_random_uuid(), m.id, '${person}', 'member', '${PERSON.all}', now() - interval '200 days' from plain.matters m where m.n % ${every} = 0`

/** In the order in which they run. The walls stand around matters of both reaches and keep someone else out of them. */
const AFTER: [string, string][] = [
  [
    'teams and walls',
    `set session_replication_role = replica;
     delete from app.team_members where person_id in ('${PERSON.few}', '${PERSON.all}');
     ${team(PERSON.few, 25)};
     ${team(PERSON.all, 1)};
     insert into app.walls (id, kind, rule, sealed_words, announced, withholds, certify_days, remind_days, need_known_at, starts_at, raised_by)
     select gen_random_uuid(), 'exclusion', '1.10(a)(2)', '\\x00', false, false, 180, 90, now() - interval '101 days', now() - interval '100 days', '${PERSON.all}' from generate_series(1, ${WALLS});
     insert into app.wall_targets (wall_id, side, matter_id)
     select w.id, 'a', m.id from (select id, row_number() over (order by id) as k from app.walls) w join plain.matters m on m.n = (w.k - 1) * 5 % (select count(*) from plain.matters);
     insert into app.wall_people (wall_id, side, person_id) select id, 'a', '${SCREENED}' from app.walls;
     set session_replication_role = default`,
  ],
  [
    'index of tokens',
    `set maintenance_work_mem = '128MB'; set max_parallel_maintenance_workers = 2; create index terms_tokens on app.terms using gin (tokens)`,
  ],
  [
    'index of plain words',
    `create index texts_words on plain.texts using gin (words); create index texts_of_matter on plain.texts (matter_id)`,
  ],
  ['statistics', `reset maintenance_work_mem; reset max_parallel_maintenance_workers`],
  ['vacuum', `vacuum (freeze, analyze)`],
]

/**
 * Plain full text under the same wall: the reach worked out once, as search does it, and given to an index scan. A policy on the table could
 * not use the index at all, for PostgreSQL's text operators are not leakproof (docs: "Rules and Privileges").
 */
const PLAIN = `
grant usage on schema plain to subrosa_person;
create or replace function plain.found(asked text, most integer) returns table (document_id uuid, matter_id uuid, rank real, headline text)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare reach uuid[] := array(select s.matter_id from hidden.searchable() s where s.open <> 0);
  query tsquery := to_tsquery('english', asked);
begin
  return query
    select b.document_id, b.matter_id, b.rank, ts_headline('english', b.body, query, 'MaxFragments=2')
    from (select t.document_id, t.matter_id, t.body, ts_rank_cd(t.words, query) as rank from plain.texts t
      where t.words @@ query and t.matter_id = any (reach) order by rank desc limit most) b
    order by b.rank desc;
end $$;
grant execute on function plain.found(text, integer) to subrosa_person`
