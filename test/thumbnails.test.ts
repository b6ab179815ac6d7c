import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import sharp from 'sharp'
import { beforeEach, expect, test } from 'vitest'
import { destroyDue } from '../src/features/destruction/executing.ts'
import { openPool, transaction } from '../src/platform/postgres.ts'
import { readSecret } from '../src/features/sign-in/secrets.ts'
import { pdf, png } from './drawing/made.ts'
import type { Caller, Reply } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, file, trash, here, entries } = firm
beforeEach(() => firm.beginAnew())

const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
type One = { id: string }
const ask = (who: Caller, document: One) => who.ask('document.thumbnail', at(document))
/** All of an answer but its date and its request id. */
const shape = ({ status, bytes, headers }: Reply) => {
  const { 'date': _, 'x-request-id': __, ...rest } = headers
  return { status, rest, bytes: bytes.toString() }
}
const nobody = { id: '01890000-0000-7000-8000-000000000000' }
async function pictureOf(who: Caller, document: One): Promise<Buffer> {
  const reply = await ask(who, document)
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'image/webp'])
  return reply.bytes
}
const sides = async (picture: Buffer) => {
  const { width, height } = await sharp(picture).metadata()
  return [width, height]
}
const kept = () => sql<{ version_id: string; sealed_picture: Buffer | null; why: string | null }>('select * from app.thumbnails')
const whyOf = async (document: One) =>
  (
    await sql<{ why: string | null }>(
      'select t.why from app.thumbnails t join app.versions v on v.id = t.version_id where v.document_id = $1',
      [document.id],
    )
  )[0]?.why

test('a PDF’s first page and a picture are shown small, made once, private to the page, and of each version its own', async () => {
  const letter = await file('letter.pdf', '', pdf({ words: 'ONE' }))
  const reply = await ask(world.ben, letter)
  expect(reply.status).toBe(200)
  expect(reply.headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  expect(await sides(reply.bytes)).toEqual([248, 320])
  const before = await kept()
  expect((await pictureOf(world.ada, letter)).equals(reply.bytes)).toBe(true)
  expect(await kept()).toEqual(before)
  expect(await sides(await pictureOf(world.ada, await file('scan.bin', '', png(640, 64))))).toEqual([320, 32])
  await world.ada.send(
    'POST',
    `/api/documents/${letter.id}/versions?from=1`,
    { 'content-type': 'application/octet-stream', 'x-reason': 'Changed' },
    pdf({ words: 'TWO', width: 792, height: 612 }),
  )
  expect(await sides(await pictureOf(world.ada, letter))).toEqual([320, 248])
  expect(await sides((await world.ada.ask('document.thumbnail', { ...at(letter), query: { version: 1 } })).bytes)).toEqual([248, 320])
})

test('the look at a matter’s pictures is an act: one entry a session, also when many are asked for at once', async () => {
  const files = [await file('1.pdf', '', pdf()), await file('2.png', '', png(9, 9)), await file('3.png', '', png(9, 8))]
  const deeds = await world.deedsOf(async () => {
    for (const reply of await Promise.all(files.map((one) => ask(world.ben, one)))) expect(reply.status).toBe(200)
    await pictureOf(world.ben, files[0]!)
  })
  expect(deeds).toEqual(['pictures.shown'])
  expect((await entries()).filter(({ deed }) => deed === 'pictures.shown')).toHaveLength(1)
  expect(await world.deedsOf(() => pictureOf(world.ada, files[0]!))).toEqual(['pictures.shown'])
  await sql(`update app.glances set ends_at = now() - interval '1 second'`)
  expect(await world.deedsOf(() => pictureOf(world.ada, files[0]!))).toEqual(['pictures.shown'])
})

test('whoever is walled off is told what a stranger to it is told, byte for byte; and it is there', async () => {
  const letter = await file('letter.pdf', '', pdf())
  await pictureOf(world.ada, letter)
  const nothing = shape(await ask(world.cora, nobody))
  expect(nothing.status).toBe(404)
  expect(shape(await ask(world.cora, letter))).toEqual(nothing)
  for (const who of [world.sam, world.ruth]) expect((await ask(who, letter)).status).toBe(403)
  expect((await ask(world.eve, letter)).status).toBe(401)
  // a word of the matter’s ends with the place on its team
  await pictureOf(world.ben, letter)
  const ben = (await world.ben.ok('person.me')).id
  await world.ada.ok('team.leave', { params: { matter: firm.matter, person: ben }, body: {} } as never)
  expect(shape(await ask(world.ben, letter))).toEqual(shape(await ask(world.ben, nobody)))
})

test('a class that is not to be seen in passing has no picture, kept or not: view only, under its reader’s name, or for a passkey', async () => {
  const letter = await file('letter.pdf', '', pdf())
  await pictureOf(world.ada, letter)
  await firm.change({ confidential: { download: false }, privileged: { download: false } })
  expect([(await ask(world.ada, letter)).status, (await ask(world.ada, letter)).bytes.length]).toEqual([204, 0])
  await firm.change({ confidential: { download: true, watermark: true }, privileged: { download: true } })
  expect((await ask(world.ada, letter)).status).toBe(204)
  await firm.change({ confidential: { watermark: false, open: 'fresh', downloadAsks: 'fresh' }, privileged: { open: 'fresh' } })
  expect((await ask(world.ada, letter)).status).toBe(204)
  await firm.change({ confidential: { open: 'session', downloadAsks: 'session' }, privileged: { open: 'session' } })
  await pictureOf(world.ada, letter)
  await world.ada.ok('document.classify', { ...at(letter), body: { class: 'restricted' } })
  expect((await ask(world.ada, letter)).status).toBe(204)
  // and nothing is drawn of what could not be shown
  const before = (await kept()).length
  const restricted = await file('other.pdf', '', pdf())
  await world.ada.ok('document.classify', { ...at(restricted), body: { class: 'restricted' } })
  expect((await ask(world.ada, restricted)).status).toBe(204)
  expect(await kept()).toHaveLength(before)
})

test('what is held, in the trash or broken gives none', async () => {
  const nothing = shape(await ask(world.ada, nobody))
  for (const scan of ['waiting', 'quarantined'] as const) {
    const held = await file(`${scan}.pdf`, '', pdf())
    await pictureOf(world.ada, held)
    await sql(`update app.versions set scan = $2, sealed_signature = '\\x00' where document_id = $1`, [held.id, scan])
    expect(shape(await ask(world.ada, held))).toEqual(nothing)
    await sql(`update app.versions set scan = 'none', sealed_signature = null where document_id = $1`, [held.id])
  }
  const gone = await file('gone.pdf', '', pdf())
  await pictureOf(world.ada, gone)
  await world.ada.ok('document.trash', trash(gone))
  expect(shape(await ask(world.ada, gone))).toEqual(nothing)
  await world.ada.ok('document.restore', trash(gone))
  await pictureOf(world.ada, gone)
  await sql(
    `insert into app.soundness (version_id, matter_id, checked_at, broken_at, fault) select v.id, v.matter_id, now(), now(), 'x' from app.versions v where document_id = $1`,
    [gone.id],
  )
  expect((await ask(world.ada, gone)).status).toBe(204)
})

test('what cannot be drawn is no fault, is remembered with its reason and not tried again; the next one works', async () => {
  const bomb = await file('bomb.png', '', png(30_000, 30_000))
  const wide = await file('wide.pdf', '', pdf({ width: 1_000_000_000 }))
  const broken = await file('broken.pdf', '', '%PDF-1.7\nand nothing of it')
  const text = await file('words.txt', '', 'words')
  for (const none of [bomb, wide, broken, text]) expect((await ask(world.ada, none)).status).toBe(204)
  expect(await Promise.all([bomb, wide, broken, text].map(whyOf))).toEqual(['too-much', 'too-much', 'broken', undefined])
  const before = await kept()
  expect((await ask(world.ada, bomb)).status).toBe(204)
  expect(await kept()).toEqual(before)
  await pictureOf(world.ada, await file('next.png', '', png(30, 30)))
  // a crash may have come from elsewhere: the next day it is tried again
  const letter = await file('letter.pdf', '', pdf())
  const [{ id: version, matter_id }] = (await sql<{ id: string; matter_id: string }>(
    'select id, matter_id from app.versions where document_id = $1',
    [letter.id],
  )) as [{ id: string; matter_id: string }]
  await sql(`insert into app.thumbnails (version_id, matter_id, why) values ($1, $2, 'crashed')`, [version, matter_id])
  expect((await ask(world.ada, letter)).status).toBe(204)
  await sql(`update app.thumbnails set made_at = now() - interval '2 days' where version_id = $1`, [version])
  await pictureOf(world.ada, letter)
})

test('neither the picture nor what it was drawn from lies anywhere in plain; a changed one is drawn again', async () => {
  const pixels = await sharp({
    create: { width: 300, height: 300, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  })
    .png()
    .toBuffer()
  const noise = await file('noise.png', '', pixels)
  const before = new Set(await readdir(tmpdir()))
  const picture = await pictureOf(world.ada, noise)
  const marks = [picture, pixels].map((bytes) => bytes.subarray(bytes.length / 2, bytes.length / 2 + 24))
  const left = (await readdir(tmpdir())).filter((name) => !before.has(name) && /vips|sharp|pdfium/i.test(name))
  expect(left).toEqual([])
  const names = (await readdir(world.dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
  expect(names.length).toBeGreaterThan(3)
  for (const one of names) {
    const bytes = await readFile(join(one.parentPath, one.name))
    for (const mark of marks) expect(bytes.includes(mark)).toBe(false)
  }
  const rows = await sql<{ t: string }>('select t::text as t from app.thumbnails t union all select v::text from app.versions v')
  for (const { t } of rows) for (const mark of marks) expect(t.includes(mark.toString('hex'))).toBe(false)
  await sql(
    `update app.thumbnails set sealed_picture = set_byte(sealed_picture, 40, get_byte(sealed_picture, 40) # 1) where sealed_picture is not null`,
  )
  expect(await sides(await pictureOf(world.ada, noise))).toEqual([300, 300])
  expect(world.log.some((line) => line.includes('a kept thumbnail does not open'))).toBe(true)
})

test('it opens after its matter’s key was replaced, is drawn anew where the document moves to, and ends with the document', async () => {
  const letter = await file('letter.pdf', '', pdf())
  const picture = await pictureOf(world.ada, letter)
  await world.refresh()
  const { id } = await world.sam.ok('key.rotate', { body: { what: 'matter', matter: firm.matter } })
  while (!(await world.sam.ok('key.list')).rotations.find((one) => one.id === id)!.endedAt) await pause(100)
  const before = await kept()
  expect((await pictureOf(world.ada, letter)).equals(picture)).toBe(true)
  expect(await kept()).toEqual(before)

  const other = (
    await world.ada.ok('matter.create', {
      body: { client: (await world.ada.ok('client.create', { body: { name: 'Other' } })).id, title: 'Other' },
    })
  ).id
  const moves = await file('moves.pdf', '', pdf())
  await pictureOf(world.ada, moves)
  const [old] = await sql<{ id: string }>('select id from app.versions where document_id = $1', [moves.id])
  await world.ada.ok('document.transfer', {
    ...here(),
    body: { documents: [moves.id], to: other, folder: '', copy: false, reason: 'Belongs there' },
  } as never)
  expect((await kept()).map((row) => row.version_id)).not.toContain(old!.id)
  await pictureOf(world.ada, moves)

  const [version] = await sql<{ id: string }>('select id from app.versions where document_id = $1', [letter.id])
  expect((await kept()).map((row) => row.version_id)).toContain(version!.id)
  const asked = await world.ada.ok('document.destroy', {
    ...here(),
    body: { documents: [letter.id], reason: 'Past its time', basis: 'Schedule 7' },
  })
  expect(
    (await world.ben.ask('confirmation.decide', { params: { confirmation: asked.confirmation }, body: { approve: true } })).status,
  ).toBe(204)
  for (let tries = 0; tries < 3; tries += 1) await destroyDue(world.firm.house)
  expect((await kept()).map((row) => row.version_id)).not.toContain(version!.id)
  expect(shape(await ask(world.ada, letter))).toEqual(shape(await ask(world.ada, nobody)))
})

test('the law is PostgreSQL’s: the table is nobody’s, and no picture comes before the entry, to the walled, or of a stricter class', async () => {
  const letter = await file('letter.pdf', '', pdf())
  await pictureOf(world.ada, letter)
  const [version] = await sql<{ id: string }>('select id from app.versions where document_id = $1', [letter.id])
  const door = openPool(world.doorWhere(), 1)
  const as = <T>(who: Caller, fn: (db: { rows(text: string, values?: unknown[]): Promise<unknown> }) => Promise<T>) =>
    transaction(door, { role: 'subrosa_person' }, async (db) => {
      await db.row('select * from hidden.enter($1)', [readSecret(who.cookie!.split('=')[1]!)!])
      return fn(db)
    })
  const given = (who: Caller) =>
    as(who, (db) => db.rows('select glanced, sealed_picture is not null as given from hidden.thumbnail_of($1)', [version!.id]))
  try {
    await expect(as(world.ada, (db) => db.rows('select * from app.thumbnails'))).rejects.toThrow(/permission denied/)
    await expect(as(world.ada, (db) => db.rows('select * from app.glances'))).rejects.toThrow(/permission denied/)
    await expect(as(world.ada, (db) => db.rows(`select hidden.keep_thumbnail($1, '\\x00', null)`, [version!.id]))).rejects.toThrow(
      /permission denied/,
    )
    expect(await given(world.ada)).toEqual([{ glanced: true, given: true }])
    expect(await given(world.ben)).toEqual([{ glanced: false, given: false }])
    for (const who of [world.cora, world.sam, world.ruth]) expect(await given(who)).toEqual([])
    expect(await as(world.cora, (db) => db.rows('select hidden.begin_glance($1) as ok', [firm.matter]))).toEqual([{ ok: false }])
    await world.ada.ok('document.classify', { ...at(letter), body: { class: 'privileged' } })
    expect(await given(world.ada)).toEqual([])
  } finally {
    await door.end()
  }
})
