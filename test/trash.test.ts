import { randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { beforeEach, expect, test } from 'vitest'
import { USER_AGENT } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, entries, file, folders, here, path, places, trash, trashed } = firm
beforeEach(() => firm.beginAnew())

test('what is in the trash is nowhere else, holds no name, and comes back to where it was', async () => {
  const [one, two] = [await file('one.txt', 'Letters/May'), await file('two.txt')]
  const opened = await world.ben.ok('document.open', at(one))
  expect(await world.ben.ok('document.trash', trash(one))).toEqual({ documents: [one.id] })
  expect(await places()).toEqual(['two.txt'])
  const seen = [
    await world.ada.ask('document.read', at(one)),
    await world.ada.ask('document.open', at(one)),
    await world.ada.ask('document.download', at(one)),
    await world.ada.ask('version.list', at(one)),
    await world.ada.ask('document.classify', { ...at(one), body: { class: 'restricted' } }),
    await world.ada.ask('document.lower', { ...at(one), body: { class: 'confidential', reason: 'x' } }),
    await world.ada.ask('document.rename', { ...at(one), body: { name: 'x' } }),
    await world.ada.ask('document.lock', { ...at(one), body: { as: 'filed' } }),
    await world.ada.ask('document.take-out', { ...at(one), body: {} }),
    await world.ada.ask('document.trash', trash(one)),
    await world.ben.send('GET', opened.content),
  ]
  expect(seen.map((reply) => reply.status)).toEqual(seen.map(() => 404))
  const count = await world.asSuperuser(world.database, (db) =>
    db.row<{ n: number }>('select count(*) as n from app.documents where matter_id = $1', [firm.matter]),
  )
  expect(count!.n).toBe(2)
  expect(await trashed()).toMatchObject([
    { id: one.id, name: 'one.txt', folder: 'Letters/May', trashedBy: { id: (await world.ben.ok('person.me')).id } },
  ])
  // its entries stay
  expect((await entries()).map((entry) => entry.object).filter((name) => name === 'one.txt').length).toBeGreaterThan(1)
  // its folder may go, and somebody else may take its name
  await world.ada.ok('folder.remove', { ...here(), body: { path: 'Letters/May' } })
  await world.ada.ok('folder.remove', { ...here(), body: { path: 'Letters' } })
  const other = await file('one.txt', 'Letters/May', 'another')
  expect(await world.ada.refused('document.restore', trash(one))).toBe('name.taken')
  await world.ada.ok('document.rename', { ...at(other), body: { name: 'other.txt' } })
  expect(await world.ada.refused('document.restore', trash(one, two))).toBe('nothing')
  const { documents } = await world.ada.ok('document.restore', trash(one))
  expect(documents).toMatchObject([{ id: one.id, folder: 'Letters/May', sha256: one.sha256 }])
  expect((await entries())[0]).toMatchObject({ deed: 'document.restored', object: 'one.txt' })
  expect(await trashed()).toEqual([])
  expect(await folders()).toEqual(['Letters', 'Letters/May'])
  expect((await firm.copy(world.ada, one.id)).bytes.toString()).toBe('one.txt')
})

test('a folder that is gone is made again for what comes back', async () => {
  const one = await file('one.txt', 'Letters/May')
  await world.ada.ok('document.trash', trash(one))
  await world.ada.ok('folder.move', path('Letters', 'Post'))
  await world.ada.ok('folder.remove', { ...here(), body: { path: 'Post/May' } })
  expect(await folders()).toEqual(['Post'])
  expect((await trashed())[0]!.folder).toBe('Post/May')
  await world.ada.ok('document.restore', trash(one))
  expect(await places()).toEqual(['Post/May/one.txt'])
})

test('a running copy is cut when its document goes into the trash', async () => {
  const large = await file('large.bin', '', randomBytes(64_000_000))
  const cut = new Promise<string>((resolve) => {
    httpRequest(
      `${world.firm.url}/api/documents/${large.id}/download`,
      { headers: { 'cookie': world.ben.cookie!, 'user-agent': USER_AGENT } },
      (answer) => {
        answer.pause()
        answer.on('end', () => resolve(answer.complete ? 'whole' : 'cut'))
        answer.on('error', () => resolve('cut'))
        void world.ada
          .ok('document.trash', trash(large))
          .then(() => new Promise((done) => setTimeout(done, 600)))
          .then(() => answer.resume())
      },
    ).end()
  })
  expect(await cut).toBe('cut')
})
