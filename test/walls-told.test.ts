import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { intruder } from './world/joining.ts'
import { CANARIES } from './world/canaries.ts'
import { idsOf, raise } from './world/walling.ts'
import { wallWords } from './world/bodies.ts'
import { useWorld } from './world/world.ts'
import { remind } from '../src/features/grants/reminders.ts'

const world = useWorld()
let id: Record<string, string>
beforeAll(async () => {
  id = await idsOf(world)
})
beforeEach(() => world.refresh())
const sql = (text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.run(text, values))
afterEach(async () => {
  await sql('update app.walls set lifted_at = now(), lifted_by = raised_by where lifted_at is null')
  await sql('delete from app.notices')
})
const orchard = () => ({ matter: world.orchard.id })
const inHours = (hours: number) => new Date(Date.now() + hours * 3600_000).toISOString()
const withoutRequest = (bytes: Buffer) => bytes.toString().replace(/"request":"[^"]*"/, '')
const none = () => uuidv7(Date.now())

test('Cora, whom a wall screens, cannot learn by adding to its team whether a matter is there', async () => {
  await raise(world.ruth, { matters: [orchard()], people: [{ person: id.cora! }] })
  const codes = await intruder(world, world.cora, async (ask) => {
    const put = (matter: string, person: string) =>
      ask('insert into app.team_members (id, matter_id, person_id, role, added_by) values ($1,$2,$3,$4,$5)', [
        none(),
        matter,
        person,
        'member',
        id.cora,
      ])
    return {
      walled: (await put(world.orchard.id, id.cora!)).code,
      none: (await put(none(), id.cora!)).code,
      teammate: (await put(world.orchard.id, id.ada!)).code,
    }
  })
  expect(codes.walled).toBe(codes.none)
  expect(codes.teammate).toBe(codes.none)
})

test('Ruth, whom a wall screens, cannot learn by raising one of her own whether its client is there', async () => {
  // A second keeper of walls, so that Ruth may be screened.
  await sql(`update app.people set roles = '{lawyer,compliance}' where id = $1`, [id.ben])
  await raise(world.ben, { matters: [], clients: [{ client: world.orchard.client.id }], people: [{ person: id.ruth! }] })
  const out = await intruder(world, world.ruth, async (ask) => ({
    walled: (
      await ask('select hidden.registers_client($1) as a, hidden.may_wall_all($2) as b', [
        world.orchard.client.id,
        JSON.stringify([{ client: world.orchard.client.id }]),
      ])
    ).rows[0],
    none: (
      await ask('select hidden.registers_client($1) as a, hidden.may_wall_all($2) as b', [none(), JSON.stringify([{ client: none() }])])
    ).rows[0],
  }))
  const previewed = async (client: string) => {
    const reply = await world.ruth.ask('wall.preview', {
      body: { kind: 'exclusion', clients: [{ client }], people: [{ person: id.cora! }] },
    })
    return reply.status
  }
  const previews = { walled: await previewed(world.orchard.client.id), none: await previewed(none()) }
  const raised = async (client: string) => {
    const reply = await world.ruth.ask('wall.raise', {
      body: { kind: 'exclusion', ...wallWords, clients: [{ client }], people: [{ person: id.cora! }] },
    })
    return reply.status
  }
  const raises = { walled: await raised(world.orchard.client.id), none: await raised(none()) }
  await sql(`update app.people set roles = '{lawyer}' where id = $1`, [id.ben])
  expect.soft(out.walled).toEqual(out.none)
  expect.soft(raises.walled).toEqual(raises.none)
  expect(previews.walled).toEqual(previews.none)
})

test('Ben is told nothing of a wall to come that will screen him', async () => {
  const before = (await world.ben.ok('access.reach', { params: { person: id.ben! }, query: { at: inHours(48) } })).matters.map(
    (one) => one.matter,
  )
  const selfBefore = await world.ben.ask('team.join', { params: orchard(), body: { person: id.ben! } })
  await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }], startsAt: inHours(24) })
  const after = (await world.ben.ok('access.reach', { params: { person: id.ben! }, query: { at: inHours(48) } })).matters.map(
    (one) => one.matter,
  )
  const selfAfter = await world.ben.ask('team.join', { params: orchard(), body: { person: id.ben! } })
  const people = await intruder(
    world,
    world.ben,
    async (ask) => (await ask('select distinct person from hidden.explain($1, $2)', [world.orchard.id, inHours(48)])).rows.length,
  )
  expect.soft(after).toEqual(before)
  expect.soft(people).toBe(2)
  expect(withoutRequest(selfAfter.bytes)).toBe(withoutRequest(selfBefore.bytes))
})

test('Ben, who is screened in silence, is not told the memorandum of the wall that screens Cora', async () => {
  await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  await raise(world.ruth, {
    matters: [orchard()],
    people: [{ person: id.cora! }],
    announced: true,
    memorandum: 'Nobody speaks of Orchard v Mill',
  })
  await remind(world.firm.house)
  const memo = await world.ben.ok('wall.memoranda')
  const notices = await world.ben.ok('notice.list')
  expect.soft(memo.memoranda).toEqual([])
  expect(notices.notices).toEqual([])
})

test('Ben, who is screened in silence later, is no longer told the memorandum of the wall that screens Cora', async () => {
  const wall = await raise(world.ruth, {
    matters: [orchard()],
    people: [{ person: id.cora! }],
    announced: true,
    memorandum: 'Nobody speaks of Orchard v Mill',
  })
  await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  await remind(world.firm.house)
  const memo = await world.ben.ok('wall.memoranda')
  const ack = await world.ben.ask('wall.acknowledge', { params: { wall: wall.id } })
  expect.soft(ack.status).toBe(404)
  expect(memo.memoranda).toEqual([])
})

test('Cora cannot learn from the tries that her certificate counts whether a document is there', async () => {
  const [doc] = (await world.ada.ok('document.list', { params: orchard() })).documents
  const wall = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.cora! }], announced: true, memorandum: 'A screen' })
  const from = new Date(Date.now() - 3600_000).toISOString()
  const certify = async () =>
    (
      await world.cora.ok('wall.certify', {
        params: { wall: wall.id },
        body: { capacity: 'screened', from, to: new Date(Date.now()).toISOString(), words: 'kept' },
      })
    ).attempts
  await world.cora.ask('document.read', { params: { document: none() } })
  const before = await certify()
  await world.cora.ask('document.read', { params: { document: doc!.id } })
  const after = await certify()
  const out = await intruder(world, world.cora, async (ask) => ({
    real: (await ask('select hidden.is_of_wall($1,$2) as x', [wall.id, doc!.id])).rows[0],
    none: (await ask('select hidden.is_of_wall($1,$2) as x', [wall.id, none()])).rows[0],
  }))
  expect.soft(out.real).toEqual(out.none)
  expect(after).toBe(before)
})

test('Ben’s own conflicts check tells him nothing of a matter that has gone behind a wall', async () => {
  const check = await world.ben.ok('conflict.check', { body: { names: [], matter: world.orchard.id } })
  await new Promise((r) => setTimeout(r, 3000))
  await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  await world.ruth.ask('conflict.decide', {
    params: { check: check.id },
    body: { decision: 'refused', reasoning: 'Orchard is against Mill, whom we act for' },
  })
  const list = await world.ben.ok('conflict.list')
  await world.ben.ask('conflict.read', { params: { check: check.id } })
  expect.soft((await world.ben.ok('notice.list')).notices).toEqual([])
  expect(list.checks.filter((one) => JSON.stringify(one).includes(CANARIES.client) || one.reasoning)).toEqual([])
})
