import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { secretHash } from '../src/features/sign-in/secrets.ts'
import { PERMISSIONS, ROLES, type Permission, type Role, permissionsOf } from '../src/contract/roles.ts'
import { isDenied, transaction, openPool, type Db } from '../src/platform/postgres.ts'
import { CLEAR, firms, makeFirm, type Made } from './wall.firms.ts'
import { sees, type Firm } from './wall.model.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
// its firms are written into the tables as they are
world.hasKeys = false

// the tables whose rows stand under a matter, and how a row tells it
const WALLED = {
  'app.matters': 'id',
  'app.matter_keys': 'matter_id',
  'app.folders': 'matter_id',
  'app.documents': 'matter_id',
  'app.versions': 'matter_id',
  'app.openings': 'matter_id',
  'app.parties': 'matter_id',
  'app.register': 'matter_id',
} as const

test('what PostgreSQL shows equals the model and the explanation, for every person, matter and verb of random firms', async () => {
  const door = openPool(world.doorWhere(), 2)
  try {
    await fc.assert(
      fc.asyncProperty(firms, async (firm) => {
        const made = await world.asSuperuser(world.database, (db) => makeFirm(db, firm, ['lawyer']))
        const should = (person: number) => made.matters.filter((_, matter) => sees(firm, person, matter))
        for (const [person, secret] of made.secrets.entries()) {
          await transaction(door, { role: 'subrosa_person', settings: { 'subrosa.secret': secret } }, async (db, undo) => {
            for (const [table, column] of Object.entries(WALLED)) {
              const seen = await db.rows<{ id: string }>(`select distinct ${column}::text as id from ${table} where ${column} = any ($1)`, [
                made.matters,
              ])
              expect(seen.map((row) => row.id).sort(), `${table} for ${person} of ${JSON.stringify(firm)}`).toEqual(should(person).sort())
            }
            await sameLists(db, made)
            for (const matter of made.matters)
              expect(await addsDocument(db, made.people[person]!, matter), 'document.upload').toBe(should(person).includes(matter))
            undo()
          })
        }
        await world.asSuperuser(world.database, (db) =>
          db.run(`update app.people set roles = '{lawyer,compliance}' where id = any ($1)`, [made.people]),
        )
        for (const secret of made.secrets)
          await transaction(door, { readOnly: true, role: 'subrosa_person', settings: { 'subrosa.secret': secret } }, (db) =>
            sameLists(db, made),
          )
        await world.asSuperuser(world.database, async (db) => {
          for (const [person, one] of made.people.entries())
            for (const [i, matter] of made.matters.entries()) {
              const told = await db.row<{ saw: boolean; sees: boolean }>(
                'select hidden.saw($1, $2, now()) as saw, hidden.sees($1, $2) as sees',
                [one, matter],
              )
              expect(told, `explained for ${person} × ${i} of ${JSON.stringify(firm)}`).toEqual({
                saw: sees(firm, person, i),
                sees: sees(firm, person, i),
              })
            }
          await sameReach(db, made)
          // and where the firm lets groups in otherwise
          await db.run('begin')
          await db.run('insert into app.matrix (version, rules) values (1, $1)', [OTHERWISE])
          await sameReach(db, made)
          await db.run('rollback')
          // the other half: all of it is there
          const count = await db.row<{ n: number }>('select count(*) as n from app.documents where matter_id = any ($1)', [made.matters])
          expect(count!.n).toBe(firm.classes.length)
          await db.run(CLEAR)
        })
      }),
      { numRuns: process.env.SLOW ? 1000 : 25 },
    )
  } finally {
    await door.end()
  }
}, 7_200_000)

/** The register and the clients as lists hold what their policies show card by card and client by client. */
async function sameLists(db: Db, { matters, clients }: Made): Promise<void> {
  expect(await ids(db, 'select matter as id from hidden.register_of($1, null)', matters)).toEqual(
    await ids(db, 'select matter_id as id from app.register where matter_id = any ($1)', matters),
  )
  expect(await ids(db, 'select client_id as id from hidden.clients_known() where client_id = any ($1)', clients)).toEqual(
    await ids(db, 'select id from app.clients where id = any ($1)', clients),
  )
}
const OTHERWISE = JSON.stringify({
  classes: { confidential: { groups: false }, privileged: { maxGroup: 2 }, restricted: { groups: true } },
})
/** What a search works out at once for all of a person's matters is what the wall says of each, of every class of documents in it. */
async function sameReach(db: Db, { people, matters }: Made): Promise<void> {
  const rows = await db.rows<{ said: string; all: boolean; each: boolean }>(
    `select concat_ws(' ', p.id, m.id, c.class) as said, hidden.sees(p.id, m.id, nullif(c.class, '')) as each,
       case when c.class = '' then r.matter_id is not null else coalesce(r.classes & hidden.class_bit(c.class), 0) <> 0 end as "all"
     from unnest($1::uuid[]) p(id) cross join unnest($2::uuid[]) m(id) cross join unnest('{"",confidential,privileged,restricted}'::text[]) c(class)
     left join lateral (select * from hidden.sees_all_of(p.id)) r on r.matter_id = m.id`,
    [people, matters],
  )
  expect(rows.filter((row) => row.all !== row.each)).toEqual([])
  // and the same of some of them, asked by their ids
  const some = [...matters.filter((_, at) => at % 2 === 0), ...matters.slice(0, 1), uuidv7(Date.now())]
  const differ = `select 1 from unnest($1::uuid[]) p(id) cross join lateral (
      (select * from hidden.sees_all_of(p.id) r where r.matter_id = any ($2) except all select * from hidden.sees_among(p.id, $2))
      union all (select * from hidden.sees_among(p.id, $2) except all select * from hidden.sees_all_of(p.id))) x`
  expect(await db.rows(differ, [people, some])).toEqual([])
  expect(rows.length).toBe(people.length * matters.length * 4)
  const others = 'select 1 from unnest($1::uuid[]) p(id) cross join lateral hidden.sees_all_of(p.id) r where r.matter_id <> all ($2)'
  expect(await db.rows(others, [people, matters])).toEqual([])
  const twice =
    'select 1 from unnest($1::uuid[]) p(id) cross join lateral hidden.sees_all_of(p.id) r group by p.id, r.matter_id having count(*) > 1'
  expect(await db.rows(twice, [people])).toEqual([])
  const floors =
    'select 1 from unnest($1::uuid[]) p(id) cross join lateral hidden.sees_all_of(p.id) r where r.floor is distinct from hidden.class_of(r.matter_id)'
  expect(await db.rows(floors, [people])).toEqual([])
}
const ids = async (db: Db, text: string, of: string[]): Promise<string[]> =>
  (await db.rows<{ id: string }>(`${text} order by 1`, [of])).map((row) => row.id)

/** Whether this person can add a document to a matter: tried, and taken back. */
async function addsDocument(db: Db, person: string, matter: string): Promise<boolean> {
  await db.run('savepoint tried')
  const id = uuidv7(Date.now())
  const done = await db
    .run(
      `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by) values ($1, $2, $3, $4, 'restricted', $5)`,
      [id, matter, Buffer.alloc(40, 1), Buffer.from(id), person],
    )
    .then(
      () => true,
      (fault: unknown) => {
        if (isDenied(fault)) return false
        throw fault
      },
    )
  await db.run('rollback to savepoint tried')
  return done
}

test('courtesy and law are asked the same question: `may` in the program, `hidden.may` in the database', async () => {
  const door = openPool(world.doorWhere(), 1)
  const all = Object.keys(PERMISSIONS) as Permission[]
  for (const role of Object.keys(ROLES) as Role[]) {
    const made = await world.asSuperuser(world.database, (db) => makeFirm(db, ALONE, [role]))
    await transaction(door, { readOnly: true, role: 'subrosa_person', settings: { 'subrosa.secret': made.secrets[0]! } }, async (db) => {
      for (const permission of all) {
        const law = (await db.row<{ ok: boolean }>('select hidden.may($1) as ok', [permission]))!.ok
        expect(law, `${permission} for ${role}`).toBe(permissionsOf([role]).has(permission))
      }
    })
  }
  await door.end()
})
/** One person on one matter. */
const ALONE: Firm = {
  people: 1,
  clients: [[0]],
  groups: [],
  team: [{ person: 0, matter: 0, from: -1, to: null }],
  openings: [],
  walls: [],
  classes: ['confidential'],
}

test('a session that was revoked, has ended or idled out sees nothing at the next statement', async () => {
  const made = await world.asSuperuser(world.database, (db) => makeFirm(db, ALONE, ['partner']))
  const door = openPool(world.doorWhere(), 1)
  const seen = () =>
    transaction(
      door,
      { role: 'subrosa_person', settings: { 'subrosa.secret': made.secrets[0]! } },
      async (db) => (await db.rows('select id from app.matters where id = any ($1)', [made.matters])).length,
    )
  const set = (what: string) =>
    world.asSuperuser(world.database, (db) =>
      db.run(`update app.sessions set ${what} where secret_hash = $1`, [secretHash(made.secrets[0]!)]),
    )
  expect(await seen()).toBe(1)
  await set('revoked_at = now()')
  expect(await seen()).toBe(0)
  await set(`revoked_at = null, ends_at = now() - interval '1 second'`)
  expect(await seen()).toBe(0)
  await set(`ends_at = now() + interval '1 hour', idle_limit = interval '5 minutes', used_at = now() - interval '6 minutes'`)
  expect(await seen()).toBe(0)
  await set('used_at = now()')
  expect(await seen()).toBe(1)
  await door.end()
})

test('no login can become the owner, the gate or another role than its own', async () => {
  for (const [login, allowed] of [
    [world.doorWhere(), ['subrosa_person', 'subrosa_guest']],
    [world.firm.base.visitor, []],
    [world.clerkWhere(), []],
  ] as const) {
    const pool = openPool(login, 1)
    for (const role of [
      'subrosa_owner',
      'subrosa_gate',
      'subrosa_migrator',
      'subrosa_cluster',
      'subrosa_person',
      'subrosa_guest',
      'subrosa_visitor',
      'subrosa_clerk',
      'subrosa_door',
    ].filter((one) => one !== login.user)) {
      for (const text of [`select set_config('role', '${role}', true)`, `set local role ${role}`]) {
        const became = await transaction(pool, {}, (db) => db.run(text)).then(
          () => true,
          () => false,
        )
        expect(became, `${login.user} as ${role}`).toBe((allowed as readonly string[]).includes(role))
      }
    }
    // back to the login's own role, which holds nothing
    for (const table of ['app.matters', 'app.people', 'ledger.checkpoints']) {
      if (login.user === 'subrosa_clerk') continue
      await expect(
        transaction(pool, { role: 'subrosa_person' }, async (db) => (await db.run('reset role'), db.rows(`select * from ${table}`))),
      ).rejects.toThrow(/permission denied/)
    }
    await pool.end()
  }
})

test('someone with SQL of their own cannot become another person by naming them', async () => {
  const door = openPool(world.doorWhere(), 1)
  const ids = await world.asSuperuser(world.database, (db) =>
    db.row<{ session: string; hash: Buffer }>(
      `select s.id as session, s.secret_hash as hash from app.sessions s order by created_at desc limit 1`,
    ),
  )
  for (const guess of [ids!.session.replaceAll('-', ''), ids!.hash.toString('hex'), '', '00'.repeat(32)]) {
    const me = await transaction(door, { role: 'subrosa_person', settings: { 'subrosa.secret': guess } }, (db) =>
      db.row<{ me: string | null }>('select hidden.me() as me'),
    )
    expect(me!.me).toBeNull()
  }
  for (const text of [
    'select secret_hash from app.sessions',
    'select password_hash from app.people',
    'select sealed_totp from app.people',
    'select * from app.recovery_codes',
    'select * from app.keys',
    'update ledger.entries set deed = deed',
    'delete from ledger.entries',
    'delete from ledger.leaves',
    'update app.people set roles = roles',
  ]) {
    await expect(
      transaction(door, { role: 'subrosa_person' }, (db) => db.rows(text)),
      text,
    ).rejects.toThrow(/permission denied/)
  }
  await door.end()
})
