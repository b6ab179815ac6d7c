import type { MatterId } from '../src/contract/ids.ts'
import { sealFirmText } from '../src/features/keys/firm-words.ts'
import { sealCard } from '../src/features/matters/register.ts'
import { emailToken } from '../src/features/sign-in/proofs.ts'
import type { House } from '../src/platform/house.ts'
import type { Db } from '../src/platform/postgres.ts'
import { sealMatter } from './seed-words.ts'

export type Size = { matters: number; documents: number; people: number }
export const LARGE: Size = { matters: 100_000, documents: 1_000_000, people: 500 }
export const SMALL: Size = { matters: 6000, documents: 40_000, people: 500 }

// what each id is of, as its third group says
const KIND = { person: 1, client: 2, matter: 3, document: 4, version: 5, member: 6, group: 7, opening: 8, wall: 9, entry: 10, session: 11 }
const BEGUN = 1_720_000_000_000
/** The id of the nth thing of a kind: a UUIDv7 (RFC 9562) in order of n; the same as `pg_temp.nth`. */
export const nth = (kind: keyof typeof KIND, n: number): string => {
  const time = (BEGUN + n).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${KIND[kind].toString(16).padStart(3, '0')}-8000-${n.toString(16).padStart(12, '0')}`
}

/** Places in the order of people: who has which reach. Everyone else up to 300 is on 50 to 500 matters. */
export const PEOPLE = { all: 1, few: 2, grouped: 3, keeper: 4, keeper2: 5, screened: 6, others: 20 }
/** The client of the first so many matters. */
export const CLIENT_MATTERS = 2000
/** Reach of `few` and of `grouped`; `few` is on twenty more, around which walls stand. */
export const FEW = 200
const KEPT_FROM = 20
/** Those who are in `LOCKED`, the group that a wall is raised against, and in the practice group that opens matters to `grouped`. */
export const LOCKED = 0
const PRACTICE = 1
const LARGE_MATTER = 10_000

/** The nth of `few`'s matters, spread over the firm; the first twenty are walled from them. */
export const fewMatter = ({ matters }: Size, n: number): number =>
  CLIENT_MATTERS + n * Math.floor((matters - CLIENT_MATTERS) / (FEW + KEPT_FROM))
export const groupedMatter = (size: Size, n: number): number => (n === FEW - 1 ? largeMatter(size) : fewMatter(size, n) + 1)
export const largeMatter = (size: Size): number => fewMatter(size, 100)

/** The matters that other groups than the practice group have come to, newest first. */
const openedToGroups = ({ matters }: Size): number[] =>
  Array.from({ length: 30 }, (_, g) => Array.from({ length: 100 + g * 30 }, (_, n) => (g * 5003 + n * 101) % matters))
    .flat()
    .toSorted((a, b) => b - a)

/** Matters whose words really open: whatever the program is asked to show. */
export function openedMatters(size: Size): number[] {
  const range = (count: number, of: (n: number) => number) => Array.from({ length: count }, (_, n) => of(n))
  return [
    ...new Set([
      ...range(FEW + KEPT_FROM, (n) => fewMatter(size, n)),
      ...range(FEW, (n) => groupedMatter(size, n)),
      ...range(100, (n) => size.matters - 1 - n),
      ...range(20, (n) => n),
      // what the superuser, beside whom a page is measured, is shown first
      ...openedToGroups(size).slice(0, 50),
    ]),
  ]
}

/**
 * Fills a firm that was just set up, as the superuser, past triggers and policies: what a firm of this size would have after
 * years. Names of people, clients, groups and the register's cards are sealed for real, matters and documents only where the
 * program is asked for them; elsewhere stand as many random bytes.
 */
export async function seed(db: Db, house: Pick<House, 'keys' | 'keystore'>, size: Size, say: (step: string) => void): Promise<void> {
  await db.run(`set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'`)
  await db.run(HELPERS)
  const founder = (await db.row<{ id: string }>('select id from app.people limit 1'))!.id
  await seedDirectory(db, house, size, founder)
  for (const [step, text] of statements(size)) {
    say(step)
    await db.run(text)
  }
  say('register')
  await inBatches(size.matters, 5000, async (ns) => {
    const ids = ns.map((n) => nth('matter', n))
    const cards = ids.map((id, i) => sealCard(house.keys, id, { number: `B-${ns[i]}`, title: `Matter ${ns[i]}` }))
    await db.run('insert into app.register (matter_id, sealed_card) select * from unnest($1::uuid[], $2::bytea[])', [ids, cards])
  })
  say('words')
  for (const n of openedMatters(size)) await sealMatter(db, house, nth('matter', n) as MatterId, n)
  say('statistics')
  await db.run('set session_replication_role = default; reset synchronous_commit')
  await db.run('vacuum (freeze, analyze)')
}

async function seedDirectory(db: Db, { keys }: Pick<House, 'keys'>, { matters, people }: Size, founder: string): Promise<void> {
  const ids = Array.from({ length: people }, (_, n) => nth('person', n))
  const mails = ids.map((_, n) => `person${n}@bench.test`)
  await db.run(
    `insert into app.people (id, sealed_name, sealed_email, email_token, roles, joined_at, created_by)
     select p.id, p.name, p.mail, p.token, case when p.n - 1 in (${PEOPLE.keeper}, ${PEOPLE.keeper2}) then '{compliance}' else '{lawyer}' end::text[], now() - interval '1 year', $5
     from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[]) with ordinality p (id, name, mail, token, n)`,
    [
      ids,
      ids.map((id, n) => sealFirmText(keys, 'people', 'sealed_name', id, `Person ${n}`)),
      ids.map((id, n) => sealFirmText(keys, 'people', 'sealed_email', id, mails[n]!)),
      mails.map((mail) => emailToken({ keys }, mail)),
      founder,
    ],
  )
  const groups = Array.from({ length: 40 }, (_, n) => nth('group', n))
  await db.run(
    `insert into app.groups (id, sealed_name, name_token, kept_by, made_by) select g.id, g.name, sha256(g.id::text::bytea), 'firm', $3
     from unnest($1::uuid[], $2::bytea[]) g (id, name)`,
    [groups, groups.map((id, n) => sealFirmText(keys, 'groups', 'sealed_name', id, `Group ${n}`)), founder],
  )
  await inBatches(matters / 5, 5000, async (ns) => {
    const clients = ns.map((n) => nth('client', n))
    await db.run(
      `insert into app.clients (id, sealed_name, created_by, created_at) select c.id, c.name, $3, now() - interval '1 year'
       from unnest($1::uuid[], $2::bytea[]) c (id, name)`,
      [clients, clients.map((id, i) => sealFirmText(keys, 'clients', 'sealed_name', id, `Client ${ns[i]}`)), founder],
    )
  })
}

async function inBatches(count: number, most: number, fn: (ns: number[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += most) await fn(Array.from({ length: Math.min(most, count - from) }, (_, i) => from + i))
}

const HELPERS = `
create or replace function pg_temp.nth(kind int, n bigint) returns uuid language sql immutable as
  $$ select (lpad(to_hex(${BEGUN} + n), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8000' || lpad(to_hex(n), 12, '0'))::uuid $$;
-- so many bytes that do not compress
create or replace function pg_temp.noise(n bigint, length int) returns bytea language sql immutable as
  $$ select substr(sha256(n::text::bytea) || sha256(('a' || n)::bytea) || sha256(('b' || n)::bytea) || sha256(('c' || n)::bytea) || sha256(('d' || n)::bytea) || sha256(('e' || n)::bytea), 1, length) $$`

const id = (kind: keyof typeof KIND, n: string): string => `pg_temp.nth(${KIND[kind]}, ${n})`
const person = (n: string | number): string => id('person', `${n}`)

/** What a firm of this size is made of, as text: another recipe makes another firm. */
export const recipe = (size: Size): string =>
  JSON.stringify([size, openedMatters(size), HELPERS, statements(size).map(([, text]) => text.replace(/\s+/g, ' '))])

/** In the order in which they run. */
function statements(size: Size): [string, string][] {
  const { matters, documents, people } = size
  const step = Math.floor((matters - CLIENT_MATTERS) / (FEW + KEPT_FROM))
  const some = documents - LARGE_MATTER
  const others = people - PEOPLE.others - 180
  const at = `now() - interval '300 days' + n * interval '1 second'`
  return [
    [
      'matters',
      `insert into app.matters (id, client_id, sealed_number, number_token, sealed_title, class, status, created_by, created_at)
      select ${id('matter', 'n')}, ${id('client', `case when n < ${CLIENT_MATTERS} then 0 else 1 + n % ${matters / 5 - 1} end`)}, pg_temp.noise(n, 48), sha256(n::text::bytea),
        pg_temp.noise(n, 70), 'confidential', 'open', ${person(PEOPLE.all)}, ${at} from generate_series(0, ${matters - 1}) n;
      insert into app.matter_keys (matter_id, purpose, version, wrapped)
      select ${id('matter', 'n')}, p, 1, pg_temp.noise(n, 61) from generate_series(0, ${matters - 1}) n, unnest('{half,field}'::text[]) p`,
    ],
    [
      'teams',
      `create temporary table on_team (n bigint, p int, role text);
      insert into on_team select n, ${PEOPLE.all}, 'responsible' from generate_series(0, ${matters - 1}) n;
      insert into on_team select ${CLIENT_MATTERS} + n * ${step}, ${PEOPLE.few}, 'member' from generate_series(0, ${FEW + KEPT_FROM - 1}) n;
      insert into on_team select n, ${PEOPLE.screened}, 'member' from generate_series(0, 499) n;
      -- the group of fifty that a wall is raised against: each on a hundred of that client's matters
      insert into on_team select (p * 17 + n * 19) % ${CLIENT_MATTERS}, ${PEOPLE.others} + p, 'assistant' from generate_series(0, 49) p, generate_series(0, 99) n;
      insert into on_team select ${CLIENT_MATTERS} + (p * 313 + n * 997) % ${matters - CLIENT_MATTERS}, ${PEOPLE.others} + p, 'member' from generate_series(0, ${others - 1}) p, generate_series(0, 49 + p * 37 % 451) n;
      insert into app.team_members (id, matter_id, person_id, role, added_by, starts_at)
      select ${id('member', 'row_number() over (order by n, p)')}, ${id('matter', 'n')}, ${person('p')}, max(role), ${person(PEOPLE.all)}, now() - interval '200 days' from on_team group by n, p`,
    ],
    [
      'groups',
      `insert into app.group_members (group_id, person_id) select ${id('group', `${LOCKED}`)}, ${person(`${PEOPLE.others} + n`)} from generate_series(0, 49) n
      union all select ${id('group', `${PRACTICE}`)}, ${person(`${PEOPLE.others} + 60 + n`)} from generate_series(0, 13) n
      union all select ${id('group', `${PRACTICE}`)}, ${person(PEOPLE.grouped)}
      union all select ${id('group', '2 + g')}, ${person(`${PEOPLE.others} + (g * 7 + n) % ${others}`)} from generate_series(0, 37) g, generate_series(0, 11) n;
      insert into app.group_terms (group_id, person_id, since) select group_id, person_id, now() - interval '200 days' from app.group_members;
      insert into app.matter_groups (id, matter_id, group_id, sealed_reason, opened_by, starts_at)
      select ${id('opening', 'row_number() over ()')}, ${id('matter', 'o.n')}, ${id('group', 'o.g')}, pg_temp.noise(o.n, 60), ${person(PEOPLE.all)}, now() - interval '100 days' from (
        select ${CLIENT_MATTERS} + n * ${step} + 1 as n, ${PRACTICE} as g from generate_series(0, ${FEW - 2}) n
        union all select ${largeMatter(size)}, ${PRACTICE}
        union select (g * 5003 + n * 101) % ${matters}, 2 + g from generate_series(0, 29) g, generate_series(0, 99 + g * 30) n where n < ${matters}) o`,
    ],
    [
      'documents',
      `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by, created_at)
      select ${id('document', 'n')}, ${id('matter', `case when n < ${some} then n::bigint * 7919 % ${matters} else ${largeMatter(size)} end`)}, pg_temp.noise(n, 60), sha256(n::text::bytea), 'confidential',
        ${person(PEOPLE.all)}, ${at} from generate_series(0, ${documents - 1}) n`,
    ],
    [
      'versions',
      `insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by)
      select ${id('version', 'n')}, ${id('document', 'n')}, ${id('matter', `case when n < ${some} then n::bigint * 7919 % ${matters} else ${largeMatter(size)} end`)}, 1, pg_temp.noise(n, 61), pg_temp.noise(n, 180),
        sha256(n::text::bytea), 40000 + n % 1000000, ${person(PEOPLE.all)} from generate_series(0, ${documents - 1}) n`,
    ],
    [
      'lists',
      `insert into app.listings (matter_id, class, stripe, changes, documents) select matter_id, class, 0, 1, count(*) from app.documents group by 1, 2`,
    ],
    [
      'walls',
      `insert into app.walls (id, kind, rule, sealed_words, announced, withholds, certify_days, remind_days, need_known_at, starts_at, raised_by)
      select ${id('wall', 'n')}, case when n % 8 = 7 then 'two-sided' else 'exclusion' end, '1.10(a)(2)', pg_temp.noise(n, 180), n % 4 = 0, n % 16 = 0, 180, 90, now() - interval '101 days', now() - interval '100 days',
        ${person(PEOPLE.keeper)} from generate_series(0, 419) n;
      -- the first twenty keep \`few\` from their first twenty matters, one in four by a group; the next hundred keep \`all\` out; the rest others
      insert into app.wall_targets (wall_id, side, matter_id, client_id)
      select ${id('wall', 'n')}, 'a', ${id('matter', `case when n < ${KEPT_FROM} then ${CLIENT_MATTERS} + n * ${step} else ${CLIENT_MATTERS} + 7 + n * ${step} % ${matters - CLIENT_MATTERS - 8} end`)}, null::uuid from generate_series(0, 419) n where n < 120 or n % 3 > 0
      union all select ${id('wall', 'n')}, 'a', null, ${id('client', `1 + n * 31 % ${matters / 5 - 1}`)} from generate_series(120, 419) n where n % 3 = 0
      union all select ${id('wall', 'n')}, 'b', null, ${id('client', `1 + (n * 31 + 500) % ${matters / 5 - 1}`)} from generate_series(0, 419) n where n % 8 = 7;
      insert into app.group_members (group_id, person_id) values (${id('group', '39')}, ${person(PEOPLE.few)});
      insert into app.wall_people (wall_id, side, person_id, group_id)
      select ${id('wall', 'n')}, 'a', case when n % 4 > 0 then ${person(PEOPLE.few)} end, case when n % 4 = 0 then ${id('group', '39')} end from generate_series(0, ${KEPT_FROM - 1}) n
      union all select ${id('wall', 'n')}, 'a', ${person(PEOPLE.all)}, null from generate_series(${KEPT_FROM}, 119) n
      union all select ${id('wall', 'n')}, s, ${person(`${PEOPLE.others} + (n * 7 + k) % ${others}`)}, null from generate_series(120, 419) n, unnest('{a,b}'::text[]) s, generate_series(0, 3) k where s = 'a' or n % 8 = 7
      union all select ${id('wall', 'n')}, 'a', null, ${id('group', '2 + n % 37')} from generate_series(120, 419) n where n % 5 = 0;
      insert into app.wall_acknowledgements (wall_id, person_id, screened, acknowledged_at)
      select distinct w.id, t.person_id, false, now() from app.walls w join app.wall_targets g on g.wall_id = w.id join app.matters m on m.id = g.matter_id or m.client_id = g.client_id
      join app.team_members t on t.matter_id = m.id where w.announced
      union select w.id, ${person(PEOPLE.grouped)}, false, now() from app.walls w where w.announced`,
    ],
    // two live sessions of each, and those of three weeks before
    [
      'sessions',
      `insert into app.sessions (id, person_id, secret_hash, kind, idle_limit, ends_at, used_at, revoked_at)
      select ${id('session', `row_number() over (order by p.id, n)`)}, p.id, sha256((p.id::text || n)::bytea), 'browser', interval '12 hours', now() + interval '10 years' - (n / 2) * interval '11 years',
        now() - n * interval '1 day', case when n > 1 and n % 2 = 0 then now() - n * interval '1 day' end from app.people p, generate_series(0, 21) n`,
    ],
    // what those who are to be screened had opened before
    [
      'ledger',
      `insert into ledger.entries (id, at, deed, actor, via, matter_id, object, salt, details_commitment, sealed_details)
      select ${id('entry', 'row_number() over ()')}, now() - interval '90 days', 'document.opened', t.person_id, 'browser', t.matter_id, t.id, substr(pg_temp.noise(1, 16), 1, 16), repeat('c', 44), pg_temp.noise(1, 180)
      from app.team_members t, generate_series(1, 2) where t.person_id <> ${person(PEOPLE.all)}`,
    ],
  ]
}
