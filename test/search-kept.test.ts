import { beforeEach, expect, test } from 'vitest'
import { tellAll } from '../src/features/search/telling.ts'
import { Filed } from './world/filed.ts'
import { indexed, search } from './world/searching.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { file } = firm
beforeEach(() => firm.beginAnew())

const told = async (by = world.ben) =>
  (await by.ok('notice.list')).notices
    .filter(({ page }) => page === null || page === 'search')
    .filter(({ text }) => text.includes('search that you keep')).length
const kept = async () => (await world.ben.ok('search.saved')).searches

test('a search is kept, changed and forgotten by whoever it belongs to, and nobody else knows of it', async () => {
  const mine = await world.ben.ok('search.save', { body: { name: 'Outfalls', words: 'outfall w/5 solids', narrow: { types: ['mail'] } } })
  expect(mine).toMatchObject({
    name: 'Outfalls',
    words: 'outfall w/5 solids',
    narrow: { types: ['mail'], matters: [] },
    order: 'best',
    isTold: false,
  })
  const at = { params: { search: mine.id } }
  expect((await world.ada.ok('search.saved')).searches).toEqual([])
  expect(await world.ada.refused('search.change', { ...at, body: { name: 'x', words: 'y' } })).toBe('nothing')
  expect(await world.ada.refused('search.forget', at)).toBe('nothing')
  await world.ben.ok('search.change', { ...at, body: { name: 'Outfalls', words: 'outfall', isTold: true } })
  expect(await kept()).toEqual([
    expect.objectContaining({ words: 'outfall', isTold: true, narrow: expect.objectContaining({ types: [] }) }),
  ])
  await world.ben.ok('search.forget', at)
  expect(await kept()).toEqual([])
  expect(await world.ben.refused('search.forget', at)).toBe('nothing')
})

test('whoever keeps a search is told when something that they reach answers it, once, and not of what is walled or was there', async () => {
  await file('Before.txt', '', 'The sluice was closed in June.')
  await indexed(world.ada, firm.matter)
  await world.ben.ok('search.save', { body: { name: 'Sluice', words: 'sluice', isTold: true } })
  const before = await told()
  await file('Else.txt', '', 'Nothing of the kind.')
  await indexed(world.ada, firm.matter)
  await tellAll(world.firm.house)
  expect(await told()).toBe(before)
  const hidden = (
    await world.ada.ok('matter.create', {
      body: { client: (await world.ada.ok('client.create', { body: { name: 'Other' } })).id, title: 'Not for Ben' },
    })
  ).id
  await world.ada.upload(hidden, 'Sluice.txt', '', Buffer.from('The sluice is open.'))
  await indexed(world.ada, hidden)
  await tellAll(world.firm.house)
  expect(await told()).toBe(before)
  await file('After.txt', '', 'The sluice was opened again.')
  await indexed(world.ada, firm.matter)
  await tellAll(world.firm.house)
  expect(await told()).toBe(before + 1)
  await tellAll(world.firm.house)
  expect(await told()).toBe(before + 1)
  // an errand is nobody's session to look at, and has ended
  const sessions = await world.asSuperuser(world.database, (db) =>
    db.rows<{ revoked: boolean }>(`select revoked_at is not null as revoked from app.sessions where kind = 'errand'`),
  )
  expect(sessions.length).toBeGreaterThan(1)
  expect(sessions.every(({ revoked }) => revoked)).toBe(true)
  expect((await world.ben.ok('session.list')).sessions.map(({ kind }) => kind)).not.toContain('errand')
})

test('versions are one hit, the same content in two files is one hit, and facets count what the others leave', async () => {
  const one = await file('Plan.txt', '', 'The weir is drawn in red.')
  const reply = await world.ada.send(
    'POST',
    `/api/documents/${one.id}/versions?from=1&reason=${encodeURIComponent('The colour was wrong')}`,
    { 'content-type': 'application/octet-stream' },
    Buffer.from('The weir is drawn in blue.'),
  )
  expect(reply.status).toBe(201)
  await file('Copy.txt', 'Copies', 'The weir and the race are drawn together.')
  await file('Copy of copy.txt', 'Copies', 'The weir and the race are drawn together.')
  await indexed(world.ada, firm.matter)
  const { hits, total, facets } = await search(world.ada, 'weir', { matters: [firm.matter as never] })
  expect(total).toBe(2)
  expect(hits.find((hit) => hit.folder === 'Copies')!.same).toHaveLength(1)
  expect(hits.find((hit) => hit.name === 'Plan.txt')).toMatchObject({ version: 2, newest: 2, older: [1] })
  // what only an older version says is found in it
  expect((await search(world.ada, 'red', { matters: [firm.matter as never] })).hits[0]).toMatchObject({
    name: 'Plan.txt',
    version: 1,
    newest: 2,
  })
  // facets count documents, the total their contents
  expect(facets.types).toEqual([{ value: 'text', count: 3 }])
  expect(facets.matters.find(({ id }) => id === firm.matter)).toMatchObject({ count: 3 })
})
