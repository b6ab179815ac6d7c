import { beforeEach, expect, test } from 'vitest'
import { intruder } from './world/joining.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, entries, file, folders, here, move, path, trash, trashed } = firm
beforeEach(() => firm.beginAnew())

test('folders: made with those above, renamed with all below, never into themselves or onto another, removed when empty', async () => {
  await world.ben.ok('folder.create', { ...here(), body: { path: 'A/B/C' } })
  expect(await folders()).toEqual(['A', 'A/B', 'A/B/C'])
  expect(await world.ada.refused('folder.create', { ...here(), body: { path: 'A/B' } })).toBe('name.taken')
  expect(await world.ada.refused('folder.create', { ...here(), body: { path: '' } })).toMatch(/invalid|refused/)
  expect(await world.ada.refused('folder.create', { ...here(), body: { path: 'A/../B' } })).toBe('name.refused')
  const one = await file('one.txt', 'A/B/C')
  expect(await world.ada.refused('folder.move', path('A', 'A/B/X'))).toBe('folder.inside')
  expect(await world.ada.refused('folder.move', path('A', 'A'))).toBe('name.taken')
  expect(await world.ada.refused('folder.move', path('None', 'Other'))).toBe('nothing')
  await world.ada.ok('folder.move', path('A/B', 'New/Place'))
  expect(await folders()).toEqual(['A', 'New', 'New/Place', 'New/Place/C'])
  expect((await firm.read(world.ada, one.id)).folder).toBe('New/Place/C')
  expect((await entries()).find((entry) => entry.deed === 'folder.moved')).toMatchObject({ details: { was: 'A/B' } })
  expect(await world.ada.refused('folder.move', path('A', 'New'))).toBe('name.taken')
  const deep = Array.from({ length: 31 }, (_, i) => `d${i}`).join('/')
  expect(await world.ada.refused('folder.move', path('New', `${deep}/x`))).toBe('name.refused')
  for (const full of ['New', 'New/Place', 'New/Place/C'])
    expect(await world.ada.refused('folder.remove', { ...here(), body: { path: full } }), full).toBe('folder.full')
  expect((await world.ada.ask('folder.remove', { ...here(), body: { path: 'A' } })).status).toBe(204)
  expect(await folders()).toEqual(['New', 'New/Place', 'New/Place/C'])
  expect(await world.ada.refused('folder.remove', { ...here(), body: { path: 'A' } })).toBe('nothing')
})

test('two folders into each other at once: one is moved after the other, and none is lost', async () => {
  for (const name of ['A', 'B']) await world.ada.ok('folder.create', { ...here(), body: { path: name } })
  const replies = await Promise.all([world.ada.ask('folder.move', path('A', 'B/A')), world.ben.ask('folder.move', path('B', 'A/B'))])
  // whoever comes second has the folder above made again
  expect(replies.map((reply) => reply.status)).toEqual([200, 200])
  expect([
    ['A', 'A/B', 'A/B/A'],
    ['B', 'B/A', 'B/A/B'],
  ]).toContainEqual(await folders())
})

test('PostgreSQL lets no folder into itself, nor under one of another matter, whoever asks', async () => {
  await world.ada.ok('folder.create', { ...here(), body: { path: 'A/B/C' } })
  const words = Buffer.alloc(60, 1)
  await intruder(world, world.ben, async (say) => {
    const { rows } = await say('select id, parent_id from app.folders where matter_id = $1 order by id', [firm.matter])
    const [a, , c] = rows.map((row) => row.id)
    const [other] = (await say('select id from app.folders where matter_id = $1', [world.orchard.id])).rows
    const moved = (folder: unknown, to: unknown) => say('select hidden.move_folder($1, $2, $3, $3) as done', [folder, to, words])
    expect((await moved(a, c)).code).toBe('SR035')
    expect((await moved(a, a)).code).toBe('SR035')
    expect((await moved(c, other!.id)).code).toBe('SR037')
    expect((await moved(c, null)).rows).toEqual([{ done: true }])
  })
})

test('files that come in while their folder is removed are not lost in it', async () => {
  for (let round = 0; round < 5; round += 1) {
    await world.ada.ok('folder.create', { ...here(), body: { path: `F${round}` } })
    const [gone, come] = await Promise.all([
      world.ada.ask('folder.remove', { ...here(), body: { path: `F${round}` } }),
      world.ben.tryUpload(firm.matter, `f${round}.txt`, `F${round}`, Buffer.from('x')),
    ])
    expect([201, 409]).toContain(come.status)
    expect([204, 409]).toContain(gone.status)
    if (come.status === 201) expect(await folders()).toContain(`F${round}`)
  }
})

test('a closed matter takes none of it', async () => {
  const [one, two] = [await file('one.txt', 'Letters'), await file('two.txt')]
  await world.ada.ok('document.trash', trash(two))
  await world.ada.ok('document.lock', { ...at(one), body: { as: 'signed' } })
  await world.ada.ok('matter.close', { ...here(), body: { reason: 'Done' } })
  const refused = [
    await world.ada.refused('document.move', move('Other', one)),
    await world.ada.refused('document.rename', { ...at(one), body: { name: 'x' } }),
    await world.ada.refused('document.describe', { ...at(one), body: one.about }),
    await world.ada.refused('document.lock', { ...at(one), body: { as: 'filed' } }),
    await world.ada.refused('document.unlock', { ...at(one), body: { reason: 'x' } }),
    await world.ada.refused('document.take-out', { ...at(one), body: {} }),
    await world.ada.refused('document.bring-back', at(one)),
    await world.ada.refused('document.trash', trash(one)),
    await world.ada.refused('document.restore', trash(two)),
    await world.ada.refused('folder.create', { ...here(), body: { path: 'X' } }),
    await world.ada.refused('folder.move', path('Letters', 'Post')),
    await world.ada.refused('folder.remove', { ...here(), body: { path: 'Letters' } }),
  ]
  expect(refused).toEqual(refused.map(() => 'matter.closed'))
  expect(await trashed()).toHaveLength(1)
})
