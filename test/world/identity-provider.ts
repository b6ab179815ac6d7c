import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { openText, sealField } from '../../src/core/field.ts'
import { FIRM_KEY_VERSION } from '../../src/platform/firm-keys.ts'
import type { Answer } from '../../src/platform/route.ts'
import { openProvider, SECRET, visit, GOLD, type RealProvider } from '../fixtures/real-provider.ts'
import { codeOf } from './build.ts'
import type { Caller } from './caller.ts'
import { useWorld } from './world.ts'

type Login = { acr?: string; amr?: string[]; ts?: number }
const USUAL = {
  on: true,
  label: 'Wren sign-on',
  clientId: 'RS256',
  clientSecret: SECRET,
  secondFactor: { acr: [GOLD], amr: ['mfa'] },
  joining: 'invited',
  groupsClaim: 'groups',
}

/** The small firm with a real identity provider, and whole sign-ins through its HTTP API. At the top of a test file. */
export function useSso() {
  const world = useWorld()
  const idp = {} as { provider: RealProvider; other: RealProvider }
  const back = () => `${world.firm.url}/sso`
  beforeAll(async () => {
    idp.provider = await openProvider({ isLean: true, back: back() })
    idp.other = await openProvider({ isLean: false, back: back() })
  })
  afterAll(() => {
    idp.provider.close()
    idp.other.close()
  })
  beforeEach(async () => {
    await world.refresh()
    await world.forgetUsedCodes()
    await world.asSuperuser(world.database, (db) => db.run('delete from app.attempts'))
    await set({})
  })

  const set = (value: Record<string, unknown>, setting: 'sso' | 'sessions' = 'sso') =>
    world.sam.ok('setting.change', {
      params: { setting },
      body: { value: setting === 'sso' ? { ...USUAL, issuer: idp.provider.issuer, ...value } : value, reason: 'for the test' },
    })

  /** To the provider and back, in one browser. */
  async function there(caller: Caller, subject: string, login: Login = {}, at = idp.provider): Promise<Record<string, string>> {
    at.login = { login: { accountId: subject, ...login } }
    const { url } = await caller.ok('sso.begin')
    return visit(url, back())
  }
  async function signIn(subject: string, login: Login = {}, caller = world.caller('ada')) {
    const callback = await there(caller, subject, login)
    return { caller, callback, done: await caller.ok('sso.finish', { body: callback }) }
  }
  /** The code with which a whole sign-in is refused. */
  async function refused(subject: string, login: Login = {}): Promise<string> {
    const caller = world.caller('ada')
    const callback = await there(caller, subject, login)
    const code = await caller.refused('sso.finish', { body: callback })
    expect(caller.cookie).toBeNull()
    return code
  }
  async function link(caller: Caller, subject: string): Promise<void> {
    idp.provider.login = { login: { accountId: subject } }
    const { url } = await caller.ok('sso.beginLink')
    await caller.ok('sso.link', { body: await visit(url, back()) })
  }
  const unlink = async (caller: Caller) => {
    if ((await caller.ok('factor.list')).identity) await caller.ok('sso.unlink')
  }
  /** What a browser kept, as if it had been kept so many minutes earlier. */
  function older(step: string, minutes: number): string {
    const key = world.firm.house.keys.field
    const place = { table: 'sign-in', column: 'sealed_step', row: 'browser' }
    const kept = JSON.parse(openText(key, place, Buffer.from(step, 'base64url'))) as { at: number }
    return sealField(key, FIRM_KEY_VERSION, place, JSON.stringify({ ...kept, at: kept.at - minutes * 60_000 })).toString('base64url')
  }
  const identities = () =>
    world.asSuperuser(world.database, async (db) => (await db.row<{ n: number }>('select count(*) as n from app.identities'))!.n)
  const idOf = async (email: string) => (await world.sam.ok('person.list')).people.find((one) => one.email === email)!.id
  let count = 0
  /** Someone new at the provider. */
  function newcomer(groups: string[], more: Record<string, unknown> = {}): { subject: string; email: string } {
    const subject = `subject-${(count += 1)}`
    const email = `${subject}@wren-ames.test`
    idp.provider.people[subject] = { name: `New ${count}`, email, email_verified: true, groups, ...more }
    return { subject, email }
  }
  const claimsGroup = (name: string, roles: string[], by = world.sam) => by.ok('group.create', { body: { name, roles, keptBy: 'claims' } })
  /** Enrols an authenticator app after the provider, and gives its secret. */
  async function enrol(caller: Caller, next: Answer<'sso.finish'>['next']): Promise<string> {
    const secret = next!.secret
    const { totpSecret, kind } = await caller.ok('invitation.read', { body: { secret } })
    expect(kind).toBe('sso')
    await caller.ok('invitation.accept', { body: { secret, totpSecret, code: codeOf(totpSecret) } })
    return totpSecret
  }

  return {
    world,
    idp,
    back,
    set,
    there,
    signIn,
    refused,
    link,
    unlink,
    older,
    identities,
    idOf,
    newcomer,
    claimsGroup,
    enrol,
    last: () => count,
  }
}
