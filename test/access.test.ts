import { beforeEach, expect, test } from 'vitest'
import type { PersonId } from '../src/contract/ids.ts'
import type { Permission, Role } from '../src/contract/roles.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { codeIn, give, idOf, waitsFor } from './world/asking.ts'
import { codeOf } from './world/build.ts'
import { CANARIES } from './world/canaries.ts'
import { accept, intruder } from './world/joining.ts'
import { useWorld } from './world/world.ts'

// What running a firm's people must not break: the last who can, other people's accounts, and what is not theirs to see.

const world = useWorld()
beforeEach(() => world.refresh())

const setRoles = (id: PersonId, roles: Role[]) =>
  world.asSuperuser(world.database, (db) => db.run('update app.people set roles = $2 where id = $1', [id, roles]))

test('two administrators who take each other’s role at once leave one, and the last keeps it', async () => {
  const [ada, sam] = [await idOf(world.ada), await idOf(world.sam)]
  const replies = await Promise.all([give(world.ada, sam, []), give(world.sam, ada, ['partner'])])
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 403])
  const left = replies[0]!.status === 200 ? { id: ada, caller: world.ada } : { id: sam, caller: world.sam }
  expect(codeIn(await give(left.caller, left.id, ['staff']))).toBe('person.last_administrator')
  await setRoles(ada, ['partner', 'administrator'])
  await setRoles(sam, ['administrator'])
  // the same with nobody else who could ask: the second finds itself the last
  await setRoles(ada, ['partner'])
  expect(codeIn(await give(world.sam, sam, []))).toBe('person.last_administrator')
  expect(codeIn(await give(world.sam, sam, ['staff']))).toBe('person.last_administrator')
  await setRoles(ada, ['partner', 'administrator'])
})

test('a role of the firm’s own that is the last to run it is neither cut nor retired', async () => {
  const [ada, sam, cora] = [await idOf(world.ada), await idOf(world.sam), await idOf(world.cora)]
  const runner = await world.sam.ok('role.create', {
    body: { name: 'Runner', permissions: ['person.change', 'role.change', 'approval.give'] },
  })
  await setRoles(cora, [runner.id])
  await setRoles(ada, ['partner'])
  // Sam is the only one else, and leaves tomorrow: that does not count
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set leaves_at = now() + interval '1 day' where id = $1`, [sam]))
  const change = (permissions: Permission[]) =>
    world.sam.ask('role.change', { params: { role: runner.id }, body: { name: 'Runner', permissions } })
  expect(codeIn(await change(['role.change', 'approval.give']))).toBe('person.last_administrator')
  expect(await world.sam.refused('role.retire', { params: { role: runner.id } })).toBe('person.last_administrator')
  await world.asSuperuser(world.database, (db) => db.run('update app.people set leaves_at = null where id = $1', [sam]))
  expect((await world.sam.ask('role.retire', { params: { role: runner.id } })).status).toBe(204)
  await setRoles(ada, ['partner', 'administrator'])
  await setRoles(cora, ['paralegal', 'lawyer'])
})

test('a lost factor is renewed by two: everything of before dies, and the link goes to its person with both names', async () => {
  const cora = await idOf(world.cora)
  const old = world.account('cora')
  expect((await world.sam.ok('person.reset', { params: { person: cora }, body: { what: 'factor', reason: 'lost phone' } })).waiting).toBe(
    true,
  )
  expect((await world.cora.ok('person.me')).id).toBe(cora)
  const { id, text } = await waitsFor(world.sam, cora)
  expect(text).toBe('Let Cora Lind enrol a new second factor')
  const { approval, link } = await world.ruth.ok('approval.decide', { params: { approval: id }, body: { approve: true } })
  expect(approval.state).toBe('approved')
  expect(await world.cora.refused('person.me')).toBe('session.none')
  await world.forgetUsedCodes()
  expect(
    await world.caller('cora').refused('session.create', { body: { email: old.email, password: old.password, code: codeOf(old.totp) } }),
  ).toBe('session.refused')
  // the link asks for the password there is, serves once, and there is no second one for this approval
  const enrolled = await accept(world, link!.secret!, old.email)
  expect((await enrolled.caller.ok('person.me')).name).toBe('Cora Lind')
  expect(await world.eve.refused('invitation.read', { body: { secret: link!.secret! } })).toBe('invitation.spent')
  await intruder(world, world.sam, async (ask) => {
    expect((await ask(`select hidden.make_link(sha256('x'), $1, 'factor', now() + interval '1 hour') as ok`, [cora])).rows[0]!.ok).toBe(
      false,
    )
    expect((await ask(`select hidden.make_link(sha256('x'), $1, 'account', now() + interval '1 hour') as ok`, [cora])).rows[0]!.ok).toBe(
      false,
    )
  })
  const told = (await enrolled.caller.ok('notice.list')).notices.map((notice) => notice.text)
  expect(told).toContain('Ruth Okafor approved what Sam Holt asked for: Let Cora Lind enrol a new second factor.')
  world.cora = enrolled.caller
  expect(
    await world.sam.refused('person.reset', { params: { person: await idOf(world.sam) }, body: { what: 'factor', reason: 'x' } }),
  ).toBe('person.oneself')
})

test('a password is renewed by a link that one person makes and that does not pass the second factor', async () => {
  const ben = await idOf(world.ben)
  const { link, waiting } = await world.sam.ok('person.reset', { params: { person: ben }, body: { what: 'password', reason: 'forgot it' } })
  expect([waiting, link!.sent]).toEqual([false, false])
  expect((await world.caller('ben').ok('invitation.read', { body: { secret: link!.secret! } })).kind).toBe('password')
  const attempt = { body: { secret: link!.secret!, password: 'another long enough phrase', code: '000000' } }
  expect(await world.caller('ben').refused('password.reset', attempt)).not.toBe('fault')
  expect((await world.ben.ok('person.me')).id).toBe(ben)
  // an address that changes takes the open link with it
  await world.sam.ok('person.edit', { params: { person: ben }, body: { name: CANARIES.person, email: 'ben.other@wren-ames.test' } })
  expect(await world.caller('ben').refused('invitation.read', { body: { secret: link!.secret! } })).toBe('invitation.spent')
  await world.sam.ok('person.edit', { params: { person: ben }, body: { name: CANARIES.person, email: 'ben@wren-ames.test' } })
})

test('one address is one person, in whatever case or form of Unicode; a link that went to another dies', async () => {
  const invite = (email: string) => world.sam.ask('person.invite', { body: { name: 'Ann Other', email, roles: ['staff'] } })
  for (const email of ['BEN@Wren-Ames.test', 'ｂｅｎ@wren-ames.test', 'ben@ｗren-ames.test'])
    expect([email, (await invite(email)).json]).toMatchObject([email, { error: { code: 'email.taken' } }])
  const made = (await invite('ann@wren-ames.test')).json as { id: PersonId; email: string; invitation: { secret: string } }
  expect(await world.sam.refused('person.edit', { params: { person: made.id }, body: { name: 'Ann', email: 'Ｂen@wren-ames.test' } })).toBe(
    'email.taken',
  )
  const again = await world.sam.ok('person.inviteAgain', { params: { person: made.id } })
  expect(await world.eve.refused('invitation.read', { body: { secret: made.invitation.secret } })).toBe('invitation.spent')
  const edited = await world.sam.ok('person.edit', {
    params: { person: made.id },
    body: { name: 'Ann Other', email: 'ＡＮＮ.OTHER@wren-ames.test' },
  })
  expect([edited.email, edited.signIn!.overdue]).toEqual(['ann.other@wren-ames.test', ['invitation.lapsed']])
  expect(await world.eve.refused('invitation.read', { body: { secret: again.secret! } })).toBe('invitation.spent')
  const last = await world.sam.ok('person.inviteAgain', { params: { person: made.id } })
  await accept(world, last.secret!, 'ann.other@wren-ames.test')
  expect(await world.sam.refused('person.inviteAgain', { params: { person: made.id } })).toBe('person.state')
})

test('how someone signs in is for those who may see it, and matters are those that the reader reaches', async () => {
  const [ada, ben] = [await idOf(world.ada), await idOf(world.ben)]
  const bySam = await world.sam.ok('person.read', { params: { person: ben } })
  expect(bySam.signIn).toMatchObject({ factors: ['totp', 'recovery'], overdue: [] })
  expect(bySam.sessions.length).toBeGreaterThan(0)
  expect(bySam.matters).toEqual([])
  const byCora = await world.cora.ok('person.read', { params: { person: ben } })
  expect([byCora.signIn, byCora.sessions, byCora.devices, byCora.passkeys, byCora.matters, byCora.report]).toEqual([
    null,
    [],
    [],
    [],
    [],
    null,
  ])
  // the other half: it is there, for whoever is on the team
  expect((await world.ada.ok('person.read', { params: { person: ben } })).matters.map((matter) => matter.title)).toEqual([CANARIES.title])
  expect((await world.ben.ok('person.read', { params: { person: ada } })).matters.map((matter) => matter.role)).toEqual(['responsible'])
  // a token that does not reach matters does not come to them by a person's page
  const made = await world.ada.ok('token.create', { body: { name: 'phone book', scope: ['person.list'] } })
  const script = world.caller('ada')
  script.bearer = made.token
  expect((await script.ok('person.read', { params: { person: ben } })).matters).toEqual([])
  expect(await world.cora.refused('entry.of-person', { params: { person: ben } })).toBe('may.not')
  expect(await world.sam.refused('person.read', { params: { person: uuidv7(Date.now()) as PersonId } })).toBe('nothing')
})

test('what is overdue about someone is said', async () => {
  const cora = await idOf(world.cora)
  const overdue = async () => (await world.sam.ok('person.read', { params: { person: cora } })).signIn!.overdue
  const set = (text: string) => world.asSuperuser(world.database, (db) => db.run(`update app.people set ${text} where id = $1`, [cora]))
  expect(await overdue()).toEqual([])
  await set(`seen_at = now() - interval '89 days'`)
  expect(await overdue()).toEqual([])
  await set(`seen_at = now() - interval '91 days', password_due = true`)
  expect(await overdue()).toEqual(['password.due', 'unseen.long'])
  await set(`seen_at = now(), password_due = false, password_changed_at = now() - interval '31 days'`)
  await world.sam.ok('setting.change', {
    params: { setting: 'password' },
    body: { value: { rotationDays: 30, history: 0 }, reason: 'a client asks' },
  })
  expect(await overdue()).toEqual(['password.due'])
  await world.sam.ok('setting.change', {
    params: { setting: 'password' },
    body: { value: { rotationDays: null, history: 0 }, reason: 'no more' },
  })
  await world.asSuperuser(world.database, async (db) => {
    await db.run('delete from app.recovery_codes where person_id = $1', [cora])
    expect(await overdue()).toEqual(['recovery.none'])
    await db.run('update app.people set sealed_totp = null where id = $1', [cora])
  })
  expect(await overdue()).toEqual(['factor.none'])
})
