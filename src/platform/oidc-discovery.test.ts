import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createTls } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CLIENT, closeAll, open, SECRET, signIn } from '../../test/fixtures/hostile-provider.ts'
import { begin } from './oidc.ts'

// what a provider says of itself; all that a test does not name is right

afterEach(() => {
  vi.useRealTimers()
  closeAll()
})

describe('the discovery document', () => {
  const WRONG: [what: string, metadata: Record<string, unknown>, code: string][] = [
    ['of another issuer', { issuer: 'https://elsewhere.example' }, 'sso.issuer'],
    ['of an issuer that is no address', { issuer: 'elsewhere' }, 'sso.provider'],
    ['of no issuer', { issuer: undefined }, 'sso.provider'],
    ['without a token endpoint', { token_endpoint: undefined }, 'sso.provider'],
    ['without keys', { jwks_uri: undefined }, 'sso.provider'],
    ['with a token endpoint elsewhere in the clear', { token_endpoint: 'http://elsewhere.example/token' }, 'sso.provider'],
    ['with keys elsewhere in the clear', { jwks_uri: 'http://127.0.0.1.elsewhere.example/' }, 'sso.provider'],
    ['that sends the browser elsewhere in the clear', { authorization_endpoint: 'http://elsewhere.example/' }, 'sso.provider'],
    ['that sends the browser into a script', { authorization_endpoint: 'javascript:alert(1)' }, 'sso.provider'],
    ['that reads a file', { userinfo_endpoint: 'file:///etc/passwd' }, 'sso.provider'],
    ['with a list for an address', { token_endpoint: ['http://127.0.0.1/'] }, 'sso.provider'],
  ]
  test.each(WRONG)('%s', async (_, metadata, code) => {
    const hostile = await open({ metadata })
    await expect(begin(hostile.provider)).rejects.toMatchObject({ code })
    // and what was wrong is not remembered once it is right
    hostile.metadata = {}
    expect((await signIn(hostile)).subject).toBe('ada')
  })

  test('of an issuer with another slash at its end', async () => {
    const hostile = await open()
    hostile.metadata = { issuer: `${hostile.url}/` }
    await expect(begin(hostile.provider)).rejects.toMatchObject({ code: 'sso.issuer' })
  })

  test('is asked of no address in the clear but this machine’s own', async () => {
    const addresses = [
      'http://wren.example',
      'http://127.0.0.1.wren.example',
      'http://localhost.wren.example',
      'http://0.0.0.0:1',
      'http://10.0.0.1',
      'file:///etc',
      'ftp://127.0.0.1',
      'no address',
      '',
      'https://ada:secret@wren.example',
      'https://wren.example/?tenant=1',
      'https://wren.example/#1',
    ]
    for (const issuer of addresses)
      await expect(begin({ ...(await open()).provider, issuer }), issuer).rejects.toMatchObject({
        code: 'sso.provider',
        status: 502,
        message: expect.stringContaining('https://'),
      })
  })

  test('is found by name on this machine too', async () => {
    const hostile = await open()
    const url = hostile.url.replace('127.0.0.1', 'localhost')
    hostile.metadata = { issuer: url }
    expect(new URL((await begin({ ...hostile.provider, issuer: url })).url).pathname).toBe('/auth')
  })

  test('is asked of this machine by its IPv6 address too: nobody is there, but it was not refused', async () => {
    const refusal = await begin({ ...(await open()).provider, issuer: 'http://[::1]:1' }).catch((fault: unknown) => fault)
    expect(refusal).toMatchObject({ code: 'sso.provider', message: expect.stringContaining('cannot be reached') })
  })

  test('is kept for an hour, keys for five minutes', async () => {
    const hostile = await open()
    const times = () => ['/.well-known/openid-configuration', '/keys'].map((path) => hostile.asked.filter((at) => at === path).length)
    vi.useFakeTimers({ toFake: ['Date'] })
    const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
    await signIn(hostile)
    for (const [wait, expected] of [
      [290, [1, 1]],
      [20, [1, 2]],
      [3200, [1, 3]],
      [100, [2, 4]],
    ] as const) {
      later(wait)
      expect((await signIn(hostile)).subject).toBe('ada')
      expect(times()).toEqual(expected)
    }
  })

  test('says how the client shows that it is itself', async () => {
    const header = `${CLIENT}:${SECRET}`
    for (const [methods, expected] of [
      [undefined, { header, secret: null }],
      [['client_secret_post', 'client_secret_basic'], { header, secret: null }],
      [['client_secret_post', 'private_key_jwt'], { header: undefined, secret: SECRET }],
      [7, { header: undefined, secret: SECRET }],
    ] as const) {
      const hostile = await open({ metadata: { token_endpoint_auth_methods_supported: methods } })
      await signIn(hostile)
      expect(hostile.known).toEqual(expected)
    }
  })

  test('of nobody', async () => {
    const { provider } = await open()
    closeAll()
    await expect(begin(provider)).rejects.toMatchObject({ code: 'sso.provider', status: 502 })
  })
})

const openssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe.skipIf(!openssl)('over TLS', () => {
  test('a stranger’s certificate is not believed, and from outside nobody leads us to this machine’s plain http', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'subrosa-oidc-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    // 0.0.0.0 leads to this machine, and is none of the names that we call loopback
    const args = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=op -addext subjectAltName=IP:0.0.0.0'
    execFileSync('openssl', [...args.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' })
    const before = getCACertificates('default')
    try {
      const plain = await open()
      const hostile = await open({}, createTls({ key: readFileSync(key), cert: readFileSync(cert) }))
      hostile.url = hostile.url.replace('http://127.0.0.1', 'https://0.0.0.0')
      hostile.provider.issuer = hostile.url
      await expect(begin(hostile.provider)).rejects.toMatchObject({ code: 'sso.provider' })
      expect(hostile.asked).toEqual([])
      setDefaultCACertificates([...before, readFileSync(cert, 'utf8')])
      for (const endpoint of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint']) {
        hostile.metadata = { [endpoint]: `${plain.url}/token` }
        await expect(begin(hostile.provider)).rejects.toMatchObject({
          code: 'sso.provider',
          cause: { message: expect.stringContaining('unsafe') },
        })
      }
      expect(plain.asked).toEqual([])
      hostile.metadata = {}
      expect((await signIn(hostile)).subject).toBe('ada')
    } finally {
      setDefaultCACertificates(before)
      rmSync(folder, { recursive: true })
    }
  })
})
