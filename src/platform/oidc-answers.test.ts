import { UnsecuredJWT } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import { closeAll, json, open, ours, signed, signIn, type Answer } from '../../test/fixtures/hostile-provider.ts'

// what a provider can answer beside a right ID token, or instead of one; all that a test does not name is right

afterEach(closeAll)

describe('the answer', () => {
  test('with the name of another provider (RFC 9207)', async () => {
    const hostile = await open()
    await expect(signIn(hostile, {}, { iss: 'https://elsewhere.example' })).rejects.toMatchObject({ code: 'sso.issuer' })
    await expect(signIn(hostile, {}, { iss: '' })).rejects.toMatchObject({ code: 'sso.issuer' })
    // the code was given to nobody
    expect(hostile.asked).not.toContain('/token')
    expect((await signIn(hostile, {}, { iss: hostile.url })).subject).toBe('ada')
  })

  test('without a name though the provider promises one', async () => {
    const hostile = await open({ metadata: { authorization_response_iss_parameter_supported: true } })
    await expect(signIn(hostile)).rejects.toMatchObject({ code: 'sso.issuer' })
    expect(hostile.asked).not.toContain('/token')
  })

  const PATHS = ['/.well-known/openid-configuration', '/token', '/keys', '/me']
  test.each(PATHS)('of %s: broken or not JSON', async (path) => {
    const answers: [string, Answer][] = [
      ['500', (_, reply) => json(reply, { error: 'server_error' }, 500)],
      ['no JSON', (_, reply) => reply.writeHead(200, { 'content-type': 'application/json' }).end('{')],
      ['a list', (_, reply) => json(reply, [])],
      ['null', (_, reply) => json(reply, null)],
      ['HTML', (_, reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<p>')],
      ['nothing', (_, reply) => reply.writeHead(204).end()],
      ['hung up', (request) => request.socket.destroy()],
    ]
    for (const [what, answer] of answers) {
      const hostile = await open({ claims: { groups: undefined }, answers: { [path]: answer } })
      await expect(signIn(hostile), what).rejects.toMatchObject({ code: 'sso.provider', status: 502 })
      expect(hostile.asked.at(-1), what).toBe(path)
    }
  })

  test.each(PATHS)('of %s that is too large, as it is or when unpacked', async (path) => {
    for (const isPacked of [false, true]) {
      const hostile = await open({ claims: { groups: undefined }, more: { path, bytes: 1024 * 1024, isPacked } })
      await expect(signIn(hostile)).rejects.toMatchObject({ code: 'sso.provider', status: 502 })
      expect(hostile.asked.at(-1)).toBe(path)
      // and its size is the reason
      hostile.more!.bytes = 512 * 1024
      expect((await signIn(hostile)).subject).toBe('ada')
    }
  })

  test.each(PATHS)('of %s leads elsewhere, and nobody goes there', async (path) => {
    const elsewhere = await open()
    for (const status of [301, 302, 303, 307, 308]) {
      const hostile = await open({
        claims: { groups: undefined },
        answers: { [path]: (_, reply) => reply.writeHead(status, { location: `${elsewhere.url}${path}` }).end() },
      })
      await expect(signIn(hostile)).rejects.toMatchObject({ code: 'sso.provider' })
      expect(hostile.asked.at(-1)).toBe(path)
    }
    expect(elsewhere.asked).toEqual([])
  })

  test('that does not come, or comes by drops, is not waited for', async () => {
    const drips: NodeJS.Timeout[] = []
    const drop: Answer = (_, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' }).write('{"a":"')
      drips.push(setInterval(() => reply.write('x'), 200))
    }
    const never: Answer = () => {}
    const slow = PATHS.flatMap((path) =>
      [drop, never].map((answer) => open({ claims: { groups: undefined }, answers: { [path]: answer } })),
    )
    const signIns = await Promise.allSettled((await Promise.all(slow)).map((hostile) => signIn(hostile)))
    for (const drip of drips) clearInterval(drip)
    expect(drips).toHaveLength(PATHS.length)
    for (const { status, reason } of signIns as PromiseRejectedResult[])
      expect([status, reason]).toEqual(['rejected', expect.objectContaining({ code: 'sso.provider' })])
  })

  test.each([
    ['no ID token', { id_token: undefined }],
    ['an ID token that is a list', { id_token: ['x'] }],
    ['no access token', { access_token: undefined }],
    ['an access token of another kind', { token_type: 'mac' }],
  ])('with %s', async (_, tokens) => {
    await expect(signIn(await open({ tokens }))).rejects.toMatchObject({ code: 'sso.provider' })
  })

  test.each([
    ['invalid_grant', 'sso.code', 'took too long'],
    ['invalid_client', 'sso.provider', 'client id and secret'],
    ['unauthorized_client', 'sso.provider', 'client id and secret'],
    ['invalid_request', 'sso.provider', 'cannot be used'],
    ['access_denied', 'sso.provider', 'cannot be used'],
  ])('with the error %s from the token endpoint', async (error, code, words) => {
    const marked = { error, error_description: 'a marked description' }
    const hostile = await open({ answers: { '/token': (_, reply) => json(reply, marked, 400) } })
    const refusal = await signIn(hostile).catch((fault: unknown) => fault)
    expect(refusal).toMatchObject({ code, message: expect.stringContaining(words) })
    expect((refusal as Error).message).not.toContain('marked')
  })

  test('when several sign in at once is each one’s own', async () => {
    const hostile = await open()
    const all = await Promise.all(Array.from({ length: 10 }, () => signIn(hostile)))
    expect(all.map(({ subject }) => subject)).toEqual(Array.from({ length: 10 }, () => 'ada'))
    expect(hostile.asked.filter((path) => path.startsWith('/.well-known'))).toHaveLength(1)
  })
})

describe('userinfo', () => {
  const lean = { email: undefined, groups: undefined }

  test('of somebody else', async () => {
    for (const sub of ['ben', 'Ada', 'ada ']) {
      const hostile = await open({ claims: lean, userinfo: { sub, email: 'ben@wren.example', groups: ['partners'] } })
      await expect(signIn(hostile)).rejects.toMatchObject({ code: 'sso.subject', status: 401 })
    }
  })

  test('of nobody, broken, refused, or not signed as it claims', async () => {
    const unsigned = new UnsecuredJWT({ sub: 'ada', email: 'ada@wren.example' }).encode()
    const answers: Answer[] = [
      (_, reply) => json(reply, { email: 'ada@wren.example' }),
      (_, reply) => json(reply, {}, 500),
      (_, reply) => reply.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end(),
      (_, reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<p>ada</p>'),
    ]
    for (const answer of answers)
      await expect(signIn(await open({ claims: lean, answers: { '/me': answer } }))).rejects.toMatchObject({
        code: 'sso.provider',
        message: expect.stringContaining('cannot be reached'),
      })
    const jwt = await open({
      claims: lean,
      metadata: { userinfo_signing_alg_values_supported: ['none', 'RS256'] },
      answers: { '/me': (_, reply) => void reply.writeHead(200, { 'content-type': 'application/jwt' }).end(unsigned) },
    })
    await expect(signIn(jwt)).rejects.toMatchObject({ code: 'sso.algorithm' })
    const text = await signed({ sub: 'ada', email: 'ada@wren.example' }, ours.privateKey, 'RS512')
    const unaccepted = await open({
      claims: lean,
      metadata: { userinfo_signing_alg_values_supported: ['RS512', 'RS256'] },
      answers: { '/me': (_, reply) => void reply.writeHead(200, { 'content-type': 'application/jwt' }).end(text) },
    })
    await expect(signIn(unaccepted)).rejects.toMatchObject({ code: 'sso.algorithm' })
  })

  test('adds what is missing and overrides nothing', async () => {
    const hostile = await open({
      claims: { groups: undefined, email_verified: undefined },
      userinfo: { sub: 'ada', email: 'ben@wren.example', email_verified: true, name: 'Ada', groups: ['staff'], acr: 'gold', amr: ['hwk'] },
    })
    expect(await signIn(hostile)).toMatchObject({
      email: 'ada@wren.example',
      emailVerified: false,
      name: 'Ada',
      groups: ['staff'],
      acr: null,
      amr: [],
    })
    hostile.claims = { email: undefined, email_verified: undefined }
    expect(await signIn(hostile)).toMatchObject({ email: 'ben@wren.example', emailVerified: true, groups: ['partners'] })
  })
})
