import { beforeEach, expect, test } from 'vitest'
import type { Answer } from '../src/platform/route.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { at, file, move, trash } = firm
beforeEach(() => firm.beginAnew())

const add = async (name: string, content: string, by: Caller = world.ada, folder = ''): Promise<Answer<'document.upload'>> => {
  const reply = await by.tryUpload(firm.matter, name, folder, Buffer.from(content))
  expect(reply.status).toBe(201)
  return reply.json as Answer<'document.upload'>
}
const version = (document: string, from: number, content: string) =>
  world.ada.send(
    'POST',
    `/api/documents/${document}/versions?from=${from}&reason=x`,
    { 'content-type': 'application/octet-stream' },
    Buffer.from(content),
  )

test('what stands in the matter already is said, by name and place, and is taken all the same', async () => {
  const one = await add('one.txt', 'The same words')
  expect(one.same).toEqual([])
  await world.ada.ok('document.move', move('Letters/2026', one))
  const two = await add('two.txt', 'The same words')
  expect(two.same).toEqual([{ id: one.id, name: 'one.txt', folder: 'Letters/2026' }])
  expect((await add('three.txt', 'Other words')).same).toEqual([])
  expect((await add('four.txt', 'The same words')).same.map(({ id }) => id)).toEqual([one.id, two.id])
})

test('only the newest version counts, and not what is in the trash, nor another matter', async () => {
  const one = await add('one.txt', 'first')
  expect((await version(one.id, 1, 'second')).status).toBe(201)
  expect((await add('two.txt', 'first')).same).toEqual([])
  const three = await add('three.txt', 'second')
  expect(three.same.map(({ id }) => id)).toEqual([one.id])
  await world.ada.ok('document.trash', trash(one))
  expect((await add('four.txt', 'second')).same.map(({ id }) => id)).toEqual([three.id])
  const elsewhere = await world.ada.tryUpload(world.orchard.id, `same ${Date.now()}`, '', Buffer.from('second'))
  expect((elsewhere.json as Answer<'document.upload'>).same).toEqual([])
})

test('nothing is told of a document whose class keeps the reader out', async () => {
  const { id: group } = await world.sam.ok('group.create', { body: { name: 'Desk of duplicates' } })
  const members = [(await world.cora.ok('person.me')).id]
  await world.sam.ok('group.change', { params: { group }, body: { name: 'Desk of duplicates', roles: [], members } })
  await world.ada.ok('matter.openTo', { ...firm.here(), body: { group, reason: 'They cover for us' } })
  const strict = await file('strict.txt', '', 'The same words')
  await world.ada.ok('document.classify', { ...at(strict), body: { class: 'restricted' } })
  expect((await add('hers.txt', 'The same words', world.cora)).same).toEqual([])
  expect((await add('his.txt', 'The same words', world.ben)).same.map(({ name }) => name)).toEqual(['strict.txt', 'hers.txt'])
})
