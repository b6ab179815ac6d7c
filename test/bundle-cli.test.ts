import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cosignerOf } from '../src/core/cosignature.ts'
import { checkBundle } from '../src/core/evidence-check.ts'
import { signerOf } from '../src/core/note.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { DEEDS, madeBundle, madeHead, madeLog, OF_ORCHARD, ORCHARD, shown, signer } from './world/made-evidence.ts'
import { makeFolder, remove, run, serve, type Finished, type Served } from './world/process.ts'

// `subrosa bundle` and `subrosa verify FILE`, as a person in a shell runs them
const home = await makeFolder('bundle-cli')
const data = join(home, 'data')
const account = { email: 'ada@wren-ames.test', password: 'a long enough pass phrase' }
let server: Served
let matter: { id: string; number: string }
let document: string
let client: string

beforeAll(async () => {
  server = await serve(home, data)
  const ada = new Caller(server.url)
  const secret = new URLSearchParams(new URL(server.setup!).hash.slice(1)).get('s')!
  const { totpSecret } = await ada.ok('setup.enrol', { body: { secret, email: account.email } })
  await ada.ok('setup.finish', {
    body: { secret, firm: 'Wren & Ames LLP', name: 'Ada Wren', ...account, totpSecret, code: codeOf(totpSecret) },
  })
  client = (await ada.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
  const made = await ada.ok('matter.create', { body: { client: client as never, title: 'Orchard v. Mill' } })
  matter = { id: made.id, number: (await ada.ok('matter.read', { params: { matter: made.id } })).number }
  document = (await ada.upload(made.id, 'Deed.txt', '', Buffer.from('a deed'))).id
  const password = join(home, 'password')
  await writeFile(password, account.password, { mode: 0o600 })
  // one step ahead is still taken (RFC 6238, 5.2), and the last one is used
  const code = codeOf(totpSecret, Date.now() + 30_000)
  expect(await run(home, ['login', '--email', account.email, '--password-file', password, '--code', code, '--data', data])).toMatchObject({
    code: 0,
  })
}, 300_000)
beforeEach(() => server.fresh())
afterAll(async () => {
  await server?.stop()
  await remove(home)
})

let files = 0
const fresh = () => join(home, `${(files += 1)}.zip`)
const bundle = (out: string, ...args: string[]) => run(home, ['bundle', ...args, '--out', out, '--data', data, '--json'])
const errorOf = ({ stdout }: Finished) => (JSON.parse(stdout) as { error?: { code: string } }).error?.code
const isNone = async (path: string) => expect(await stat(path).catch(() => null)).toBeNull()

/** Made, whole, for its owner alone; and what a stranger's command says of it. */
async function made(...args: string[]): Promise<{ subject: object; claims: string[]; verified: Finished; out: string; key: string }> {
  const out = fresh()
  const done = await bundle(out, ...args)
  expect([done.code, done.stdout], done.stderr).toEqual([0, expect.stringContaining(out)])
  expect((await stat(out)).mode & 0o777).toBe(0o600)
  const { faults, evidence } = checkBundle(await readFile(out))
  expect(faults).toEqual([])
  const { key } = JSON.parse(done.stdout) as { key: string }
  expect(key).toBe(evidence!.head.log.vkey)
  const verified = await run(join(home, 'stranger'), ['verify', out, '--key', key])
  expect([verified.code, verified.stderr]).toEqual([0, ''])
  return { subject: evidence!.head.subject, claims: evidence!.claims.map(({ claim }) => claim.kind), verified, out, key }
}

describe('bundle', () => {
  test('of a matter by its number, of a client by its name, of a person by their address, of a document, of a period', async () => {
    const own = await made('--matter', matter.number)
    expect([own.subject, own.claims]).toEqual([{ kind: 'matter', id: matter.id }, ['matter']])
    expect(own.verified.stdout).toMatch(/^It holds: \d+ entries, in a log of \d+\.\nEvery entry of the matter .*Orchard v\. Mill that was/)
    expect(own.verified.stdout).toContain('Signed with the key that you named.')
    expect(await made('--client', 'Orchard Pulp')).toMatchObject({ subject: { kind: 'client', id: client }, claims: ['matter'] })
    expect(await made('--person', 'ada@wren-ames.test')).toMatchObject({ subject: { kind: 'person' }, claims: [] })
    const one = await made('--document', document)
    expect([one.subject, one.verified.stdout]).toEqual([
      { kind: 'document', id: document },
      expect.stringContaining('It does not show that there are no others of its kind.'),
    ])
    const period = await made('--from', '2026-01-01')
    expect([period.subject, period.claims]).toEqual([{ kind: 'period', id: null }, ['range']])
    const empty = await made('--matter', matter.id, '--to', '2026-01-01T09:00:00Z', '--absent', 'ada@wren-ames.test')
    expect(empty.verified.stdout).toMatch(/There is no entry by Ada Wren on the matter .* until 2026-01-01T09:00:00.000Z\./)
  }, 60_000)

  test('a field of one entry is left out where the rest is open, and one is opened where the rest is not', async () => {
    const all = checkBundle(await readFile((await made('--matter', matter.id)).out)).evidence!.entries
    const one = all.find(({ leaf }) => leaf?.deed === 'document.added')!.leaf!.id
    const openIn = async (...args: string[]) => {
      const { entries } = checkBundle(await readFile((await made('--matter', matter.id, ...args)).out)).evidence!
      const others = entries.filter(({ leaf }) => leaf && leaf.id !== one)
      const its = entries.find(({ leaf }) => leaf?.id === one)!
      return { its, details: others.filter(({ open }) => open.details).length, grounds: others.filter(({ open }) => open.ground).length }
    }
    const shut = await openIn('--conceal', `${one}:details`, '--conceal', `${one}:object`)
    expect([shut.its.open.details, shut.its.open.object, shut.its.hidden.details]).toEqual([undefined, undefined, 'left out'])
    expect(shut.details).toBeGreaterThan(0)
    const open = await openIn('--without-details', '--reveal', `${one}:details`, '--reveal', `${one}:ground`)
    expect([open.its.open.details?.value, open.its.open.ground?.value]).toEqual([expect.stringContaining('Deed.txt'), 'team responsible'])
    expect([open.details, open.grounds]).toEqual([0, 0])
  }, 60_000)

  test('what is not said rightly is refused by its name, and no file is left', async () => {
    const nobody = '019a0000-0000-7000-8000-000000000001'
    const tries: [string[], number, string][] = [
      [[], 2, 'usage.missing'],
      [['--matter', matter.id, '--client', client], 2, 'usage.missing'],
      [['--matter', matter.id, '--from', 'yesterday'], 2, 'usage.time'],
      [['--matter', matter.id, '--from', '2026-03-02', '--to', '2026-03-01'], 2, 'input.invalid'],
      [['--matter', matter.id, '--conceal', `${nobody}:matter`], 2, 'usage.field'],
      [['--matter', matter.id, '--reveal', 'details'], 2, 'usage.field'],
      [['--matter', '2020-NONE'], 1, 'matter.missing'],
      [['--client', 'Mill'], 1, 'client.missing'],
      [['--person', 'eve@wren-ames.test'], 2, 'usage.person'],
      [['--matter', nobody], 77, 'nothing'],
      [['--document', nobody], 77, 'nothing'],
      [['--matter', matter.id, '--absent', 'ada@wren-ames.test'], 2, 'evidence.present'],
    ]
    for (const [args, code, error] of tries) {
      const out = fresh()
      const done = await bundle(out, ...args)
      expect([args, done.code, errorOf(done)]).toEqual([args, code, error])
      await isNone(out)
    }
    expect((await run(home, ['bundle', '--matter', matter.id, '--data', data])).code).toBe(2)
  }, 60_000)

  test('nothing is overwritten, a folder that is not there is said, and whoever is not signed in is nobody', async () => {
    const { out } = await made('--matter', matter.id, '--from', '2026-01-01')
    const bytes = await readFile(out)
    const again = await bundle(out, '--matter', matter.id)
    expect([again.code, errorOf(again), await readFile(out)]).toEqual([73, 'file.exists', bytes])
    const nowhere = await bundle(join(home, 'no', 'folder.zip'), '--matter', matter.id)
    expect([nowhere.code, errorOf(nowhere)]).toEqual([73, 'file.unwritable'])
    const path = fresh()
    const stranger = await run(join(home, 'stranger'), ['bundle', '--matter', matter.id, '--out', path, '--data', data, '--json'])
    expect([stranger.code, errorOf(stranger)]).toEqual([77, 'session.none'])
    await server.stale()
    const stale = await bundle(path, '--matter', matter.id)
    expect([stale.code, errorOf(stale)]).toEqual([77, 'factor.stale'])
    await isNone(path)
  }, 60_000)
})

describe('verify FILE', () => {
  const log = madeLog(DEEDS)
  const claims = [{ kind: 'matter', matter: ORCHARD, first: 1, last: 5 } as const]
  const lines = OF_ORCHARD.map((n) => shown(log, n))
  const good = madeBundle(log, madeHead({ claims }), lines)
  const verify = async (bytes: Uint8Array | null, ...more: string[]) => {
    const path = fresh()
    if (bytes) await writeFile(path, bytes)
    return run(home, ['verify', path, ...more])
  }

  test('asks for no firm, no key and no network; says whose it is, and tells a key typed wrong from one that is another’s', async () => {
    const held = await verify(good)
    expect([held.code, held.stdout]).toEqual([0, expect.stringContaining(`Signed with ${signer.vkey}\nCompare it with the firm’s key`)])
    expect((await verify(good, '--key', signer.vkey)).stdout).toContain('Signed with the key that you named.')
    const other = await verify(good, '--key', signerOf(signer.name, Buffer.alloc(32, 99)).vkey)
    expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('neither the one you named nor one that followed from it')])
    const typed = await verify(good, '--key', signer.vkey.slice(0, -4))
    expect([typed.code, typed.stdout, typed.stderr]).toEqual([2, '', expect.stringContaining('is no verifier key')])
    const witness = cosignerOf('witness.example', Buffer.alloc(32, 9)).vkey
    const missing = await verify(good, '--witness', witness)
    expect([missing.code, missing.stdout]).toEqual([
      1,
      expect.stringContaining('The witness witness.example has not cosigned it. (checkpoint)'),
    ])
    // a witness's key where the firm's belongs
    expect((await verify(good, '--key', witness)).code).toBe(2)
  }, 60_000)

  test('a file that was cut, edited, is none, or is not there', async () => {
    const edited = Buffer.from(good)
    edited[good.length >> 1]! ^= 1
    for (const bytes of [good.subarray(0, good.length - 1), good.subarray(0, 100), edited, Buffer.alloc(0), Buffer.from('%PDF-1.7')]) {
      const { code, stdout, stderr } = await verify(bytes)
      expect([code, stdout, stderr]).toEqual([1, expect.stringMatching(/^Fault: .*\nIt does not hold\.\n$/), ''])
    }
    const told = await verify(edited, '--json')
    expect([told.code, JSON.parse(told.stdout)]).toMatchObject([1, { holds: false, faults: [{ where: 'the whole file' }] }])
    const none = await verify(null, '--json')
    expect([none.code, errorOf(none)]).toEqual([2, 'usage.file'])
    expect((await run(home, ['verify', home])).code).toBe(2)
  }, 60_000)
})
