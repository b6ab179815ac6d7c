import { beforeEach, expect, test } from 'vitest'
import { handOver } from '../src/features/people/leavers.ts'
import { codeIn, decide, give, idOf, leave, soon, textsOf, waitsFor } from './world/asking.ts'
import { useWorld } from './world/world.ts'

// An administrator who sends everyone away who could say no. The tests go on from one another.

const world = useWorld()
beforeEach(() => world.refresh())

const sql = (text: string, values?: unknown[]) => world.asSuperuser(world.database, (db) => db.run(text, values))
const approve = async () => codeIn(await decide(world.sam, (await waitsFor(world.sam, await idOf(world.sam))).id))

test('who sends the others away waits a day from there, however long ago they asked', async () => {
  const [cora, sam] = [await idOf(world.cora), await idOf(world.sam)]
  expect((await give(world.sam, sam, ['administrator', 'compliance'])).status).toBe(200)
  await sql(`update app.approvals set asked_at = now() - interval '25 hours' where subject_id = $1`, [sam])
  for (const caller of [world.ada, world.ruth]) {
    expect(await approve()).toBe('approval.oneself')
    expect((await leave(world.sam, await idOf(caller), cora, { at: soon() })).status).toBe(200)
  }
  expect(await approve()).toBe('approval.oneself')
  // their time comes, and before anyone tidies up
  await sql(`update app.people set leaves_at = now() - interval '1 millisecond' where leaves_at is not null`)
  expect(await approve()).toBe('approval.waits')
  const { ripeAt, mayDecide } = await waitsFor(world.sam, sam)
  expect(new Date(ripeAt!).getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000)
  expect(mayDecide).toBe(false)
})

test('nor does a puppet come in as the second person: a firm that had one is not being founded', async () => {
  const invited = await world.sam.ok('person.invite', { body: { name: 'Pat', email: 'pat@wren-ames.test', roles: ['compliance'] } })
  expect(invited).toMatchObject({ roles: [], waiting: ['Compliance'] })
})

test('to take those back who were sent away, with no role, does not shorten it', async () => {
  await handOver(world.firm.house)
  expect(await approve()).toBe('approval.waits')
  const { people } = await world.sam.ok('person.list')
  for (const person of people.filter((one) => one.state === 'left'))
    await world.sam.ok('person.return', { params: { person: person.id }, body: { roles: ['staff'], reason: 'x' } })
  expect(await approve()).toBe('approval.waits')
  const invited = await world.sam.ok('person.invite', { body: { name: 'Pip', email: 'pip@wren-ames.test', roles: ['auditor'] } })
  expect(invited.waiting).toEqual(['Auditor'])
})

test('nor does to take the role of whoever could have said no', async () => {
  const cora = await idOf(world.cora)
  await sql(`update app.firm set thinned_at = now() - interval '8 days'`)
  await sql(`update app.people set roles = '{compliance}' where id = $1`, [cora])
  expect(await approve()).toBe('approval.oneself')
  expect((await give(world.sam, cora, ['lawyer'])).status).toBe(200)
  expect(await approve()).toBe('approval.waits')
})

test('everyone who is here is told at once, and after the day it is done, with an entry that says so', async () => {
  const sam = await idOf(world.sam)
  await world.sam.ok('approval.withdraw', { params: { approval: (await waitsFor(world.sam, sam)).id } })
  expect((await give(world.sam, sam, ['administrator', 'compliance'])).status).toBe(200)
  for (const caller of [world.ben, world.cora])
    expect(await textsOf(caller)).toContain('Sam Holt asked for a second person: Give Sam Holt the role Compliance.')
  await sql(`update app.approvals set asked_at = now() - interval '25 hours' where state = 'waiting'`)
  expect(await approve()).toBe('approval.waits')
  // a week after the firm lost someone who could have been the second, and a day after the asking
  await sql(`update app.firm set thinned_at = now() - interval '6 days 23 hours'`)
  expect(await approve()).toBe('approval.waits')
  await sql(`update app.firm set thinned_at = now() - interval '7 days 1 second'`)
  await sql(`update app.approvals set asked_at = now() where state = 'waiting'`)
  expect(await approve()).toBe('approval.waits')
  await sql(`update app.approvals set asked_at = now() - interval '24 hours 1 second' where state = 'waiting'`)
  expect(await approve()).toBe(200)
  expect((await world.sam.ok('person.me')).roles.sort()).toEqual(['administrator', 'compliance'])
  const { entries } = await world.sam.ok('entry.of-person', { params: { person: sam } })
  expect(entries.find((entry) => entry.deed === 'approval.given')!.details).toMatchObject({ alone: true, askedBy: 'Sam Holt' })
  expect(await textsOf(world.ben)).toContain('Sam Holt approved what Sam Holt asked for: Give Sam Holt the role Compliance.')
})
