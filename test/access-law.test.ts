import { beforeEach, expect, test } from 'vitest'
import { BuiltInRole, isGuarded, isMixed, kindOf, Permission } from '../src/contract/roles.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { openSetting } from '../src/features/settings/settings.ts'
import { codeIn, give, idOf, textsOf, waitsFor } from './world/asking.ts'
import { intruder, newcomer } from './world/joining.ts'
import { useWorld } from './world/world.ts'

// Roles, groups and settings, and the same asked of PostgreSQL by SQL of one's own.

const world = useWorld()
beforeEach(() => world.refresh())

test('roles are told in words with who holds them; names are unique, and words are sealed at rest', async () => {
  const { roles, permissions } = await world.ben.ok('role.list')
  expect(roles.filter((role) => role.builtIn).map((role) => role.id)).toEqual(BuiltInRole.options)
  for (const role of roles) expect(role.words || role.name, role.id).toMatch(/\w/)
  expect(
    roles
      .find((role) => role.id === 'administrator')!
      .holders.map((holder) => holder.name)
      .sort(),
  ).toEqual(['Ada Wren', 'Sam Holt'])
  expect(permissions.map((permission) => permission.id).sort()).toEqual([...Permission.options].sort())
  const create = (name: string, wanted: Permission[] = ['person.list']) =>
    world.sam.ask('role.create', { body: { name, words: 'marked kzqrole words', permissions: wanted } })
  for (const name of ['Partner', 'ａdministrator', 'COMPLIANCE '])
    expect([name, (await create(name)).json]).toMatchObject([name, { error: { code: 'role.taken' } }])
  expect((await create('Billing kzqrole')).status).toBe(201)
  expect(codeIn(await create('billing  KZQROLE'))).toBe('role.taken')
  expect(codeIn(await create('Both', ['person.change', 'matter.read']))).toBe('role.mixed')
  expect(codeIn(await create('Both', ['clock.confirm', 'ledger.read']))).toBe('role.mixed')
  expect((await create('None', [])).status).toBe(400)
  expect(await world.ben.refused('role.create', { body: { name: 'Mine', permissions: ['matter.read'] } })).toBe('may.not')
  const rest = await world.asSuperuser(world.database, (db) =>
    db.rows<{ t: string }>(`select r::text as t from app.roles r union all select e::text from ledger.entries e`),
  )
  expect(rest.filter((row) => row.t.includes(Buffer.from('kzqrole').toString('hex')))).toEqual([])
})

test('a setting is validated, kept in versions, and its secret is written and never read back', async () => {
  const change = (setting: 'sso' | 'sessions' | 'leaving', value: object) =>
    world.sam.ask('setting.change', { params: { setting }, body: { value: value as never, reason: 'as agreed' } })
  const code = async (reply: Promise<{ json: unknown }>) => ((await reply).json as { error?: { code: string } }).error?.code
  const sso = {
    on: true,
    label: 'Our login',
    issuer: 'https://one.example',
    clientId: 'abc',
    secondFactor: { acr: [], amr: [] },
    joining: 'invited',
    groupsClaim: 'groups',
  }
  const kept = async () => {
    const row = await world.asSuperuser(world.database, (db) =>
      db.row<{ version: number; sealed_value: Buffer }>(
        `select version, sealed_value from app.settings where name = 'sso' order by version desc limit 1`,
      ),
    )
    return openSetting(world.firm.house, 'sso', row!.version, row!.sealed_value).clientSecret
  }
  expect(await code(change('sso', { ...sso, clientId: ' ' }))).toBe('setting.refused')
  expect(await code(change('sso', { ...sso, issuer: 'not an address' }))).toBe('setting.refused')
  const first = await change('sso', { ...sso, clientSecret: 'kzqsecret of the provider' })
  expect(first.json).toMatchObject({
    // the world has set it once
    version: 2,
    setBy: 'Sam Holt',
    reason: 'as agreed',
    value: { clientSecretSet: true, issuer: 'https://one.example' },
  })
  const listed = await world.ruth.ask('setting.list')
  for (const reply of [first, listed]) expect(reply.bytes.toString()).not.toContain('kzqsecret')
  // left out, it stays; with another provider it is gone, and no earlier one is ever told
  expect((await change('sso', { ...sso, label: 'Login' })).json).toMatchObject({ version: 3, value: { clientSecretSet: true } })
  expect(await kept()).toBe('kzqsecret of the provider')
  expect((await change('sso', { ...sso, issuer: 'https://two.example' })).json).toMatchObject({
    version: 4,
    value: { clientSecretSet: false },
  })
  expect(await kept()).toBeUndefined()
  await change('sso', { ...sso, on: false })
  expect(await kept()).toBeUndefined()
  const rest = await world.asSuperuser(world.database, (db) =>
    db.rows<{ t: string }>(`select s::text as t from app.settings s union all select e::text from ledger.entries e`),
  )
  expect(rest.filter((row) => /kzqsecret|6b7a71736563726574/.test(row.t))).toEqual([])
  const { entries } = await world.ada.ok('entry.all')
  expect(JSON.stringify(entries)).not.toContain('kzqsecret')
  expect(entries.find((entry) => entry.deed === 'setting.changed')).toMatchObject({
    object: 'sso',
    details: { changed: 'on, issuer', version: 5 },
  })
  expect(await textsOf(world.ruth)).toContain('Sam Holt changed the firm’s setting “Single sign-on”.')

  const standard = { idleMinutes: 30, hours: 12 }
  expect(await code(change('sessions', { limits: {}, standard: { idleMinutes: 30, hours: 25 }, passkeyRoles: [] }))).toBe('setting.refused')
  expect(await code(change('sessions', { limits: { nobody: standard }, standard, passkeyRoles: [] }))).toBe('setting.refused')
  const shut = await change('sessions', { limits: {}, standard, passkeyRoles: ['administrator'] })
  expect(shut.json).toMatchObject({
    error: { code: 'setting.refused', text: expect.stringMatching(/^Ada Wren and Sam Holt have no passkey yet/) },
  })
  expect((await change('sessions', { limits: { compliance: { idleMinutes: 5, hours: 1 } }, standard, passkeyRoles: [] })).status).toBe(200)
  const [ben, cora] = [await idOf(world.ben), await idOf(world.cora)]
  expect((await change('leaving', { successor: ben })).status).toBe(200)
  expect(await code(change('leaving', { successor: await idOf(world.sam) }))).toBe('setting.refused')
  expect((await change('leaving', { successor: cora })).status).toBe(200)
  expect((await change('leaving', { successor: null })).status).toBe(200)
  expect(await world.ben.refused('setting.list')).toBe('may.not')
  expect(await world.ada.ok('setting.list')).toMatchObject({
    mail: false,
    passwordLists: expect.arrayContaining([expect.objectContaining({ loaded: false })]),
  })
})

test('SQL of one’s own as each of them gives no role, makes no approval, and reaches no function of the clerk', async () => {
  const [sam, cora, ruth] = [await idOf(world.sam), await idOf(world.cora), await idOf(world.ruth)]
  const other = await newcomer(world, world.sam, 'Olga Other', ['staff'])
  await give(world.sam, cora, ['paralegal', 'lawyer', 'compliance'])
  const { id } = await waitsFor(world.sam, cora)
  const group = await world.sam.ok('group.create', { body: { name: 'For SQL', roles: ['lawyer'] } })
  const person = [uuidv7(Date.now()), Buffer.from('x'), Buffer.from('token of sixteen')]
  const denied: [string, unknown[]?][] = [
    [`update app.people set roles = '{compliance}' where id = hidden.me()`],
    [
      `insert into app.people (id, sealed_name, sealed_email, email_token, roles, created_by) values ($1, $2, $2, $3, '{compliance}', hidden.me())`,
      person,
    ],
    [
      `insert into app.people (id, sealed_name, sealed_email, email_token, roles, created_by) values ($1, $2, $2, $3, '{partner,staff}', hidden.me())`,
      person,
    ],
    [
      `insert into app.people (id, sealed_name, sealed_email, email_token, roles, created_by) values ($1, $2, $2, $3, '{not-made-yet}', hidden.me())`,
      person,
    ],
    [
      `insert into app.people (id, sealed_name, sealed_email, email_token, roles, created_by, joined_at) values ($1, $2, $2, $3, '{}', hidden.me(), now())`,
      person,
    ],
    [`insert into app.roles (role, permissions, sealed_name, made_by) values ('root', '{person.list}', 'x', hidden.me())`],
    [
      `insert into app.roles (role, permissions, sealed_name, made_by) values (gen_random_uuid(), '{person.change,matter.read}', 'x', hidden.me())`,
    ],
    [
      `insert into app.approvals (id, kind, subject_id, roles, sealed_reason, asked_by, state) values (gen_random_uuid(), 'roles', hidden.me(), '{compliance}', 'x', hidden.me(), 'approved')`,
    ],
    [`update app.approvals set state = 'approved'`],
    ['insert into app.group_members (group_id, person_id) values ($1, hidden.me())', [group.id]],
    [`update app.groups set roles_by = null where id = $1`, [group.id]],
    ['update app.firm set thinned_at = null'],
    ['select * from app.links'],
    ['select password_hash from app.people'],
    ['select public_key from app.passkeys'],
    ['update app.settings set version = 9'],
    ['delete from app.settings'],
    [`select hidden.end_access($1)`, [ruth]],
    [`select hidden.shut($1)`, [ruth]],
    [`select hidden.hand_over($1, null, gen_random_uuid())`, [ruth]],
    [`select hidden.settled($1)`, [ruth]],
    ['select * from hidden.leavers()'],
    ['select hidden.thin(now())'],
    [`select * from hidden.account('x', null)`],
    [`insert into app.handovers (matter_id, leaver_id) values ($1, hidden.me())`, [world.orchard.id]],
    [`update app.team_members set role = 'responsible'`],
  ]
  for (const caller of [world.sam, world.ada, world.ruth, world.ben, world.cora, other.caller]) {
    await intruder(world, caller, async (ask) => {
      for (const [text, values] of denied) expect([text, (await ask(text, values)).code]).toEqual([text, '42501'])
      // a group brings nothing guarded, whoever changes it: refused, or out of their reach
      const changed = await ask(
        `with changed as (update app.groups set roles = '{administrator}' where id = $1 returning 1) select count(*)::int as n from changed`,
        [group.id],
      )
      expect(changed.code === '42501' || changed.rows[0]!.n === 0).toBe(true)
      // built-in roles are nobody's to change
      expect(
        (
          await ask(
            `with changed as (update app.roles set permissions = permissions || '{ledger.oversee}' where sealed_name is null returning 1) select count(*)::int as n from changed`,
          )
        ).rows[0]!.n,
      ).toBe(0)
      expect(
        (
          await ask('select hidden.ask_second(gen_random_uuid(), $1, $2, $3, $4) as ok', [
            'roles',
            other.id,
            ['not-made-yet'],
            Buffer.from('x'),
          ])
        ).rows[0]!.ok,
      ).toBe(false)
    })
  }
  // those who run nothing move nothing
  for (const caller of [world.ruth, world.ben, other.caller]) {
    await intruder(world, caller, async (ask) => {
      const asked: [string, unknown[]][] = [
        [`select hidden.change_roles($1, '{staff}', '{}') as ok`, [cora]],
        [`select hidden.ask_second(gen_random_uuid(), 'roles', $1, '{auditor}', 'x') as ok`, [cora]],
        [`select hidden.ask_second(gen_random_uuid(), 'account', $1, null, 'x') as ok`, [cora]],
        [`select hidden.edit_person($1, 'x', 'x', 'x') as ok`, [cora]],
        [`select hidden.stay($1) as ok`, [cora]],
        [`select hidden.take_back($1, '{}') as ok`, [cora]],
        [`select hidden.withdraw($1) as ok`, [id]],
        [`select hidden.make_link(sha256('x'), $1, 'password', now() + interval '1 hour') as ok`, [cora]],
        [`select hidden.end_sessions($1, null) > 0 as ok`, [cora]],
        [`select exists (select from hidden.leave($1, now(), null)) as ok`, [cora]],
        [`select exists (select from hidden.sign_in_of($1)) as ok`, [cora]],
        [`select hidden.knew($1) is not null as ok`, [cora]],
        [`select exists (select from hidden.without_passkey('{lawyer}')) as ok`, []],
      ]
      for (const [text, values] of asked) expect([text, (await ask(text, values)).rows[0]!.ok]).toEqual([text, false])
    })
  }
  // and those who do are stopped at the second person
  await intruder(world, world.sam, async (ask) => {
    expect((await ask(`select hidden.change_roles($1, '{compliance}', '{}')`, [other.id])).code).toBe('SR010')
    expect((await ask(`select hidden.change_roles($1, '{staff}', '{}')`, [sam])).code).toBe('SR010')
    expect((await ask(`select hidden.change_roles($1, '{not-made-yet}', '{}')`, [other.id])).code).toBe('SR010')
    expect((await ask('select hidden.decide($1, true)', [id])).code).toBe('SR012')
    expect((await ask(`select hidden.leave($1, now(), null)`, [sam])).code).toBe('SR012')
    expect((await ask(`select hidden.take_back($1, '{compliance}') as ok`, [other.id])).rows[0]!.ok).toBe(false)
    expect((await ask('select hidden.has_role($1, $2) as ok', [sam, 'administrator'])).rows[0]!.ok).toBe(true)
  })
  await world.sam.ok('approval.withdraw', { params: { approval: id } })
})

test('PostgreSQL and the contract mean the same by guarded, by mixed and by what runs the system', async () => {
  const sets: Permission[][] = [
    [],
    ...Permission.options.map((one) => [one]),
    ...Permission.options.flatMap((one) => Permission.options.map((two) => [one, two])),
  ]
  const rows = await world.asSuperuser(world.database, (db) =>
    db.rows<{ guarded: boolean; mixed: boolean; runs: boolean }>(
      `select hidden.is_guarded(p) as guarded, hidden.is_mixed(p) as mixed, hidden.runs(p) as runs
       from (select string_to_array(one, ' ') as p from unnest($1::text[]) with ordinality t(one, n) order by n) s`,
      [sets.map((set) => set.join(' '))],
    ),
  )
  expect(rows).toEqual(
    sets.map((set) => ({ guarded: isGuarded(set), mixed: isMixed(set), runs: set.some((one) => kindOf(one) === 'system') })),
  )
})
