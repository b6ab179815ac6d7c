import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import pg from 'pg'
import { handOver } from '../src/features/people/leavers.ts'
import { idOf, leave, soon, textsOf, waitsFor } from './world/asking.ts'
import { codeOf } from './world/build.ts'
import { accept, newcomer, ownMatter, teamOf } from './world/joining.ts'
import { slowDownload } from './world/slow.ts'
import { useWorld } from './world/world.ts'

// Someone leaves, and is nobody at the next statement, whatever they still hold.

const world = useWorld()
beforeEach(() => world.refresh())

const sql = (text: string, values?: unknown[]) => world.asSuperuser(world.database, (db) => db.run(text, values))
const rows = <T extends object>(text: string, values?: unknown[]) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))

test('whatever a leaver still holds is nobody’s at the next statement: session, token, running copy, passkey, link, identity', async () => {
  const lea = await newcomer(world, world.ada, 'Lea Lawyer', ['lawyer'])
  const matter = await ownMatter(lea.caller, 'Held by Lea')
  const document = await lea.caller.upload(matter, 'large.bin', '', randomBytes(32_000_000))
  await world.refresh()
  const { token } = await lea.caller.ok('token.create', { body: { name: 'nightly', scope: ['matter.list'] } })
  const script = world.caller('cora')
  script.bearer = token
  expect((await script.ok('matter.list')).matters).toHaveLength(1)
  const { link } = await world.sam.ok('person.reset', { params: { person: lea.id }, body: { what: 'password', reason: 'x' } })
  await sql(
    `insert into app.passkeys (id, person_id, credential_id, public_key, counter, transports, synced, sealed_name) values (gen_random_uuid(), $1, 'cred', 'key', 0, '{}', false, 'x')`,
    [lea.id],
  )
  const copy = await slowDownload(lea.caller, `/api/documents/${document.id}/download`)

  const reply = await leave(world.sam, lea.id, await idOf(world.ada), { reason: 'goes to another firm' })
  expect(reply.status).toBe(200)
  expect(reply.json).toMatchObject({
    state: 'left',
    report: { by: 'Sam Holt', successor: 'Ada Wren', reason: 'goes to another firm', sessionsEnded: 1, tokensEnded: 1, passkeysEnded: 1 },
  })
  expect(await lea.caller.refused('person.me')).toBe('session.none')
  expect(await script.refused('matter.list')).toBe('session.none')
  copy.resume()
  expect(await copy.ended).toBe('cut')
  await world.forgetUsedCodes()
  const { email, password, totp } = lea.account
  expect(await world.eve.refused('session.create', { body: { email, password, code: codeOf(totp) } })).toBe('session.refused')
  expect(await world.eve.refused('invitation.read', { body: { secret: link!.secret! } })).toBe('invitation.spent')
  const left = await rows<{ n: number }>(
    `select (select count(*) from app.sessions where person_id = $1 and revoked_at is null) + (select count(*) from app.passkeys where person_id = $1 and revoked_at is null)
       + (select count(*) from app.recovery_codes where person_id = $1) + (select count(*) from app.links where person_id = $1 and used_at is null)
       + (select count(*) from app.people where id = $1 and (password_hash is not null or sealed_totp is not null)) as n`,
    [lea.id],
  )
  expect(left[0]!.n).toBe(0)
  expect(await world.sam.refused('person.leave', { params: { person: lea.id }, body: { successor: await idOf(world.ada) } })).toBe(
    'person.state',
  )
})

test('a leaving that was set for a time comes by itself, at the next statement after it and before anyone tidies up', async () => {
  const tom = await newcomer(world, world.ada, 'Tom Tomorrow', ['lawyer'])
  const matter = await ownMatter(tom.caller, 'Until tomorrow')
  const [ada, me] = [await idOf(world.ada), tom.caller]
  const at = new Date(Date.now() + 86_400_000).toISOString()
  expect((await leave(world.sam, tom.id, ada, { at })).json).toMatchObject({ state: 'leaving', leavesAt: at, report: { sessionsEnded: 0 } })
  expect((await me.ok('person.me')).id).toBe(tom.id)
  expect((await textsOf(me)).some((text) => text.startsWith('Your access to the firm ends on'))).toBe(true)
  await handOver(world.firm.house)
  expect(await teamOf(me, matter)).toEqual(['Tom Tomorrow, responsible'])

  await sql(`update app.people set leaves_at = now() - interval '1 millisecond' where id = $1`, [tom.id])
  expect(await me.refused('person.me')).toBe('session.none')
  const open = await rows<{ n: number }>('select count(*) as n from app.sessions where person_id = $1 and revoked_at is null', [tom.id])
  expect(open[0]!.n).toBeGreaterThan(0)
  await handOver(world.firm.house)
  expect(await teamOf(world.ada, matter)).toEqual(['Ada Wren, responsible'])
  // the report counts what ended when the time came
  const { report, state } = await world.sam.ok('person.read', { params: { person: tom.id } })
  expect([state, report!.sessionsEnded, report!.leftAt]).toEqual(['left', 1, at])
})

test('a time in the past is now; a leaving ahead is called off, and by another', async () => {
  const pia = await newcomer(world, world.ada, 'Pia Past', ['staff'])
  const quin = await newcomer(world, world.ada, 'Quin Quitter', ['staff'])
  const ada = await idOf(world.ada)
  expect((await leave(world.sam, pia.id, ada, { at: '2001-01-01T00:00:00Z' })).json).toMatchObject({ state: 'left' })
  expect(await pia.caller.refused('person.me')).toBe('session.none')
  const { leavesAt } = await world.sam.ok('person.read', { params: { person: pia.id } })
  expect(Date.now() - new Date(leavesAt!).getTime()).toBeLessThan(3_600_000)

  expect(await world.sam.refused('person.stay', { params: { person: quin.id } })).toBe('person.state')
  await leave(world.sam, quin.id, ada, { at: soon() })
  expect(await world.sam.ok('person.stay', { params: { person: quin.id } })).toMatchObject({ state: 'active', leavesAt: null })
  expect(await world.sam.refused('person.stay', { params: { person: pia.id } })).toBe('person.state')
  // nobody lets themselves leave, and nobody calls their own leaving off
  const sam = await idOf(world.sam)
  expect(await world.sam.refused('person.leave', { params: { person: sam }, body: { successor: ada } })).toBe('person.oneself')
  await leave(world.ada, sam, ada, { at: soon() })
  expect(await world.sam.refused('person.stay', { params: { person: sam } })).toBe('person.oneself')
  // nor are two leavings that would leave nobody to run the firm, one after the other
  expect(await world.sam.refused('person.leave', { params: { person: ada }, body: { successor: await idOf(world.cora) } })).toBe(
    'person.last_administrator',
  )
  await world.ada.ok('person.stay', { params: { person: sam } })
})

test('an administrator who leaves takes their links and their requests along, and the report says what to exchange', async () => {
  const ann = await newcomer(world, world.ada, 'Ann Admin', ['staff'])
  await sql(`update app.people set roles = '{administrator}' where id = $1`, [ann.id])
  await world.refresh()
  const friend = await ann.caller.ok('person.invite', { body: { name: 'Fred Friend', email: 'fred@wren-ames.test', roles: ['lawyer'] } })
  const cora = await idOf(world.cora)
  await ann.caller.ok('person.change', { params: { person: cora }, body: { roles: ['paralegal', 'lawyer', 'auditor'], reason: 'x' } })
  await ann.caller.ok('token.create', { body: { name: 'directory', scope: ['person.provision'] } })
  await ann.caller.ok('token.create', { body: { name: 'report', scope: ['person.list'] } })
  const sso = {
    on: false,
    label: 'x',
    issuer: 'https://one.example',
    clientId: 'a',
    secondFactor: { acr: [], amr: [] },
    joining: 'invited',
    groupsClaim: 'g',
  }
  await ann.caller.ok('setting.change', { params: { setting: 'sso' }, body: { value: sso, reason: 'trial' } })
  const ask = await waitsFor(world.ada, cora)

  // the time comes, and before anyone tidies up none of it serves
  await leave(world.sam, ann.id, await idOf(world.ada), { at: soon() })
  await sql(`update app.people set leaves_at = now() - interval '1 millisecond' where id = $1`, [ann.id])
  expect(await world.eve.refused('invitation.read', { body: { secret: friend.invitation.secret! } })).toBe('invitation.spent')
  expect(await world.ada.refused('approval.decide', { params: { approval: ask.id }, body: { approve: true } })).toBe('approval.decided')
  await handOver(world.firm.house)
  expect((await world.ada.ok('approval.list')).approvals.find((one) => one.id === ask.id)!.state).toBe('withdrawn')
  const { report, signIn } = await world.sam.ok('person.read', { params: { person: ann.id } })
  expect(report!.tokensEnded).toBe(2)
  expect(report!.rotate.map((one) => one.what)).toEqual([
    'The root key: recovery sheet, keyring file and key backups',
    'The machine that Subrosa runs on',
    'The client secret of the identity provider',
    'The directory’s access token',
    'Access tokens for scripts',
    'Links that they made for others',
  ])
  for (const one of report!.rotate) expect(one.todo).not.toMatch(/subrosa (?!backup --keys-to\b)[a-z]+ /)
  expect(signIn!.overdue).toEqual([])
  const staff = await newcomer(world, world.ada, 'Stan Staff', ['staff'])
  expect(((await leave(world.sam, staff.id, await idOf(world.ada))).json as { report: { rotate: unknown[] } }).report.rotate).toEqual([])
  expect(await world.ben.ok('person.read', { params: { person: staff.id } })).toMatchObject({ report: null, signIn: null, state: 'left' })
})

test('whoever comes back comes with nothing of before: a fresh link, no team, and what is guarded waits', async () => {
  const zoe = await newcomer(world, world.ada, 'Zoe Zigzag', ['lawyer'])
  const matter = await ownMatter(zoe.caller, 'Zoe’s once')
  await sql(`update app.people set roles = '{lawyer,compliance}' where id = $1`, [zoe.id])
  await leave(world.sam, zoe.id, await idOf(world.ada))
  expect(await world.sam.refused('person.change', { params: { person: zoe.id }, body: { roles: ['partner'], reason: 'x' } })).toBe(
    'person.state',
  )
  expect(await world.sam.refused('person.reset', { params: { person: zoe.id }, body: { what: 'account', reason: 'x' } })).toBe(
    'person.state',
  )
  expect(await world.sam.refused('person.inviteAgain', { params: { person: zoe.id } })).toBe('person.state')
  const back = await world.sam.ok('person.return', {
    params: { person: zoe.id },
    body: { roles: ['lawyer', 'compliance'], reason: 'missed' },
  })
  expect(back).toMatchObject({ state: 'invited', roles: ['lawyer'], waiting: ['Compliance'], leavesAt: null })
  await world.forgetUsedCodes()
  const { email, password, totp } = zoe.account
  expect(await world.eve.refused('session.create', { body: { email, password, code: codeOf(totp) } })).toBe('session.refused')
  expect(await zoe.caller.refused('person.me')).toBe('session.none')
  const again = await accept(world, back.invitation.secret!, email)
  expect((await again.caller.ok('person.me')).roles).toEqual(['lawyer'])
  expect(await again.caller.refused('matter.read', { params: { matter } })).toBe('nothing')
  const waiting = await waitsFor(world.sam, zoe.id)
  expect(waiting.text).toBe('Give Zoe Zigzag the role Compliance')
  await world.sam.ok('approval.withdraw', { params: { approval: waiting.id } })
})

test('sessions are ended one by one or all, never by a token, and the asker’s own of now stays', async () => {
  const ivy = await newcomer(world, world.ada, 'Ivy Idle', ['staff'])
  const second = await world.signIn(ivy.account, 'cora')
  const { sessions } = await world.sam.ok('person.read', { params: { person: ivy.id } })
  expect(sessions).toHaveLength(2)
  const end = (body: object) => world.sam.ask('person.endSessions', { params: { person: ivy.id }, body })
  expect((await end({ session: sessions[0]!.id })).json).toEqual({ ended: 1 })
  expect((await end({ session: sessions[0]!.id })).status).toBe(404)
  expect(await second.refused('person.me')).toBe('session.none')
  expect((await ivy.caller.ok('person.me')).id).toBe(ivy.id)
  expect((await end({})).json).toEqual({ ended: 1 })
  expect(await ivy.caller.refused('person.me')).toBe('session.none')
  const own = await world.sam.ok('person.endSessions', { params: { person: await idOf(world.sam) }, body: {} })
  expect(own.ended).toBeGreaterThanOrEqual(0)
  expect((await world.sam.ok('person.me')).name).toBe('Sam Holt')
  expect(await world.ben.refused('person.endSessions', { params: { person: ivy.id }, body: {} })).toBe('may.not')
})

test('someone invited who is not to come after all is let leave, and their link with them', async () => {
  const invited = await world.sam.ok('person.invite', { body: { name: 'Nora Never', email: 'nora@wren-ames.test', roles: ['lawyer'] } })
  expect((await leave(world.sam, invited.id, await idOf(world.ada))).json).toMatchObject({ state: 'left', signIn: { overdue: [] } })
  expect(await world.eve.refused('invitation.read', { body: { secret: invited.invitation.secret! } })).toBe('invitation.spent')
  expect(await world.ada.refused('team.join', { params: { matter: world.orchard.id }, body: { person: invited.id } })).toBe('nothing')
})

test('the clerk hands over only what its job names, and only of someone who has left', async () => {
  const [ben, ada] = [await idOf(world.ben), await idOf(world.ada)]
  const client = new pg.Client(world.clerkWhere())
  await client.connect()
  try {
    const ask = async (text: string, values: unknown[] = []) =>
      client.query(text, values).then(
        (result) => result.rows as Record<string, unknown>[],
        (fault: { code: string }) => fault.code,
      )
    await ask(`select set_config('subrosa.matter', $1, false)`, [world.orchard.id])
    expect(await ask('select * from hidden.hand_over($1, $2, gen_random_uuid())', [ben, ada])).toEqual([])
    expect(await ask('select * from hidden.shut($1)', [ben])).toEqual([])
    expect(await ask('select hidden.settled($1) as ok', [ben])).toEqual([{ ok: false }])
    expect(await ask('select * from hidden.matters_of_leaver($1)', [ben])).toEqual([])
    expect(await ask('select hidden.end_access($1)', [ben])).toBe('42501')
    expect(await ask('select hidden.leave($1, now(), null)', [ben])).toBe('42501')
    expect(await ask('select sealed_name from app.people')).toBe('42501')
    expect(await ask('select * from app.team_members')).toBe('42501')
  } finally {
    await client.end()
  }
  expect((await teamOf(world.ben, world.orchard.id)).length).toBe(2)
})
