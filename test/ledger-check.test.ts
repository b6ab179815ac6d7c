import { beforeEach, expect, test } from 'vitest'
import { openLedgerChecker } from '../src/features/ledger-checks/checking.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
beforeEach(() => world.refresh())
const sql = (text: string) =>
  world.asSuperuser(world.database, (db) => db.run(`set session_replication_role = replica; ${text}; reset session_replication_role`))
const checked = async (by: Caller = world.sam) => {
  expect(await by.ok('ledger-check.start', {})).toMatchObject({ state: 'asked' })
  await openLedgerChecker(world.firm.house).run()
  // the firm's own keeper may have taken it
  await expect.poll(async () => (await world.sam.ok('ledger-check.read')).state, { timeout: 20_000 }).toBe('ended')
  return world.sam.ok('ledger-check.read')
}
const noticesOf = async (who: Caller) =>
  (await who.ok('notice.list')).notices.map((one) => one.text).filter((text) => text.includes('The ledger is not what it was'))
const lastChecked = () =>
  world.asSuperuser(world.database, (db) =>
    db.row<{ via: string; actor: string | null }>(
      `select via, actor from ledger.entries where deed = 'ledger.checked' order by id desc limit 1`,
    ),
  )

test('a ledger that nobody touched: how many entries, no fault, and an entry by the clerk', async () => {
  const view = await checked()
  expect(view).toMatchObject({ state: 'ended', faults: [], brokenAt: null, at: null })
  expect(view.entries).toBeGreaterThan(20)
  expect(view.endedAt! >= view.begunAt!).toBe(true)
  expect(await lastChecked()).toEqual({ via: 'clerk', actor: null })
  expect(await noticesOf(world.sam)).toEqual([])
})

test('S0-28: one stored row edited in the database: the first broken link is named, the page is red, and those who keep integrity are told, once', async () => {
  const entry = (await world.ada.ok('entry.list', { params: { matter: world.orchard.id } })).entries.at(-1)!.id
  await sql(`update ledger.entries set deed = 'document.opened' where id = '${entry}'`)
  const first = {
    what: 'The entry is not the one that was numbered here: it was changed, or exchanged for another.',
    where: expect.stringMatching(new RegExp(`^leaf \\d+, entry ${entry}$`)),
  }
  const view = await checked()
  expect(view.faults).toEqual([first])
  expect(view.brokenAt).not.toBeNull()
  for (const who of [world.sam, world.ruth]) expect(await noticesOf(who)).toEqual([expect.stringContaining(entry)])
  for (const who of [world.ben, world.cora]) expect(await noticesOf(who)).toEqual([])
  expect(world.log.some((line) => line.includes('the ledger is not what it was'))).toBe(true)

  const again = await checked()
  expect([again.faults, again.brokenAt]).toEqual([[first], view.brokenAt])
  expect(await noticesOf(world.sam)).toHaveLength(1)

  // put back as it was: nothing is held against it any more
  await sql(`update ledger.entries set deed = 'matter.created' where id = '${entry}'`)
  expect(await checked()).toMatchObject({ faults: [], brokenAt: null })
})

test('one that another process is at is left to it, and one whose process is gone is begun anew', async () => {
  await sql(
    `update app.ledger_checks set begun_at = now() - interval '1 hour', ended_at = null, seen_at = now() - interval '30 seconds', wanted_at = null`,
  )
  await openLedgerChecker(world.firm.house).run()
  expect(await world.sam.ok('ledger-check.read')).toMatchObject({ state: 'running' })
  await sql(`update app.ledger_checks set seen_at = now() - interval '3 minutes'`)
  await openLedgerChecker(world.firm.house).run()
  await expect.poll(async () => (await world.sam.ok('ledger-check.read')).state, { timeout: 20_000 }).toBe('ended')
})

test('a program that stops does not wait for it: it is begun anew at the next start', async () => {
  await world.sam.ok('ledger-check.start', {})
  const checker = openLedgerChecker(world.firm.house)
  const running = checker.run()
  await checker.stop()
  await running
  await openLedgerChecker(world.firm.house).run()
  await expect.poll(async () => (await world.sam.ok('ledger-check.read')).state, { timeout: 20_000 }).toBe('ended')
  expect(await world.sam.ok('ledger-check.read')).toMatchObject({ faults: [] })
})

test('who may not keep integrity is told nothing and asks for nothing', async () => {
  for (const who of [world.ben, world.cora])
    for (const call of ['ledger-check.read', 'ledger-check.start'] as const) expect(await who.refused(call)).toBe('may.not')
  const rows = await world.asSuperuser(world.database, (db) => db.rows(`select 1 from app.ledger_checks where wanted_at is not null`))
  expect(rows).toEqual([])
})
