import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openLapsing } from '../src/features/vault/lapsing.ts'
import type { Caller, Reply } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { errorIn } from './world/handled.ts'
import { restart } from './world/restarting.ts'
import { begin, begun, head, offsetIn, part } from './world/tus.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, file, here, trash } = firm
beforeEach(() => firm.beginAnew())

const MiB = 1024 * 1024
const said = (document: { id: string }, from = 1, more: Record<string, string> = {}) => ({
  filename: 'from my desk.bin',
  document: document.id,
  from: String(from),
  reason: 'Comments of counsel',
  ...more,
})
const versions = async (document: { id: string }) => (await world.ada.ok('version.list', at(document))).versions
const content = async (document: { id: string }) => (await world.ada.ask('document.download', at(document))).bytes
const code = (reply: Reply): string => (reply.status < 300 ? `answered ${reply.status}` : errorIn(reply).code)
const added = (by: Caller, document: { id: string }, from: number, bytes: Buffer) =>
  by.send(
    'POST',
    `/api/documents/${document.id}/versions?${new URLSearchParams({ from: String(from), reason: 'In between' })}`,
    { 'content-type': 'application/octet-stream' },
    bytes,
  )
const nothingLeft = async () => {
  await openLapsing(world.firm.house).run()
  expect(await readdir(join(world.dir, 'data', 'uploads'))).toEqual([])
  expect(await readdir(join(world.dir, 'data', 'blobs', 'incoming'))).toEqual([])
}

test('a file in parts becomes the next version of a document, also across a restart, and its entry says why', async () => {
  const document = await file('contract.bin', 'Drafts', randomBytes(40_000))
  await world.ben.ok('document.take-out', { ...at(document), body: {} })
  const bytes = randomBytes(3 * MiB + 11)
  const upload = await begun(world.ben, firm.matter, bytes.length, said(document, 1, { keep: 'true' }))
  expect(upload).toMatchObject({ into: { document: document.id, from: 1, reason: 'Comments of counsel', keep: true }, document: null })
  // while it arrives it is one's own, and its beginning names no document
  expect((await head(world.ada, upload)).status).toBe(404)
  expect(JSON.stringify((await firm.entries())[0])).not.toMatch(/contract|from my desk/)
  expect((await firm.entries())[0]).toMatchObject({ deed: 'upload.begun', object: 'a new version' })
  await part(world.ben, upload, 0, bytes.subarray(0, MiB))
  await restart(world, {})
  expect(offsetIn(await head(world.ben, upload))).toBe(MiB)
  const last = await part(world.ben, upload, MiB, bytes.subarray(MiB))
  expect([last.status, last.headers['subrosa-read'] !== undefined]).toEqual([204, true])
  expect(await world.ben.ok('upload.read', { params: { upload: upload.id } })).toMatchObject({ document: document.id })
  expect(await versions(document)).toMatchObject([
    { number: 2, size: bytes.length, reason: 'Comments of counsel', sha256: createHash('sha256').update(bytes).digest('hex') },
    { number: 1 },
  ])
  const after = await world.ada.ok('document.read', at(document))
  expect(after).toMatchObject({
    name: 'contract.bin',
    folder: 'Drafts',
    version: 2,
    out: { by: { id: (await world.ben.ok('person.me')).id } },
  })
  expect((await firm.entries()).find(({ deed }) => deed === 'version.added')).toMatchObject({
    object: 'contract.bin',
    details: { version: 2, from: 1, reason: 'Comments of counsel' },
  })
  // the answer was lost: the same part again says what has become of it, and makes no third
  expect([code(await part(world.ben, upload, bytes.length - 1, bytes.subarray(-1))), offsetIn(await head(world.ben, upload))]).toEqual([
    'upload.offset',
    bytes.length,
  ])
  expect((await versions(document)).length).toBe(2)
  expect((await content(document)).equals(bytes)).toBe(true)
  await nothingLeft()
})

test('a version made from an old base is refused before it is begun, before a part, and when it is whole', async () => {
  const document = await file('a.bin')
  const bytes = randomBytes(100_000)
  const [one, two] = [
    await begun(world.ada, firm.matter, bytes.length, said(document)),
    await begun(world.ada, firm.matter, 9, said(document)),
  ]
  await part(world.ada, one, 0, bytes.subarray(0, 50_000))
  expect((await added(world.ben, document, 1, randomBytes(10))).status).toBe(201)
  expect(code(await begin(world.ada, firm.matter, 5, said(document)))).toBe('version.old')
  expect(code(await part(world.ada, one, 50_000, bytes.subarray(50_000, 60_000)))).toBe('version.old')
  expect(code(await part(world.ada, two, 0, Buffer.from('nine byte')))).toBe('version.old')
  // what had arrived is kept until its sender gives it up
  expect(offsetIn(await head(world.ada, one))).toBe(50_000)
  expect((await versions(document)).map(({ number }) => number)).toEqual([2, 1])
  for (const upload of [one, two]) await world.ada.send('DELETE', `/api/uploads/${upload.id}`, { 'tus-resumable': '1.0.0' })
  await nothingLeft()
})

test('taken out by another, locked, or the same content: refused, and what may pass leaves what has arrived', async () => {
  const document = await file('a.txt', '', 'first')
  const upload = await begun(world.ada, firm.matter, 6, said(document))
  await part(world.ada, upload, 0, Buffer.from('sec'))
  await world.ben.ok('document.take-out', { ...at(document), body: {} })
  expect(code(await part(world.ada, upload, 3, Buffer.from('ond')))).toBe('document.out')
  expect(code(await begin(world.ada, firm.matter, 5, said(document)))).toBe('document.out')
  await world.ben.ok('document.bring-back', at(document))
  await world.ada.ok('document.lock', { ...at(document), body: { as: 'filed' } })
  expect(code(await part(world.ada, upload, 3, Buffer.from('ond')))).toBe('document.locked')
  await world.ada.ok('document.unlock', { ...at(document), body: { reason: 'x' } })
  expect((await part(world.ada, upload, 3, Buffer.from('ond'))).status).toBe(204)
  expect((await content(document)).toString()).toBe('second')
  const same = await begun(world.ada, firm.matter, 6, said(document, 2))
  expect(code(await part(world.ada, same, 0, Buffer.from('second')))).toBe('version.same')
  expect((await head(world.ada, same)).status).toBe(404)
  await nothingLeft()
})

test('its document goes into the trash, or is destroyed, midway: there is nothing any more, and no version', async () => {
  const [one, two] = [await file('one.bin'), await file('two.bin')]
  const bytes = randomBytes(200_000)
  const uploads = [
    await begun(world.ben, firm.matter, bytes.length, said(one)),
    await begun(world.ben, firm.matter, bytes.length, said(two)),
  ]
  for (const upload of uploads) await part(world.ben, upload, 0, bytes.subarray(0, 100_000))
  await world.ada.ok('document.trash', trash(one))
  await world.asSuperuser(world.database, async (db) => {
    await db.run('set session_replication_role = replica')
    await db.run('delete from app.versions where document_id = $1', [two.id])
    await db.run('delete from app.documents where id = $1', [two.id])
  })
  for (const upload of uploads) {
    expect(code(await part(world.ben, upload, 100_000, bytes.subarray(100_000)))).toBe('nothing')
    expect((await head(world.ben, upload)).status).toBe(404)
  }
  expect((await world.ben.ok('upload.list', here())).uploads).toEqual([])
  expect(code(await begin(world.ben, firm.matter, 5, said(one)))).toBe('nothing')
  await world.ada.ok('document.restore', trash(one))
  expect((await versions(one)).length).toBe(1)
  await openLapsing(world.firm.house).run()
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.uploads set ends_at = now() - interval '1 s' where matter_id = $1`, [firm.matter]),
  )
  await nothingLeft()
})

test('a document of another matter, one that is walled off, and words that do not fit begin nothing', async () => {
  const document = await file('a.bin')
  const other = (await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents[0]!
  expect(code(await begin(world.ada, firm.matter, 5, said(other)))).toBe('nothing')
  expect(code(await begin(world.cora, firm.matter, 5, said(document)))).toBe('nothing')
  expect(code(await begin(world.cora, world.orchard.id, 5, said(other)))).toBe('nothing')
  for (const wrong of [{ document: 'x' }, { from: '0' }, { from: 'one' }, { reason: ' ' }, { keep: 'yes' }] as Record<string, string>[])
    expect([wrong, code(await begin(world.ada, firm.matter, 5, said(document, 1, wrong)))]).toEqual([wrong, 'input.invalid'])
  expect((await world.ada.ok('upload.list', here())).uploads).toEqual([])
})
