import { expect, test } from 'vitest'
import type { ApprovalId, PersonId } from '../src/contract/ids.ts'
import { codeOf } from './world/build.ts'
import { Authenticator } from './world/authenticator.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

// an administrator, or a thief with what someone had yesterday, wants to be someone else
const world = useWorld()
const sql = (text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.run(text, values))
const idOf = async (who: Caller): Promise<PersonId> => (await who.ok('person.me')).id
const proof = (name: string) => ({
  email: world.account(name).email,
  password: world.account(name).password,
  code: codeOf(world.account(name).totp),
})
const waiting = async (who: Caller, person: string) =>
  (await who.ok('approval.list')).approvals.find((one) => one.person === person && one.state === 'waiting')!
const decide = (who: Caller, approval: ApprovalId, approve = true) =>
  who.ask('approval.decide', { params: { approval }, body: { approve } })
const codeIn = (reply: { json: unknown }) => (reply.json as { error?: { code: string } }).error?.code
const join = async (secret: string, password = 'quiet marmot tangerine 77') => {
  const caller = world.caller('noor')
  const { totpSecret } = await caller.ok('invitation.read', { body: { secret } })
  await caller.ok('invitation.accept', { body: { secret, password, totpSecret, code: codeOf(totpSecret) } })
  return caller
}

test('a guarded role is approved for someone who has come, and a fresh link or another address takes back what was given before', async () => {
  const zoe = await world.sam.ok('person.invite', { body: { name: 'Zoe Lund', email: 'zoe@wren-ames.test', roles: ['compliance'] } })
  expect(codeIn(await decide(world.ruth, (await waiting(world.ruth, zoe.id)).id))).toBe('person.state')
  // given while nobody could have been the second, to someone who still has not come
  await sql(`update app.people set roles = '{compliance}' where id = $1`, [zoe.id])
  await world.sam.ok('person.edit', { params: { person: zoe.id }, body: { name: 'Zoe Lund', email: 'sams-own@wren-ames.test' } })
  const link = await world.sam.ok('person.inviteAgain', { params: { person: zoe.id } })
  const puppet = await join(link.secret!)
  expect((await puppet.ok('person.me')).roles).toEqual([])
  expect((await world.ruth.ok('approval.list')).approvals.filter((one) => one.person === zoe.id && one.state === 'waiting')).toEqual([])
  const texts = (await world.ada.ok('notice.list')).notices.map((one) => one.text)
  expect(texts).toContain('Sam Holt changed the e-mail address of Zoe Lund, who has not come yet.')
  expect(texts).toContain('Sam Holt made a fresh invitation for Zoe Lund, who has not come yet.')
})

test('the address stays while a renewal waits, and until someone who was taken back has come', async () => {
  const ben = await idOf(world.ben)
  const edit = () => world.sam.refused('person.edit', { params: { person: ben }, body: { name: 'Ben', email: 'sams@wren-ames.test' } })
  await world.sam.ok('person.reset', { params: { person: ben }, body: { what: 'account', reason: 'Lost both' } })
  expect(await edit()).toBe('person.state')
  const { id } = await waiting(world.ruth, ben)
  // whom it is about says no, with no permission to approve anything
  expect((await waiting(world.ben, ben)).mayRefuse).toBe(true)
  expect(codeIn(await decide(world.ben, id, true))).toBe('may.not')
  expect((await decide(world.ben, id, false)).status).toBe(200)
  expect(codeIn(await decide(world.ruth, id))).toBe('approval.decided')
  // a name alone is no address
  await world.sam.ok('person.edit', { params: { person: ben }, body: { name: 'Ben Renamed', email: 'ben@wren-ames.test' } })
})

test('what was proved for a next step ends with a new password, with ended sessions and with an approved renewal', async () => {
  const due = async () => {
    await sql(`update app.people set password_due = true where email_token = (select email_token from app.people where id = $1)`, [
      await idOf(world.cora),
    ])
    await world.forgetUsedCodes()
    const thief = world.caller('eve')
    const answer = await world.caller('cora').ok('session.create', { body: proof('cora') })
    return () => thief.refused('password.renew', { body: { secret: answer.next!.secret, password: 'quiet marmot tangerine 79' } })
  }
  const deeds = await world.deedsOf(due)
  expect(deeds).toEqual(['session.proved'])
  let renew = await due()
  await world.sam.ok('person.endSessions', { params: { person: await idOf(world.cora) }, body: {} })
  expect(await renew()).toBe('invitation.spent')
  await sql('update app.people set password_due = false')
  world.cora = await world.signIn(world.account('cora'), 'cora')
  renew = await due()
  await world.cora.ok('password.change', { body: { current: world.account('cora').password, password: 'quiet marmot tangerine 80' } })
  world.account('cora').password = 'quiet marmot tangerine 80'
  expect(await renew()).toBe('invitation.spent')
  renew = await due()
  const cora = await idOf(world.cora)
  await world.sam.ok('person.reset', { params: { person: cora }, body: { what: 'account', reason: 'Lost both' } })
  const given = await world.ruth.ok('approval.decide', {
    params: { approval: (await waiting(world.ruth, cora)).id },
    body: { approve: true },
  })
  expect(await renew()).toBe('invitation.spent')
  // and the password of before cannot be chosen again by that link
  const visitor = world.caller('cora')
  const { totpSecret } = await visitor.ok('invitation.read', { body: { secret: given.link!.secret! } })
  const body = { secret: given.link!.secret!, password: 'quiet marmot tangerine 80', totpSecret, code: codeOf(totpSecret) }
  await sql(`insert into app.settings (name, version, sealed_value, sealed_reason, set_by)
    select 'password', 1, 'x', 'x', id from app.people limit 0`)
  await visitor.ok('invitation.accept', { body: { ...body, password: 'quiet marmot tangerine 81' } })
  Object.assign(world.account('cora'), { password: 'quiet marmot tangerine 81', totp: totpSecret })
  world.cora = visitor
})

test('a session begun with a passkey that was revoked since is over, and a sign-in that was proved before a change ends in nothing', async () => {
  const key = new Authenticator()
  const { passkeyOptions } = await world.ben.ok('passkey.begin')
  const { id } = await world.ben.ok('passkey.create', { body: { name: 'Stolen', passkey: key.create(passkeyOptions, world.firm.url!) } })
  const thief = world.caller('ben')
  const options = (await thief.ok('passkey.challenge')).passkeyOptions
  await thief.ok('session.create', { body: { passkey: key.get(options, world.firm.url!) } })
  await world.ben.ok('passkey.revoke', { params: { passkey: id } })
  expect(await thief.refused('person.me')).toBe('session.none')
  await world.ben.ok('person.me')
  // the change comes between the proof and the session
  await world.forgetUsedCodes()
  await sql(
    `create function public.later() returns trigger language plpgsql as $$ begin new.credentials_at := clock_timestamp() + interval '1 second'; return new; end $$`,
  )
  await sql('create trigger later before update of totp_used_step on app.people for each row execute function public.later()')
  expect(await world.caller('ben').refused('session.create', { body: proof('ben') })).toBe('session.refused')
  await sql('drop trigger later on app.people')
  await sql('drop function public.later()')
  await sql(`update app.people set credentials_at = now() - interval '1 minute'`)
})

test('a link for a password tells whoever has the link alone nothing of the password, and a stranger’s asking kills no link', async () => {
  const ben = await idOf(world.ben)
  const made = await world.sam.ok('person.reset', { params: { person: ben }, body: { what: 'password', reason: 'Forgot it' } })
  const { secret } = made.link!
  const tried = (password: string) => world.eve.ask('password.reset', { body: { secret, password, code: '000000' } })
  const right = await tried(world.account('ben').password)
  const other = await tried('quiet marmot tangerine 83')
  expect([right.status, right.bytes.toString()]).toEqual([other.status, other.bytes.toString()])
  const recovery = await world.eve.ask('password.reset', {
    body: { secret: secret!, password: world.account('ben').password, recoveryCode: 'AAAA-BBBB-CCCC' },
  })
  expect(recovery.bytes.toString()).toBe(right.bytes.toString())
  await world.eve.ok('password.forget', { body: { email: 'ben@wren-ames.test' } })
  expect((await world.eve.ok('invitation.read', { body: { secret: secret! } })).kind).toBe('password')
})

test('factors are guessed at a hundred times in all, whichever session asks; then codes are stopped, and their owner is told', async () => {
  const ben = await world.signIn(world.account('ben'), 'ben')
  expect(await ben.refused('session.prove', { body: { code: '000000' } })).toBe('code.refused')
  await sql(`update app.attempts set tries = 100 where window_ends_at > now() + interval '1 year'`)
  expect(await ben.refused('session.prove', { body: { code: '000000' } })).toBe('session.closed')
  await world.forgetUsedCodes()
  expect(await ben.refused('session.prove', { body: { code: codeOf(world.account('ben').totp) } })).toBe('session.closed')
  expect((await ben.ok('notice.list')).notices[0]!.text).toContain('A hundred wrong second factors')
  await sql('delete from app.attempts')
  // a code that is still to come is never called one
  await world.forgetUsedCodes()
  expect(await ben.refused('session.prove', { body: { code: codeOf(world.account('ben').totp, Date.now() + 300_000) } })).toBe(
    'code.refused',
  )
})

test('a device that was lost and found again, and one that someone planted, get a cookie of their own', async () => {
  await world.forgetUsedCodes()
  const laptop = world.caller('ben')
  await laptop.ok('session.create', { body: proof('ben') })
  const before = laptop.jar.get('subrosa-device')
  const device = (await laptop.ok('session.list')).devices.find((one) => one.current)!
  await laptop.ok('device.lost', { params: { device: device.id } })
  await world.forgetUsedCodes()
  laptop.cookie = null
  await laptop.ok('session.create', { body: proof('ben') })
  expect(laptop.jar.get('subrosa-device')).not.toBe(before)
  expect((await laptop.ok('session.list')).devices.find((one) => one.current)).toMatchObject({ lostAt: null })
  await world.forgetUsedCodes()
  const planted = world.caller('ben')
  planted.jar.set('subrosa-device', `subrosa_${Buffer.alloc(32, 7).toString('base64url')}`)
  await planted.ok('session.create', { body: proof('ben') })
  expect(planted.jar.get('subrosa-device')).not.toContain('BwcHBw')
})

test('a passkey whose browser tells nonsense of it is kept without the nonsense', async () => {
  world.ben = await world.signIn(world.account('ben'), 'ben')
  for (const transports of ['usb', 7, { usb: 1 }, ['usb', 'x\u0000y', 'z'.repeat(20_000)]]) {
    const { passkeyOptions } = await world.ben.ok('passkey.begin')
    const made = new Authenticator().create(passkeyOptions, world.firm.url!)
    Object.assign(made.response, { transports })
    expect((await world.ben.ask('passkey.create', { body: { name: 'Odd', passkey: made } })).status).toBe(201)
  }
  const rows = await world.asSuperuser(world.database, (db) =>
    db.rows<{ t: string[] }>(`select transports as t from app.passkeys order by id desc limit 4`),
  )
  expect(rows.map((row) => row.t)).toEqual([['usb'], [], [], []])
})
