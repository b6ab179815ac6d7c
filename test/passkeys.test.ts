import { expect, test } from 'vitest'
import { codeOf } from './world/build.ts'
import { Authenticator } from './world/authenticator.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const origin = () => world.firm.url!

async function addPasskey(who: Caller, name = 'Key ring'): Promise<Authenticator> {
  const key = new Authenticator()
  const { passkeyOptions } = await who.ok('passkey.begin')
  await who.ok('passkey.create', { body: { name, passkey: key.create(passkeyOptions, origin()) } })
  return key
}
const challenge = async () => (await world.caller('eve').ok('passkey.challenge')).passkeyOptions
const signInWith = async (key: Authenticator, wrong = {}, at = origin()) =>
  world.caller('cora').ask('session.create', { body: { passkey: key.get(await challenge(), at, wrong) } })

test('a passkey is added with a fresh factor, named, and signs in alone', async () => {
  const key = await addPasskey(world.cora)
  const caller = world.caller('cora')
  const reply = await caller.ask('session.create', { body: { passkey: key.get(await challenge(), origin()) } })
  expect(reply.status).toBe(201)
  expect((await caller.ok('person.me')).email).toBe('cora@wren-ames.test')
  const [view] = (await caller.ok('factor.list')).passkeys
  expect(view).toMatchObject({ name: 'Key ring', synced: false })
  expect(view!.usedAt).not.toBeNull()
  expect((await caller.ok('passkey.rename', { params: { passkey: view!.id }, body: { name: 'The blue one' } })).name).toBe('The blue one')
})

test('several passkeys stand side by side, and a revoked one is nothing', async () => {
  const first = await addPasskey(world.cora, 'First')
  const second = await addPasskey(world.cora, 'Second')
  const view = (await world.cora.ok('factor.list')).passkeys.find((one) => one.name === 'First')!
  await world.cora.ok('passkey.revoke', { params: { passkey: view.id } })
  expect((await signInWith(first)).status).toBe(401)
  expect((await signInWith(second)).status).toBe(201)
  expect(await world.ben.refused('passkey.revoke', { params: { passkey: view.id } })).toBe('nothing')
})

test('what is wrong with a passkey is refused, each in the same words: origin, host, key, verification, challenge', async () => {
  const key = await addPasskey(world.cora)
  const options = await challenge()
  const replies = [
    await signInWith(key, {}, 'https://evil.example'),
    await signInWith(key, { rpId: 'evil.example' }),
    await signInWith(key, { key: new Authenticator() }),
    await signInWith(key, { verified: false }),
    await signInWith(new Authenticator()),
    await world
      .caller('eve')
      .ask('session.create', { body: { passkey: key.get({ ...options, challenge: Buffer.alloc(40).toString('base64url') }, origin()) } }),
    // a challenge that was given to prove a factor inside a session signs nobody in
    await world
      .caller('eve')
      .ask('session.create', { body: { passkey: key.get((await world.cora.ok('session.challenge')).passkeyOptions!, origin()) } }),
  ]
  for (const reply of replies) expect([reply.status, reply.bytes.toString()]).toEqual([401, replies[0]!.bytes.toString()])
  expect((await signInWith(key)).status).toBe(201)
})

test('an answer serves once, and a challenge for one person enrols nobody else', async () => {
  const key = await addPasskey(world.cora)
  const answer = key.get(await challenge(), origin())
  expect((await world.caller('cora').ask('session.create', { body: { passkey: answer } })).status).toBe(201)
  expect((await world.caller('cora').ask('session.create', { body: { passkey: answer } })).status).toBe(401)
  const { passkeyOptions } = await world.cora.ok('passkey.begin')
  const forged = new Authenticator().create(passkeyOptions, origin())
  expect(await world.ben.refused('passkey.create', { body: { name: 'Mine now', passkey: forged } })).toBe('passkey.refused')
  await world.cora.ok('passkey.create', { body: { name: 'Once', passkey: forged } })
  expect(await world.cora.refused('passkey.create', { body: { name: 'Twice', passkey: forged } })).toBe('passkey.refused')
})

test('a passkey that counts backwards is stopped, its owner is told, and it signs in no more', async () => {
  const key = await addPasskey(world.cora, 'Copied')
  expect((await signInWith(key)).status).toBe(201)
  expect((await signInWith(key)).status).toBe(201)
  key.counter -= 2
  const deeds = await world.deedsOf(async () => {
    const reply = await signInWith(key)
    expect([reply.status, (reply.json as { error: { code: string } }).error.code]).toEqual([401, 'passkey.cloned'])
  })
  expect(deeds).toEqual(['passkey.cloned'])
  key.counter += 100
  expect((await signInWith(key)).status).toBe(401)
  expect((await world.cora.ok('notice.list')).notices[0]!.text).toContain('counted backwards')
})

test('a passkey that never counts is no copy', async () => {
  const key = await addPasskey(world.cora)
  for (let i = 0; i < 3; i += 1) expect((await signInWith(key, { count: false })).status).toBe(201)
})

test('a passkey proves a factor again, in its own session only', async () => {
  const key = await addPasskey(world.cora)
  const stale = () =>
    world.asSuperuser(world.database, (db) =>
      db.run(`update app.sessions set factor_at = now() - interval '6 minutes' where kind <> 'token'`),
    )
  await stale()
  expect(await world.cora.refused('recovery.create')).toBe('factor.stale')
  const { passkeyOptions } = await world.cora.ok('session.challenge')
  const other = await world.signIn(world.account('cora'), 'cora')
  await stale()
  expect(await other.refused('session.prove', { body: { passkey: key.get(passkeyOptions!, origin()) } })).toBe('passkey.refused')
  await world.cora.ok('session.prove', { body: { passkey: key.get(passkeyOptions!, origin()) } })
  await world.cora.ok('recovery.create')
  expect(await other.refused('recovery.create')).toBe('factor.stale')
  await world.refresh()
})

test('the last factor stays, and the authenticator app goes once a passkey is there', async () => {
  const ben = await world.signIn(world.account('ben'), 'ben')
  expect(await ben.refused('totp.remove')).toBe('factor.last')
  const key = await addPasskey(ben, 'Only one')
  await ben.ok('totp.remove')
  const view = (await ben.ok('factor.list')).passkeys.find((one) => one.name === 'Only one')!
  expect(await ben.refused('passkey.revoke', { params: { passkey: view.id } })).toBe('factor.last')
  await world.forgetUsedCodes()
  const { email, password, totp } = world.account('ben')
  const withCode = await world.caller('ben').ask('session.create', { body: { email, password, code: codeOf(totp) } })
  expect(withCode.status).toBe(401)
  expect((await signInWith(key)).status).toBe(201)
})

test('a setting asks a role for a passkey: codes and access tokens by code are refused then', async () => {
  const value = { limits: {}, standard: { idleMinutes: 30, hours: 12 }, passkeyRoles: ['administrator'] }
  const change = (body: object) =>
    world.sam.refused('setting.change', { params: { setting: 'sessions' }, body: { value: body, reason: 'Insurer' } })
  // nobody is locked out: who holds the role has a passkey first
  expect(await change(value)).toBe('setting.refused')
  const key = await addPasskey(world.sam)
  await addPasskey(world.ada)
  await world.sam.ok('setting.change', { params: { setting: 'sessions' }, body: { value, reason: 'Insurer' } })
  await world.forgetUsedCodes()
  const { email, password, totp } = world.account('sam')
  const proof = { email, password, code: codeOf(totp) }
  expect(await world.caller('sam').refused('session.create', { body: proof })).toBe('session.passkey_only')
  await world.forgetUsedCodes()
  expect(await world.caller('sam').refused('token.issue', { body: { name: 'x', ...proof } })).toBe('session.passkey_only')
  await world.forgetUsedCodes()
  expect(await world.sam.refused('session.prove', { body: { code: codeOf(totp) } })).toBe('session.passkey_only')
  const signedIn = world.caller('sam')
  await signedIn.ok('session.create', { body: { passkey: key.get(await challenge(), origin()) } })
  await signedIn.ok('setting.change', {
    params: { setting: 'sessions' },
    body: { value: { ...value, passkeyRoles: [] }, reason: 'The test is over' },
  })
})
