import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { zip } from './reading/made.ts'
import { Filed } from './world/filed.ts'
import { errorIn } from './world/handled.ts'
import { intruder } from './world/joining.ts'
import { raise } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, entries, file, places, trash } = firm
beforeEach(() => firm.beginAnew())

const attachment = (name: string, content: string) =>
  `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}\r\n`
const mail = (subject: string, ...attachments: [name: string, content: string][]) =>
  [
    `From: h.pryce@halden.test\r\nTo: ada@wren-ames.test\r\nSubject: ${subject}\r\nDate: Tue, 04 Aug 2026 10:15:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n`,
    '--b\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n',
    ...attachments.map(([name, content]) => attachment(name, content)),
    '--b--\r\n',
  ].join('')
const unpack = (document: { id: string }, by = world.ada) => by.ok('document.unpack', at(document))
const contentOf = async (document: string) => (await world.ada.ask('document.download', { params: { document } })).bytes.toString()
const names = (rows: { name: string; folder: string }[]) => rows.map(({ folder, name }) => `${folder}/${name}`)
const incoming = () => readdir(join(world.dir, 'data', 'blobs', 'incoming'))

test('attachments of a message become documents beside it, each with an entry; where they came from is shown on both', async () => {
  const letter = await file('The terms.eml', 'Mail', mail('The terms', ['draft.txt', 'The draft'], ['draft.txt', 'Another draft']))
  const deeds = await world.deedsOf(async () => {
    const done = await unpack(letter, world.ben)
    expect(done).toMatchObject({ folder: 'Mail/The terms', known: 0, skipped: [] })
    expect(names(done.made)).toEqual(['Mail/The terms/draft.txt', 'Mail/The terms/draft (2).txt'])
  })
  expect(deeds).toEqual(['document.added', 'document.added', 'document.unpacked'])
  expect((await entries())[0]).toMatchObject({
    object: 'The terms.eml',
    details: { into: 'Mail/The terms', made: 2, known: 0, skipped: 0 },
  })
  expect((await entries())[2]).toMatchObject({ object: 'draft.txt', details: { outOf: 'The terms.eml', place: 'draft.txt' } })
  const { of, parts } = await world.ben.ok('document.parts', at(letter))
  expect([of, parts.map(({ name, place }) => [name, place])]).toEqual([
    null,
    [
      ['draft.txt', 'draft.txt'],
      ['draft (2).txt', 'draft.txt'],
    ],
  ])
  expect([await contentOf(parts[0]!.id), await contentOf(parts[1]!.id)]).toEqual(['The draft', 'Another draft'])
  const its = await world.ben.ok('document.parts', at(parts[1]!))
  expect(its).toEqual({ of: { id: letter.id, name: 'The terms.eml', folder: 'Mail', place: 'draft.txt' }, parts: [] })
})

test('done again, it makes only what is not there: by its place, and of a newer version by its content', async () => {
  const letter = await file('Terms.eml', '', mail('Terms', ['a.txt', 'A'], ['b.txt', 'B']))
  const first = await unpack(letter)
  expect(await unpack(letter)).toMatchObject({ made: [], known: 2, skipped: [] })
  await world.ada.ok('document.trash', trash(first.made[1]!))
  expect(names((await unpack(letter)).made)).toEqual(['Terms/b.txt'])
  const newer = mail('Terms', ['a.txt', 'A'], ['b.txt', 'B as changed'], ['c.txt', 'C'])
  const headers = { 'content-type': 'application/octet-stream' }
  await world.ada.send('POST', `/api/documents/${letter.id}/versions?from=1&reason=x`, headers, Buffer.from(newer))
  const again = await unpack(letter)
  expect([names(again.made), again.known]).toEqual([['Terms/b (2).txt', 'Terms/c.txt'], 1])
  expect(await incoming()).toEqual([])
})

test('a mailbox is split into its messages, and a message in it can be unpacked in turn', async () => {
  const box = `From a@b.test Tue Aug 04 10:15:00 2026\r\n${mail('One/two', ['a.txt', 'A'])}\r\nFrom a@b.test Tue Aug 04 10:15:00 2026\r\n${mail('One/two', ['b.txt', 'B'])}\r\n`
  const done = await unpack(await file('Archive.mbox', '', box))
  expect(names(done.made)).toEqual(['Archive/One-two.eml', 'Archive/One-two (2).eml'])
  expect(await contentOf(done.made[1]!.id)).toContain(Buffer.from('B').toString('base64'))
  expect(names((await unpack(done.made[0]!)).made)).toEqual(['Archive/One-two/a.txt'])
})

test('names of every kind stay inside: no way up or out, no device, nothing hidden, and no two that read the same', async () => {
  const paths = [
    '../../up.txt',
    '/etc/passwd',
    'C:\\Windows\\con.txt',
    'a/./b.txt',
    'Ré.txt',
    'Re\u0301.txt',
    'RÉ.TXT',
    'tx\u202etxe.exe',
    'nul',
    'dot. ',
    '..',
    'a/b.txt',
  ]
  const packed = zip(paths.map((path, n) => ({ path, data: `${n}` })))
  const done = await unpack(await file('Bundle.zip', 'In', packed))
  expect(names(done.made)).toEqual([
    'In/Bundle/up.txt',
    'In/Bundle/etc/passwd',
    'In/Bundle/Windows/_con.txt',
    'In/Bundle/a/b.txt',
    'In/Bundle/Ré.txt',
    'In/Bundle/Ré (2).txt',
    'In/Bundle/RÉ (3).TXT',
    'In/Bundle/txtxe.exe',
    'In/Bundle/_nul',
    'In/Bundle/dot',
    'In/Bundle/a/b (2).txt',
  ])
  expect(done.skipped).toEqual([{ place: '..', why: expect.stringContaining('No name') }])
  expect((await places()).filter((path) => path !== 'In/Bundle.zip' && !path.startsWith('In/Bundle/'))).toEqual([])
  const { parts } = await world.ada.ok('document.parts', at({ id: (await unpackedFrom('Bundle.zip'))! }))
  expect(parts.map(({ place }) => place)).toContain('../../up.txt')
})
const unpackedFrom = async (name: string) =>
  (await world.ada.ok('document.list', firm.here())).documents.find((document) => document.name === name)?.id

test('what is empty is left and said, a broken or other file is refused, and nothing of it is made', async () => {
  const packed = zip([
    { path: 'empty.txt', data: '' },
    { path: 'full.txt', data: 'words' },
  ])
  const done = await unpack(await file('Bundle.zip', '', packed))
  expect([names(done.made), done.skipped]).toEqual([['Bundle/full.txt'], [{ place: 'empty.txt', why: expect.stringContaining('empty') }]])
  const broken = await file('Broken.zip', '', packed.subarray(0, packed.length - 30))
  const plain = await file('plain.txt')
  for (const one of [broken, plain]) expect(errorIn(await world.ada.ask('document.unpack', at(one))).code).toBe('unpack.refused')
  expect(await places()).toEqual(['Broken.zip', 'Bundle.zip', 'Bundle/full.txt', 'plain.txt'])
})

test('what is taken out has no milder class than what it was in', async () => {
  const letter = await file('Terms.eml', '', mail('Terms', ['a.txt', 'A']))
  await world.ada.ok('document.classify', { ...at(letter), body: { class: 'privileged' } })
  const [made] = (await unpack(letter)).made
  expect((await firm.read(world.ada, made!.id)).class).toBe('privileged')
  const restricted = await file('Strict.eml', '', mail('Strict', ['b.txt', 'B']))
  await world.ada.ok('document.classify', { ...at(restricted), body: { class: 'restricted' } })
  // it is opened for that, and asks what an opening asks
  expect(await world.ada.refused('document.unpack', at(restricted))).toBe('factor.passkey')
  await intruder(world, world.ben, async (say) => {
    const words = Buffer.alloc(60, 1)
    const insert = (part: string, its: string) =>
      say(
        `insert into app.documents (id, matter_id, sealed_name, name_token, class, created_by, part_of, sealed_place) values ($1, $2, $3, $4, $5, hidden.me(), $6, $3)`,
        [uuidv7(Date.now()), firm.matter, words, Buffer.from(uuidv7(Date.now())), its, part],
      )
    expect((await insert(letter.id, 'confidential')).code).toBe('42501')
    expect((await insert(uuidv7(Date.now()), 'restricted')).code).toBe('42501')
    expect((await insert(letter.id, 'privileged')).code).toBeNull()
  })
})

test('whoever does not reach it is answered as for nothing; walled between two of its files, no more are made', async () => {
  const letter = await file('Terms.eml', '', mail('Terms', ['a.txt', 'A'], ['b.txt', 'B']))
  for (const call of ['document.unpack', 'document.parts'] as const) {
    const [there, not] = [await world.cora.ask(call, at(letter)), await world.cora.ask(call, at({ id: uuidv7(Date.now()) }))]
    expect([there.status, there.bytes.toString()]).toEqual([not.status, not.bytes.toString()])
    expect(there.status).toBe(404)
  }
  const { blobs } = world.firm.house
  const keep = blobs.keep
  let once = false
  blobs.keep = async (id) => {
    await keep(id)
    if (once) return
    once = true
    await raise(world.ruth, { matters: [{ matter: firm.matter }], people: [{ person: (await world.ben.ok('person.me')).id }] })
  }
  const code = await world.ben.refused('document.unpack', at(letter)).finally(() => (blobs.keep = keep))
  expect(code).toBe('nothing')
  expect([await places(), await incoming()]).toEqual([['Terms.eml', 'Terms/a.txt'], []])
  expect((await unpack(letter)).made).toMatchObject([{ name: 'b.txt' }])
})

test('a message that goes to another matter takes its relation along with its attachments, and not without them', async () => {
  const letter = await file('Terms.eml', '', mail('Terms', ['a.txt', 'A'], ['b.txt', 'B']))
  const { made } = await unpack(letter)
  const client = await world.ada.ok('client.create', { body: { name: `Elsewhere ${Date.now()}` } })
  const to = (await world.ada.ok('matter.create', { body: { client: client.id, title: 'Elsewhere' } })).id
  const transfer = (documents: string[], copy: boolean, folder: string) =>
    world.ada.ok('document.transfer', { ...firm.here(), body: { documents, to, folder, copy, reason: 'x' } })
  const { documents } = await transfer([letter.id, made[0]!.id], true, 'Copies')
  const copied = await world.ada.ok('document.parts', { params: { document: documents[0]!.id } })
  expect(copied.parts.map(({ name, place }) => [name, place])).toEqual([['a.txt', 'a.txt']])
  await transfer([letter.id], false, 'Moved')
  expect((await world.ada.ok('document.parts', at(made[1]!))).of).toBeNull()
  await transfer([made[1]!.id], false, 'Moved')
  expect((await world.ada.ok('document.parts', at(made[1]!))).of).toMatchObject({ name: 'Terms.eml', folder: 'Moved', place: 'b.txt' })
})
