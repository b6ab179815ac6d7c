import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { keyAt, openEpochs } from '../src/core/epoch.ts'
import { openNote, parseVkey } from '../src/core/note.ts'
import { verifyLedger } from '../src/features/ledger/verify.ts'
import { signingKey } from '../src/features/ledger/tree.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const sql = <T extends object>(text: string) => world.asSuperuser(world.database, (db) => db.rows<T>(text))

async function rotated(by: Caller, what: 'ledger'): Promise<void> {
  const { id } = await by.ok('key.rotate', { body: { what } })
  for (let n = 0; n < 300; n += 1, await pause(100)) if ((await by.ok('key.list')).rotations.find((one) => one.id === id)!.endedAt) return
  throw new Error(`the rotation does not end: ${world.log.join('\n')}`)
}
const epochs = async () => {
  const [log] = await sql<{ origin: string; vkey: string }>('select origin, vkey from ledger.log')
  const notes = await sql<{ note: string }>('select note from ledger.epochs order by n')
  return openEpochs(
    log!.origin,
    log!.vkey,
    notes.map((row) => row.note),
  )
}
const act = (name: string) => world.ada.ok('client.create', { body: { name } })

test('a new ledger key begins an epoch under the same name: the key before vouches for it and is gone, and all verifies', async () => {
  const first = (await world.sam.ok('key.list')).ledger
  expect(first).toEqual({ epoch: 0, since: null, vkey: signingKey(world.firm.house.keys).vkey })
  const [before] = await sql<{ wrapped: Buffer }>(`select wrapped from app.keys where name = 'ledger'`)
  expect(await world.deedsOf(() => rotated(world.sam, 'ledger'))).toEqual(expect.arrayContaining(['key.asked', 'key.rotated']))
  await act('After')
  await world.firm.sequencer.run()
  await rotated(world.sam, 'ledger')
  await act('After the second')
  await world.firm.sequencer.run()

  const chain = await epochs()
  expect(chain.later.map((one) => [one.n, one.why])).toEqual([
    [1, 'the key was replaced'],
    [2, 'the key was replaced'],
  ])
  expect(chain.first).toBe(first.vkey)
  expect(new Set([first.vkey, ...chain.later.map((one) => one.vkey)]).size).toBe(3)
  const shown = await world.ruth.ok('checkpoint.latest')
  expect([shown.first, shown.key]).toEqual([first.vkey, chain.later[1]!.vkey])
  expect(shown.epochs).toEqual(chain.later.map(({ n, size, at, vkey, why }) => ({ number: n, after: size, at, key: vkey, why })))
  const keys = await sql<{ version: number; wrapped: Buffer }>(`select version, wrapped from app.keys where name = 'ledger'`)
  expect(keys.map((row) => row.version)).toEqual([3])
  expect(keys[0]!.wrapped.equals(before!.wrapped)).toBe(false)
  const notes = await sql<{ size: number; note: string }>('select size, note from ledger.checkpoints order by size')
  const used = new Set<string>()
  for (const { size, note } of notes) {
    openNote(note, [parseVkey(keyAt(chain, size))])
    used.add(keyAt(chain, size))
  }
  expect(used.size).toBe(3)
  const { house } = world.firm
  const check = await verifyLedger(house.clerk, { vkey: signingKey(house.keys).vkey, detailsOf: house })
  expect([check.faults, check.epochs.map((one) => one.n)]).toEqual([[], [1, 2]])
})

test('only who keeps the keys asks for it', async () => {
  for (const who of [world.ben, world.cora]) expect((await who.ask('key.rotate', { body: { what: 'ledger' } })).status).toBe(403)
})
