import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { Filed } from './world/filed.ts'
import { errorIn } from './world/handled.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, entries, file, folders, move, places, trash, trashed } = firm
beforeEach(() => firm.beginAnew())

test('documents move together into a folder that is made, each with an entry of its own', async () => {
  const [one, two] = [await file('one.txt'), await file('two.txt', 'Letters')]
  const deeds = await world.deedsOf(async () => {
    const { documents } = await world.ben.ok('document.move', move('Pleadings/2026', one, two))
    expect(documents.map((document) => document.folder)).toEqual(['Pleadings/2026', 'Pleadings/2026'])
  })
  expect(deeds).toEqual(['document.moved', 'document.moved'])
  expect(
    (await entries())
      .slice(0, 2)
      .map(({ object, details }) => [object, details.folder, details.was])
      .sort(),
  ).toEqual([
    ['one.txt', 'Pleadings/2026', ''],
    ['two.txt', 'Pleadings/2026', 'Letters'],
  ])
  expect(await places()).toEqual(['Pleadings/2026/one.txt', 'Pleadings/2026/two.txt'])
  await world.ada.ok('document.move', move('', one))
  expect(await places()).toEqual(['Pleadings/2026/two.txt', 'one.txt'])
})

test('all move or none: one that is locked, out, of another matter, or whose name is taken keeps the others where they are', async () => {
  const [one, two, twin] = [await file('one.txt'), await file('two.txt'), await file('two.txt', 'Letters')]
  expect(await world.ada.refused('document.move', move('Letters', one, two))).toBe('name.taken')
  const [elsewhere] = (await world.ada.ok('document.list', { params: { matter: world.orchard.id } })).documents
  expect(await world.ada.refused('document.move', move('Letters', one, elsewhere!))).toBe('nothing')
  expect(await world.ada.refused('document.move', move('Letters', one, { id: uuidv7(Date.now()) }))).toBe('nothing')
  await world.ben.ok('document.take-out', { ...at(two), body: {} })
  expect(await world.ada.refused('document.move', move('Other', one, two))).toBe('document.out')
  await world.ada.ok('document.lock', { ...at(twin), body: { as: 'filed' } })
  expect(await world.ada.refused('document.move', move('Other', one, twin))).toBe('document.locked')
  expect(await places()).toEqual(['Letters/two.txt', 'one.txt', 'two.txt'])
  expect(await folders()).toEqual(['Letters'])
})

test('a document is renamed, but not onto another; its entry says what it was called', async () => {
  const [one] = [await file('one.txt'), await file('two.txt')]
  expect(await world.ada.refused('document.rename', { ...at(one), body: { name: 'two.txt' } })).toBe('name.taken')
  for (const name of ['a/b', '..', ' ', 'a\u202eb'])
    expect(await world.ada.refused('document.rename', { ...at(one), body: { name } })).toBe('name.refused')
  expect(await world.ben.ok('document.rename', { ...at(one), body: { name: 'Réponse.txt' } })).toMatchObject({ name: 'Réponse.txt' })
  expect((await entries())[0]).toMatchObject({ deed: 'document.renamed', object: 'Réponse.txt', details: { was: 'one.txt' } })
  // the old name is free, and the new one is taken in either form of Unicode
  await file('one.txt')
  expect((await world.ada.tryUpload(firm.matter, 'Re\u0301ponse.txt', '', Buffer.from('x'))).status).toBe(409)
})

test('renamed and moved at once: both hold, or one is told that the name is taken', async () => {
  const one = await file('one.txt')
  const rename = world.ada.ask('document.rename', { ...at(one), body: { name: 'new.txt' } })
  const replies = await Promise.all([rename, world.ben.ask('document.move', move('Letters', one))])
  expect(replies.map((reply) => reply.status)).toEqual([200, 200])
  expect(await places()).toEqual(['Letters/new.txt'])
  const [a, b] = [await file('a.txt'), await file('b.txt')]
  const both = await Promise.all(
    [a, b].map((document) => world.ada.ask('document.rename', { ...at(document), body: { name: 'same.txt' } })),
  )
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 409])
})

test('what is known of a document is kept whole, and read back', async () => {
  const one = await file('one.txt')
  expect(one.about).toEqual({ privilege: 'none', tags: [], author: '', custodian: '', source: '', receivedOn: null })
  const about = {
    privilege: 'work-product',
    tags: ['draft', 'draft', 'expert'],
    author: 'A. Wren',
    custodian: 'The mill',
    source: 'Opposing counsel, by e-mail',
    receivedOn: '2026-02-28',
  }
  await world.ben.ok('document.describe', { ...at(one), body: about })
  expect((await firm.read(world.ada, one.id)).about).toEqual({ ...about, tags: ['draft', 'expert'] })
  expect((await entries())[0]).toMatchObject({ deed: 'document.described', details: { privilege: 'work-product' } })
  expect((await entries())[0]!.details.changed).toBe('privilege, tags, author, custodian, source, receivedOn')
  for (const wrong of [{ receivedOn: '2026-02-30' }, { privilege: 'secret' }, { author: 'a\u202eb' }, { tags: Array(21).fill('x') }])
    expect(await world.ada.refused('document.describe', { ...at(one), body: { ...about, ...wrong } })).toBe('input.invalid')
  const stored = await world.asSuperuser(world.database, (db) =>
    db.row<{ about: Buffer }>('select sealed_about as about from app.documents where id = $1', [one.id]),
  )
  expect(stored!.about.toString('latin1')).not.toContain('Wren')
})

test('what is out is brought back by its holder, or by whoever may change the matter, and the entry says whose it was', async () => {
  const one = await file('one.txt')
  await world.ada.ok('document.take-out', { ...at(one), body: { note: 'For the hearing' } })
  for (const refused of [
    await world.ben.refused('document.take-out', { ...at(one), body: {} }),
    await world.ben.refused('document.rename', { ...at(one), body: { name: 'x' } }),
    await world.ben.refused('document.trash', trash(one)),
  ])
    expect(refused).toBe('document.out')
  // the holder goes on
  await world.ada.ok('document.rename', { ...at(one), body: { name: 'mine.txt' } })
  expect((await world.ben.ok('document.bring-back', at(one))).out).toBeNull()
  expect((await entries())[0]).toMatchObject({ deed: 'document.back', details: { holder: 'Ada Wren' } })
  expect(await world.ada.refused('document.bring-back', at(one))).toBe('matter.state')
  await world.ada.ok('document.take-out', { ...at(one), body: {} })
  await world.ada.ok('document.bring-back', at(one))
  expect((await entries())[0]!.details).not.toHaveProperty('holder')
})

test('S1-19: what was served does not change until a partner unlocks it with a reason; the hash stays', async () => {
  const one = await file('one.txt')
  expect(await world.ben.ok('document.lock', { ...at(one), body: { as: 'served' } })).toMatchObject({ locked: { as: 'served' } })
  const about = one.about
  const refused = [
    await world.ada.refused('document.rename', { ...at(one), body: { name: 'x' } }),
    await world.ada.refused('document.move', move('Letters', one)),
    await world.ada.refused('document.trash', trash(one)),
    await world.ada.refused('document.describe', { ...at(one), body: about }),
    await world.ada.refused('document.take-out', { ...at(one), body: {} }),
    await world.ada.refused('document.lock', { ...at(one), body: { as: 'filed' } }),
  ]
  expect(new Set(refused)).toEqual(new Set(['document.locked']))
  expect(await world.ben.refused('document.unlock', { ...at(one), body: { reason: 'x' } })).toBe('may.not')
  expect(await world.ada.refused('document.unlock', { ...at(one), body: { reason: ' ' } })).toBe('input.invalid')
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.sessions set factor_at = now() - interval '1 hour' where kind <> 'token'`),
  )
  expect(await world.ada.refused('document.unlock', { ...at(one), body: { reason: 'x' } })).toBe('factor.stale')
  await world.refresh()
  expect(await world.ada.ok('document.unlock', { ...at(one), body: { reason: 'Served in error' } })).toMatchObject({
    locked: null,
    sha256: one.sha256,
  })
  expect((await entries()).slice(0, 1)).toMatchObject([{ deed: 'document.unlocked', details: { as: 'served', reason: 'Served in error' } }])
  expect(await world.ada.refused('document.unlock', { ...at(one), body: { reason: 'again' } })).toBe('matter.state')
  await world.ben.ok('document.rename', { ...at(one), body: { name: 'x' } })
})

test('a refusal tells what to do, and of a bulk act nothing was done', async () => {
  const one = await file('one.txt')
  await world.ada.ok('document.lock', { ...at(one), body: { as: 'signed' } })
  const two = await file('two.txt')
  const reply = await world.ben.ask('document.trash', trash(two, one))
  expect(errorIn(reply)).toMatchObject({ code: 'document.locked', text: expect.stringContaining('partner') })
  expect(await trashed()).toEqual([])
})
