import { beforeEach, describe, expect, test } from 'vitest'
import { GOLD, visit } from './fixtures/real-provider.ts'
import { useSso } from './world/identity-provider.ts'

// what is refused at the return from the identity provider

const { world, idp, back, set, there, signIn, refused, link, unlink, older, identities, newcomer, claimsGroup } = useSso()

describe('is refused', () => {
  beforeEach(async () => {
    await unlink(world.ada)
    await link(world.ada, 'ada')
  })

  test('an account whose address is someone’s here, but whose subject is nobody’s', async () => {
    for (const joining of ['invited', 'groups']) {
      await set({ joining })
      if (joining === 'groups') await claimsGroup('mallory-group', ['lawyer'])
      idp.provider.people.mallory = { name: 'Ben Ames', email: 'Ben@wren-ames.test', email_verified: true, groups: ['mallory-group'] }
      const before = await identities()
      expect(await world.deedsOf(async () => expect(await refused('mallory', { acr: GOLD })).toBe('sso.unknown'))).toEqual([
        'session.refused',
      ])
      expect(await identities()).toBe(before)
    }
  })

  test('the same subject at another provider', async () => {
    await set({ issuer: idp.other.issuer })
    const caller = world.caller('ada')
    const callback = await there(caller, 'ada', { acr: GOLD }, idp.other)
    expect(await caller.refused('sso.finish', { body: callback })).toBe('sso.unknown')
  })

  test('a callback that is played again', async () => {
    const caller = world.caller('ada')
    const callback = await there(caller, 'ada', { acr: GOLD })
    const step = caller.jar.get('subrosa-step')!
    await caller.ok('sso.finish', { body: callback })
    const thief = world.caller('ada')
    expect(await thief.refused('sso.finish', { body: callback })).toBe('sso.state')
    thief.jar.set('subrosa-step', step)
    idp.provider.asked = []
    expect(await thief.refused('sso.finish', { body: callback })).toBe('sso.code')
    expect(thief.cookie).toBeNull()
    // by us: a provider may forget which codes were used
    expect(idp.provider.asked.filter(({ path }) => path === '/token')).toEqual([])
  })

  test('a callback played twenty times at once signs in once', async () => {
    const caller = world.caller('ada')
    const callback = await there(caller, 'ada', { acr: GOLD })
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => {
        const one = world.caller('ada')
        one.jar.set('subrosa-step', caller.jar.get('subrosa-step')!)
        return one.ask('sso.finish', { body: callback })
      }),
    )
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(19)
  })

  test('what another browser began, and the victim can still end their own', async () => {
    const attacker = world.caller('ada')
    const theirs = await there(attacker, 'ada', { acr: GOLD })
    const victim = world.caller('ada')
    expect(await victim.refused('sso.finish', { body: theirs })).toBe('sso.state')
    const own = await there(victim, 'ada', { acr: GOLD })
    expect(await victim.refused('sso.finish', { body: theirs })).toBe('sso.state')
    await victim.ok('sso.finish', { body: own })
    // nobody spent it for the first
    await attacker.ok('sso.finish', { body: theirs })
  })

  test('a kept step that was changed, made up, or is of another time', async () => {
    const caller = world.caller('ada')
    const callback = await there(caller, 'ada', { acr: GOLD })
    const step = caller.jar.get('subrosa-step')!
    expect(Buffer.from(step, 'base64url').toString('latin1')).not.toContain(callback.state!)
    for (const wrong of ['x', step.slice(0, -4), `${step.slice(0, -2)}AA`, Buffer.alloc(200).toString('base64url')]) {
      caller.jar.set('subrosa-step', wrong)
      expect(await caller.refused('sso.finish', { body: callback })).toBe('sso.state')
    }
    caller.jar.set('subrosa-step', older(step, 11))
    expect(await caller.refused('sso.finish', { body: callback })).toBe('sso.expired')
    caller.jar.set('subrosa-step', older(step, 9))
    await caller.ok('sso.finish', { body: callback })
  })

  test('a sign-in that began at other settings', async () => {
    const caller = world.caller('ada')
    const callback = await there(caller, 'ada', { acr: GOLD })
    await set({ clientId: 'ES256' })
    expect(await caller.refused('sso.finish', { body: callback })).toBe('sso.state')
  })

  test('what the provider refuses, in our words, and with an entry', async () => {
    const caller = world.caller('ada')
    idp.provider.login = { error: 'access_denied', error_description: '<script>' }
    const { url } = await caller.ok('sso.begin')
    const callback = await visit(url, back())
    const deeds = await world.deedsOf(async () => {
      const reply = await caller.ask('sso.finish', { body: callback })
      expect(reply.bytes.toString()).not.toContain('script')
      expect((reply.json as { error: { code: string } }).error.code).toBe('sso.denied')
    })
    expect(deeds).toEqual(['session.refused'])
  })

  test('everything, where the firm has none', async () => {
    await set({ on: false })
    expect(await world.eve.refused('sso.begin')).toBe('sso.off')
    expect(await world.eve.refused('sso.finish', { body: { code: 'x', state: 'y' } })).toBe('sso.off')
    expect(await world.ada.refused('sso.beginLink')).toBe('sso.off')
  })

  test('a forged step and a one-time link of another kind', async () => {
    expect(
      await world.eve.refused('sso.second', { body: { secret: `subrosa_${Buffer.alloc(32, 7).toString('base64url')}`, code: '000000' } }),
    ).toBe('invitation.spent')
    await set({ joining: 'groups' })
    await claimsGroup('kinds', ['staff'])
    const { done } = await signIn(newcomer(['kinds']).subject)
    expect(done.next!.step).toBe('factor')
    expect(await world.eve.refused('sso.second', { body: { secret: done.next!.secret, code: '000000' } })).toBe('invitation.spent')
  })

  test('a browser that asks too often', async () => {
    const caller = world.caller('eve')
    caller.address = '203.0.113.77'
    const codes = new Set<number>()
    for (let n = 0; n < 301; n += 1) codes.add((await caller.ask('sso.finish', { body: { state: 'x' } })).status)
    expect([...codes].sort()).toEqual([401, 429])
  })
})
