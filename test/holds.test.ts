import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { file, here, at, trash, trashed } = firm
beforeEach(async () => {
  await world.refresh()
  await firm.beginAnew()
})

const words = {
  trigger: 'A claim was threatened',
  triggeredOn: '2026-02-03',
  issuer: 'Superior Court',
  scope: 'All letters of May',
  reason: 'Rule 37(e)',
  custodians: [],
}
const place = (by: Caller = world.ada, documents: string[] = [], more: object = {}) =>
  by.ok('hold.place', { ...here(), body: { ...words, documents, ...more } })
const lift = (by: Caller, hold: string) => by.ok('hold.lift', { params: { hold }, body: { reason: 'Settled' } })
const idOf = async (who: Caller) => (await who.ok('person.me')).id
const destroy = (...documents: { id: string }[]) => ({ ...here(), body: { documents: documents.map((one) => one.id), reason: 'Due' } })

test('a hold says what it is for, whom it binds, and stands until another lifts it', async () => {
  const one = await file('one.txt')
  let hold!: Awaited<ReturnType<typeof place>>
  const deeds = await world.deedsOf(async () => {
    hold = await place(world.ada, [one.id], { custodians: [await idOf(world.ben)] })
  })
  expect(deeds).toEqual(['hold.placed'])
  expect(hold).toMatchObject({
    ...words,
    custodians: [{ name: expect.stringContaining('Ben') as string }],
    whole: false,
    count: 1,
    lifted: null,
  })
  expect((await world.ben.ok('hold.list', { query: { matter: firm.matter } })).holds).toMatchObject([{ id: hold.id, documents: [one.id] }])
  expect(JSON.stringify(await world.ben.ok('notice.list'))).toContain('You are a custodian under a legal hold.')
  expect(await world.ada.refused('hold.lift', { params: { hold: hold.id }, body: { reason: 'x' } })).toBe('hold.oneself')
  expect(await lift(world.ben, hold.id)).toMatchObject({ lifted: { reason: 'Settled' } })
  expect(await world.ben.refused('hold.lift', { params: { hold: hold.id }, body: { reason: 'x' } })).toBe('hold.state')
  expect((await firm.entries())[0]).toMatchObject({ deed: 'hold.lifted', object: `hold ${hold.number}` })
})

test('compliance holds a matter that it does not read, and sees the holds of the firm', async () => {
  const hold = await place(world.ruth)
  expect(hold).toMatchObject({ whole: true, matter: { id: firm.matter, title: expect.stringContaining('A matter') as string } })
  expect((await world.ruth.ok('hold.list')).holds.map((one) => one.id)).toContain(hold.id)
  expect((await world.ada.ok('hold.list', { query: { matter: firm.matter } })).holds).toHaveLength(1)
  expect(await world.ruth.refused('matter.read', here())).not.toBe('')
  await lift(world.ada, hold.id)
})

test('whoever does not reach the matter is answered as for nothing, and whoever runs the system may not', async () => {
  const hold = await place()
  const asked = async (by: Caller, matter: string, its: string) =>
    [
      await by.ask('hold.read', { params: { hold: its } }),
      await by.ask('hold.place', { params: { matter }, body: { ...words, documents: [] } }),
      await by.ask('hold.lift', { params: { hold: its }, body: { reason: 'x' } }),
      await by.ask('document.destroy', { params: { matter }, body: { documents: [its], reason: 'x' } }),
      await by.ask('matter.destroy', { params: { matter }, body: { reason: 'x', basis: 'x' } }),
      await by.ask('certificate.read', { params: { destruction: its } }),
      await by.ask('certificate.print', { params: { destruction: its } }),
    ].map((reply) => [reply.status, reply.bytes.toString()])
  // Cora has a lawyer's powers and no path
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{partner}' where id = $1`, [cora]))
  const there = await asked(world.cora, firm.matter, hold.id)
  expect(there).toEqual(await asked(world.cora, uuidv7(Date.now()), uuidv7(Date.now())))
  expect(there.map(([status]) => status)).toEqual(there.map(() => 404))
  expect((await world.cora.ok('hold.list')).holds).toEqual([])
  expect((await world.cora.ok('hold.list', { query: { matter: firm.matter } })).holds).toEqual([])
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{paralegal}' where id = $1`, [cora]))
  for (const by of [world.cora, world.sam])
    expect(await by.refused('hold.place', { ...here(), body: { ...words, documents: [] } })).toBe('may.not')
  expect((await world.sam.ok('hold.list')).holds).toEqual([])
  expect((await world.ada.ok('hold.read', { params: { hold: hold.id } })).id).toBe(hold.id)
})
let cora = ''
beforeEach(async () => {
  cora = await idOf(world.cora)
})

test('what is held goes into the trash and comes back, and is not destroyed', async () => {
  const [held, free] = [await file('held.txt'), await file('free.txt')]
  const hold = await place(world.ada, [held.id])
  await world.ada.ok('document.trash', trash(held, free))
  expect((await trashed()).length).toBe(2)
  expect(await world.ada.refused('document.destroy', destroy(held))).toBe('hold.stands')
  expect(await world.ada.refused('document.destroy', destroy(held, free))).toBe('hold.stands')
  await world.ada.ok('document.restore', trash(held))
  await world.ada.ok('document.rename', { ...at(held), body: { name: 'held as ever.txt' } })
  await lift(world.ben, hold.id)
  await world.ada.ok('document.destroy', destroy(held))
})

test('no row that is held ends or leaves, whoever tries: the trigger says no to the owner of the database too', async () => {
  const one = await file('one.txt')
  const hold = await place()
  const tried = async (text: string) =>
    world
      .asSuperuser(world.database, (db) => db.run(text, [one.id]))
      .then(
        () => 'done',
        (fault: { code?: string; cause?: { code?: string } }) => fault.code ?? fault.cause?.code,
      )
  const all = [
    'delete from app.versions where document_id = $1',
    'delete from app.documents where id = $1',
    'delete from app.matter_keys where matter_id = (select matter_id from app.documents where id = $1)',
    `update app.documents set matter_id = '${world.orchard.id}' where id = $1`,
  ]
  for (const text of all) expect([text, await tried(text)]).toEqual([text, 'SR050'])
  await lift(world.ben, hold.id)
  expect(await tried(all[0]!)).toBe('done')
})

test('a group that a class keeps out sees of a hold what it reaches, and counts no more', async () => {
  const { id: group } = await world.sam.ok('group.create', { body: { name: 'Desk of holds' } })
  const members = [await idOf(world.cora)]
  await world.sam.ok('group.change', { params: { group }, body: { name: 'Desk of holds', roles: [], members } })
  await world.ada.ok('matter.openTo', { ...here(), body: { group, reason: 'They cover for us' } })
  const plain = await file('plain.txt')
  const strict = await world.ada.ok('document.classify', { ...at(await file('strict.txt')), body: { class: 'restricted' } })
  const hold = await place(world.ada, [plain.id, strict.id])
  const seen = async (by: Caller) => by.ok('hold.read', { params: { hold: hold.id } })
  expect(await seen(world.cora)).toMatchObject({ count: 1, documents: [plain.id] })
  expect((await seen(world.ben)).count).toBe(2)
  // those who keep holds over the firm know how many, and not which
  expect(await seen(world.ruth)).toMatchObject({ count: 2, documents: [] })
  // also of what is in the trash
  await world.ada.ok('document.trash', trash(plain))
  expect((await seen(world.cora)).count).toBe(1)
})
