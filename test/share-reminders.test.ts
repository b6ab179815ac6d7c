import { beforeEach, expect, test } from 'vitest'
import { remindHolders } from '../src/features/rotation/custodians.ts'
import type { Caller } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
beforeEach(() => world.refresh())

const idOf = async (who: Caller) => (await who.ok('person.me')).id
const reminded = async (who: Caller) =>
  (await who.ok('notice.list')).notices.filter(({ text }) => text.startsWith('You have not said yet')).map(({ text }) => text)
const asSql = (text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.run(text, values))

test('whoever has not said that they have their sheet is reminded every three days, and of void sets nobody', async () => {
  const { house } = world.firm
  const custodians = [await idOf(world.ada), await idOf(world.ben), await idOf(world.cora)]
  const split = (set: string, rootKey: string) =>
    asSql(
      `with made as (insert into app.key_splits (id, set_code, root_key, need, made_by, made_at)
         values (gen_random_uuid(), $1, $2, 2, $3, now() - interval '4 days') returning id)
       insert into app.custodians (split_id, place, person_id) select made.id, w.at, w.who from made, unnest($4::uuid[]) with ordinality w(who, at)`,
      [set, rootKey, custodians[0], custodians],
    )
  await split('aaaaaaaa', house.rootKey.id)
  await split('bbbbbbbb', '0'.repeat(16))
  await world.ada.ok('key.acknowledge', { body: { set: 'aaaaaaaa' } })
  await remindHolders(house)
  await remindHolders(house)
  const words = (place: number) => [`You have not said yet that you have the sheet of your recovery share ${place}, set aaaaaaaa.`]
  expect([await reminded(world.ada), await reminded(world.ben), await reminded(world.cora)]).toEqual([[], words(2), words(3)])
  await asSql(`update app.custodians set reminded_at = now() - interval '3 days 1 minute'`)
  await world.ben.ok('key.acknowledge', { body: { set: 'aaaaaaaa' } })
  await remindHolders(house)
  expect([(await reminded(world.ben)).length, (await reminded(world.cora)).length]).toEqual([1, 2])
})

test('a share is its custodian’s to acknowledge: not by SQL of someone else’s, nor by a token', async () => {
  const who = await idOf(world.ben)
  await asSql(
    `with made as (insert into app.key_splits (id, set_code, root_key, need, made_by) values (gen_random_uuid(), 'cccccccc', $1, 2, $2) returning id)
     insert into app.custodians (split_id, place, person_id) select id, 1, $2 from made`,
    [world.firm.house.rootKey.id, who],
  )
  for (const by of [world.ada, world.cora, world.sam]) {
    expect(await by.refused('key.acknowledge', { body: { set: 'cccccccc' } })).toBe('nothing')
    expect((await by.ok('key.shares')).shares.map(({ set }) => set)).not.toContain('cccccccc')
  }
  await world.ben.ok('key.acknowledge', { body: { set: 'cccccccc' } })
})
