import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openNote, parseVkey, signerOf } from '../src/core/note.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { destroyDue } from '../src/features/destruction/executing.ts'
import { forgetMatterKeys } from '../src/features/keys/matter-keys.ts'
import { verifyLedger } from '../src/features/ledger/verify.ts'
import { ledgerKey } from '../src/features/ledger/tree.ts'
import { eraseEnded } from '../src/features/vault/erasing.ts'
import { scrub } from '../src/features/vault/scrub.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { intruder } from './world/joining.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { file, here, at, trash, trashed, places } = firm
beforeEach(async () => {
  await world.refresh()
  await firm.beginAnew()
})

type One = { id: string }
const rows = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const idOf = async (who: Caller) => (await who.ok('person.me')).id
const askFor = (...documents: One[]) =>
  world.ada.ok('document.destroy', {
    ...here(),
    body: { documents: documents.map((one) => one.id), reason: 'Past its time', basis: 'Schedule 7' },
  })
const decide = (by: Caller, { confirmation }: { confirmation: string }, approve = true) =>
  by.ask('confirmation.decide', { params: { confirmation }, body: { approve } })
const codeOf = (reply: { json: unknown }) => (reply.json as { error: { code: string } } | null)?.error.code
const state = async (destruction: string) =>
  (await rows<{ state: string }>('select state from app.destructions where id = $1', [destruction]))[0]!.state
/** The clerk goes on until it is certified, or does not come further. */
async function finish(destruction: string): Promise<string> {
  for (let tries = 0; tries < 5 && !['certified', 'stopped'].includes(await state(destruction)); tries += 1) {
    await destroyDue(world.firm.house)
    await world.firm.sequencer.run()
  }
  return state(destruction)
}
const hold = (by: Caller, documents: string[] = []) =>
  by.ok('hold.place', {
    ...here(),
    body: { documents, trigger: 'A claim', triggeredOn: '2026-02-03', issuer: 'Court', scope: 'All', custodians: [], reason: 'R' },
  })
const lift = (by: Caller, id: string) => by.ok('hold.lift', { params: { hold: id }, body: { reason: 'Over' } })
const closed = () => world.ada.ok('matter.close', { ...here(), body: { reason: 'Done' } })
const askForMatter = () => world.ada.ok('matter.destroy', { ...here(), body: { reason: 'Past its time', basis: 'Schedule 7' } })
const blobs = async (): Promise<string[]> => {
  const dir = join(world.dir, 'data/blobs')
  return (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => one.name)
}
const versionsOf = async (document: string) =>
  (await rows<{ id: string }>('select id from app.versions where document_id = $1', [document])).map((row) => row.id)

test('documents are destroyed by two people, in the trash or not, and are nowhere afterwards', async () => {
  const [one, two, stays] = [await file('one.txt', 'Letters'), await file('two.txt'), await file('stays.txt')]
  await world.ada.ok('document.trash', trash(two))
  await world.ben.ok('document.open', at(stays))
  const opened = await world.ben.ok('document.open', at(one))
  const versions = [...(await versionsOf(one.id)), ...(await versionsOf(two.id))]
  const asked = await askFor(one, two)
  expect(await places()).toEqual(['Letters/one.txt', 'stays.txt'])
  const waiting = (await world.ben.ok('confirmation.list')).confirmations.find((its) => its.id === asked.confirmation)
  expect(waiting).toMatchObject({ kind: 'document.destroy', mayDecide: true, mine: false, reason: 'Past its time', state: 'waiting' })
  expect(waiting!.text).toMatch(/^Destroy 2 documents of A matter \d+ for good$/)
  expect(codeOf(await decide(world.ada, asked))).toBe('confirmation.oneself')
  for (const by of [world.cora, world.sam, world.ruth]) expect((await decide(by, asked)).status).toBe(404)
  expect((await decide(world.ben, asked)).status).toBe(204)
  expect(await finish(asked.destruction)).toBe('certified')
  expect(await places()).toEqual(['stays.txt'])
  expect(await trashed()).toEqual([])
  const nobody = { id: uuidv7(Date.now()) }
  for (const document of [one, two]) {
    for (const call of ['document.read', 'document.open', 'document.download', 'version.list'] as const)
      expect([call, (await world.ada.ask(call, at(document))).status]).toEqual([call, 404])
    const [there, not] = [await world.ada.ask('document.restore', trash(document)), await world.ada.ask('document.restore', trash(nobody))]
    expect([there.status, there.bytes.toString()]).toEqual([not.status, not.bytes.toString()])
  }
  expect((await world.ben.send('GET', opened.content)).status).toBe(404)
  for (const version of versions) expect(await blobs()).not.toContain(version)
  expect(await blobs()).toContain((await versionsOf(stays.id))[0])
  expect(await rows('select 1 from app.erasures')).toEqual([])
  // nor does a wall's list of what was opened before call it by its name
  const person = await idOf(world.ben)
  const wish = { kind: 'exclusion' as const, matters: [{ matter: firm.matter }], people: [{ person }] }
  const { seen } = (await world.ada.ok('wall.preview', { body: wish })).losses[0]!
  expect(
    seen
      .filter(({ deed }) => deed === 'document.opened')
      .map(({ object }) => object)
      .sort(),
  ).toEqual(['stays.txt', null].sort())
  // history has the id and no name any more
  const entries = await firm.entries()
  expect(JSON.stringify(entries)).not.toMatch(/one\.txt|two\.txt/)
  expect(entries.filter((entry) => entry.deed === 'document.destroyed')).toHaveLength(2)
  expect(JSON.stringify(entries)).toContain(one.id)
  expect(JSON.stringify(entries)).toContain('stays.txt')
})

test('a certificate is numbered without a gap, signed, and says what was destroyed and what was not reached', async () => {
  const before = (await rows<{ n: number }>('select coalesce(max(number), 0) as n from app.destructions'))[0]!.n
  for (const name of ['a.txt', 'b.txt']) {
    const asked = await askFor(await file(name))
    await decide(world.ben, asked)
    expect(await finish(asked.destruction)).toBe('certified')
  }
  const { destructions } = await world.ada.ok('certificate.list', { query: { matter: firm.matter } })
  expect(destructions.map((one) => one.number)).toEqual([before + 2, before + 1])
  const read = await world.ada.ok('certificate.read', { params: { destruction: destructions[0]!.id } })
  expect(read).toMatchObject({ reason: 'Past its time', basis: 'Schedule 7', items: [{ name: 'b.txt', versions: 1, bytes: 5 }] })
  const seed = world.firm.house.keys.ledgerSeed
  const { text } = openNote(read.note!, [parseVkey(signerOf(`${ledgerKey(seed).name}/destruction`, seed).vkey)])
  expect(text).toContain(`\ncertificate: ${before + 2}\n`)
  expect(text).toContain('\nmethod: clear (NIST SP 800-88r2)\n')
  expect(text).toContain(`\n  ${read.items[0]!.id} 1 5\n`)
  expect(text).not.toContain('b.txt')
  expect(() =>
    openNote(read.note!.replace('Past its time', 'Past no time!'), [parseVkey(signerOf(`${ledgerKey(seed).name}/destruction`, seed).vkey)]),
  ).toThrow()
  const pdf = await world.ada.ask('certificate.print', { params: { destruction: destructions[0]!.id } })
  expect([pdf.status, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
})

test('nothing is destroyed while it is locked or out, in a closed matter, twice, or when the second person refuses', async () => {
  const [locked, out, free] = [await file('locked.txt'), await file('out.txt'), await file('free.txt')]
  await world.ada.ok('document.lock', { ...at(locked), body: { as: 'filed' } })
  await world.ben.ok('document.take-out', { ...at(out), body: {} })
  const refused = (...documents: One[]) =>
    world.ada.refused('document.destroy', { ...here(), body: { documents: documents.map((one) => one.id), reason: 'x' } })
  expect(await refused(locked)).toBe('document.locked')
  expect(await refused(out)).toBe('document.out')
  expect(await refused(free, { id: uuidv7(Date.now()) })).toBe('nothing')
  expect(await refused(free, (await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents[0]!)).toBe('nothing')
  const asked = await askFor(free)
  expect(await refused(free)).toBe('destruction.state')
  // it is taken out while it waits
  await world.ben.ok('document.take-out', { ...at(free), body: {} })
  expect(codeOf(await decide(world.ben, asked))).toBe('document.out')
  await world.ben.ok('document.bring-back', at(free))
  expect((await decide(world.ben, asked, false)).status).toBe(204)
  expect(await state(asked.destruction)).toBe('refused')
  await destroyDue(world.firm.house)
  expect(await places()).toContain('free.txt')
  await askFor(free)
  await closed()
  expect(await refused(locked)).toBe('matter.closed')
})

test('a hold that comes before the approval, or between it and the doing, stops it', async () => {
  const one = await file('one.txt')
  const asked = await askFor(one)
  const first = await hold(world.ruth)
  expect(codeOf(await decide(world.ben, asked))).toBe('hold.stands')
  await lift(world.ada, first.id)
  // approved, and the hold comes before the clerk
  const [ada, ben] = [await idOf(world.ada), await idOf(world.ben)]
  await world.asSuperuser(world.database, (db) =>
    db.run(
      `with held as (insert into app.holds (id, number, matter_id, whole, sealed_words, placed_by) values ($1, 100000, $2, true, '', $3) returning 1)
       update app.destructions set state = 'approved', approved_by = $4, approved_at = now() where id = $5 and exists (select from held)`,
      [uuidv7(Date.now()), firm.matter, ada, ben, asked.destruction],
    ),
  )
  const done = await finish(asked.destruction)
  expect(done).toBe('stopped')
  expect(await places()).toEqual(['one.txt'])
  expect((await firm.entries())[0]).toMatchObject({ deed: 'destruction.stopped' })
  await world.asSuperuser(world.database, (db) => db.run('delete from app.holds where number = 100000'))
})

test('a closed matter is destroyed: nobody finds it, its keys are gone, the ledger stands, and an old copy of the data does not open', async () => {
  const [one, two] = [await file('Falk.txt', 'Experts', 'what Dr Falk wrote'), await file('two.txt')]
  await world.ada.ok('party.add', { ...here(), body: { name: 'Grey Mill', role: 'adverse' } })
  expect(await world.ada.refused('matter.destroy', { ...here(), body: { reason: 'x', basis: 'x' } })).toBe('matter.state')
  await closed()
  const standing = await hold(world.ada, [one.id])
  expect(await world.ada.refused('matter.destroy', { ...here(), body: { reason: 'x', basis: 'x' } })).toBe('hold.stands')
  await lift(world.ben, standing.id)
  // what a backup of the data holds
  const TABLES = ['matter_keys', 'documents', 'versions'] as const
  const copy = await Promise.all(
    TABLES.map((table) => rows<{ row: object }>(`select to_jsonb(x) as row from app.${table} x where matter_id = $1`, [firm.matter])),
  )
  const [version] = await versionsOf(one.id)
  const blob = (await readdir(join(world.dir, 'data/blobs'), { recursive: true })).find((path) => path.endsWith(version!))!
  const sealed = await readFile(join(world.dir, 'data/blobs', blob))
  const half = join(world.dir, 'data/keystore', firm.matter)
  expect((await readFile(half)).length).toBeGreaterThan(0)
  const asked = await askForMatter()
  expect(codeOf(await decide(world.ada, asked))).toBe('confirmation.oneself')
  // a lawyer may not, compliance may by the register
  expect((await decide(world.ben, asked)).status).toBe(404)
  expect((await world.ruth.ok('confirmation.list')).confirmations.find((its) => its.id === asked.confirmation)).toMatchObject({
    mayDecide: true,
  })
  expect((await decide(world.ruth, asked)).status).toBe(204)
  expect(await finish(asked.destruction)).toBe('certified')

  for (const by of [world.ada, world.ben])
    for (const call of ['matter.read', 'document.list', 'document.trashed', 'folder.list', 'entry.list', 'matter.reopen'] as const)
      expect([call, (await by.ask(call, { ...here(), ...(call === 'matter.reopen' && { body: { reason: 'x' } }) })).status]).toEqual([
        call,
        404,
      ])
  expect((await world.ada.ok('matter.list')).matters.map((matter) => matter.id)).not.toContain(firm.matter)
  for (const document of [one, two]) expect(await world.ada.refused('document.read', at(document))).toBe('nothing')
  await expect(readFile(half)).rejects.toThrow('ENOENT')
  for (const table of ['matter_keys', 'documents', 'versions', 'folders', 'openings'])
    expect([table, await rows(`select 1 from app.${table} where matter_id = $1`, [firm.matter])]).toEqual([table, []])
  expect(await rows(`select 1 from app.parties where matter_id = $1 and sealed_details <> ''`, [firm.matter])).toEqual([])
  expect(
    await rows(
      `select 1 from app.team_members where matter_id = $1 and (ends_at is null or ends_at > now() or sealed_reason is not null)`,
      [firm.matter],
    ),
  ).toEqual([])
  // the conflicts register keeps its names
  expect((await rows('select 1 from app.names where matter_id = $1', [firm.matter])).length).toBeGreaterThan(0)

  const read = await world.ruth.ok('certificate.read', { params: { destruction: asked.destruction } })
  expect(read).toMatchObject({ state: 'certified', kind: 'matter.destroy', documents: 2 })
  expect(read.note).toMatch(/\nkey destroyed: [0-9a-f]{64}\n/)
  expect(read.note).not.toMatch(/Falk|two\.txt/)
  expect((await world.ada.ok('certificate.list')).destructions.map((its) => its.id)).toContain(asked.destruction)
  expect(await world.cora.refused('certificate.read', { params: { destruction: asked.destruction } })).toBe('nothing')

  const { house } = world.firm
  await world.firm.sequencer.run()
  const ledger = await verifyLedger(house.clerk, { vkey: ledgerKey(house.keys.ledgerSeed).vkey, detailsOf: house })
  expect(ledger.faults).toEqual([])
  expect(ledger.destroyed).toBeGreaterThan(0)
  expect((await scrub(house)).faults).toEqual([])

  // rows and files of an old backup of the data come back, as their superuser would put them, and the keys do not
  await writeFile(join(world.dir, 'data/blobs', blob), sealed)
  await world.asSuperuser(world.database, async (db) => {
    await db.run('set session_replication_role = replica')
    for (const [at, table] of TABLES.entries())
      for (const { row } of copy[at]!)
        await db.run(`insert into app.${table} select * from jsonb_populate_record(null::app.${table}, $1)`, [JSON.stringify(row)])
    await db.run('update app.team_members set ends_at = null, ended_by = null where matter_id = $1', [firm.matter])
  })
  expect(copy.map((some) => some.length)).toEqual([2, 2, 2])
  const today = new Date().toISOString().slice(0, 10)
  const said = (reply: { status: number; json: unknown }) => [reply.status, (reply.json as { error: { text: string } }).error.text]
  const words = `This matter was destroyed on ${today}. What stands here was restored from an older backup; the key that opens it no longer exists.`
  for (const call of ['matter.read', 'document.list', 'entry.list'] as const)
    expect([call, ...said(await world.ada.ask(call, here()))]).toEqual([call, 410, words])
  for (const call of ['document.read', 'document.download', 'document.open'] as const)
    expect([call, ...said(await world.ada.ask(call, at(one)))]).toEqual([call, 410, words])
  // lists stand, and to others it is what it was: nothing
  const listed = (await world.ada.ok('matter.list')).matters
  expect(listed.find(({ id }) => id === firm.matter)).toMatchObject({ title: 'A matter whose key is gone', number: '' })
  expect(listed.length).toBeGreaterThan(1)
  expect((await world.cora.ask('matter.read', here())).status).toBe(404)
  // a note that someone took away, and a key store that is lost, are told otherwise
  await rename(`${half}.ended`, `${half}.away`)
  expect(said(await world.ada.ask('matter.read', here()))[1]).toMatch(/^The key of this matter is not in the key store/)
  await rename(`${half}.away`, `${half}.ended`)
  expect((await scrub(house)).faults).toMatchObject([{ what: expect.stringContaining('cannot be opened') as string }])
  await world.asSuperuser(world.database, async (db) => {
    for (const table of ['versions', 'documents', 'matter_keys'])
      await db.run(`delete from app.${table} where matter_id = $1`, [firm.matter])
    await db.run('update app.team_members set ends_at = now(), ended_by = person_id where matter_id = $1', [firm.matter])
  })
  world.log.splice(0)
})

test('a crash between the steps leaves nothing half done: the next start goes on where it was', async () => {
  await file('one.txt')
  await closed()
  const asked = await askForMatter()
  const half = join(world.dir, 'data/keystore', firm.matter)
  const kept = await readFile(half)
  await decide(world.ruth, asked)
  expect(await finish(asked.destruction)).toBe('certified')
  // as the disk and the database are after a kill between the rows and the half
  await world.firm.stop()
  await writeFile(half, kept)
  await world.asSuperuser(world.database, (db) =>
    db.run(
      `update app.destructions set state = 'ended', erased_at = null, number = null, sealed_note = null, certified_at = null where id = $1`,
      [asked.destruction],
    ),
  )
  await world.start()
  expect(await finish(asked.destruction)).toBe('certified')
  await expect(readFile(half)).rejects.toThrow('ENOENT')
  expect(await rows('select 1 from app.erasures')).toEqual([])
  for (const name of ['ada', 'ben', 'cora', 'ruth', 'sam'] as const) world[name] = await world.signIn(world.account(name), name)
})

test('SQL of one’s own destroys nothing: no row may be deleted, and what the clerk does is the clerk’s', async () => {
  const one = await file('one.txt')
  const asked = await askFor(one)
  const tried: [string, unknown[]][] = [
    ['delete from app.documents where id = $1', [one.id]],
    ['delete from app.versions where document_id = $1', [one.id]],
    ['delete from app.matter_keys where matter_id = $1', [firm.matter]],
    [`update app.destructions set state = 'approved', approved_by = asked_by where id = $1`, [asked.destruction]],
    [`insert into app.destruction_items (destruction_id, document_id, class) values ($1, $2, 'confidential')`, [asked.destruction, one.id]],
    ['delete from app.holds where matter_id = $1', [firm.matter]],
    ['select hidden.begin_destruction($1)', [asked.destruction]],
    [`select hidden.end_destruction($1, '', $1)`, [asked.destruction]],
    ['select hidden.decide_destruction($1, true)', [asked.destruction]],
    ['select hidden.is_erased($1)', [asked.destruction]],
    [`select hidden.certify_destruction($1, 1, '')`, [asked.destruction]],
  ]
  for (const by of [world.ada, world.ben])
    await intruder(world, by, async (say) => {
      for (const [text, values] of tried) expect([text, (await say(text, values)).code]).toEqual([text, '42501'])
    })
  // one person alone, in SQL too; and neither the walled one nor the administrator
  await intruder(world, world.ada, async (say) =>
    expect((await say('select hidden.confirm($1, true)', [asked.confirmation])).code).toBe('SR012'),
  )
  for (const by of [world.cora, world.sam, world.ruth])
    await intruder(world, by, async (say) => {
      expect((await say('select hidden.confirm($1, true) as ok', [asked.confirmation])).rows).toEqual([{ ok: false }])
      expect((await say('select * from app.destructions where id = $1', [asked.destruction])).rows).toHaveLength(by === world.ruth ? 1 : 0)
      expect((await say('select hidden.is_stone($1) as ok', [one.id])).rows).toEqual([{ ok: false }])
    })
  // the clerk does nothing that was not approved
  await destroyDue(world.firm.house)
  await expect(
    world.firm.house.clerk({ name: 'test' }, (db) => db.run(`select hidden.end_destruction($1, '', $1)`, [asked.destruction])),
  ).rejects.toThrow()
  expect(await places()).toEqual(['one.txt'])
})

test('what ends with a document or a version is known: another table that names one must end with it too', async () => {
  const keys = await rows<{ t: string }>(
    `select conrelid::regclass::text as t from pg_constraint where contype = 'f' and confrelid in ('app.documents'::regclass, 'app.versions'::regclass) order by 1`,
  )
  expect(keys.map((key) => key.t)).toEqual(['app.openings', 'app.soundness', 'app.terms', 'app.texts', 'app.thumbnails', 'app.versions'])
})

test('one destruction that cannot be finished keeps no other one waiting', async () => {
  const stuck = await askFor(await file('stuck.txt'))
  await decide(world.ben, stuck)
  const half = join(world.dir, 'data/keystore', firm.matter)
  const kept = await readFile(half)
  await rm(half)
  forgetMatterKeys(firm.matter)
  await firm.beginAnew()
  const other = await askFor(await file('other.txt'))
  await decide(world.ben, other)
  await expect(destroyDue(world.firm.house)).rejects.toThrow('key store')
  // certified too where its entry was numbered by then
  expect(['erased', 'certified']).toContain(await state(other.destruction))
  await writeFile(half, kept)
  expect([await finish(stuck.destruction), await finish(other.destruction)]).toEqual(['certified', 'certified'])
})

test('one file that the disk does not give up keeps no other one from being erased', async () => {
  const [stuck, other] = [uuidv7(Date.now()), uuidv7(Date.now())]
  const placeOf = (id: string) => join(world.dir, 'data/blobs', id.slice(-2), id)
  for (const id of [stuck, other]) await mkdir(join(placeOf(id), '..'), { recursive: true })
  await mkdir(placeOf(stuck))
  await writeFile(placeOf(other), 'sealed')
  await rows(`insert into app.erasures (blob_id, since) values ($1, now() - interval '1 hour'), ($2, now())`, [stuck, other])
  await expect(eraseEnded(world.firm.house)).rejects.toThrow()
  await expect(readFile(placeOf(other))).rejects.toThrow('ENOENT')
  expect(await rows('select blob_id from app.erasures')).toEqual([{ blob_id: stuck }])
  await rm(placeOf(stuck), { recursive: true })
  await eraseEnded(world.firm.house)
  expect(await rows('select blob_id from app.erasures')).toEqual([])
})
