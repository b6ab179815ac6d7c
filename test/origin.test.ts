import { expect, test } from 'vitest'
import { commit, fromText, originId } from '../src/core/leaf.ts'
import { addressToken, openPlace } from '../src/features/ledger/origins.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()

const history = async (by = world.ada) => (await by.ok('entry.list', { params: { matter: world.orchard.id } })).entries
const whole = async () => (await world.ruth.ok('entry.all', { query: { limit: 500 } })).entries
type Row = {
  id: string
  v: number
  deed: string
  actor: string
  session: string
  origin: Buffer
  ground: string
  via: string
  salt: Buffer
}
const rows = (where: string, values: unknown[] = []) =>
  world.asSuperuser(world.database, (db) => db.rows<Row>(`select * from ledger.entries where ${where} order by id`, values))

test('an entry says from where, and it is PostgreSQL that says in which session', async () => {
  const document = await world.ada.upload(world.orchard.id, 'Deed.txt', '', Buffer.from('a deed'))
  const [row] = await rows(`deed = 'document.added' and object = $1`, [document.id])
  const place = await world.asSuperuser(world.database, (db) =>
    db.row<{ sealed_origin: Buffer; address_token: Buffer }>('select sealed_origin, address_token from ledger.origins where id = $1', [
      row!.origin,
    ]),
  )
  const opened = openPlace(world.firm.house.keys, row!.origin, place!.sealed_origin)
  expect(opened.place).toMatchObject({ address: '127.0.0.1' })
  expect(originId(opened.salt, opened.json)).toEqual(row!.origin)
  expect(place!.address_token).toEqual(addressToken(world.firm.house.keys, '127.0.0.1'))
  expect(row!.v).toBe(2)
  expect(commit(row!.salt, 'from', fromText(row!.session, row!.origin))).not.toBe(commit(row!.salt, 'from', fromText(null, row!.origin)))
})

test('what allowed it is told by the path that the wall found, and by roles outside of matters', async () => {
  const of = async (deed: string, actor: string) => (await rows('deed = $1 and actor = $2', [deed, actor])).at(-1)?.ground
  const ada = (await world.ada.ok('person.me')).id
  expect(await of('document.added', ada)).toBe('team responsible')
  await world.ruth.ok('entry.all')
  expect(await of('ledger.read', (await world.ruth.ok('person.me')).id)).toMatch(/^roles [a-z,]+$/)
  const clerk = await rows(`via = 'clerk'`)
  expect(clerk.every((row) => row.ground === null && row.origin === null)).toBe(true)
})

test('addresses are for those who read the firm’s ledger, and for nobody on a team', async () => {
  expect((await history(world.ben)).every((entry) => entry.from === null)).toBe(true)
  expect((await history(world.ben)).some((entry) => entry.ground === 'team responsible')).toBe(true)
  const seen = (await whole()).find((entry) => entry.deed === 'document.added')!
  expect(seen.from).toMatchObject({ address: '127.0.0.1' })
  // sealed to her: what the path was tells of the matter
  expect(seen.ground).toBe(null)
})

test('reading is a deed, once for each session and history, and what is refused leaves none', async () => {
  const reads = async () => (await rows(`deed = 'ledger.read' and matter_id = $1`, [world.orchard.id])).length
  await history()
  const before = await reads()
  expect(before).toBeGreaterThan(0)
  await history()
  expect(await reads()).toBe(before)
  // half an hour later it is another look
  await world.asSuperuser(world.database, (db) => db.run(`update app.readings set ends_at = clock_timestamp() - interval '1 minute'`))
  await Promise.all([history(), history(), history()])
  expect(await reads()).toBe(before + 1)
  expect((await world.cora.ask('entry.list', { params: { matter: world.orchard.id } })).status).toBe(404)
  expect(await reads()).toBe(before + 1)
})
