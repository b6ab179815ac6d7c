import { randomBytes } from 'node:crypto'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { expectWhole, Kills } from './world/killing.ts'
import { makeFolder, remove, run, serve, type Served } from './world/process.ts'

const TIMES = 21
const home = await makeFolder('root-key')
const at = (name: string) => join(home, name)
const data = at('data')
const keyring = at('data.keyring')
afterAll(() => remove(home))

let cookie: string | null = null
let matter = ''
const content = randomBytes(70_000)
let document = ''

const as = (server: Served): Caller => {
  const caller = new Caller(server.url)
  caller.cookie = cookie
  return caller
}
const fileNow = async () =>
  JSON.parse(await readFile(keyring, 'utf8')) as { v: number; id: string; ids: string[]; body?: unknown; key?: string }

async function found(server: Served): Promise<void> {
  const secret = new URL(server.setup!).hash.replace('#s=', '')
  const caller = new Caller(server.url)
  const { totpSecret } = await caller.ok('setup.enrol', { body: { secret, email: 'ada@wren-ames.test' } })
  const person = {
    name: 'Ada Wren',
    email: 'ada@wren-ames.test',
    password: 'a long enough pass phrase',
    totpSecret,
    code: codeOf(totpSecret),
  }
  await caller.ok('setup.finish', { body: { secret, firm: 'Wren & Ames LLP', ...person } })
  const client = await caller.ok('client.create', { body: { name: 'Orchard' } })
  for (let n = 0; n < 5; n += 1) matter = (await caller.ok('matter.create', { body: { client: client.id, title: `Orchard ${n}` } })).id
  document = (await caller.upload(matter, 'a file', '', content)).id
  cookie = caller.cookie
}

async function begin(server: Served, what: 'root' | 'firm' | 'matter' | 'ledger'): Promise<string> {
  const caller = as(server)
  const open = (await caller.ok('key.list')).rotations.find((one) => one.what === what && one.endedAt === null)
  return open?.id ?? (await caller.ok('key.rotate', { body: { what } })).id
}
async function ended(server: Served, id: string): Promise<void> {
  for (const until = performance.now() + 60_000; performance.now() < until; await pause(50))
    if ((await as(server).ok('key.list')).rotations.find((one) => one.id === id)?.endedAt) return
  throw new Error(`the rotation does not end: ${server.log()}`)
}
async function stillOpens(server: Served): Promise<void> {
  const reply = await as(server).ask('document.download', { params: { document } })
  expect([reply.status, reply.bytes.equals(content)]).toEqual([200, true])
  expect((await as(server).ok('matter.list')).matters).toHaveLength(5)
}
const backUp = () => run(home, ['backup', '--data', data, '--to', at('sealed'), '--keys-to', at('keys')])
async function verifies(): Promise<void> {
  const { code, stderr, stdout } = await run(home, ['verify', '--data', data])
  expect([code, stdout, stderr]).toEqual([0, expect.stringContaining('all whole'), expect.anything()])
}

test('the root key is replaced while the firm goes on; it starts again with the new one, and not with the old', async () => {
  let server = await serve(home, data)
  await found(server)
  await server.stop()
  expect((await backUp()).code).toBe(0)
  const before = await fileNow()
  await cp(keyring, at('old.keyring'))
  server = await serve(home, data)
  await ended(server, await begin(server, 'root'))
  await stillOpens(server)
  const after = await fileNow()
  expect(after.id).not.toBe(before.id)
  expect(JSON.parse(await readFile(join(data, 'firm.json'), 'utf8'))).toEqual({ v: 1, rootKey: after.id })
  // connections that are made now have the new passwords
  await Promise.all(Array.from({ length: 24 }, () => as(server).ok('matter.list')))
  expect(await server.stop()).toBe(0)
  await verifies()
  const old = await run(home, ['verify', '--data', data, '--keyring', at('old.keyring')])
  expect([old.code, old.stderr]).toEqual([78, expect.stringContaining('not the one this data folder was sealed with')])
  server = await serve(home, data)
  await stillOpens(server)
  await server.stop()
}, 240_000)

test.runIf(process.env.SLOW)(
  'a backup after it follows the one before, and each can be restored with the key backup of today',
  async () => {
    const { code, stderr } = await backUp()
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('another firm')])
    const backups = (await readdir(at('sealed'))).filter((name) => name.startsWith('20')).sort()
    expect(backups).toHaveLength(2)
    for (const [n, name] of backups.entries()) {
      const restored = await run(home, [
        'restore',
        ...[
          '--from',
          join(at('sealed'), name),
          '--keys-from',
          at('keys'),
          '--data',
          at(`restored-${n}`),
          '--keyring',
          at(`restored-${n}.keyring`),
        ],
      ])
      expect([name, restored.code, restored.stderr]).toEqual([name, 0, expect.anything()])
      const server = await serve(home, at(`restored-${n}`), { SUBROSA_KEYRING: at(`restored-${n}.keyring`) })
      await stillOpens(server)
      await server.stop()
    }
  },
  240_000,
)

test.runIf(process.env.SLOW)(
  'the root key is replaced after the ledger’s, and a start finds the key of the newest epoch',
  async () => {
    let server = await serve(home, data)
    await server.fresh()
    await ended(server, await begin(server, 'ledger'))
    const { vkey } = (await as(server).ok('key.list')).ledger
    await ended(server, await begin(server, 'root'))
    expect(await server.stop()).toBe(0)
    server = await serve(home, data)
    await as(server).ok('client.create', { body: { name: 'After the start' } })
    expect((await as(server).ok('key.list')).ledger.vkey).toBe(vkey)
    expect(await server.stop()).toBe(0)
    await verifies()
  },
  240_000,
)

test.runIf(process.env.SLOW)(
  `kill -9 in the middle of rotations, ${TIMES} times each: everything opens at the next start, and they come to their end`,
  async () => {
    const kills = new Kills('rotations', data)
    for (const [turn, what] of (['root', 'firm', 'matter'] as const).entries()) {
      for (let time = 0; time < TIMES; time += 1) {
        let server = await serve(home, data)
        await server.fresh()
        const id = await begin(server, what)
        // it was begun at once: between its first step and its last
        await kills.strike(server, turn + time, 400)
        server = await serve(home, data)
        await stillOpens(server)
        await ended(server, id)
        await stillOpens(server)
        expect(await server.stop()).toBe(0)
      }
    }
    await expectWhole(home, data, { blobs: 1 })
    kills.tell('each came to its end, everything opens')
    const names = await readdir(join(data, 'keystore'))
    expect(new Set(names.map((name) => name.split('.')[0])).size).toBe(names.length)
  },
  2_400_000,
)

test('a keyring that is replaced, and then gone, is written again from a fresh sheet', async () => {
  const sheet = await run(home, ['key', 'sheet', '--data', data])
  expect(sheet.code).toBe(0)
  await writeFile(at('sheet.txt'), sheet.stdout)
  await rm(keyring)
  expect((await run(home, ['key', 'recover', '--data', data, '--sheet', at('sheet.txt')])).code).toBe(0)
  await verifies()
}, 300_000)

test('a passphrase seals the keyring: wrong or missing, nothing starts and nothing is changed', async () => {
  const plain = (await fileNow()).key!
  await writeFile(at('words'), 'orchard mill candle river\n', { mode: 0o600 })
  await writeFile(at('short'), 'short\n')
  await writeFile(at('wrong'), 'orchard mill candle rivet\n')
  expect((await run(home, ['key', 'passphrase', '--data', data, '--new-file', at('short')])).code).toBe(2)
  const sealed = await run(home, ['key', 'passphrase', '--data', data, '--new-file', at('words')])
  expect([sealed.code, sealed.stderr]).toEqual([0, ''])
  const text = await readFile(keyring, 'utf8')
  expect(text).not.toContain(plain)
  expect(text).not.toContain(Buffer.from(plain, 'base64').toString('hex'))
  for (const extra of [{}, { SUBROSA_PASSPHRASE_FILE: at('wrong') }, { SUBROSA_PASSPHRASE_FILE: at('none') }] as Record<string, string>[]) {
    const { code, stderr } = await run(home, ['verify', '--data', data], '', extra)
    expect([code, stderr]).toEqual([78, expect.stringMatching(/passphrase/)])
    expect(stderr).not.toContain('rivet')
  }
  expect(await readFile(keyring, 'utf8')).toBe(text)
  const given = { SUBROSA_PASSPHRASE_FILE: at('words') }
  let server = await serve(home, data, given)
  await stillOpens(server)
  // what the server writes is sealed too
  await ended(server, await begin(server, 'root'))
  await server.stop()
  const again = await readFile(keyring, 'utf8')
  expect([JSON.parse(again).v, JSON.parse(again).seal.kind, again.includes('"key"')]).toEqual([2, 'passphrase', false])
  // systemd's way
  await cp(at('words'), join(home, 'subrosa-passphrase'))
  server = await serve(home, data, { CREDENTIALS_DIRECTORY: home })
  await stillOpens(server)
  await server.stop()
  const key = await run(home, ['backup', '--data', data, '--to', at('sealed-2'), '--keys-to', at('keys-2')], '', given)
  expect([key.code, key.stderr]).toEqual([0, expect.not.stringContaining('passphrase')])
  expect(JSON.parse(await readFile(at('keys-2/root.keyring'), 'utf8')).seal.kind).toBe('passphrase')
  const off = await run(home, ['key', 'passphrase', '--data', data, '--remove'], '', given)
  expect([off.code, off.stderr]).toEqual([0, ''])
  await verifies()
}, 240_000)
