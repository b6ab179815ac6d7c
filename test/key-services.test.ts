import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kmsDecrypt, kmsEncrypt } from '../src/platform/aws-kms.ts'
import { transitDecrypt, transitEncrypt } from '../src/platform/vault-transit.ts'
import { kmsServer, transitServer, type Ill, type KeyService } from './world/key-services.ts'
import { makeFolder, remove, run, serve, type Finished } from './world/process.ts'

const home = await makeFolder('key-services')
const at = (name: string) => join(home, name)
const data = at('data')
const keyring = at('data.keyring')
const ACCESS = { id: 'AKIDEXAMPLE', secret: 'a secret of the tests' }
const KEY_ID = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

/** A start that is given no answer is given up after half a minute; what comes after it here does not wait for that. */
let silence: Promise<Finished> | null = null
let transit: KeyService
let kms: KeyService
const asTransit = { SUBROSA_VAULT_TOKEN_FILE: at('token') }
const asKms = { AWS_ACCESS_KEY_ID: ACCESS.id, AWS_SECRET_ACCESS_KEY: ACCESS.secret, AWS_EC2_METADATA_DISABLED: 'true' }
const move = (to: string[], extra: Record<string, string>) => run(home, ['key', 'move', '--data', data, '--to', ...to], '', extra)
const verify = (extra: Record<string, string>) => run(home, ['verify', '--data', data], '', extra)

beforeAll(async () => {
  transit = await transitServer({ token: 's.token', key: 'subrosa', namespace: 'law' })
  kms = await kmsServer(ACCESS, KEY_ID)
  await writeFile(at('token'), 's.token\n')
  await writeFile(at('wrong'), 's.other\n')
  await writeFile(at('unheard'), 's.token.silent\n')
  await (await serve(home, data)).stop()
  await cp(keyring, at('plain.keyring'))
}, 60_000)
afterAll(async () => {
  await Promise.all([transit.stop(), kms.stop()])
  await remove(home)
})

/** Every way in which a service can be ill stops the start with a sentence, and the file stays as it is. */
async function refusesWhileIll(service: KeyService, extra: Record<string, string>, ills: Ill[]): Promise<void> {
  const before = await readFile(keyring, 'utf8')
  for (const ill of ills) {
    service.ill = ill
    const { code, stderr } = await verify(extra)
    expect([ill, code, stderr.split('\n').length]).toEqual([ill, 78, 2])
    expect(stderr).toMatch(/key service|KMS|127\.0\.0\.1/)
  }
  service.ill = 'well'
  expect(await readFile(keyring, 'utf8')).toBe(before)
}

test('the keyring is sealed under a transit key, opens with it, and comes back', async () => {
  const { key } = JSON.parse(await readFile(keyring, 'utf8')) as { key: string }
  const to = ['transit', '--address', transit.url, '--name', 'subrosa', '--namespace', 'law']
  expect(await move(to, asTransit)).toMatchObject({ code: 0, stderr: '' })
  const text = await readFile(keyring, 'utf8')
  expect(text).not.toContain(key)
  expect(text).not.toContain('s.token')
  expect(await verify(asTransit)).toMatchObject({ code: 0 })
  for (const extra of [{}, { SUBROSA_VAULT_TOKEN_FILE: at('wrong') }, { SUBROSA_VAULT_TOKEN_FILE: at('none') }] as Record<string, string>[])
    expect((await verify(extra)).code).toBe(78)
  await cp(keyring, at('sealed.keyring'))
  const unheard = ['verify', '--data', data, '--keyring', at('sealed.keyring')]
  silence = run(home, unheard, '', { SUBROSA_VAULT_TOKEN_FILE: at('unheard') })
  await refusesWhileIll(transit, asTransit, ['busy', 'garbage', 'other-key', 'long', 'sealed'])
  expect(await move(['file'], asTransit)).toMatchObject({ code: 0, stderr: '' })
  expect(await verify({})).toMatchObject({ code: 0 })
}, 240_000)

test('a service that does not open what it sealed is not trusted with the keyring', async () => {
  const before = await readFile(keyring, 'utf8')
  transit.ill = 'other-key'
  const moved = await move(['transit', '--address', transit.url, '--name', 'subrosa', '--namespace', 'law'], asTransit)
  transit.ill = 'well'
  expect([moved.code, moved.stderr]).toEqual([78, expect.stringContaining('does not open what it sealed')])
  for (const wrong of [
    ['--name', 'another', '--namespace', 'law'],
    ['--name', 'subrosa'],
  ])
    expect((await move(['transit', '--address', transit.url, ...wrong], asTransit)).code).toBe(78)
  // no key goes over a network in the clear
  const plain = await move(['transit', '--address', 'http://bao.example:8200', '--name', 'subrosa'], asTransit)
  expect([plain.code, plain.stderr]).toEqual([78, expect.stringContaining('no https address')])
  expect(await readFile(keyring, 'utf8')).toBe(before)
}, 60_000)

test('the keyring is sealed under a key of AWS KMS, asked in requests that are signed', async () => {
  const to = ['kms', '--name', KEY_ID, '--region', 'eu-central-1', '--endpoint', kms.url]
  expect(await move(to, asKms)).toMatchObject({ code: 0, stderr: '' })
  expect(await verify(asKms)).toMatchObject({ code: 0 })
  expect((await verify({ ...asKms, AWS_SECRET_ACCESS_KEY: 'another' })).code).toBe(78)
  await refusesWhileIll(kms, asKms, ['busy', 'garbage', 'other-key'])
  expect(await move(['file'], asKms)).toMatchObject({ code: 0, stderr: '' })
  expect(await verify({})).toMatchObject({ code: 0 })
}, 300_000)

test('a service that never answers is given up, in a sentence', async () => {
  const { code, stderr } = (await silence)!
  expect([code, stderr.split('\n').length]).toEqual([78, 2])
  expect(stderr).toContain('key service')
}, 300_000)

const real = process.env.BAO_ADDR ?? process.env.VAULT_ADDR
test.skipIf(!real || !process.env.TRANSIT_TOKEN_FILE)(
  'a real transit engine (BAO_ADDR and TRANSIT_TOKEN_FILE; skipped where there is none)',
  async () => {
    const key = { address: real!, mount: 'transit', key: 'subrosa', namespace: null }
    const access = { tokenFile: process.env.TRANSIT_TOKEN_FILE!, caFile: process.env.BAO_CACERT ?? null }
    const sealed = await transitEncrypt(key, access, Buffer.from('a key of thirty-two bytes length'))
    expect((await transitDecrypt(key, access, sealed)).toString()).toBe('a key of thirty-two bytes length')
  },
)

test('KMS is asked only where the line is encrypted, or on this machine', async () => {
  for (const endpoint of ['http://192.0.2.1:1', 'http://kms.example', 'ftp://127.0.0.1', 'nonsense']) {
    const at = { keyId: KEY_ID, region: 'eu-central-1', endpoint }
    await expect(kmsEncrypt(at, Buffer.alloc(32))).rejects.toThrow('no https address')
    await expect(kmsDecrypt(at, 'AAAA')).rejects.toThrow('no https address')
  }
})
