import { beforeEach, describe, expect, test } from 'vitest'
import { GOLD, openProvider, SILVER, visit } from './fixtures/real-provider.ts'
import { Authenticator } from './world/authenticator.ts'
import { codeOf } from './world/build.ts'
import { useSso } from './world/identity-provider.ts'

// a real identity provider, and whole sign-ins through the HTTP API

const { world, idp, back, set, there, signIn, refused, link, unlink, newcomer, claimsGroup, enrol } = useSso()

describe('linking', () => {
  test('links by issuer and subject, in a session with a fresh factor, and says so', async () => {
    await unlink(world.ada)
    const deeds = await world.deedsOf(() => link(world.ada, 'ada'))
    expect(deeds).toEqual(['identity.linked'])
    expect((await world.ada.ok('factor.list')).identity).toMatchObject({ label: 'ada@wren.example' })
    expect((await world.ada.ok('notice.list')).notices[0]!.text).toMatch(/linked the account ada@wren.example/)
    const rows = await world.asSuperuser(world.database, (db) => db.rows<{ t: string }>('select i::text as t from app.identities i'))
    // three letters of hexadecimals are anywhere; eight are not
    for (const word of [
      'ada@wren',
      ',ada,',
      '"ada"',
      '(ada,',
      ',ada)',
      Buffer.from('ada@').toString('hex'),
      Buffer.from('"ada"').toString('hex'),
    ])
      expect(
        rows.some(({ t }) => t.includes(word)),
        word,
      ).toBe(false)
  })

  test('needs a fresh factor, and is nothing for a token', async () => {
    await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '6 minutes'`))
    for (const call of ['sso.beginLink', 'sso.link', 'sso.unlink'] as const)
      expect(await world.ben.refused(call, { body: {} })).toBe('factor.stale')
    await world.refresh()
    const { token } = await world.sam.ok('token.create', { body: { name: 'script', days: 1 } })
    const script = world.caller('sam')
    script.bearer = token
    expect(await script.refused('sso.beginLink')).toBe('scope.exceeded')
  })

  test('an account that is someone’s already is not another’s, and one has one', async () => {
    await unlink(world.ada)
    await link(world.ada, 'ada')
    idp.provider.login = { login: { accountId: 'ada' } }
    const ben = await world.ben.ok('sso.beginLink')
    expect(await world.ben.refused('sso.link', { body: await visit(ben.url, back()) })).toBe('sso.linked')
    idp.provider.login = { login: { accountId: 'ben' } }
    const again = await world.ada.ok('sso.beginLink')
    expect(await world.ada.refused('sso.link', { body: await visit(again.url, back()) })).toBe('sso.linked')
    expect((await world.ben.ok('factor.list')).identity).toBeNull()
  })

  test('what one session began another does not end, nor is it a sign-in, nor the reverse', async () => {
    await unlink(world.ben)
    idp.provider.login = { login: { accountId: 'ben' } }
    const { url } = await world.ben.ok('sso.beginLink')
    const callback = await visit(url, back())
    const elsewhere = await world.signIn(world.account('ben'), 'ben')
    elsewhere.jar.set('subrosa-step', world.ben.jar.get('subrosa-step')!)
    await world.refresh()
    expect(await elsewhere.refused('sso.link', { body: callback })).toBe('sso.state')
    const visitor = world.caller('ben')
    visitor.jar.set('subrosa-step', world.ben.jar.get('subrosa-step')!)
    expect(await visitor.refused('sso.finish', { body: callback })).toBe('sso.state')
    const signing = await there(world.ben, 'ben')
    expect(await world.ben.refused('sso.link', { body: signing })).toBe('sso.state')
    expect((await world.ben.ok('factor.list')).identity).toBeNull()
  })

  test('unlinked, it lets nobody in; and the only way in stays', async () => {
    await unlink(world.ada)
    await link(world.ada, 'ada')
    expect(await world.deedsOf(() => world.ada.ok('sso.unlink'))).toEqual(['identity.unlinked'])
    expect(await refused('ada', { acr: GOLD })).toBe('sso.unknown')
    expect((await world.ada.ask('sso.unlink')).status).toBe(404)
    await set({ joining: 'groups' })
    await claimsGroup('only-sso', ['staff'])
    const { subject } = newcomer(['only-sso'])
    const { caller, done } = await signIn(subject)
    await enrol(caller, done.next)
    expect(await caller.refused('sso.unlink')).toBe('factor.last')
  })
})

describe('a sign-in', () => {
  beforeEach(async () => {
    await unlink(world.ada)
    await link(world.ada, 'ada')
  })

  test('with a second factor that the provider asked for is one', async () => {
    const deeds = await world.deedsOf(async () => {
      const { caller, done } = await signIn('ada', { acr: GOLD })
      expect(done).toMatchObject({ name: 'Ada Wren', next: null })
      expect(done.token).toBeUndefined()
      const me = await caller.ok('person.me')
      expect([me.name, me.session.kind]).toEqual(['Ada Wren', 'browser'])
      expect(me.session.freshUntil).not.toBeNull()
      expect(caller.jar.has('subrosa-step')).toBe(false)
    })
    expect(deeds).toEqual(['session.created'])
    expect((await signIn('ada', { amr: ['pwd', 'mfa'] })).done.next).toBeNull()
    const asked = idp.provider.asked.findLast(({ path }) => path === '/auth')!.query
    expect([asked.get('acr_values'), asked.get('redirect_uri'), asked.get('code_challenge_method')]).toEqual([GOLD, back(), 'S256'])
  })

  test('may answer the session’s secret to a program', async () => {
    const caller = world.caller('ada')
    const callback = await there(caller, 'ada', { acr: GOLD })
    const done = await caller.ok('sso.finish', { body: { ...callback, as: 'bearer' } })
    expect(caller.cookie).toBeNull()
    caller.bearer = done.token!
    expect((await caller.ok('person.me')).name).toBe('Ada Wren')
  })

  test.each([{}, { acr: SILVER }, { amr: ['pwd'] }])('without one goes on to the firm’s own: %j', async (login) => {
    const { caller, done } = await signIn('ada', login)
    expect(done).toMatchObject({ endsAt: null, next: { step: 'second' } })
    expect(done.next!.factors).toContain('totp')
    expect(caller.cookie).toBeNull()
    expect(await caller.refused('person.me')).toBe('session.none')
    const { secret } = done.next!
    expect(await caller.refused('sso.second', { body: { secret, code: '000000' } })).toBe('code.refused')
    await world.forgetUsedCodes()
    const second = { body: { secret, code: codeOf(world.account('ada').totp) } }
    expect((await caller.ok('sso.second', second)).next).toBeNull()
    expect((await caller.ok('person.me')).name).toBe('Ada Wren')
    await world.forgetUsedCodes()
    expect(await world.caller('ada').refused('sso.second', second)).toBe('invitation.spent')
  })

  test('takes a passkey as the second, and only one of that person', async () => {
    const { passkeyOptions } = await world.ada.ok('passkey.begin')
    const key = new Authenticator()
    const made = await world.ada.ok('passkey.create', { body: { name: 'Key', passkey: key.create(passkeyOptions, world.firm.url!) } })
    const { caller, done } = await signIn('ada')
    expect(done.next!.factors).toContain('passkey')
    const { secret } = done.next!
    // what signs in alone is no proof here
    const alone = await caller.ok('passkey.challenge')
    expect(await caller.refused('sso.second', { body: { secret, passkey: key.get(alone.passkeyOptions, world.firm.url!) } })).toBe(
      'passkey.refused',
    )
    const strange = new Authenticator()
    expect(
      await caller.refused('sso.second', { body: { secret, passkey: strange.get(done.next!.passkeyOptions!, world.firm.url!) } }),
    ).toBe('passkey.refused')
    await caller.ok('sso.second', { body: { secret, passkey: key.get(done.next!.passkeyOptions!, world.firm.url!) } })
    expect((await caller.ok('person.me')).name).toBe('Ada Wren')
    await world.ada.ok('passkey.revoke', { params: { passkey: made.id } })
  })

  test('gives ten tries at the second factor, however often it is begun', async () => {
    const codes: string[] = []
    for (let n = 0; n < 12; n += 1) {
      const { caller, done } = n % 4 === 0 ? await signIn('ada') : { caller: world.caller('ada'), done: { next: null } }
      if (done.next) latest.secret = done.next.secret
      codes.push(await caller.refused('sso.second', { body: { secret: latest.secret, code: '000000' } }))
    }
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('code.refused'))
    expect(codes.slice(10)).toEqual(['session.too_many', 'session.too_many'])
    await world.forgetUsedCodes()
    const { caller, done } = await signIn('ada')
    const body = { secret: done.next!.secret, code: codeOf(world.account('ada').totp) }
    expect(await caller.refused('sso.second', { body })).toBe('session.too_many')
  })
  const latest = { secret: '' }

  test('that the provider authenticated an hour ago has no fresh factor', async () => {
    const { caller, done } = await signIn('ada', { acr: GOLD, ts: Math.floor(Date.now() / 1000) - 3600 })
    expect(done.next).toBeNull()
    expect((await caller.ok('person.me')).session.freshUntil).toBeNull()
    expect(await caller.refused('sso.unlink')).toBe('factor.stale')
  })

  test('asks for a passkey where the roles do, whatever the provider asked for', async () => {
    const { passkeyOptions } = await world.ada.ok('passkey.begin')
    const key = new Authenticator()
    await world.ada.ok('passkey.create', { body: { name: 'Key', passkey: key.create(passkeyOptions, world.firm.url!) } })
    const standard = { limits: {}, standard: { idleMinutes: 30, hours: 12 } }
    await set({ ...standard, passkeyRoles: ['partner'] }, 'sessions')
    try {
      const { caller, done } = await signIn('ada', { acr: GOLD })
      expect(done.next!.step).toBe('second')
      await world.forgetUsedCodes()
      const code = codeOf(world.account('ada').totp)
      expect(await caller.refused('sso.second', { body: { secret: done.next!.secret, code } })).toBe('session.passkey_only')
      const again = await signIn('ada', { acr: GOLD })
      const passkey = key.get(again.done.next!.passkeyOptions!, world.firm.url!)
      await again.caller.ok('sso.second', { body: { secret: again.done.next!.secret, passkey } })
      expect((await again.caller.ok('person.me')).name).toBe('Ada Wren')
    } finally {
      await set({ ...standard, passkeyRoles: [] }, 'sessions')
    }
  })

  test('leaves the way with the password, whatever becomes of the provider', async () => {
    const gone = await openProvider({ isLean: true, back: back() })
    await set({ issuer: gone.issuer })
    gone.close()
    const begun = await world.eve.ask('sso.begin')
    expect([begun.status, await world.eve.refused('sso.begin')]).toEqual([502, 'sso.provider'])
    expect((await (await world.signIn(world.account('ada'), 'ada')).ok('person.me')).name).toBe('Ada Wren')
  })
})
