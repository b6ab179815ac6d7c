import { expect, test } from 'vitest'
import { codeOf } from './world/build.ts'
import type { Caller } from './world/caller.ts'
import { Authenticator } from './world/authenticator.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const proof = (name: string) => ({
  email: world.account(name).email,
  password: world.account(name).password,
  code: codeOf(world.account(name).totp),
})
const wrong = (email: string) => ({ email, password: 'not the pass phrase', code: '123456' })
const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const at = (name: string, address: string): Caller => {
  const caller = world.caller(name)
  caller.address = address
  return caller
}
const statusOf = async (caller: Caller, body: object) => (await caller.ask('session.create', { body })).status

test('ten tries an hour of one account from one place reach the hash, of an unknown account alike; a wait grows after that', async () => {
  for (const email of ['sam@wren-ames.test', 'nobody@wren-ames.test']) {
    const eve = at('eve', '203.0.113.7')
    const statuses = []
    for (let i = 0; i < 13; i += 1) statuses.push(await statusOf(eve, wrong(email)))
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429, 429])
  }
  const left = () => sql<{ s: number }>(`select extract(epoch from max(not_before) - now())::int as s from app.attempts`)
  const first = (await left())[0]!.s
  expect(first).toBeGreaterThan(3500)
  // an hour later: one more, and then two hours
  await sql(`update app.attempts set not_before = not_before - interval '61 minutes'`)
  const eve = at('eve', '203.0.113.7')
  expect([await statusOf(eve, wrong('sam@wren-ames.test')), await statusOf(eve, wrong('sam@wren-ames.test'))]).toEqual([401, 429])
  expect((await left())[0]!.s).toBeGreaterThan(7000)
  // its owner, from their own place, comes in all the same, and that ends the counting
  await world.forgetUsedCodes()
  expect(await statusOf(at('sam', '198.51.100.20'), proof('sam'))).toBe(201)
}, 60_000)

test('ten thousand wrong tries from everywhere neither sign in nor lock the owner out: passkeys and known devices stay open', async () => {
  await sql('delete from app.attempts')
  const own = at('cora', '198.51.100.30')
  await world.forgetUsedCodes()
  expect(await statusOf(own, proof('cora'))).toBe(201)
  const key = new Authenticator()
  const { passkeyOptions } = await own.ok('passkey.begin')
  await own.ok('passkey.create', { body: { name: 'Key', passkey: key.create(passkeyOptions, world.firm.url!) } })
  for (let i = 0; i < 3; i += 1) expect(await statusOf(at('eve', `203.0.113.${i}`), wrong('cora@wren-ames.test'))).toBe(401)
  // the other 9,997, as the door counts them, without the hash that each of them would cost
  const [row] = await sql<{ key: Buffer }>(`select key from app.attempts order by tries desc limit 1`)
  const verdicts = await sql<{ verdict: string; n: number }>(
    `select verdict, count(*)::int as n from generate_series(1, 9997) i,
       lateral hidden.door_try($1, sha256(('place ' || i)::bytea), sha256(('address ' || i)::bytea), $2, null) t group by verdict`,
    [row!.key, (await own.ok('person.me')).id],
  )
  expect(Object.fromEntries(verdicts.map((one) => [one.verdict, one.n]))).toEqual({ go: 97, closed: 9900 })
  const stranger = at('eve', '192.0.2.77')
  expect(await stranger.refused('session.create', { body: wrong('cora@wren-ames.test') })).toBe('session.closed')
  await world.forgetUsedCodes()
  // the right password from a device that the account does not know is stopped as well, and nothing tells it from a wrong one
  expect(await at('cora', '192.0.2.78').refused('session.create', { body: proof('cora') })).toBe('session.closed')
  // a known device, from any place
  await world.forgetUsedCodes()
  own.cookie = null
  own.address = '192.0.2.79'
  await own.ok('session.create', { body: proof('cora') })
  // a passkey, from an unknown device
  await sql('update app.attempts set tries = 5000 where tries < 5000')
  const options = (await stranger.ok('passkey.challenge')).passkeyOptions
  await at('cora', '192.0.2.80').ok('session.create', { body: { passkey: key.get(options, world.firm.url!) } })
}, 60_000)

test('the hundred and first wrong try is remembered and its owner told, once; an unknown account is closed alike', async () => {
  await sql('delete from app.attempts')
  for (const email of ['ruth@wren-ames.test', 'nobody@wren-ames.test']) {
    await statusOf(at('eve', '203.0.113.50'), wrong(email))
    await sql(`update app.attempts set tries = 100 where tries = 1 and not_before is null`)
    const deeds = await world.deedsOf(async () => {
      for (let i = 0; i < 3; i += 1)
        expect(await at('eve', `203.0.113.${60 + i}`).refused('session.create', { body: wrong(email) })).toBe('session.closed')
    })
    expect(deeds).toEqual(['account.closed'])
    await sql('delete from app.attempts')
  }
  expect((await world.ruth.ok('notice.list')).notices.filter((one) => one.text.includes('a hundred wrong passwords'))).toHaveLength(1)
})

test('a new device is told of to its owner, a known one is not; devices and sessions are listed with place and last use', async () => {
  await world.forgetUsedCodes()
  const laptop = at('ben', '198.51.100.1')
  await laptop.ok('session.create', { body: proof('ben') })
  await world.forgetUsedCodes()
  const phone = at('ben', '198.51.100.2')
  phone.userAgent =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
  await phone.ok('session.create', { body: proof('ben') })
  const notices = (await phone.ok('notice.list')).notices
  expect(notices[0]!.text).toBe('You signed in on a new device: Safari on iPhone, from 198.51.100.2.')
  const count = notices.length
  await world.forgetUsedCodes()
  phone.cookie = null
  await phone.ok('session.create', { body: proof('ben') })
  expect((await phone.ok('notice.list')).notices).toHaveLength(count)
  const { sessions, devices } = await phone.ok('session.list')
  expect(sessions.find((one) => one.current)).toMatchObject({ description: 'Safari on iPhone', place: '198.51.100.2', kind: 'browser' })
  expect(devices.find((one) => one.current)).toMatchObject({ description: 'Safari on iPhone', lostAt: null })
  expect((await phone.ok('person.me')).unread).toBeGreaterThan(0)
  await phone.ok('notice.see')
  expect((await phone.ok('person.me')).unread).toBe(0)
})

test('one session is ended, then all the others; a lost device takes its sessions and its access tokens with it, at the next statement', async () => {
  await world.forgetUsedCodes()
  const first = at('ben', '198.51.100.1')
  await first.ok('session.create', { body: proof('ben') })
  const lost = await world.signIn(world.account('ben'), 'ben')
  const third = await world.signIn(world.account('ben'), 'ben')
  const token = world.caller('ben')
  token.bearer = (await lost.ok('token.create', { body: { name: 'On the laptop', scope: ['matter.list'] } })).token
  await token.ok('matter.list')
  const idOf = async (who: Caller) => (await who.ok('person.me')).session.id
  await first.ok('session.revoke', { params: { session: await idOf(third) } })
  expect(await third.refused('person.me')).toBe('session.none')
  expect(await world.cora.refused('session.revoke', { params: { session: await idOf(lost) } })).toBe('nothing')
  const device = (await lost.ok('session.list')).devices.find((one) => one.current)!
  const report = await first.ok('device.lost', { params: { device: device.id } })
  expect(report.ended).toBe(2)
  expect(Date.parse(report.endedAt)).toBeGreaterThanOrEqual(Date.parse(report.reportedAt))
  expect([await lost.refused('person.me'), await token.refused('matter.list')]).toEqual(['session.none', 'session.none'])
  expect(await first.refused('device.lost', { params: { device: device.id } })).toBe('nothing')
  await first.ok('person.me')
  // its cookie opens nothing, and the browser is a new device when its thief signs in with it
  const others = await first.ok('session.revokeAll', { body: {} })
  expect(others.ended).toBeGreaterThan(0)
  expect(await world.ben.refused('person.me')).toBe('session.none')
  world.ben = await world.signIn(world.account('ben'), 'ben')
})

test('a session that turns up in another kind of browser ends, and its owner is told', async () => {
  const own = await world.signIn(world.account('cora'), 'cora')
  const thief = world.caller('eve')
  thief.cookie = own.cookie
  thief.userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  expect(await thief.refused('person.me')).toBe('session.moved')
  expect(await own.refused('person.me')).toBe('session.none')
  expect((await world.cora.ok('notice.list')).notices[0]!.text).toContain('Chrome on Windows')
  // a browser that has updated itself is the same
  const updated = await world.signIn(world.account('cora'), 'cora')
  updated.userAgent = updated.userAgent.replaceAll('140', '141')
  await updated.ok('person.me')
})

test('sensitive acts ask for a factor within five minutes; wrong ones end the session, and a code of another time is told from a wrong one', async () => {
  const ben = await world.signIn(world.account('ben'), 'ben')
  const me = await ben.ok('person.me')
  expect(Date.parse(me.session.freshUntil!)).toBeGreaterThan(Date.now())
  await sql(`update app.sessions set factor_at = now() - interval '301 seconds' where id = $1`, [me.session.id])
  expect((await ben.ok('person.me')).session.freshUntil).toBeNull()
  expect(await ben.refused('token.create', { body: { name: 'x' } })).toBe('factor.stale')
  await world.forgetUsedCodes()
  const { totp } = world.account('ben')
  expect(await ben.refused('session.prove', { body: { code: codeOf(totp, Date.now() - 300_000) } })).toBe('code.skewed')
  const code = codeOf(totp)
  await ben.ok('session.prove', { body: { code } })
  expect(await ben.refused('session.prove', { body: { code } })).toBe('code.refused')
  await ben.ok('token.create', { body: { name: 'x' } })
  for (let i = 0; i < 8; i += 1) await ben.ask('session.prove', { body: { code: '000000' } })
  expect(await ben.refused('person.me')).toBe('session.none')
})

test('PostgreSQL asks for the fresh factor as well: a person’s own SQL changes nothing sensitive without it', async () => {
  const sam = await world.signIn(world.account('sam'), 'sam')
  const me = await sam.ok('person.me')
  await sql(`update app.sessions set factor_at = now() - interval '6 minutes' where id = $1`, [me.id && me.session.id])
  const secret = Buffer.from(sam.cookie!.split('subrosa_')[1]!, 'base64url').toString('hex')
  const tried = await world.firm.house.ways
    .act(
      secret as never,
      () => {},
      'setting.changed',
      async (db) => {
        const no = async (text: string, values: unknown[] = []) => (await db.row<{ ok: boolean }>(text, values))!.ok
        const answers = [
          await no(`select hidden.change_roles($1, '{staff}', '{staff}') as ok`, [me.id]),
          await no(`select hidden.set_password('x') as ok`),
          await no(`select hidden.set_recovery_codes('{}') as ok`),
          await no(`select hidden.set_totp('x', 1) as ok`),
          await no(`select hidden.edit_person($1, 'x', 'x', 'x') as ok`, [me.id]),
          await no(`select hidden.make_link('\\x${'00'.repeat(32)}', $1, 'password', now() + interval '1 hour') as ok`, [me.id]),
        ]
        throw new Error(JSON.stringify(answers))
      },
    )
    .catch((fault: Error) => fault.message)
  expect(tried).toBe(JSON.stringify([false, false, false, false, false, false]))
})

test('an idle session and an old one are nobody; the limits are those of the setting, the strictest of one’s roles', async () => {
  const value = {
    limits: { lawyer: { idleMinutes: 20, hours: 8 }, paralegal: { idleMinutes: 10, hours: 10 } },
    standard: { idleMinutes: 30, hours: 12 },
    passkeyRoles: [],
  }
  await world.refresh()
  await world.sam.ok('setting.change', { params: { setting: 'sessions' }, body: { value, reason: 'Clients ask for it' } })
  const cora = await world.signIn(world.account('cora'), 'cora')
  const me = await cora.ok('person.me')
  const [row] = await sql<{ idle: string; hours: number }>(
    `select idle_limit::text as idle, round(extract(epoch from ends_at - created_at) / 3600)::int as hours from app.sessions where id = $1`,
    [me.session.id],
  )
  expect(row).toEqual({ idle: '00:10:00', hours: 8 })
  await sql(`update app.sessions set used_at = now() - interval '11 minutes' where id = $1`, [me.session.id])
  expect(await cora.refused('person.me')).toBe('session.none')
  const old = await world.signIn(world.account('cora'), 'cora')
  await sql(`update app.sessions set ends_at = now() where id = $1`, [(await old.ok('person.me')).session.id])
  expect(await old.refused('person.me')).toBe('session.none')
})
