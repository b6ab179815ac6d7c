import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrokenStamp, readStamp, readToken, stampRequest } from '../src/core/timestamp.ts'

// RFC 3161 against OpenSSL's time-stamping authority.
const run = promisify(execFile)
const hasOpenssl = existsSync('/usr/bin/openssl')
const home = await mkdtemp(join(tmpdir(), 'stamps-'))
afterAll(() => rm(home, { recursive: true, force: true }))

const CONFIG = `
[req]
distinguished_name = dn
x509_extensions = ext
prompt = no
[dn]
CN = Time of a test
[ext]
extendedKeyUsage = critical,timeStamping
[plain]
keyUsage = digitalSignature
[tsa]
default_tsa = one
[one]
dir = ${home}
serial = ${home}/serial
signer_cert = ${home}/cert.pem
signer_key = ${home}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
`
const openssl = (...args: string[]) => run('/usr/bin/openssl', args, { cwd: home })

beforeAll(async () => {
  if (!hasOpenssl) return
  await writeFile(join(home, 'tsa.cnf'), CONFIG)
  await writeFile(join(home, 'serial'), '01\n')
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'key.pem',
    '-out',
    'cert.pem',
    '-days',
    '2',
    '-config',
    'tsa.cnf',
  )
})

async function stamped(request: Buffer): Promise<Buffer> {
  await writeFile(join(home, 'request.tsq'), request)
  await openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 'one', '-queryfile', 'request.tsq', '-out', 'answer.tsr')
  return readFile(join(home, 'answer.tsr'))
}

test.skipIf(!hasOpenssl)('an authority reads our request and stamps it; its stamp is believed, and OpenSSL agrees', async () => {
  const text = Buffer.from('a checkpoint\n')
  const [digest, nonce] = [createHash('sha256').update(text).digest(), randomBytes(8)]
  const answer = await stamped(stampRequest(digest, nonce))
  const { stdout } = await openssl('ts', '-query', '-in', 'request.tsq', '-text')
  expect(stdout).toContain('Hash Algorithm: sha256')
  expect(stdout).toContain('Certificate required: yes')
  const stamp = readStamp(answer, digest, nonce)
  expect(Math.abs(stamp.at.getTime() - Date.now())).toBeLessThan(60_000)
  expect(stamp.by).toBe('CN=Time of a test')
  expect(readToken(stamp.token, digest, null).at).toEqual(stamp.at)
  await writeFile(join(home, 'token.tst'), stamp.token)
  await writeFile(join(home, 'text'), text)
  const checked = await openssl('ts', '-verify', '-data', 'text', '-in', 'token.tst', '-token_in', '-CAfile', 'cert.pem')
  expect(checked.stdout + checked.stderr).toContain('Verification: OK')
})

test.skipIf(!hasOpenssl)('a nonce of any shape is carried, and a stamp of something else is refused', async () => {
  const digest = createHash('sha256').update('one').digest()
  for (const nonce of ['0000000000000000', '00000000000000ff', 'ffffffffffffffff', '0080000000000000', '7fffffffffffffff']) {
    const bytes = Buffer.from(nonce, 'hex')
    const answer = await stamped(stampRequest(digest, bytes))
    expect(readStamp(answer, digest, bytes).serial).toMatch(/^[0-9a-f]+$/)
    expect(() => readStamp(answer, digest, randomBytes(8))).toThrow('another request')
    expect(() => readStamp(answer, createHash('sha256').update('two').digest(), bytes)).toThrow('something else')
  }
})

test.skipIf(!hasOpenssl)(
  'an answer with any byte changed, or cut, is never believed to say another time or thing',
  async () => {
    const [digest, nonce] = [createHash('sha256').update('one').digest(), randomBytes(8)]
    const answer = await stamped(stampRequest(digest, nonce))
    const whole = readStamp(answer, digest, nonce)
    let believed = 0
    for (let at = 0; at < answer.length; at += 1) {
      const changed = Buffer.from(answer)
      changed[at]! ^= 1 << (at % 8)
      try {
        const stamp = readStamp(changed, digest, nonce)
        // bytes that nothing hangs on: a certificate's own signature, its serial number, unsigned parts
        expect([stamp.at, stamp.serial]).toEqual([whole.at, whole.serial])
        believed += 1
      } catch (fault) {
        expect(fault, `byte ${at}`).toBeInstanceOf(BrokenStamp)
      }
      if (at % 7 === 0) expect(() => readStamp(answer.subarray(0, at), digest, nonce)).toThrow(BrokenStamp)
    }
    expect(believed).toBeLessThan(answer.length * 0.6)
  },
  300_000,
)

test.skipIf(!hasOpenssl)('a certificate that is not for time stamping stamps nothing', async () => {
  const other = { key: 'plain.key', cert: 'plain.pem' }
  await openssl('req', '-x509', '-new', '-key', 'key.pem', '-out', other.cert, '-days', '2', '-config', 'tsa.cnf', '-extensions', 'plain')
  const [digest, nonce] = [createHash('sha256').update('one').digest(), randomBytes(8)]
  const answer = await stamped(stampRequest(digest, nonce))
  // the same key and subject, put in the place of the right one where it is as long or shorter
  const der = async (name: string) => Buffer.from((await readFile(join(home, name), 'utf8')).replace(/-----[^-]+-----|\s/g, ''), 'base64')
  const [good, plain] = [await der('cert.pem'), await der(other.cert)]
  expect(answer.includes(good)).toBe(true)
  if (plain.length === good.length) {
    const at = answer.indexOf(good)
    const swapped = Buffer.concat([answer.subarray(0, at), plain, answer.subarray(at + good.length)])
    expect(() => readStamp(swapped, digest, nonce)).toThrow('time stamping')
  }
})

test('what is no answer is refused in a word', () => {
  for (const bytes of ['', '30', '3003020100', '30053003020102', '<html>', '3080'])
    expect(() => readStamp(Buffer.from(bytes, /^[0-9a-f]*$/.test(bytes) ? 'hex' : 'utf8'), Buffer.alloc(32), Buffer.alloc(8))).toThrow(
      BrokenStamp,
    )
  expect(() => stampRequest(Buffer.alloc(31), Buffer.alloc(8))).toThrow(RangeError)
})
