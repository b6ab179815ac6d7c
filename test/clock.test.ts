import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { World } from './world/world.ts'

const world = new World()
beforeAll(() => world.open())
afterEach(() => vi.useRealTimers())
afterAll(() => world.close())

const act = (name: string) => world.ada.ask('client.create', { body: { name } })

test('a clock that went back a little does not take entry time back; by more than five minutes it stops every act until an administrator confirms it, as an entry', async () => {
  // the clerk numbers an entry while the clock is three minutes ahead
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 60_000 })
  await act('Ahead')
  await world.firm.sequencer.run()
  vi.useRealTimers()
  expect((await act('After')).status).toBe(201)
  await world.checkLedger()
  const times = await world.asSuperuser(world.database, (db) =>
    db.rows<{ at: Date; numbered: Date }>(
      'select e.at, l.numbered from ledger.leaves l join ledger.entries e on e.id = l.entry_id order by l.n',
    ),
  )
  for (const [i, row] of times.entries()) if (i > 0) expect(row.numbered.getTime()).toBeGreaterThanOrEqual(times[i - 1]!.numbered.getTime())
  expect(times.at(-1)!.at.getTime()).toBe(times.at(-2)!.numbered.getTime())

  // and an hour ahead
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60 * 60_000 })
  await act('Far ahead')
  await world.firm.sequencer.run()
  vi.useRealTimers()
  const refused = await act('Refused')
  expect([refused.status, refused.json]).toMatchObject([503, { error: { code: 'clock.untrusted' } }])
  expect((await world.ada.ok('client.list')).clients.map((client) => client.name)).not.toContain('Refused')
  expect((await world.ben.ask('clock.confirm')).status).toBe(403)
  // whoever confirms may have to sign in first
  const sam = await world.signIn(world.account('sam'), 'sam')
  expect((await sam.ask('clock.confirm')).status).toBe(204)
  await world.firm.sequencer.run()
  expect((await act('Again')).status).toBe(201)
  await world.checkLedger()
})
