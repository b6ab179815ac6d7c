import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WitnessView } from '../src/contract/witness.ts'
import { parseAddCheckpoint } from '../src/core/add-checkpoint.ts'
import { parseCheckpoint } from '../src/core/checkpoint.ts'
import { cosignaturesOn, cosignerOf, parseCosignerKey } from '../src/core/cosignature.ts'
import { newSigningSeed, openNote, parseVkey, splitNote } from '../src/core/note.ts'
import { askWitnesses } from '../src/features/witnesses/asking.ts'
import { silentLog } from '../src/platform/log.ts'
import { makeWitness, type Witness } from '../src/witness/folder.ts'
import { evidenceOf, logOf, trustLog } from '../src/witness/logs.ts'
import { serveWitness, type Serving } from '../src/witness/server.ts'
import { LyingWitness } from './world/lying-witness.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const home = await mkdtemp(join(tmpdir(), 'witnesses-'))
const PLACE = { host: '127.0.0.1', port: 0, tls: null, isBehindProxy: false }
let notary: Witness
let serving: Serving
let liar: LyingWitness

beforeAll(async () => {
  notary = await makeWitness(join(home, 'notary'), 'witness.notary.example/1')
  serving = await serveWitness(notary, PLACE, silentLog)
  liar = new LyingWitness()
  await liar.open()
})
afterAll(async () => {
  await serving.close()
  await liar.close()
  await rm(home, { recursive: true, force: true })
})

const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const listed = async (): Promise<WitnessView[]> => (await world.ruth.ok('witness.list')).witnesses
const viewOf = async (id: string): Promise<WitnessView> => (await listed()).find((one) => one.id === id)!
const latest = () => world.ruth.ok('checkpoint.latest')
async function size(): Promise<number> {
  await world.firm.sequencer.run()
  return (await sql<{ size: number }>('select max(size)::int as size from ledger.checkpoints'))[0]!.size
}

/** Every live witness is asked now, and has answered or not when this resolves. */
async function asked(): Promise<void> {
  await world.firm.sequencer.run()
  const [{ at }] = (await sql<{ at: Date }>('select clock_timestamp() as at')) as [{ at: Date }]
  await sql('update ledger.witnesses set next_at = now(), asked_at = null where retired_at is null')
  for (;;) {
    await askWitnesses(world.firm.house)
    const due = await sql('select from ledger.witnesses where retired_at is null and (asked_at is null or asked_at < $1)', [at])
    if (due.length === 0) return
    await pause(50)
  }
}
const named = async (url: string, key: string): Promise<WitnessView> => {
  await world.refresh()
  return world.ruth.ok('witness.add', { body: { url, key } })
}
const letGo = async (id: string): Promise<void> => {
  await world.refresh()
  await world.ruth.ok('witness.retire', { params: { witness: id as never } })
}

test('a witness is named, told of the ledger, and cosigns its checkpoints; what lies under them is witnessed', async () => {
  const before = await world.ada.ok('entry.list', { params: { matter: world.orchard.id } })
  expect(before.entries.map((entry) => entry.proof)).not.toContain('witnessed')
  const deeds = await world.deedsOf(async () => {
    const witness = await named(serving.url, notary.vkey)
    expect(witness).toMatchObject({ name: 'witness.notary.example/1', url: serving.url, last: null, fault: null })
    // its operator has not been told of us
    await asked()
    expect((await viewOf(witness.id)).fault).toMatchObject({ code: 'unknown', isAlarming: false })
    await trustLog(notary, (await world.ruth.ok('witness.list')).key)
    await asked()
  })
  expect(deeds).toEqual(['witness.added'])
  const [witness] = await listed()
  expect(witness!.fault).toBeNull()
  const top = await size()
  expect(witness!.last!.size).toBeLessThanOrEqual(top)

  const { witnessed, key } = await world.ruth.ok('witness.list')
  expect(witnessed!.by).toMatchObject([{ name: 'witness.notary.example/1', key: notary.vkey }])
  expect(openNote(witnessed!.note, [parseVkey(key), parseCosignerKey(notary.vkey)]).signers).toHaveLength(2)
  expect(cosignaturesOn(witnessed!.note, [notary.key])).toHaveLength(1)
  const after = await world.ada.ok('entry.list', { params: { matter: world.orchard.id } })
  const known = new Set(before.entries.map((entry) => entry.id))
  expect(after.entries.filter((entry) => known.has(entry.id)).every((entry) => entry.proof === 'witnessed')).toBe(true)
})

test('what is newer than the last cosignature is in the tree, and no more', async () => {
  await asked()
  await world.ada.ok('notice.see')
  await world.firm.sequencer.run()
  const { entries } = await world.ruth.ok('entry.all')
  expect(entries[0]!.proof).toBe('in the tree')
  expect(entries.at(-1)!.proof).toBe('witnessed')
})

test('it grows by steps of any size, with proofs from where the witness was', async () => {
  for (let n = 1; n < 6; n++) {
    for (let i = 0; i < n; i++) await world.ada.ok('notice.see')
    await asked()
    const [witness] = await listed()
    expect(witness!.fault).toBeNull()
    expect(witness!.last!.size).toBe(await size())
  }
})

test('witnesses are for those who read the ledger; who keeps them is guarded, in person and fresh', async () => {
  for (const who of [world.ben, world.cora, world.sam]) expect((await who.ask('witness.list')).status).toBe(403)
  expect((await world.ben.ask('witness.add', { body: { url: serving.url, key: notary.vkey } })).status).toBe(403)
  await sql(`update app.sessions set factor_at = now() - interval '1 hour'`)
  expect((await world.ruth.ask('witness.add', { body: { url: serving.url, key: notary.vkey } })).status).toBe(403)
  await world.refresh()
  expect((await world.ruth.ask('witness.add', { body: { url: serving.url, key: notary.vkey } })).status).toBe(409)
  const wrong: [string, string, string][] = [
    ['http://witness.example', notary.vkey, 'url'],
    ['https://ada:secret@witness.example', notary.vkey, 'url'],
    ['https://witness.example/?q=1', notary.vkey, 'url'],
    ['https://witness.example', 'nonsense', 'key'],
    ['https://witness.example', (await world.ruth.ok('witness.list')).key, 'key'],
  ]
  for (const [url, key, field] of wrong) {
    const reply = await world.ruth.ask('witness.add', { body: { url, key } })
    expect([reply.status, Object.keys((reply.json as { error: { fields: object } }).error.fields)], url).toEqual([400, [field]])
  }
  expect((await world.eve.ask('witness.list')).status).toBe(401)
})

test('a witness that lies does not count, whatever it answers, and the others do', async () => {
  const witness = await named(liar.url, liar.signer.vkey)
  const other = cosignerOf('liar.example', newSigningSeed())
  const seconds = () => Math.floor(Date.now() / 1000)
  const textOf = (body: string) => splitNote(parseAddCheckpoint(body).checkpoint).text
  const lies: [string, LyingWitness['says']][] = [
    ['lied', () => ({ status: 200, body: '' })],
    ['lied', () => ({ status: 200, body: '<html>' })],
    ['lied', ({ body }) => ({ status: 200, body: other.cosign(textOf(body), seconds()) })],
    ['lied', ({ body }) => ({ status: 200, body: liar.signer.cosign(textOf(body).replace(/^\d+$/m, '1'), seconds()) })],
    ['lied', ({ body }) => ({ status: 200, body: liar.signer.cosign(textOf(body), seconds()).slice(0, -2) })],
    ['clock', ({ body }) => ({ status: 200, body: liar.signer.cosign(textOf(body), seconds() + 3600) })],
    ['odd', () => ({ status: 418 })],
    ['odd', () => ({ status: 301 })],
    ['odd', () => ({ status: 409, body: '5\n' })],
    ['odd', () => ({ status: 409, type: 'text/x.tlog.size', body: 'many' })],
    ['odd', ({ body }) => ({ status: 409, type: 'text/x.tlog.size', body: `${parseAddCheckpoint(body).old}\n` })],
    ['unproved', () => ({ status: 422 })],
    [
      'unproved',
      ({ path }) => (path === '/add-checkpoint' ? { status: 409, type: 'text/x.tlog.size', body: '99999999\n' } : { status: 404 }),
    ],
    ['unproved', ({ path }) => (path === '/add-checkpoint' ? { status: 422 } : { status: 200, body: 'nothing that verifies' })],
    ['refused', () => ({ status: 403 })],
    ['away', () => ({ status: 503 })],
    ['away', () => ({ status: 200, body: 'x'.repeat(200_000) })],
  ]
  for (const [code, says] of lies) {
    liar.says = says
    await asked()
    const view = await viewOf(witness.id)
    expect([view.fault?.code, view.last], String(says)).toEqual([code, null])
    expect((await listed()).find((one) => one.name === notary.name)!.fault).toBeNull()
  }
  expect(await sql('select from ledger.cosignatures where witness_id = $1', [witness.id])).toEqual([])
  // and when it tells the truth it counts
  liar.says = ({ body }) => ({ status: 200, body: liar.signer.cosign(textOf(body), seconds()) })
  await sql('update ledger.witnesses set held = 0 where id = $1', [witness.id])
  await asked()
  expect((await viewOf(witness.id)).last!.size).toBe(await size())
  expect((await world.ruth.ok('witness.list')).witnessed!.by).toHaveLength(2)
  // one that then holds less than it signed has no memory to rely on
  liar.says = () => ({ status: 409, type: 'text/x.tlog.size', body: '1\n' })
  await asked()
  expect((await viewOf(witness.id)).fault!.code).toBe('forgot')
  await letGo(witness.id)
}, 300_000)

test('what contradicts the ledger is an entry and is told, once until it changes', async () => {
  const witness = await named(liar.url, liar.signer.vkey)
  const told = async () =>
    (await world.ruth.ok('notice.list')).notices.filter((notice) => notice.text.includes('liar.example contradicts the ledger')).length
  const before = await told()
  liar.says = () => ({ status: 422 })
  const deeds = await world.deedsOf(async () => {
    await asked()
    await asked()
    await asked()
  })
  expect(deeds).toEqual(['witness.differed'])
  expect(await told()).toBe(before + 1)
  expect((await viewOf(witness.id)).fault).toMatchObject({ code: 'unproved', isAlarming: true })
  await letGo(witness.id)
})

test('a witness that is slow or away slows nobody, is asked more and more seldom, and is brought up when it is back', async () => {
  const witness = await named(liar.url, liar.signer.vkey)
  liar.says = () => null
  await world.firm.sequencer.run()
  await sql('update ledger.witnesses set next_at = now() where retired_at is null')
  const begun = performance.now()
  const asking = askWitnesses(world.firm.house)
  // the firm goes on, and so does the other witness
  for (let n = 0; n < 10; n++) await world.ada.ok('notice.see')
  await world.firm.sequencer.run()
  expect(performance.now() - begun).toBeLessThan(8000)
  expect((await listed()).find((one) => one.name === notary.name)!.fault).toBeNull()
  await asking
  expect((await viewOf(witness.id)).fault!.code).toBe('away')

  // a week
  await liar.close()
  const waits: number[] = []
  for (let n = 0; n < 12; n++) {
    for (let i = 0; i < 3; i++) await world.ada.ok('notice.see')
    await asked()
    const [row] = await sql<{ wait: number }>(
      'select extract(epoch from next_at - asked_at)::int as wait from ledger.witnesses where id = $1',
      [witness.id],
    )
    waits.push(row!.wait)
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(waits.at(-1)).toBe(3600)

  liar.says = ({ body }) => ({
    status: 200,
    body: liar.signer.cosign(splitNote(parseAddCheckpoint(body).checkpoint).text, Math.floor(Date.now() / 1000)),
  })
  await liar.open()
  await sql('update ledger.witnesses set url = $2 where id = $1', [witness.id, liar.url])
  await asked()
  expect(await viewOf(witness.id)).toMatchObject({ fault: null, last: { size: await size() } })
  await letGo(witness.id)
}, 300_000)

test('a witness that was brought somewhere by someone else is followed from there', async () => {
  await asked()
  await sql('update ledger.witnesses set held = 3 where retired_at is null')
  await world.ada.ok('notice.see')
  await asked()
  expect((await listed()).find((one) => one.name === notary.name)).toMatchObject({ fault: null, last: { size: await size() } })
})

/** As someone does who has the database: the newest leaves with their entries and checkpoints go, and every trace of who signed them. */
async function cutTail(by: number): Promise<number> {
  const from = (await size()) - by
  await world.asSuperuser(world.database, async (db) => {
    await db.run('delete from ledger.cosignatures where size > $1', [from])
    await db.run('delete from ledger.checkpoints where size > $1', [from])
    await db.run('create temporary table gone on commit preserve rows as select entry_id from ledger.leaves where n >= $1', [from])
    await db.run('delete from ledger.leaves where n >= $1', [from])
    await db.run('set session_replication_role = replica')
    await db.run('delete from ledger.entries where id in (select entry_id from gone)')
    await db.run('set session_replication_role = default')
    await db.run('drop table gone')
  })
  return from
}
const alarms = () =>
  sql<{ n: number }>(`select count(*)::int as n from ledger.entries where deed = 'witness.differed'`).then((rows) => rows[0]!.n)

test('a tail that was cut off is not cosigned over: the witness is ahead and shows by what, and so it is when entries took its place', async () => {
  for (let n = 0; n < 6; n++) {
    await world.ada.ok('notice.see')
    await world.firm.sequencer.run()
  }
  await asked()
  const held = (await viewOf((await listed()).find((one) => one.name === notary.name)!.id)).last!.size
  const before = await alarms()
  // six leaves fewer; what is left verifies by itself, which the world checks after each test
  const left = await cutTail(6)
  await sql('update ledger.witnesses set held = null where retired_at is null')
  await asked()
  const [ahead] = await listed()
  expect(ahead!.fault).toMatchObject({ code: 'ahead', isAlarming: true })
  expect(await alarms()).toBe(before + 1)
  const { entries } = await world.ruth.ok('entry.all')
  const said = entries.find((entry) => entry.deed === 'witness.differed')!
  expect(said.details).toMatchObject({ fault: 'ahead', held, ours: left })
  // the proof: a larger checkpoint with this ledger's own signature
  const key = parseVkey((await world.ruth.ok('witness.list')).key)
  expect(parseCheckpoint(openNote(String(said.details.note), [key]).text).size).toBe(held)

  // with other entries in their place, one checkpoint each: the same size, another history, signed with the real key
  while ((await size()) < held) await world.ada.ok('notice.see')
  await asked()
  expect((await listed())[0]!.fault!.code).toBe('forked')
  await world.ada.ok('notice.see')
  await asked()
  expect((await listed())[0]!.fault!.code).toBe('forked')
  expect(await evidenceOf((await logOf(notary, key.name))!)).not.toEqual([])
  // nothing of the other history is cosigned
  expect(await sql('select from ledger.cosignatures where size > $1', [left])).toEqual([])
  expect((await world.ruth.ok('entry.all')).entries[0]!.proof).not.toBe('witnessed')
}, 300_000)

test('entries rewritten in one batch: the witness holds a size at which this ledger never signed', async () => {
  await letGo((await listed())[0]!.id)
  const fresh = await makeWitness(join(home, 'fresh'), 'witness.fresh.example')
  const running = await serveWitness(fresh, PLACE, silentLog)
  try {
    await trustLog(fresh, (await world.ruth.ok('witness.list')).key)
    const witness = await named(running.url, fresh.vkey)
    await world.ada.ok('notice.see')
    await world.firm.sequencer.run()
    await world.ada.ok('notice.see')
    await asked()
    const held = (await viewOf(witness.id)).last!.size
    await cutTail(1)
    // two entries are numbered together, so that there is no checkpoint in between
    await world.asSuperuser(world.database, async (db) => {
      await db.run('begin')
      await db.run(`select pg_advisory_xact_lock($1)`, [0x73657131])
      await world.ada.ok('notice.see')
      await world.ada.ok('notice.see')
      await world.ada.ok('notice.see')
      await db.run('commit')
    })
    expect(await size()).toBeGreaterThan(held)
    await sql('update ledger.witnesses set held = null where retired_at is null')
    await asked()
    expect((await viewOf(witness.id)).fault!.code).toBe('strange')
  } finally {
    await running.close()
  }
})

test('what one does not see is not told by its proof either: the salt must be known', async () => {
  const [entry] = await sql<{ id: string; salt: Buffer }>(
    'select e.id, e.salt from ledger.entries e join ledger.leaves l on l.entry_id = e.id order by l.n limit 1',
  )
  const told = async (salt: Buffer) => (await sql<{ ok: boolean }>('select hidden.is_witnessed($1, $2) as ok', [entry!.id, salt]))[0]!.ok
  expect(await told(entry!.salt)).toBe(true)
  expect(await told(Buffer.alloc(16))).toBe(false)
})

test('what a witness signed stays when it is let go, and nothing of it is ever taken away by us', async () => {
  const kept = await sql<{ n: number }>('select count(*)::int as n from ledger.cosignatures')
  expect(kept[0]!.n).toBeGreaterThan(0)
  expect((await listed()).some((one) => one.retiredAt !== null)).toBe(true)
  expect((await world.ruth.ask('witness.retire', { params: { witness: (await listed()).find((one) => one.retiredAt)!.id } })).status).toBe(
    404,
  )
  const top = await size()
  expect((await latest()).size).toBe(top)
})
