import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { UnsecuredJWT, type JWTPayload } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import {
  CLIENT,
  closeAll,
  jwk,
  open,
  other,
  ours,
  seconds,
  SECRET,
  signed,
  signIn,
  type Hostile,
} from '../../test/fixtures/hostile-provider.ts'
import { begin } from './oidc.ts'

// what a provider can lie about in a token; each test says how, and all else is right. Its other lies: oidc-answers.test.ts, oidc-discovery.test.ts

afterEach(closeAll)

const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })

describe('the ID token', () => {
  test('is believed when all is right: or nothing below would say anything', async () => {
    const hostile = await open()
    expect(await signIn(hostile)).toEqual({
      issuer: hostile.url,
      subject: 'ada',
      email: 'ada@wren.example',
      emailVerified: true,
      name: null,
      groups: ['partners'],
      acr: null,
      amr: [],
      authTime: null,
    })
    expect(hostile.asked).toEqual(['/.well-known/openid-configuration', '/token', '/keys'])
  })

  const WRONG: [what: string, claims: Record<string, unknown>, code: string][] = [
    ['another issuer', { iss: 'https://elsewhere.example' }, 'sso.issuer'],
    ['no issuer', { iss: undefined }, 'sso.issuer'],
    ['another audience', { aud: 'another program' }, 'sso.audience'],
    ['no audience', { aud: undefined }, 'sso.audience'],
    ['an empty list of audiences', { aud: [] }, 'sso.audience'],
    ['an audience that begins as ours', { aud: `${CLIENT}2` }, 'sso.audience'],
    ['several audiences and no authorized party', { aud: [CLIENT, 'another program'] }, 'sso.audience'],
    ['several audiences, authorized for another', { aud: [CLIENT, 'another program'], azp: 'another program' }, 'sso.audience'],
    ['our audience, authorized for another', { azp: 'another program' }, 'sso.audience'],
    ['no nonce', { nonce: undefined }, 'sso.nonce'],
    ['an empty nonce', { nonce: '' }, 'sso.nonce'],
    ['a nonce of null', { nonce: null }, 'sso.nonce'],
    ['an end in the past', { exp: seconds() - 120 }, 'sso.expired'],
    ['no end', { exp: undefined }, 'sso.expired'],
    ['a beginning in the future', { nbf: seconds() + 300 }, 'sso.expired'],
    ['an issue in the future', { iat: seconds() + 300 }, 'sso.expired'],
    ['an authentication in the future', { auth_time: seconds() + 300 }, 'sso.expired'],
    ['no time of issue', { iat: undefined }, 'sso.expired'],
    ['an end that is a text', { exp: String(seconds() + 300), auth_time: 0 }, 'sso.provider'],
    ['no subject', { sub: undefined }, 'sso.provider'],
    ['an empty subject', { sub: '' }, 'sso.provider'],
    ['a subject that is a list', { sub: ['ada'], auth_time: 0 }, 'sso.provider'],
    ['a subject longer than there may be', { sub: 'a'.repeat(256) }, 'sso.provider'],
  ]
  test.each(WRONG)('with %s', async (_, claims, code) => {
    const hostile = await open({ claims })
    await expect(signIn(hostile)).rejects.toMatchObject({ code })
  })

  test('with several audiences, authorized for us, is taken; and half a minute is borne', async () => {
    const several = await open({ claims: { aud: ['another program', CLIENT], azp: CLIENT } })
    expect((await signIn(several)).subject).toBe('ada')
    const late = await open({ claims: { exp: seconds() - 10, nbf: seconds() + 10, iat: seconds() + 10 } })
    expect((await signIn(late)).subject).toBe('ada')
  })

  test('of an authentication longer ago than asked for, or of no told time', async () => {
    const hostile = await open({ claims: { auth_time: seconds() - 700 } })
    await expect(signIn(hostile, { maxAge: 600 })).rejects.toMatchObject({ code: 'sso.expired' })
    await expect(signIn(hostile, { maxAge: 0 })).rejects.toMatchObject({ code: 'sso.expired' })
    expect((await signIn(hostile, { maxAge: 800 })).authTime).toBe(hostile.claims.auth_time)
    hostile.claims = {}
    await expect(signIn(hostile, { maxAge: 600 })).rejects.toMatchObject({ code: 'sso.expired' })
  })

  test('with texts where lists belong, and other things where texts belong', async () => {
    const hostile = await open({
      claims: {
        groups: ['a', 7, null, { b: 1 }, '', ['c']],
        amr: 'pwd',
        acr: 3,
        email: ['ada@wren.example'],
        email_verified: true,
        name: {},
      },
      metadata: { userinfo_endpoint: undefined },
    })
    expect(await signIn(hostile)).toMatchObject({ groups: ['a'], amr: ['pwd'], acr: null, email: null, emailVerified: false, name: null })
    hostile.claims = { email_verified: 'true', groups: 'partners' }
    expect(await signIn(hostile)).toMatchObject({ email: 'ada@wren.example', emailVerified: false, groups: ['partners'] })
  })
})

describe('the signature', () => {
  const EVERYTHING = ['RS256', 'ES256', 'HS256', 'none', 'RS512']
  const pem = ours.publicKey.export({ format: 'pem', type: 'spki' }).toString()
  const hs256 = (key: string | Buffer) => (claims: JWTPayload) => {
    const signed = [{ alg: 'HS256', kid: 'one' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
  }
  const edited = async (change: (parts: [string, string, string]) => string[], claims: JWTPayload) =>
    change((await signed(claims, ours.privateKey)).split('.') as [string, string, string]).join('.')
  const WRONG: [what: string, hostile: Partial<Hostile>, code: string][] = [
    ['alg none', { sign: (claims) => new UnsecuredJWT(claims).encode() }, 'sso.algorithm'],
    ['HS256 with the client secret', { sign: hs256(SECRET) }, 'sso.algorithm'],
    ['HS256 with the public key as PEM', { sign: hs256(pem) }, 'sso.algorithm'],
    ['HS256 with the public key as DER', { sign: hs256(ours.publicKey.export({ format: 'der', type: 'spki' })) }, 'sso.algorithm'],
    [
      'HS256 with a key that the provider publishes',
      { sign: hs256('published'), keys: [{ kty: 'oct', k: Buffer.from('published').toString('base64url'), kid: 'one' }] },
      'sso.algorithm',
    ],
    ['RS512', { sign: (claims) => signed(claims, ours.privateKey, 'RS512') }, 'sso.algorithm'],
    [
      'ES256 when only RS256 is announced',
      {
        metadata: { id_token_signing_alg_values_supported: ['RS256'] },
        keys: [jwk(curve.publicKey, 'one')],
        sign: (claims) => signed(claims, curve.privateKey, 'ES256'),
      },
      'sso.algorithm',
    ],
    [
      'ES256 when nothing is announced',
      {
        metadata: { id_token_signing_alg_values_supported: undefined },
        keys: [jwk(curve.publicKey, 'one')],
        sign: (claims) => signed(claims, curve.privateKey, 'ES256'),
      },
      'sso.algorithm',
    ],
    [
      'an extension that must be understood',
      { sign: (claims) => signed(claims, ours.privateKey, 'RS256', { b64: true, crit: ['b64'] }) },
      'sso.algorithm',
    ],
    ['another key of the same name', { sign: (claims) => signed(claims, other.privateKey) }, 'sso.signature'],
    ['a key that is not published', { sign: (claims) => signed(claims, other.privateKey, 'RS256', { kid: 'two' }) }, 'sso.signature'],
    [
      'a key that the token itself brings',
      { sign: (claims) => signed(claims, other.privateKey, 'RS256', { jwk: other.publicKey.export({ format: 'jwk' }) as never }) },
      'sso.signature',
    ],
    ['a key that is published for encryption', { keys: [jwk(ours.publicKey, 'one', { use: 'enc' })] }, 'sso.signature'],
    ['a key of 1024 bits', weak(), 'sso.algorithm'],
    ['no published key at all', { keys: [] }, 'sso.signature'],
    [
      'an edited payload',
      {
        sign: (claims) =>
          edited(([head, , tail]) => [head, Buffer.from(JSON.stringify({ ...claims, sub: 'ben' })).toString('base64url'), tail], claims),
      },
      'sso.signature',
    ],
    ['an empty signature', { sign: (claims) => edited(([head, body]) => [head, body, ''], claims) }, 'sso.signature'],
    ['no signature', { sign: (claims) => edited(([head, body]) => [head, body], claims) }, 'sso.signature'],
    ['a part too many', { sign: (claims) => edited((parts) => [...parts, 'x'], claims) }, 'sso.signature'],
    ['five parts, as if encrypted', { sign: (claims) => edited((parts) => [...parts, 'x', 'y'], claims) }, 'sso.algorithm'],
    ['a word for a token', { sign: () => 'token' }, 'sso.signature'],
  ]
  test.each(WRONG)('with %s', async (_, change, code) => {
    const hostile = await open({ ...change, metadata: { id_token_signing_alg_values_supported: EVERYTHING, ...change.metadata } })
    await expect(signIn(hostile)).rejects.toMatchObject({ code, status: 401 })
  })

  test('in no way that is accepted: the browser is not even sent there', async () => {
    for (const announced of [['HS256', 'none'], ['RS512'], [], 'HS256', 7]) {
      const hostile = await open({ metadata: { id_token_signing_alg_values_supported: announced } })
      await expect(begin(hostile.provider)).rejects.toMatchObject({ code: 'sso.algorithm' })
    }
  })

  test('with a new key is found at once; keys and document are otherwise asked for once', async () => {
    const hostile = await open()
    for (const _ of [1, 2, 3]) await signIn(hostile)
    const times = (path: string) => hostile.asked.filter((at) => at === path).length
    expect([times('/keys'), times('/.well-known/openid-configuration'), times('/token')]).toEqual([1, 1, 3])
    hostile.keys = [jwk(ours.publicKey, 'one'), jwk(other.publicKey, 'two')]
    hostile.sign = (claims) => signed(claims, other.privateKey, 'RS256', { kid: 'two' })
    expect((await signIn(hostile)).subject).toBe('ada')
    expect((await signIn(hostile)).subject).toBe('ada')
    expect(times('/keys')).toBe(2)
    // one that is not published is looked for once each time, no more
    hostile.sign = (claims) => signed(claims, other.privateKey, 'RS256', { kid: 'three' })
    await expect(signIn(hostile)).rejects.toMatchObject({ code: 'sso.signature' })
    expect(times('/keys')).toBe(3)
  })
})

/** Too short a key, with which `jose` would not sign either. */
function weak(): Partial<Hostile> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return {
    keys: [jwk(publicKey, 'one')],
    sign: (claims) => {
      const text = [{ alg: 'RS256', kid: 'one' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
    },
  }
}
