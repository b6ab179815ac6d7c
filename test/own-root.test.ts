import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { calls, type CallId } from '../src/contract/calls.ts'
import type { MatterId } from '../src/contract/ids.ts'
import { joinMatterKey, unwrapKey } from '../src/core/keys.ts'
import { destroyDue } from '../src/features/destruction/executing.ts'
import { halfLabel, versionLabel } from '../src/features/keys/matter-keys.ts'
import { ledgerKey } from '../src/features/ledger/tree.ts'
import { verifyLedger } from '../src/features/ledger/verify.ts'
import { rotateOwn } from '../src/features/rotation/own.ts'
import { openOwnKeys } from '../src/features/rotation/own-keys.ts'
import { openSealed, readAccess, writeAccess } from '../src/platform/own-root.ts'
import { scrub } from '../src/features/vault/scrub.ts'
import { firmText } from '../src/features/keys/firm-words.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { kmsServer, transitServer, type KeyService } from './world/key-services.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const ACCESS = { id: 'AKIDEXAMPLE', secret: 'a secret of the tests' }
const KEY_ID = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
let transit: KeyService
let kms: KeyService
const dir = () => join(world.dir, 'data.keyring.own')
const tokenFile = () => join(world.dir, 'token')
const give = () => writeFile(tokenFile(), 's.client\n')
/** As a client who takes back what it let the firm ask for. */
const withdraw = () => writeFile(tokenFile(), 's.revoked\n')

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: ACCESS.id, AWS_SECRET_ACCESS_KEY: ACCESS.secret, AWS_EC2_METADATA_DISABLED: 'true' })
  transit = await transitServer({ token: 's.client', key: 'wren', namespace: 'client' })
  kms = await kmsServer(ACCESS, KEY_ID)
  await give()
  const at = { address: transit.url, mount: 'transit', key: 'wren', namespace: 'client' }
  await writeAccess(dir(), 'hsm-7', { kind: 'transit', ...at, tokenFile: tokenFile(), caFile: null })
  await writeAccess(dir(), 'cloud', { kind: 'kms', keyId: KEY_ID, region: 'eu-central-1', endpoint: kms.url })
  await writeAccess(dir(), 'stick', { kind: 'file', key: Buffer.alloc(32, 7).toString('base64') })
  for (const name of ['hsm-7', 'cloud', 'stick']) await world.sam.ok('root.add', { body: { name } })
}, 60_000)
afterAll(async () => {
  await Promise.all([transit.stop(), kms.stop()])
})
beforeEach(async () => {
  await world.refresh()
  transit.ill = kms.ill = 'well'
  await give()
  await firm.beginAnew()
})

type Half = { version: number; standing: string; wrapped: Buffer; root_id: string | null }
const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const halves = (matter = firm.matter) =>
  sql<Half>(`select version, standing, wrapped, root_id from app.matter_keys where matter_id = $1 and purpose = 'half' order by version`, [
    matter,
  ])
const { here } = firm
const roots = async () => (await world.sam.ok('root.list')).roots
const root = async (name: string) => (await roots()).find((one) => one.name === name)!
const askAgain = async (name = 'hsm-7') => world.sam.ok('root.test', { params: { root: (await root(name)).id } })
const withhold = async () => {
  await withdraw()
  expect(await askAgain()).toMatchObject({ state: 'withheld' })
}
const put = (name: string) => world.ada.ok('root.put', { ...here(), body: { name, reason: 'The client brings its key' } })
const decide = (by: Caller, { confirmation }: { confirmation: string }, approve = true) =>
  by.ask('confirmation.decide', { params: { confirmation }, body: { approve } })

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 40_000; performance.now() < end; await pause(100)) if (await is()) return
  throw new Error(`${what} does not come: ${world.log.slice(-5).join('\n')}`)
}
const isUnder = async (id: string | null) => {
  const rows = await halves()
  return rows.length === 1 && rows[0]!.root_id === id
}
async function under(name: string): Promise<void> {
  expect((await decide(world.ben, await put(name))).status).toBe(204)
  const { id } = await root(name)
  await until('the client’s key', () => isUnder(id))
  await until('the end of it', async () => !(await world.ada.ok('matter.read', here())).ownRoot.changing)
}

/** Every call that reads in a matter or in a document of it. */
const readsIn = (matter: string, document: string) =>
  (Object.keys(calls) as CallId[])
    .filter((id) => calls[id].method === 'GET' && /^\/(matters\/:matter|documents\/:document)(\/|$)/.test(calls[id].path))
    // what is known of it under the firm's key: who is on it, and through what
    .filter((id) => !['access.explain', 'document.content'].includes(id))
    .map((id) => ({ id, params: { matter, document } }))

test.each(['hsm-7', 'cloud', 'stick'])(
  'a matter comes under the key %s by two people, and all of it opens as before',
  async (name) => {
    const before = await firm.file('Letter.txt', 'Letters')
    const copy = await world.ada.ask('document.download', firm.at(before))
    const asked = await put(name)
    expect(await world.ada.refused('root.put', { ...here(), body: { name, reason: 'Again' } })).toBe('root.state')
    expect((await world.ada.ok('matter.read', here())).ownRoot).toEqual({ name: null, asked: 'root.put', changing: false })
    expect((await decide(world.ada, asked)).status).toBe(403)
    for (const by of [world.cora, world.sam, world.ruth]) expect((await decide(by, asked)).status).toBe(404)
    const waiting = (await world.ben.ok('confirmation.list')).confirmations.find((one) => one.id === asked.confirmation)!
    expect(waiting).toMatchObject({ kind: 'root.put', mayDecide: true, text: expect.stringContaining(`under the client’s key ${name}`) })
    const deeds = await world.deedsOf(async () => {
      expect((await decide(world.ben, asked)).status).toBe(204)
      const { id } = await root(name)
      await until('the client’s key', () => isUnder(id))
      await until('its entry', async () => (await firm.entries()).some((entry) => entry.deed === 'root.put'))
    })
    expect(deeds).toEqual(expect.arrayContaining(['root.allowed', 'root.put']))
    expect((await world.ada.ok('matter.read', here())).ownRoot).toEqual({ name, asked: null, changing: false })
    expect((await world.ada.ask('document.download', firm.at(before))).bytes.equals(copy.bytes)).toBe(true)
    expect((await world.ada.ok('document.kept', firm.at(before))).key.own).toBe(name)
    await firm.file('Later.txt', 'Letters')
    expect(await firm.places()).toEqual(['Letters/Later.txt', 'Letters/Letter.txt'])
    // how many, and not which
    expect((await root(name)).matters).toBeGreaterThan(0)
    expect(JSON.stringify(await roots())).not.toContain(firm.matter)
    const taken = await world.ada.ok('root.take', { ...here(), body: { reason: 'It goes its own way' } })
    expect((await decide(world.ben, taken)).status).toBe(204)
    await until('the firm’s key', () => isUnder(null))
    expect(await firm.places()).toEqual(['Letters/Later.txt', 'Letters/Letter.txt'])
  },
  300_000,
)

test('the database, the key store and the firm’s root key together do not open it; nor does the client’s key alone', async () => {
  const document = await firm.file('Letter.txt', 'Letters')
  const [old] = await halves()
  const { keys, keystore } = world.firm.house
  const oldKey = joinMatterKey(
    unwrapKey(keys.matters, halfLabel(firm.matter, 1), old!.wrapped),
    await keystore.get(firm.matter),
    firm.matter,
  )
  await under('hsm-7')
  // all that a thief of the disk with the firm's root key has
  const [half] = await halves()
  const inner = unwrapKey(keys.matters, halfLabel(firm.matter, half!.version), half!.wrapped)
  const stored = await keystore.get(firm.matter, half!.version)
  const [version] = await sql<{ id: string; wrapped_key: Buffer }>('select id, wrapped_key from app.versions where document_id = $1', [
    document.id,
  ])
  const opens = (key: Buffer) => () => unwrapKey(key, versionLabel(version!.id), version!.wrapped_key)
  expect(inner).toHaveLength(32 + 1 + 12 + 16)
  for (const guess of [inner.subarray(0, 32), inner.subarray(13, 45), inner.subarray(-32)])
    expect(opens(joinMatterKey(guess, stored, firm.matter))).toThrow()
  expect(opens(oldKey)).toThrow()
  // and the client's own: its service opens the root's key, under which without the firm's there is nothing to be found
  const [row] = await sql<{ id: string; sealed_key: Buffer; sealed_name: Buffer }>(
    'select id, sealed_key, sealed_name from app.own_roots where id = $1',
    [half!.root_id],
  )
  const kek = await openSealed(
    await readAccess(dir(), 'hsm-7'),
    row!.id,
    firmText(keys, 'own_roots', 'sealed_key', row!.id, row!.sealed_key),
  )
  const label = `matter row half under its own root ${firm.matter} ${half!.version}`
  expect(() => unwrapKey(kek, label, half!.wrapped)).toThrow()
  // both do: the test would notice a key that opens nothing
  const together = joinMatterKey(unwrapKey(kek, label, inner), stored, firm.matter)
  expect(opens(together)()).toHaveLength(32)
  // no secret of the client's is in the database
  for (const text of ['s.client', kek.toString('hex')]) {
    const found = await sql(`select 1 from app.own_roots o where o::text like '%' || $1 || '%'`, [text])
    expect(found).toEqual([])
  }
}, 60_000)

test('while the client withholds its key nothing of the matter is read, by one sentence, and nothing else of the firm notices', async () => {
  const other = firm.matter
  await firm.beginAnew()
  const document = await firm.file('Letter.txt', 'Letters')
  await world.ada.ok('document.rows', { ...here(), query: { start: 0, limit: 50 } })
  await under('hsm-7')
  await withhold()
  for (const { id, params } of readsIn(firm.matter, document.id)) {
    const [theirs, walled] = [await world.ada.ask(id, { params } as never), await world.cora.ask(id, { params } as never)]
    expect([id, theirs.status, theirs.bytes.toString()]).toEqual([
      id,
      expect.toSatisfy((code) => [400, 404, 503, 403].includes(code as number)),
      expect.not.stringMatching(/Letter|A matter \d/),
    ])
    // whom the wall keeps out is told what they always are
    expect([id, walled.bytes.toString()]).toEqual([id, expect.not.stringContaining('key.withheld')])
  }
  for (const [id, params] of [
    ['matter.read', here().params],
    ['document.list', here().params],
    ['entry.list', here().params],
    ['document.read', { document: document.id }],
    ['document.download', { document: document.id }],
  ] as const) {
    expect([id, await world.ada.refused(id, { params } as never)]).toEqual([id, 'key.withheld'])
    expect([id, await world.cora.refused(id, { params } as never)]).toEqual([id, 'nothing'])
  }
  const sent = await world.ada.tryUpload(firm.matter, 'New.txt', '', Buffer.from('new'))
  expect([sent.status, sent.bytes.toString()]).toEqual([503, expect.stringContaining('key.withheld')])
  expect(await world.ada.refused('root.take', { ...here(), body: { reason: 'Without it' } })).toBe('key.withheld')
  // the lists of the firm
  const { matters } = await world.ada.ok('matter.list')
  expect(matters.find((one) => one.id === firm.matter)).toMatchObject({ isLocked: true, number: '', title: 'Locked by its owner’s key' })
  expect(matters.find((one) => one.id === other)).toMatchObject({ isLocked: false, title: expect.stringMatching(/^A matter/) })
  const ben = (await world.ben.ok('person.me')).id
  await world.ada.ok('person.read', { params: { person: ben } })
  await world.ada.ok('access.reach', { params: { person: (await world.ada.ok('person.me')).id } })
  await world.ada.ok('access.explain', here())
  for (const id of [
    'handover.list',
    'confirmation.list',
    'hold.list',
    'certificate.list',
    'client.list',
    'notice.list',
    'entry.all',
  ] as const)
    expect([id, (await world.ada.ask(id)).status]).toEqual([id, 200])
  expect((await world.ruth.ask('entry.all')).status).toBe(200)
  await world.ada.ok('document.list', { params: { matter: other } })
  await world.ada.upload(other, 'Elsewhere.txt', '', Buffer.from('elsewhere'))
  // an administrator reads why
  expect(await root('hsm-7')).toMatchObject({ state: 'withheld', why: expect.stringContaining('HTTP 403') })
  await give()
  expect(await askAgain()).toMatchObject({ state: 'held' })
  expect(await firm.places()).toEqual(['Letters/Letter.txt'])
}, 300_000)

test.runIf(process.env.SLOW)(
  'a service that is slow, busy, wrong or gone keeps nobody long, and when it is well again all goes on by itself',
  async () => {
    await firm.file('Letter.txt')
    await under('hsm-7')
    for (const ill of ['silent', 'busy', 'other-key', 'garbage'] as const) {
      // as after the minutes for which it is held
      world.firm.house.keystore.own.stop()
      transit.ill = ill
      const [mine, others] = await Promise.all([world.ada.ask('matter.read', here()), world.ben.ask('matter.list')])
      expect([ill, mine.status, others.status]).toEqual([ill, 503, 200])
      transit.ill = 'well'
      await until('the matter', async () => (await world.ada.ask('matter.read', here())).status === 200)
    }
    const file = join(dir(), 'hsm-7.json')
    await rename(file, `${file}.away`)
    expect(await askAgain()).toMatchObject({ state: 'withheld', why: expect.stringContaining('is not on this machine') })
    await rename(`${file}.away`, file)
    await until('the matter', async () => (await world.ada.ask('matter.read', here())).status === 200)
    const said = (await sql<{ deed: string }>(`select deed from ledger.entries where deed in ('root.opened', 'root.failed')`)).map(
      (row) => row.deed,
    )
    expect(said).toContain('root.failed')
    expect(said.filter((deed) => deed === 'root.opened').length).toBeGreaterThanOrEqual(5)
  },
  240_000,
)

test('a key is in memory for its minutes and no longer', async () => {
  await firm.file('Letter.txt')
  await under('hsm-7')
  const { house } = world.firm
  const { id } = await root('hsm-7')
  const before = house.keystore.own
  const brief = openOwnKeys(house, { dir: dir(), minutes: 1 / 60 })
  house.keystore.own = brief
  try {
    await world.ada.ok('document.rows', { ...here(), query: { start: 0, limit: 50 } })
    const bytes = brief.held(id) as Buffer
    expect(bytes.equals(Buffer.alloc(32))).toBe(false)
    await withdraw()
    await until('its end', async () => brief.stateOf(id).state !== 'held')
    // not even its bytes
    expect(bytes.equals(Buffer.alloc(32))).toBe(true)
    expect(await world.ada.refused('document.rows', { ...here(), query: { start: 0, limit: 50 } })).toBe('key.withheld')
  } finally {
    house.keystore.own = before
    brief.stop()
  }
}, 60_000)

test('replacing every key passes a withheld matter over and says so; checks do too; the firm key needs no client', async () => {
  await firm.file('Letter.txt')
  await under('hsm-7')
  await withhold()
  const rotated = async (what: 'matter' | 'firm') => {
    const { id } = await world.sam.ok('key.rotate', { body: { what } })
    const one = async () => (await world.sam.ok('key.list')).rotations.find((its) => its.id === id)!
    await until('the rotation', async () => (await one()).endedAt !== null)
    return one()
  }
  // those of the tests before stand under it too
  const { matters } = await root('hsm-7')
  expect(await rotated('matter')).toMatchObject({ skipped: matters })
  expect(await rotated('firm')).toMatchObject({ skipped: 0 })
  const { faults, notes } = await scrub(world.firm.house)
  expect(faults).toEqual([])
  expect(notes).toContainEqual({ what: 'Its client withholds its key: nothing of the matter was opened.', where: `matter ${firm.matter}` })
  expect(notes).toHaveLength(matters)
  const { house } = world.firm
  const verified = await verifyLedger(house.clerk, { vkey: ledgerKey(house.keys.ledgerSeed).vkey, detailsOf: house }, () => {})
  expect(verified.faults).toEqual([])
  await give()
  await askAgain()
  expect(await firm.places()).toEqual(['Letter.txt'])
  expect(await rotated('matter')).toMatchObject({ skipped: 0 })
  expect((await halves())[0]!.root_id).not.toBeNull()
  expect(await firm.places()).toEqual(['Letter.txt'])
}, 300_000)

test('a change that waits for a withheld key holds up no other, and is done once the key is given out', async () => {
  await firm.file('Letter.txt')
  await under('hsm-7')
  const taken = await world.ada.ok('root.take', { ...here(), body: { reason: 'Off it' } })
  await withhold()
  expect((await decide(world.ben, taken)).status).toBe(503)
  await give()
  await askAgain()
  expect((await decide(world.ben, taken)).status).toBe(204)
  await until('the firm’s key', () => isUnder(null))
}, 60_000)

test('wherever it is cut off, the next try comes to the end, and all of it opens', async () => {
  const { house } = world.firm
  await firm.file('Letter.txt', 'Letters')
  const target = (await root('hsm-7')).id
  const rotation = { id: '', what: 'own', matter_id: firm.matter, begun_by: '', after: null, done: 0, of: 0, skipped: 0 } as const
  const step = (root_id: string | null) => ({ rotation: { ...rotation, root_id }, goesOn: () => true, reached: async () => {} })
  let cuts = 0
  for (const root_id of [target, null])
    for (let after = 0, isDone = false; !isDone; after += 1) {
      let left = after
      const dying = {
        ...house,
        clerk: ((job, fn) => {
          if (left-- <= 0) throw new Error('cut off')
          return house.clerk(job, fn)
        }) as typeof house.clerk,
      }
      isDone = await rotateOwn(dying, step(root_id)).then(
        () => true,
        (fault: Error) => {
          if (fault.message !== 'cut off') throw fault
          cuts += 1
          return false
        },
      )
      expect(await firm.places()).toEqual(['Letters/Letter.txt'])
    }
  expect(cuts).toBeGreaterThan(15)
  expect(await isUnder(null)).toBe(true)
  expect((await scrub(house)).faults).toEqual([])
}, 300_000)

test('a matter is destroyed without the client’s key, with its certificate', async () => {
  const document = await firm.file('Letter.txt')
  await under('hsm-7')
  await withhold()
  await world.ada.ok('matter.close', { ...here(), body: { reason: 'Done' } })
  const hold = await world.ada.ok('hold.place', {
    ...here(),
    body: { documents: [], trigger: 'A claim', triggeredOn: '2026-02-03', issuer: 'Court', scope: 'All', custodians: [], reason: 'R' },
  })
  await world.ben.ok('hold.lift', { params: { hold: hold.id }, body: { reason: 'Over' } })
  const asked = await world.ada.ok('matter.destroy', { ...here(), body: { reason: 'Past its time', basis: 'Schedule 7' } })
  expect((await decide(world.ruth, asked)).status).toBe(204)
  await until('the certificate', async () => {
    await destroyDue(world.firm.house)
    await world.firm.sequencer.run()
    const [row] = await sql<{ state: string }>('select state from app.destructions where id = $1', [asked.destruction])
    return row!.state === 'certified'
  })
  expect(await halves()).toEqual([])
  expect((await world.ada.ask('document.read', firm.at(document))).status).toBe(404)
  const { note } = await world.ada.ok('certificate.read', { params: { destruction: asked.destruction } })
  expect(note).toContain('the client withheld its own key')
  expect((await scrub(world.firm.house)).faults).toEqual([])
}, 60_000)

test('what is not theirs to ask is not done, also by SQL', async () => {
  expect(await world.ada.refused('root.put', { ...here(), body: { name: 'no-such-key', reason: 'R' } })).toBe('root.unknown')
  expect(await world.ada.refused('root.take', { ...here(), body: { reason: 'R' } })).toBe('root.state')
  for (const who of ['cora', 'ruth', 'sam'] as const)
    expect([who, await world[who].refused('root.put', { ...here(), body: { name: 'hsm-7', reason: 'R' } })]).toEqual([
      who,
      who === 'cora' ? 'nothing' : 'may.not',
    ])
  for (const who of ['ben', 'cora', 'ruth'] as const) {
    expect(await world[who].refused('root.list')).toBe('may.not')
    expect(await world[who].refused('root.add', { body: { name: 'stick' } })).toBe('may.not')
  }
  expect(await world.sam.refused('root.add', { body: { name: 'stick' } })).toBe('root.known')
  expect(await world.sam.refused('root.add', { body: { name: 'nothing-here' } })).toBe('root.away')
  await sql(`update app.sessions set factor_at = now() - interval '1 hour'`)
  expect(await world.ada.refused('root.put', { ...here(), body: { name: 'hsm-7', reason: 'R' } })).toBe('factor.stale')
  expect(await world.sam.refused('root.test', { params: { root: (await root('stick')).id } })).toBe('factor.stale')
  const [before] = await halves(firm.matter as MatterId)
  expect(before!.root_id).toBeNull()
  expect((await readFile(join(dir(), 'stick.json'), 'utf8')).length).toBeGreaterThan(0)
})
