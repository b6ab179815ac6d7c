import { beforeEach, expect, test } from 'vitest'
import type { PersonId } from '../src/contract/ids.ts'
import type { Permission, Role } from '../src/contract/roles.ts'
import { codeIn, decide, give, idOf, textsOf, waitsFor } from './world/asking.ts'
import type { Caller } from './world/caller.ts'
import { accept, intruder } from './world/joining.ts'
import { useWorld } from './world/world.ts'

// An administrator who wants more than they were given, in every way there is; and the second person who stops them.

const world = useWorld()
beforeEach(() => world.refresh())

const rolesOf = async (id: PersonId): Promise<Role[]> => (await world.ada.ok('person.read', { params: { person: id } })).roles
const setRoles = (id: PersonId, roles: Role[]) =>
  world.asSuperuser(world.database, (db) => db.run('update app.people set roles = $2 where id = $1', [id, roles]))

test('an administrator cannot become compliance alone: what is asked for oneself waits, and oneself does not decide it', async () => {
  const sam = await idOf(world.sam)
  const reply = await give(world.sam, sam, ['administrator', 'compliance'])
  expect(reply.status).toBe(200)
  expect(reply.json).toMatchObject({ roles: ['administrator'], waiting: ['Compliance'] })
  const { id, ripeAt, mayDecide, text, mine } = await waitsFor(world.sam, sam)
  expect({ ripeAt, mayDecide, text, mine }).toEqual({
    ripeAt: null,
    mayDecide: false,
    text: 'Give Sam Holt the role Compliance',
    mine: true,
  })
  expect(codeIn(await decide(world.sam, id))).toBe('approval.oneself')
  expect(await world.sam.refused('entry.all')).toBe('may.not')
  for (const caller of [world.sam, world.ada, world.ruth])
    expect(await textsOf(caller)).toContain('Sam Holt asked for a second person: Give Sam Holt the role Compliance.')
  expect((await textsOf(world.ben)).filter((text) => text.includes('second person'))).toEqual([])

  expect((await decide(world.ruth, id, false)).json).toMatchObject({ approval: { state: 'refused', decidedBy: 'Ruth Okafor' }, link: null })
  expect(await rolesOf(sam)).toEqual(['administrator'])
  expect(codeIn(await decide(world.ada, id))).toBe('approval.decided')
  expect(await textsOf(world.sam)).toContain('Ruth Okafor refused what Sam Holt asked for: Give Sam Holt the role Compliance.')
})

test('the second person gives it at the next statement, with an entry each', async () => {
  const sam = await idOf(world.sam)
  const deeds = await world.deedsOf(async () => {
    expect((await give(world.sam, sam, ['administrator', 'compliance'])).status).toBe(200)
    expect((await decide(world.ruth, (await waitsFor(world.sam, sam)).id)).status).toBe(200)
  })
  expect(deeds.filter((deed) => deed !== 'session.created')).toEqual([
    'person.changed',
    'approval.asked',
    'approval.given',
    'person.changed',
  ])
  expect((await world.sam.ok('entry.all')).entries.length).toBeGreaterThan(0)
  const { entries } = await world.sam.ok('entry.of-person', { params: { person: sam } })
  expect(entries.find(({ deed }) => deed !== 'ledger.read')).toMatchObject({
    deed: 'person.changed',
    actor: { name: 'Ruth Okafor' },
    object: 'Sam Holt',
    details: { given: 'Compliance', reason: 'needed' },
  })
  // taking needs one person, and another one
  expect((await give(world.ada, sam, ['administrator'])).status).toBe(200)
  expect(await world.sam.refused('entry.all')).toBe('may.not')
})

test('nor through a group: it brings nothing guarded, and nobody puts themselves into one or changes what theirs brings', async () => {
  const [sam, cora] = [await idOf(world.sam), await idOf(world.cora)]
  expect(await world.sam.refused('group.create', { body: { name: 'Overseers', roles: ['compliance'] } })).toBe('role.guarded')
  expect(await world.sam.refused('group.create', { body: { name: 'Leaders', roles: ['partner'] } })).toBe('role.guarded')
  const group = await world.sam.ok('group.create', { body: { name: 'Conveyancing', roles: ['lawyer'] } })
  const change = (by: Caller, body: object) =>
    by.ask('group.change', { params: { group: group.id }, body: { name: 'Conveyancing', roles: ['lawyer'], ...body } })
  expect(codeIn(await change(world.sam, { members: [sam] }))).toBe('person.oneself')
  expect(codeIn(await change(world.sam, { roles: ['auditor'] }))).toBe('role.guarded')
  expect((await change(world.ada, { members: [sam, cora] })).status).toBe(200)
  expect(codeIn(await change(world.sam, { roles: ['lawyer', 'records'] }))).toBe('person.oneself')
  const { roles } = await world.cora.ok('role.list')
  expect(
    roles
      .find((role) => role.id === 'lawyer')!
      .holders.filter((holder) => holder.by === 'Conveyancing')
      .map((holder) => holder.name)
      .sort(),
  ).toEqual(['Cora Lind', 'Sam Holt'])
  // even a group that was made to bring one, past every check, brings nothing
  await world.asSuperuser(world.database, async (db) => {
    await db.run('alter table app.groups disable trigger keep_roles')
    await db.run(`update app.groups set roles = '{compliance,lawyer}' where id = $1`, [group.id])
    await db.run('alter table app.groups enable trigger keep_roles')
  })
  expect((await world.sam.ok('person.me')).may).toContain('matter.create')
  expect((await world.sam.ok('person.me')).may).not.toContain('ledger.oversee')
  expect((await change(world.ada, { members: [] })).status).toBe(200)
  expect((await world.sam.ok('person.me')).may).not.toContain('matter.create')
  expect(await world.sam.refused('group.create', { body: { name: ' conveyancing ' } })).toBe('group.taken')
})

test('nor through a role of the firm’s own that is changed later', async () => {
  const cora = await idOf(world.cora)
  const make = (name: string, permissions: Permission[]) => world.sam.ok('role.create', { body: { name, permissions } })
  const grow = (role: string, name: string, permissions: Permission[]) =>
    world.sam
      .ask('role.change', { params: { role }, body: { name, permissions } })
      .then((reply) => (reply.json as { error?: { code: string } }).error?.code ?? reply.status)
  const clock = await make('Clock keeper', ['clock.confirm'])
  expect(clock.guarded).toBe(true)
  await give(world.sam, cora, ['paralegal', 'lawyer', clock.id])
  const { id } = await waitsFor(world.sam, cora)
  expect((await world.ada.ok('approval.list')).approvals.find((one) => one.id === id)!.text).toBe('Give Cora Lind the role Clock keeper')
  // while the second person reads it, it stays what they read
  expect(await grow(clock.id, 'Clock keeper', ['clock.confirm', 'person.list'])).toBe('role.guarded')
  expect(await grow(clock.id, 'Tea maker', ['clock.confirm'])).toBe('role.guarded')
  await decide(world.ada, id)
  expect(await grow(clock.id, 'Clock keeper', ['clock.confirm', 'person.change'])).toBe('role.guarded')
  expect(await grow(clock.id, 'Clock keeper', ['clock.confirm', 'approval.give'])).toBe('role.guarded')
  expect(await grow(clock.id, 'Clock keeper', ['clock.confirm', 'ledger.oversee'])).toBe('role.mixed')
  expect(await grow(clock.id, 'Clock keeper', ['clock.confirm', 'person.list'])).toBe(200)
  // what was not guarded does not become so, nor the other way round
  const reader = await make('Reader', ['person.list'])
  await give(world.sam, cora, ['paralegal', 'lawyer', clock.id, reader.id])
  expect(await rolesOf(cora)).toContain(reader.id)
  expect(await grow(reader.id, 'Reader', ['person.list', 'ledger.oversee'])).toBe('role.guarded')
  expect(await grow(reader.id, 'Reader', ['person.list', 'approval.give'])).toBe('role.guarded')
  expect(await grow(clock.id, 'Clock keeper', ['person.list'])).toBe('role.guarded')
  // one for oneself waits, and does not grow while it waits
  const sam = await idOf(world.sam)
  await give(world.sam, sam, ['administrator', reader.id])
  expect(await grow(reader.id, 'Reader', ['person.list', 'ledger.read'])).toBe('role.guarded')
  await decide(world.ada, (await waitsFor(world.sam, sam)).id)
  // and then it is a role that they hold
  expect(
    await world.sam.refused('role.change', { params: { role: reader.id }, body: { name: 'Reader', permissions: ['matter.list'] } }),
  ).toBe('person.oneself')
  expect(await world.sam.refused('role.retire', { params: { role: reader.id } })).toBe('person.oneself')
  // who holds a retired role holds it no more
  expect((await world.ada.ask('role.retire', { params: { role: reader.id } })).status).toBe(204)
  expect((await world.ada.ask('role.retire', { params: { role: clock.id } })).status).toBe(204)
  expect(await rolesOf(cora)).toEqual(['lawyer', 'paralegal'])
  expect((await world.sam.ok('person.read', { params: { person: sam } })).roleNames).toEqual(['Administrator'])
  expect(await world.sam.refused('person.change', { params: { person: cora }, body: { roles: ['lawyer', reader.id], reason: 'x' } })).toBe(
    'role.unknown',
  )
  expect((await world.sam.ok('role.list')).roles.find((role) => role.id === reader.id)).toMatchObject({ name: 'Reader', holders: [] })
})

test('nor through a puppet whom they invite: nobody is made a second person by one', async () => {
  const helper = await world.sam.ok('role.create', { body: { name: 'Helper', permissions: ['approval.give', 'person.list'] } })
  const sam = await idOf(world.sam)
  for (const role of ['partner', 'compliance', 'administrator', helper.id] as Role[]) {
    const email = `puppet.${role}@wren-ames.test`
    const invited = await world.sam.ok('person.invite', { body: { name: 'Pat Puppet', email, roles: [role] } })
    expect(invited.roles).toEqual([])
    expect(invited.waiting).toHaveLength(1)
    const { caller } = await accept(world, invited.invitation.secret!, email)
    expect((await caller.ok('person.me')).may).toEqual([])
    await give(world.sam, sam, ['administrator', 'auditor']).catch(() => null)
    const { id } = await waitsFor(world.sam, sam)
    // who is neither concerned nor may decide does not know of it
    expect((await decide(caller, id)).status).toBe(404)
    // nor of what was asked for themselves
    expect(codeIn(await decide(world.sam, (await waitsFor(world.sam, invited.id)).id))).toBe('approval.oneself')
    await world.sam.ok('approval.withdraw', { params: { approval: (await waitsFor(world.sam, invited.id)).id } })
  }
  await world.sam.ok('approval.withdraw', { params: { approval: (await waitsFor(world.sam, sam)).id } })
  expect(
    await world.sam.refused('approval.withdraw', { params: { approval: (await world.sam.ok('approval.list')).approvals[0]!.id } }),
  ).toBe('approval.decided')
})

test('whoever it is about does not decide it, nor anyone without the permission; and another cannot withdraw it', async () => {
  const ruth = await idOf(world.ruth)
  await give(world.sam, ruth, ['compliance', 'administrator'])
  const { id } = await waitsFor(world.sam, ruth)
  expect(codeIn(await decide(world.ruth, id))).toBe('approval.oneself')
  expect((await decide(world.ben, id)).status).toBe(404)
  expect((await world.ben.ok('approval.list')).approvals).toEqual([])
  expect(await world.ada.refused('approval.withdraw', { params: { approval: id } })).toBe('nothing')
  expect(
    await world.sam.refused('person.change', {
      params: { person: ruth },
      body: { roles: ['compliance', 'administrator'], reason: 'again' },
    }),
  ).toBe('person.state')
  expect((await world.sam.ask('approval.withdraw', { params: { approval: id } })).status).toBe(204)
  expect(codeIn(await decide(world.ada, id))).toBe('approval.decided')
})

test('a stale factor decides nothing and changes nothing', async () => {
  const ruth = await idOf(world.ruth)
  await give(world.sam, ruth, ['compliance', 'auditor'])
  const { id } = await waitsFor(world.sam, ruth)
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '301 seconds'`))
  expect(codeIn(await decide(world.ada, id))).toBe('factor.stale')
  expect(await world.sam.refused('person.change', { params: { person: ruth }, body: { roles: [], reason: 'x' } })).toBe('factor.stale')
  // the law says the same where the courtesy is passed by
  await intruder(world, world.ada, async (ask) => {
    expect((await ask('select hidden.decide($1, true) as ok', [id])).rows[0]!.ok).toBe(false)
    expect((await ask(`select hidden.change_roles($1, '{}', '{compliance}') as ok`, [ruth])).rows[0]!.ok).toBe(false)
    expect(
      (await ask(`insert into app.roles (role, permissions, sealed_name, made_by) values (gen_random_uuid(), '{}', 'x', hidden.me())`))
        .code,
    ).toBe('42501')
  })
  await world.refresh()
  await world.sam.ok('approval.withdraw', { params: { approval: id } })
})

test('what was asked for by someone who may not any more, or two weeks ago, is not done', async () => {
  const [ruth, sam, cora] = [await idOf(world.ruth), await idOf(world.sam), await idOf(world.cora)]
  await give(world.sam, ruth, ['compliance', 'auditor'])
  const { id } = await waitsFor(world.sam, ruth)
  await give(world.ada, sam, ['staff'])
  expect(codeIn(await decide(world.ada, id))).toBe('approval.decided')
  expect(await rolesOf(ruth)).toEqual(['compliance'])
  await setRoles(sam, ['administrator'])
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.approvals set ends_at = now() - interval '1 second' where id = $1`, [id]),
  )
  expect((await world.ada.ok('approval.list')).approvals.find((one) => one.id === id)).toMatchObject({ state: 'lapsed', mayDecide: false })
  expect(codeIn(await decide(world.ada, id))).toBe('approval.decided')
  // a renewal that lapsed can be asked for again; one that waits cannot
  const reset = () => world.sam.ask('person.reset', { params: { person: cora }, body: { what: 'factor', reason: 'lost' } })
  expect((await reset()).status).toBe(200)
  expect(codeIn(await reset())).toBe('person.state')
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.approvals set ends_at = now() - interval '1 second' where subject_id = $1`, [cora]),
  )
  expect((await reset()).status).toBe(200)
  await world.sam.ok('approval.withdraw', { params: { approval: (await waitsFor(world.sam, cora)).id } })
})
