import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { destroyDue } from '../src/features/destruction/executing.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { intruder } from './world/joining.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { file, here, trash, trashed, places } = firm
beforeEach(async () => {
  await world.refresh()
  await firm.beginAnew()
})

type One = { id: string }
const body = { reason: 'Past its time', basis: 'Schedule 7' }
const empty = (by: Caller = world.ada) => by.ok('trash.empty', { ...here(), body })
const refused = (by: Caller = world.ada) => by.refused('trash.empty', { ...here(), body })
const decide = (by: Caller, { confirmation }: { confirmation: string }) =>
  by.ask('confirmation.decide', { params: { confirmation }, body: { approve: true } })
const codeOf = (reply: { json: unknown }) => (reply.json as { error: { code: string } } | null)?.error.code
const intoTrash = async (...names: string[]) => {
  const made = []
  for (const name of names) made.push(await file(name))
  await world.ada.ok('document.trash', trash(...made))
  return made
}
const hold = (...documents: One[]) =>
  world.ben.ok('hold.place', {
    ...here(),
    body: {
      documents: documents.map(({ id }) => id),
      trigger: 'A claim',
      triggeredOn: '2026-02-03',
      issuer: 'Court',
      scope: 'All',
      custodians: [],
      reason: 'R',
    },
  })
const lift = (id: string) => world.ada.ok('hold.lift', { params: { hold: id }, body: { reason: 'Over' } })
const read = (destruction: string) => world.ada.ok('certificate.read', { params: { destruction } })
/** The clerk goes on until it is certified, or does not come further. */
async function finish({ destruction }: { destruction: string }) {
  for (let tries = 0; tries < 5 && !['certified', 'stopped'].includes((await read(destruction)).state); tries += 1) {
    await destroyDue(world.firm.house)
    await world.firm.sequencer.run()
  }
  return read(destruction)
}
const inTrash = async () => (await trashed()).map(({ name }) => name).sort()

test('the trash of a matter is emptied by two people at once, with one certificate; what is held stays and is told', async () => {
  const [one, two, held] = await intoTrash('one.txt', 'two.txt', 'held.txt')
  await file('stays.txt')
  const standing = await hold(held!)
  const asked = await empty()
  expect(asked).toMatchObject({ documents: 2, stay: [{ id: held!.id, name: 'held.txt', why: 'hold' }] })
  expect((await firm.entries())[0]).toMatchObject({
    deed: 'destruction.asked',
    object: 'the trash, 2 documents',
    details: { documents: 2 },
  })
  const waiting = (await world.ben.ok('confirmation.list')).confirmations.find((its) => its.id === asked.confirmation)
  expect(waiting!.text).toMatch(/^Empty the trash: destroy 2 documents of A matter \d+ for good$/)
  expect(codeOf(await decide(world.ada, asked))).toBe('confirmation.oneself')
  for (const by of [world.cora, world.sam, world.ruth]) expect((await decide(by, asked)).status).toBe(404)
  expect(await inTrash()).toEqual(['held.txt', 'one.txt', 'two.txt'])
  expect((await decide(world.ben, asked)).status).toBe(204)
  const done = await finish(asked)
  expect(done).toMatchObject({ state: 'certified', documents: 2, emptying: { stayed: 1 } })
  expect(done.items.map(({ id, name }) => [id, name]).sort()).toEqual(
    [
      [one!.id, 'one.txt'],
      [two!.id, 'two.txt'],
    ].sort(),
  )
  expect(done.note).toContain('\nemptied: the trash of the matter; 1 stayed, held or taken out\n')
  expect(done.note).not.toContain(held!.id)
  expect((await world.ada.ask('certificate.print', { params: { destruction: done.id } })).bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(await inTrash()).toEqual(['held.txt'])
  expect(await places()).toEqual(['stays.txt'])
  expect(await refused()).toBe('hold.stands')
  await lift(standing.id)
  expect((await empty()).stay).toEqual([])
})

test('what is restored or held between the asking, the approval and the doing stays, and the rest goes', async () => {
  const [restored, held, late, gone] = await intoTrash('restored.txt', 'held.txt', 'late.txt', 'gone.txt')
  const first = await empty()
  expect(first).toMatchObject({ documents: 4, stay: [] })
  await world.ben.ok('document.restore', trash(restored!))
  const standing = await hold(held!)
  const ben = (await world.ben.ok('person.me')).id
  // approved by PostgreSQL's own function, and one is taken out again before the clerk comes
  await world.asSuperuser(world.database, (db) =>
    db.run(
      `with out as (update app.documents set trashed_at = null, trashed_by = null where id = $1 returning 1)
       update app.destructions set state = 'approved', approved_by = $2, approved_at = now() where id = $3 and exists (select from out)`,
      [late!.id, ben, first.destruction],
    ),
  )
  const done = await finish(first)
  expect(done).toMatchObject({ state: 'certified', documents: 1, emptying: { stayed: 3 } })
  expect(done.items).toMatchObject([{ id: gone!.id, name: 'gone.txt' }])
  expect(await inTrash()).toEqual(['held.txt'])
  expect(await places()).toContain('late.txt')
  expect(await places()).toContain('restored.txt')
  await lift(standing.id)
})

test('when nothing is left to go the approval and the doing say so, and nothing goes', async () => {
  const [one] = await intoTrash('one.txt')
  const asked = await empty()
  await world.ada.ok('document.restore', trash(one!))
  expect(codeOf(await decide(world.ben, asked))).toBe('confirmation.decided')
  expect(await places()).toEqual(['one.txt'])
  expect((await read(asked.destruction)).state).toBe('asked')
  await world.ada.ok('document.trash', trash(one!))
  const [ben] = [(await world.ben.ok('person.me')).id]
  const standing = await hold()
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.destructions set state = 'approved', approved_by = $1, approved_at = now() where id = $2`, [ben, asked.destruction]),
  )
  expect(await finish(asked)).toMatchObject({ state: 'stopped', documents: 1 })
  expect(await inTrash()).toEqual(['one.txt'])
  await lift(standing.id)
})

test('an empty trash, one that waits already, a closed matter and a walled or wrong person ask in vain', async () => {
  await file('stays.txt')
  expect(await refused()).toBe('destruction.state')
  const [one] = await intoTrash('one.txt')
  expect(await refused(world.cora)).toBe('nothing')
  expect(await refused(world.sam)).not.toBe('hold.stands')
  const first = await empty()
  expect(await refused()).toBe('destruction.state')
  const [two] = await intoTrash('two.txt')
  expect(await empty(world.ben)).toMatchObject({ documents: 1, stay: [{ id: one!.id, why: 'asked' }] })
  expect((await read(first.destruction)).items.map(({ id }) => id)).toEqual([one!.id])
  expect((await trashed()).map(({ id }) => id).sort()).toEqual([one!.id, two!.id].sort())
  await world.ada.ok('matter.close', { ...here(), body: { reason: 'Done' } })
  expect(['matter.closed', 'destruction.state']).toContain(await refused())
})

test('SQL of one’s own empties no more than the trash, and nothing alone', async () => {
  const [one] = await intoTrash('one.txt')
  const stays = await file('stays.txt')
  const call = 'select hidden.ask_emptying($1, $2, $3, $4, $5, null, $5) as ok'
  const ids = () => [uuidv7(Date.now()), uuidv7(Date.now()), firm.matter] as string[]
  await intruder(world, world.ada, async (say) => {
    expect((await say(call, [...ids(), [one!.id, stays.id], Buffer.alloc(1)])).rows).toEqual([{ ok: false }])
    const tried = ['update app.destructions set stayed = 0', 'select hidden.thin_emptying($1)', 'delete from app.destruction_items']
    for (const text of tried) expect([text, (await say(text, text.includes('$1') ? [one!.id] : [])).code]).toEqual([text, '42501'])
  })
  for (const by of [world.cora, world.sam])
    await intruder(world, by, async (say) => {
      expect((await say(call, [...ids(), [one!.id], Buffer.alloc(1)])).rows).toEqual([{ ok: false }])
      expect((await say('select * from hidden.kept_in_trash($1)', [firm.matter])).rows).toEqual([])
    })
})
