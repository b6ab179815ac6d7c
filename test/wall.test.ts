import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { newSecret, secretHash } from '../src/features/sign-in/secrets.ts'
import { ROLES, type Permission, type Role, permissionsOf } from '../src/contract/roles.ts'
import { transaction, openPool, type Db } from '../src/platform/postgres.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()

// the tables whose rows stand under a matter, and how a row tells it
const WALLED = {
  'app.matters': 'id',
  'app.matter_keys': 'matter_id',
  'app.folders': 'matter_id',
  'app.documents': 'matter_id',
  'app.versions': 'matter_id',
  'app.openings': 'matter_id',
} as const

type Membership = { person: number; matter: number; ended: boolean; later: boolean }
type Firm = { roles: Role[][]; matters: number; team: Membership[] }

const firms = fc.integer({ min: 1, max: 5 }).chain((matters) =>
  fc
    .array(fc.uniqueArray(fc.constantFrom(...(Object.keys(ROLES) as Role[])), { minLength: 1, maxLength: 3 }), {
      minLength: 2,
      maxLength: 5,
    })
    .chain((roles) =>
      fc.record({
        roles: fc.constant(roles),
        matters: fc.constant(matters),
        team: fc.uniqueArray(
          fc.record({ person: fc.nat(roles.length - 1), matter: fc.nat(matters - 1), ended: fc.boolean(), later: fc.boolean() }),
          { selector: (one) => `${one.person}/${one.matter}`, maxLength: 14 },
        ),
      }),
    ),
)

/** The whole wall, in the words of the rule: on the team now, and nothing else. */
const within = (firm: Firm, person: number, matter: number): boolean =>
  firm.team.some((one) => one.person === person && one.matter === matter && !one.ended && !one.later)

test('what PostgreSQL shows equals the model, for every person, matter and table of random firms', async () => {
  const shared = world.doorWhere()
  const door = openPool(shared, 2)
  try {
    await fc.assert(
      fc.asyncProperty(firms, async (firm) => {
        const made = await makeFirm(firm)
        for (const [person, secret] of made.secrets.entries()) {
          await transaction(door, { readOnly: true, role: 'subrosa_person', settings: { 'subrosa.secret': secret } }, async (db) => {
            for (const [table, column] of Object.entries(WALLED)) {
              const seen = await db.rows<{ id: string }>(`select distinct ${column}::text as id from ${table} where ${column} = any ($1)`, [
                made.matters,
              ])
              const expected = made.matters.filter((_, matter) => within(firm, person, matter))
              expect(seen.map((row) => row.id).sort(), `${table} for ${firm.roles[person]!.join('+')}`).toEqual(expected.sort())
            }
            await expectAgreement(db, firm.roles[person]!)
          })
        }
        // the other half: all of it is there
        const count = await world.asSuperuser(world.database, (db) =>
          db.row<{ n: number }>('select count(*) as n from app.documents where matter_id = any ($1)', [made.matters]),
        )
        expect(count!.n).toBe(firm.matters)
      }),
      { numRuns: process.env.SLOW ? 200 : 25 },
    )
  } finally {
    await door.end()
  }
})

/** Courtesy and law are asked the same question: `may` in the program, `hidden.may` in the database. */
async function expectAgreement(db: Db, roles: Role[]): Promise<void> {
  const all = Object.keys(ROLES).flatMap((role) => ROLES[role as keyof typeof ROLES] as readonly Permission[])
  for (const permission of new Set(all)) {
    const law = (await db.row<{ ok: boolean }>('select hidden.may($1) as ok', [permission]))!.ok
    expect(law, `${permission} for ${roles.join('+')}`).toBe(permissionsOf(roles).has(permission))
  }
}

async function makeFirm(firm: Firm): Promise<{ secrets: string[]; matters: string[] }> {
  const bytes = Buffer.alloc(40, 1)
  return world.asSuperuser(world.database, async (db) => {
    const people = firm.roles.map(() => uuidv7(Date.now()))
    const secrets = firm.roles.map(() => newSecret())
    const matters = Array.from({ length: firm.matters }, () => uuidv7(Date.now()))
    const maker = (await db.row<{ id: string }>('select id from app.people order by id limit 1'))!.id
    const client = (await db.row<{ id: string }>('select id from app.clients limit 1'))!.id
    for (const [i, id] of people.entries()) {
      await db.run(
        'insert into app.people (id, sealed_name, sealed_email, email_token, roles, joined_at) values ($1, $2, $2, $3, $4, now())',
        [id, bytes, Buffer.from(id), firm.roles[i]],
      )
      await db.run(
        `insert into app.sessions (id, person_id, secret_hash, kind, ends_at) values ($1, $2, $3, 'browser', now() + interval '1 hour')`,
        [uuidv7(Date.now()), id, secretHash(secrets[i]!)],
      )
    }
    for (const id of matters) {
      const document = uuidv7(Date.now())
      await db.run(
        `insert into app.matters (id, client_id, sealed_number, number_token, sealed_title, class, created_by) values ($1, $2, $3, $4, $3, 'confidential', $5)`,
        [id, client, bytes, Buffer.from(id), maker],
      )
      await db.run(`insert into app.matter_keys (matter_id, purpose, version, wrapped) values ($1, 'half', 1, $2)`, [id, bytes])
      await db.run('insert into app.folders (id, matter_id, sealed_name, name_token, created_by) values ($1, $2, $3, $3, $4)', [
        uuidv7(Date.now()),
        id,
        bytes,
        maker,
      ])
      await db.run(
        `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by) values ($1, $2, $3, $3, 'confidential', $4)`,
        [document, id, bytes, maker],
      )
      const version = uuidv7(Date.now())
      await db.run(
        'insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by) values ($1, $2, $3, 1, $4, $4, $4, 1, $5)',
        [version, document, id, bytes, maker],
      )
      await db.run(
        `insert into app.openings (id, version_id, matter_id, session_id, person_id, ends_at) select $1, $2, $3, s.id, s.person_id, now() + interval '1 hour' from app.sessions s where s.secret_hash = $4`,
        [uuidv7(Date.now()), version, id, secretHash(secrets[0]!)],
      )
    }
    for (const one of firm.team) {
      await db.run(
        `insert into app.team_members (id, matter_id, person_id, role, added_by, starts_at, ends_at, ended_by)
         values ($1, $2, $3, 'member', $4, now() + case when $5 then interval '1 day' else interval '-1 day' end, case when $6 then now() - interval '1 hour' end, case when $6 then $4::uuid end)`,
        [uuidv7(Date.now()), matters[one.matter], people[one.person], maker, one.later, one.ended],
      )
    }
    return { secrets, matters }
  })
}

test('a session that was revoked, has ended or idled out sees nothing at the next statement', async () => {
  const made = await makeFirm({ roles: [['partner']], matters: 1, team: [{ person: 0, matter: 0, ended: false, later: false }] })
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
