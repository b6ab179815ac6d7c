import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ALGORITHMS, GOLD, openProvider, SECRET, SILVER, visit, type RealProvider } from '../../test/fixtures/real-provider.ts'
import { now } from './clock.ts'
import { begin, finish, type Asked, type Callback, type Kept, type Provider } from './oidc.ts'

// at a real provider; the lies of others: oidc-discovery.test.ts, oidc-answers.test.ts and oidc-tokens.test.ts

const BACK = 'http://127.0.0.1:1/api/sso'
let real: RealProvider
/** The same people, by a provider that puts every claim into the ID token. */
let generous: RealProvider

beforeAll(async () => {
  real = await openProvider({ isLean: true, back: BACK })
  generous = await openProvider({ isLean: false, back: BACK })
})
beforeEach(() => {
  for (const provider of [real, generous]) Object.assign(provider, { asked: [], login: { login: { accountId: 'ada' } } })
})
afterAll(() => {
  real.close()
  generous.close()
})

describe('a sign-in', () => {
  test('says who, with groups, how and when', async () => {
    real.login = { login: { accountId: 'ada', acr: GOLD, amr: ['pwd', 'hwk'] } }
    const earliest = Math.floor(now() / 1000)
    const { claims, kept } = await signIn(at(), { acrValues: [GOLD, SILVER], maxAge: 600, prompt: 'login' })
    expect(claims).toEqual({
      issuer: real.issuer,
      subject: 'ada',
      email: 'ada@wren.example',
      emailVerified: true,
      name: 'Ada Wren',
      groups: ['partners', 'litigation'],
      acr: GOLD,
      amr: ['pwd', 'hwk'],
      authTime: expect.any(Number),
    })
    expect(claims.authTime).toBeGreaterThanOrEqual(earliest)
    expect(claims.authTime).toBeLessThanOrEqual(now() / 1000)
    const { query } = real.asked.find(({ path }) => path === '/auth')!
    expect(Object.fromEntries(query)).toEqual({
      client_id: 'RS256',
      response_type: 'code',
      redirect_uri: BACK,
      scope: 'openid profile email groups',
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      acr_values: `${GOLD} ${SILVER}`,
      max_age: '600',
      prompt: 'login',
      claims: JSON.stringify({ id_token: { acr: null, amr: null, auth_time: null } }),
    })
    expect(query.get('code_challenge')).not.toBe(kept.verifier)
  })

  test('asks userinfo for what the ID token lacks, and not when it lacks nothing', async () => {
    const lean = await signIn(at())
    expect(real.asked.filter(({ path }) => path === '/me')).toHaveLength(1)
    const full = await signIn({ ...at(), issuer: generous.issuer })
    expect(generous.asked.filter(({ path }) => path === '/token' || path === '/me')).toHaveLength(1)
    expect({ ...full.claims, issuer: real.issuer, authTime: null }).toEqual({ ...lean.claims, authTime: null })
  })

  test('of someone with an address that nobody verified, and in no group', async () => {
    real.login = { login: { accountId: 'ben' } }
    expect((await signIn(at())).claims).toMatchObject({ subject: 'ben', email: 'ben@wren.example', emailVerified: false, groups: [] })
  })

  test('reads groups from the claim that the firm names, or none', async () => {
    const named = await arrive(at())
    expect((await finish(at(), named.kept, named.callback, { groupsClaim: 'name' })).groups).toEqual(['Ada Wren'])
    const unwanted = await arrive({ ...at(), issuer: generous.issuer })
    expect((await finish({ ...at(), issuer: generous.issuer }, unwanted.kept, unwanted.callback, { groupsClaim: null })).groups).toEqual([])
    const nobodys = await arrive(at())
    expect((await finish(at(), nobodys.kept, nobodys.callback, { groupsClaim: 'constructor' })).groups).toEqual([])
  })

  test.each(ALGORITHMS)('signed with %s', async (algorithm) => {
    expect((await signIn(at(algorithm))).claims.subject).toBe('ada')
  })

  test('with userinfo that is signed too', async () => {
    expect((await signIn(at('userinfo'))).claims.email).toBe('ada@wren.example')
  })

  test('no two begin alike', async () => {
    const begun = await Promise.all(Array.from({ length: 20 }, () => begin(at())))
    const secrets = begun.flatMap(({ kept }) => [kept.state, kept.nonce, kept.verifier])
    expect(new Set(secrets).size).toBe(60)
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/)
  })
})

describe('is refused', () => {
  test('with another state, or none', async () => {
    const { kept, callback } = await arriveAs('ada')
    const other = await begin(at())
    for (const state of [other.kept.state, undefined, '', kept.nonce])
      await expect(finish(at(), kept, { ...callback, state })).rejects.toMatchObject({ code: 'sso.state', status: 401 })
    // none of them spent the code
    expect((await finish(at(), kept, callback)).subject).toBe('ada')
  })

  test('when nothing was kept to compare with', async () => {
    const { kept, callback } = await arriveAs('ada')
    for (const part of ['state', 'nonce', 'verifier'] as const)
      for (const nothing of ['', undefined])
        await expect(
          finish(at(), { ...kept, [part]: nothing } as Kept, part === 'state' ? { ...callback, state: nothing } : callback),
        ).rejects.toMatchObject({ code: 'sso.state' })
    expect((await finish(at(), kept, callback)).subject).toBe('ada')
  })

  test('with the nonce of another sign-in', async () => {
    const { kept, callback } = await arriveAs('ada')
    const other = await begin(at())
    await expect(finish(at(), { ...kept, nonce: other.kept.nonce }, callback)).rejects.toMatchObject({ code: 'sso.nonce', status: 401 })
  })

  test('with the PKCE verifier of another sign-in', async () => {
    const { kept, callback } = await arriveAs('ada')
    const other = await begin(at())
    await expect(finish(at(), { ...kept, verifier: other.kept.verifier }, callback)).rejects.toMatchObject({
      code: 'sso.code',
      status: 401,
    })
  })

  test('when the code is used a second time', async () => {
    const { kept, callback } = await arriveAs('ada')
    expect((await finish(at(), kept, callback)).subject).toBe('ada')
    await expect(finish(at(), kept, callback)).rejects.toMatchObject({ code: 'sso.code', status: 401 })
  })

  test('with a code that is made up, missing, or another client’s', async () => {
    const { kept, callback } = await arriveAs('ada')
    await expect(finish(at(), kept, { ...callback, code: 'made-up' })).rejects.toMatchObject({ code: 'sso.code' })
    await expect(finish(at(), kept, { ...callback, code: undefined })).rejects.toMatchObject({ code: 'sso.code' })
    await expect(finish(at('ES256'), kept, callback)).rejects.toMatchObject({ code: 'sso.code' })
  })

  test('when the answer names another issuer, or none though this provider always does', async () => {
    const { kept, callback } = await arriveAs('ada')
    expect(callback.iss).toBe(real.issuer)
    for (const iss of [generous.issuer, `${real.issuer}/`, '', undefined])
      await expect(finish(at(), kept, { ...callback, iss })).rejects.toMatchObject({ code: 'sso.issuer', status: 401 })
    expect((await finish(at(), kept, callback)).subject).toBe('ada')
  })

  test('when the provider says no, in our words only', async () => {
    real.login = { error: 'access_denied', error_description: '<script>alert(1)</script>' }
    const { kept, callback } = await arrive(at())
    expect(callback).toMatchObject({ error: 'access_denied', error_description: '<script>alert(1)</script>' })
    const refusal = await finish(at(), kept, callback).catch((fault: unknown) => fault)
    expect(refusal).toMatchObject({ code: 'sso.denied', status: 401 })
    expect(JSON.stringify([(refusal as Error).message, refusal])).not.toContain('script')
    expect(String((refusal as Error).cause)).toBe('Error: the provider answered access_denied')
    const forged = await finish(at(), kept, { ...callback, error: 'no <script>' }).catch((fault: unknown) => fault)
    expect(forged).toMatchObject({ code: 'sso.denied' })
    expect(String((forged as Error).cause)).not.toContain('script')
  })

  test('when the provider’s no is not of this sign-in', async () => {
    const { kept } = await begin(at())
    await expect(finish(at(), kept, { error: 'access_denied', state: 'forged', iss: real.issuer })).rejects.toMatchObject({
      code: 'sso.state',
    })
  })

  test('when nobody is to be asked and nobody is signed in', async () => {
    const { kept, callback } = await arrive(at(), { prompt: 'none' })
    expect(callback.error).toBe('login_required')
    await expect(finish(at(), kept, callback)).rejects.toMatchObject({ code: 'sso.denied' })
  })

  test('when the person authenticated too long ago', async () => {
    real.login = { login: { accountId: 'ada', ts: Math.floor(now() / 1000) - 3600 } }
    const { kept, callback } = await arrive(at(), { maxAge: 7200 })
    await expect(finish(at(), { ...kept, maxAge: 600 }, callback)).rejects.toMatchObject({ code: 'sso.expired', status: 401 })
    const again = await arrive(at(), { maxAge: 7200 })
    expect((await finish(at(), again.kept, again.callback)).subject).toBe('ada')
  })

  test('when the provider signs with the client secret', async () => {
    const { kept, callback } = await arrive(at('HS256'))
    await expect(finish(at('HS256'), kept, callback)).rejects.toMatchObject({ code: 'sso.algorithm', status: 401 })
  })

  test('when the client secret is not right, and says so', async () => {
    const wrong = { ...at(), clientSecret: 'another' }
    const { kept, callback } = await arriveAs('ada')
    await expect(finish(wrong, kept, callback)).rejects.toMatchObject({
      code: 'sso.provider',
      status: 502,
      message: expect.stringContaining('client id and secret'),
    })
  })
})

const at = (clientId = 'RS256'): Provider => ({
  issuer: real.issuer,
  clientId,
  clientSecret: SECRET,
  redirectUri: BACK,
  scopes: ['profile', 'email', 'groups'],
})

const arriveAs = (accountId: string) => {
  real.login = { login: { accountId } }
  return arrive(at())
}

/** From `begin` to what the browser is sent back with. */
async function arrive(provider: Provider, wish: Asked = {}): Promise<{ kept: Kept; callback: Callback }> {
  const { url, kept } = await begin(provider, wish)
  return { kept, callback: await visit(url, BACK) }
}

async function signIn(provider: Provider, wish?: Asked) {
  const { kept, callback } = await arrive(provider, wish)
  return { kept, claims: await finish(provider, kept, callback) }
}
