import { afterAll, beforeEach, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import { openRescan } from '../src/features/vault/rescan.ts'
import type { Caller } from './world/caller.ts'
import { Clamd, EICAR } from './world/clamd.ts'
import { Filed } from './world/filed.ts'
import { restart } from './world/restarting.ts'
import { useWorld } from './world/world.ts'

const clamd = new Clamd()
const world = useWorld(async () => {
  await clamd.open()
  world.env = { SUBROSA_CLAMD: `tcp://127.0.0.1:${clamd.port}` }
})
const firm = new Filed(world)
const { at, entries, file } = firm
beforeEach(async () => {
  await firm.beginAnew()
  clamd.mood = 'well'
  clamd.most = 1024 * 1024
})
afterAll(() => clamd.close())

const PE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(64), Buffer.from('PE\0\0')])
/** Every way in which a person could come by a document's bytes. */
async function refusals(who: Caller, document: DocumentView): Promise<string[]> {
  return [
    await who.refused('document.open', at(document)),
    await who.refused('document.download', at(document)),
    await who.refused('version.compare', { ...at(document), body: { older: 1, newer: document.version } }),
  ]
}
const rescan = () => openRescan(world.firm.house).run()
const list = () => world.sam.ok('quarantine.list')
const asSql = <T extends object>(text: string, values: unknown[] = []) =>
  world.asSuperuser(world.database, (db) => db.rows<T>(text, values))

test('EICAR is quarantined: listed with its mark, opened by nobody, and the event is in the ledger', async () => {
  const clean = await file('clean.txt', '', 'some words')
  expect(clean.scan).toEqual({ state: 'clean', why: null, signature: null })
  const deeds = await world.deedsOf(async () => {
    const found = await file('invoice.pdf', '', `%PDF-1.4 ${EICAR}`)
    expect(found.scan).toEqual({ state: 'quarantined', why: null, signature: 'Eicar-Test-Signature' })
  })
  expect(deeds.sort()).toEqual(['document.added', 'document.quarantined'])
  const [found] = (await world.ben.ok('document.list', { params: { matter: firm.matter } })).documents.filter(
    ({ name }) => name === 'invoice.pdf',
  )
  expect(found!.scan.state).toBe('quarantined')
  for (const who of [world.ada, world.ben]) expect(new Set(await refusals(who, found!))).toEqual(new Set(['document.quarantined']))
  expect((await entries()).find(({ deed }) => deed === 'document.quarantined')!.details).toMatchObject({
    signature: 'Eicar-Test-Signature',
  })
  // and what stands beside it is opened as ever
  await world.ben.ok('document.open', at(clean))
})

test('the law is PostgreSQL’s: a door that forgot to ask could not open it, and what is open is cut when something is found', async () => {
  const found = await file('a.txt', '', 'some words')
  const opened = await world.ada.ok('document.open', at(found))
  expect((await world.ada.send('GET', opened.content)).status).toBe(200)
  await asSql(`update app.versions set scan = 'waiting', scan_why = 'away' where document_id = $1`, [found.id])
  expect((await world.ada.send('GET', opened.content)).status).toBe(404)
  const [row] = await asSql<{ holds: boolean }>(
    `select hidden.holds_open(id, false, 'passkey') as holds from app.versions where document_id = $1`,
    [found.id],
  )
  expect(row!.holds).toBe(false)
  await asSql(`update app.versions set scan = 'clean', scan_why = null where document_id = $1`, [found.id])
})

test('a version with malware does not hide the one before it, and a good one after it is opened', async () => {
  const one = await file('a.txt', '', 'first words')
  const version = (from: number, text: string) =>
    world.ada.send(
      'POST',
      `/api/documents/${one.id}/versions?from=${from}&reason=newer`,
      { 'content-type': 'application/octet-stream' },
      Buffer.from(text),
    )
  expect(((await version(1, EICAR)).json as DocumentView).scan.state).toBe('quarantined')
  expect(await world.ben.refused('document.open', at(one))).toBe('document.quarantined')
  await world.ben.ok('document.open', { ...at(one), query: { version: 1 } })
  expect(await world.ben.refused('version.compare', { ...at(one), body: { older: 1, newer: 2 } })).toBe('document.quarantined')
  await version(2, 'third words')
  await world.ben.ok('document.open', at(one))
  const { versions } = await world.ben.ok('version.list', at(one))
  expect(versions.map(({ scan }) => scan.state)).toEqual(['clean', 'quarantined', 'clean'])
})

test.each([
  ['report.pdf', PE, 'Disguised.Program'],
  ['report.pdf. ', PE, null],
  ['setup.exe', PE, null],
  ['photo.jpg', Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(80)]), 'Disguised.Program'],
  ['letter.docx', Buffer.concat([Buffer.from('cffaedfe', 'hex'), Buffer.alloc(80)]), 'Disguised.Program'],
  ['invoice.pdf', Buffer.from('#!/bin/sh\nrm -rf ~\n'), 'Disguised.Script'],
  ['install.sh', Buffer.from('#!/bin/sh\necho\n'), null],
  ['open me.pdf', Buffer.from(`4c0000000114020000000000c000000000000046${'00'.repeat(60)}`, 'hex'), 'Disguised.Shortcut'],
  ['page.html', Buffer.from('<html><HTA:APPLICATION id=x><script>1</script></html>'), 'Disguised.HtmlApplication'],
  ['notes.txt', Buffer.from('MZ is how the letter began, and it is a text of some length with nothing else in it.'), null],
])('%s: what runs by itself says so in its name (%#)', async (name, content, signature) => {
  if (/[. ]$/.test(name)) return expect((await world.ada.tryUpload(firm.matter, name, '', content)).status).toBeOneOf([201, 400])
  const found = await world.ada.upload(firm.matter, name, '', content)
  expect(found.scan).toMatchObject(signature ? { state: 'quarantined', signature } : { state: 'clean' })
  if (signature) expect(await world.ada.refused('document.download', at(found))).toBe('document.quarantined')
})

test('with the scanner down a file is held, by name and by nobody opened; it is looked at once the scanner is back', async () => {
  await clamd.close()
  const [good, bad] = [await file('good.txt', '', 'some words'), await file('bad.txt', '', EICAR)]
  expect([good.scan, bad.scan]).toEqual(Array(2).fill({ state: 'waiting', why: 'away', signature: null }))
  expect(new Set(await refusals(world.ada, good))).toEqual(new Set(['document.held']))
  await rescan()
  expect(await world.ada.refused('document.open', at(good))).toBe('document.held')
  await clamd.open()
  const deeds = await world.deedsOf(rescan)
  expect(deeds.sort()).toEqual(['document.cleared', 'document.quarantined'])
  await world.ada.ok('document.open', at(good))
  expect(await world.ada.refused('document.open', at(bad))).toBe('document.quarantined')
})

test.each(['dies', 'garbles'] as const)('a clamd that %s says nothing good: the file is held', async (mood) => {
  clamd.mood = mood
  const one = await file('a.txt', '', 'some words')
  expect(one.scan).toEqual({ state: 'waiting', why: 'unclear', signature: null })
  expect(await world.ada.refused('document.download', at(one))).toBe('document.held')
  clamd.mood = 'well'
  await rescan()
  await world.ada.ok('document.open', at(one))
})

test('a file larger than the scanner takes is held until someone who may releases it', async () => {
  clamd.most = 1000
  const one = await file('large.txt', '', 'x'.repeat(5000))
  expect(one.scan.state).toBe('waiting')
  await rescan()
  expect(await world.ada.refused('document.open', at(one))).toBe('document.held')
  const release = { params: { document: one.id }, body: { version: 1, reason: 'Looked at by hand' } }
  expect(await world.ben.refused('quarantine.release', release)).toBe('may.not')
  await world.refresh()
  await world.sam.ok('quarantine.release', release)
  expect((await world.ada.ok('document.open', at(one))).scan.state).toBe('released')
  // and no later round holds it again
  await rescan()
  await world.ada.ok('document.open', at(one))
})

test('whoever releases sees no name and no matter, needs a fresh factor, and leaves an entry with the reason', async () => {
  const one = await file('kept secret.txt', '', EICAR)
  const seen = JSON.stringify(await list())
  expect(seen).toContain(one.id)
  expect(seen).not.toContain('kept secret')
  expect(seen).not.toContain(firm.matter)
  expect(await world.ben.refused('quarantine.list')).toBe('may.not')
  const release = { params: { document: one.id }, body: { version: 1, reason: 'A test file of the scanner’s maker' } }
  await asSql(`update app.sessions set factor_at = now() - interval '1 hour'`)
  expect(await world.ruth.refused('quarantine.release', release)).toBe('factor.stale')
  await world.refresh()
  expect(await world.deedsOf(() => world.ruth.ok('quarantine.release', release))).toEqual(['quarantine.released'])
  expect(await world.ruth.refused('quarantine.release', release)).toBe('document.unheld')
  // what was never held is to whoever does not reach it as what is not there
  const plain = await file('never held.txt')
  expect(await world.ruth.refused('quarantine.release', { ...release, params: { document: plain.id } })).toBe('nothing')
  // whoever releases opens nothing by it
  expect(await world.ruth.refused('document.open', at(one))).toBe('may.not')
  expect((await world.ben.ok('document.open', at(one))).scan).toEqual({ state: 'released', why: null, signature: 'Eicar-Test-Signature' })
})

test.each(['a', 'z'])('an archive leaves out what is quarantined, named %s, and nothing else for it', async (name) => {
  await file('letter.txt', '', 'some words')
  await file(`${name}.pdf`, '', EICAR)
  const told = await world.ada.ok('bundle.preview', { params: { matter: firm.matter }, body: { of: { whole: true } } })
  expect(told).toMatchObject({ documents: 1, heldBack: [{ code: 'document.quarantined', count: 1, first: [`${name}.pdf`] }] })
  const made = await world.ada.ok('document.bundle', { params: { matter: firm.matter }, body: { of: { whole: true } } })
  const zip = (await world.ada.send('GET', made.content)).bytes.toString('latin1')
  expect(zip).toContain('letter.txt')
  expect(zip).not.toContain(EICAR)
})

test('what is quarantined goes into the trash with its mark, and comes out of it as it was', async () => {
  const one = await file('a.txt', '', EICAR)
  await world.ada.ok('document.trash', { params: { matter: firm.matter }, body: { documents: [one.id] } })
  const { documents } = await world.ada.ok('document.trashed', { params: { matter: firm.matter } })
  expect(documents[0]!.scan).toMatchObject({ state: 'quarantined', signature: 'Eicar-Test-Signature' })
  await world.ada.ok('document.restore', { params: { matter: firm.matter }, body: { documents: [one.id] } })
  expect(await world.ada.refused('document.open', at(one))).toBe('document.quarantined')
})

test('the firm that chose to accept opens it with a mark; without a scanner the mark says that nobody looked', async () => {
  await clamd.close()
  await restart(world, { SUBROSA_CLAMD: `tcp://127.0.0.1:${clamd.port}`, SUBROSA_CLAMD_AWAY: 'accept' })
  const one = await file('a.txt', '', 'some words')
  expect(one.scan).toEqual({ state: 'none', why: 'away', signature: null })
  await world.ada.ok('document.open', at(one))
  await restart(world, {})
  const two = await file('b.txt', '', EICAR)
  expect(two.scan).toEqual({ state: 'none', why: null, signature: null })
  // what its name hides is found without a scanner too
  expect((await world.ada.upload(firm.matter, 'c.pdf', '', PE)).scan.state).toBe('quarantined')
})

test('what is older than the five hundred that are listed is released too', async () => {
  const [one, many] = [await file('old.txt', '', PE), await file('many.txt')]
  await asSql(
    `insert into app.versions (id, document_id, matter_id, number, wrapped_key, sealed_facts, content_token, size, created_by, scan)
     select ('ffffffff-ffff-7fff-8fff-' || lpad(n::text, 12, '0'))::uuid, v.document_id, v.matter_id, n, v.wrapped_key, v.sealed_facts, sha256(n::text::bytea), v.size,
       v.created_by, 'waiting' from app.versions v, generate_series(2, 501) n where v.document_id = $1 and v.number = 1`,
    [many.id],
  )
  expect((await list()).held.some((held) => held.document === one.id)).toBe(false)
  expect(await world.ruth.ok('quarantine.release', { params: { document: one.id }, body: { version: 1, reason: 'Known' } })).toMatchObject({
    document: one.id,
  })
  await asSql('delete from app.versions where document_id = $1 and number > 1', [many.id])
})
