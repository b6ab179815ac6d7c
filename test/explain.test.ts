import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { WhoSeesView } from '../src/contract/grant.ts'
import type { MatterId, PersonId } from '../src/contract/ids.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { remind } from '../src/features/grants/reminders.ts'
import { codeIn, idOf } from './world/asking.ts'
import { wallWords } from './world/bodies.ts'
import type { Caller, Reply } from './world/caller.ts'
import { newcomer, ownMatter } from './world/joining.ts'
import { useWorld } from './world/world.ts'

// Who can see what, and why: the explanation is held against what the door answers each of them.

const world = useWorld()
const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
let ids: Record<'ada' | 'ben' | 'cora' | 'ruth' | 'sam', PersonId>
beforeAll(async () => {
  ids = {
    ada: await idOf(world.ada),
    ben: await idOf(world.ben),
    cora: await idOf(world.cora),
    ruth: await idOf(world.ruth),
    sam: await idOf(world.sam),
  }
})
beforeEach(() => world.refresh())

let made = 0
const newMatter = () => ownMatter(world.ada, `Ash v. Rook ${++made}`)
const join = (matter: MatterId, person: PersonId, more: object = {}) =>
  world.ada.ok('team.join', { params: { matter }, body: { person, role: 'member', reason: 'Knows the land', ...more } })
const leave = (matter: MatterId, person: PersonId) => world.ada.ask('team.leave', { params: { matter, person } })
async function raise(matter: MatterId, person: PersonId, more: object = {}): Promise<string> {
  const body = { kind: 'exclusion', matters: [{ matter }], people: [{ person }], ...wallWords, ...more }
  return (await world.ruth.ok('wall.raise', { body })).id
}
const lift = (wall: string) => sql('update app.walls set lifted_at = now() where id = $1', [wall])
async function grant(matter: MatterId): Promise<void> {
  const { number } = await world.ada.ok('matter.read', { params: { matter } })
  await world.cora.ok('grant.request', { body: { about: number, reason: 'Drafts the reply' } })
  await remind(world.firm.house)
  const { requests } = await world.ada.ok('grant.list')
  await world.ada.ok('grant.approve', { params: { request: requests.find((one) => one.matter?.id === matter)!.id }, body: { days: 7 } })
}
async function openTo(matter: MatterId, name: string, members: PersonId[]): Promise<string> {
  const group = await world.ada.ok('group.create', { body: { name } })
  await world.ada.ok('group.change', { params: { group: group.id }, body: { name, roles: [], members } })
  await world.ada.ok('matter.openTo', { params: { matter }, body: { group: group.id, reason: 'They do land' } })
  return group.id
}
const explain = async (by: Caller, matter: MatterId): Promise<WhoSeesView[]> =>
  (await by.ok('access.explain', { params: { matter } })).people
const asOf = async (by: Caller, matter: MatterId, at: Date): Promise<WhoSeesView[]> =>
  (await by.ok('access.as-of', { params: { matter }, query: { at: at.toISOString() } })).people
const names = (people: WhoSeesView[]) => people.map((one) => one.person.name.split(' ')[0]).sort()
const seers = (people: WhoSeesView[]) => names(people.filter((one) => one.sees))
const of = (people: WhoSeesView[], person: PersonId) => people.find((one) => one.person.id === person)
/** A moment between what was done before and what is done after. */
/** Later than all that was done, and earlier than all that comes: a Date has no microseconds. */
async function moment(): Promise<Date> {
  const [now] = await sql<{ at: Date }>(`select date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' as at`)
  await sql('select pg_sleep(0.003)')
  return now!.at
}
const shape = (reply: Reply) => {
  const { 'date': _, 'x-request-id': request, ...headers } = reply.headers
  return { status: reply.status, headers, requestId: String(request).length, bytes: reply.bytes.toString('hex') }
}

/** The explanation, and each one's reach, say of each person of the firm what the matter's page answers them. */
async function expectExact(matter: MatterId): Promise<void> {
  const told = await explain(world.ruth, matter)
  for (const [name, person] of Object.entries(ids)) {
    const status = (await world[name as keyof typeof ids].ask('matter.read', { params: { matter } })).status
    expect([name, of(told, person)?.sees ?? false]).toEqual([name, status === 200])
    const reached = (await world.ruth.ok('access.reach', { params: { person } })).matters.map((one) => one.matter)
    expect([name, reached.includes(matter)]).toEqual([name, status === 200])
  }
}

test('each path is told with who gave it, why and until when; and it is what the door answers', async () => {
  const ash = await newMatter()
  await join(ash, ids.ben, { until: new Date(Date.now() + 86_400_000).toISOString() })
  await grant(ash)
  await openTo(ash, 'Land', [ids.cora, ids.ruth])
  const told = await explain(world.ada, ash)
  expect(names(told)).toEqual(['Ada', 'Ben', 'Cora', 'Ruth'])
  expect(of(told, ids.ben)).toMatchObject({
    roles: ['Lawyer'],
    sees: true,
    stopped: [],
    paths: [{ via: 'team', role: 'member', by: 'Ada Wren', reason: 'Knows the land', group: null, until: expect.any(String) }],
  })
  expect(
    of(told, ids.cora)!
      .paths.map((path) => [path.via, path.group, path.by, path.reason])
      .sort(),
  ).toEqual([
    ['grant', null, 'Ada Wren', 'Drafts the reply'],
    ['group', 'Land', 'Ada Wren', 'They do land'],
  ])
  // Ruth is in the group, and none of her roles reads matters
  expect(of(told, ids.ruth)).toMatchObject({ sees: false, stopped: [{ by: 'role', wall: null }] })
  await expectExact(ash)
  await leave(ash, ids.ben)
  expect(names(await explain(world.ada, ash))).toEqual(['Ada', 'Cora', 'Ruth'])
  await expectExact(ash)
})

test('a wall is told to those who keep it, and to everyone else whoever it keeps out is not there', async () => {
  const ash = await newMatter()
  await join(ash, ids.ben)
  await join(ash, ids.cora)
  const wall = await raise(ash, ids.cora)
  for (const keeper of [world.ada, world.ruth])
    expect(of(await explain(keeper, ash), ids.cora)).toMatchObject({
      sees: false,
      stopped: [{ by: 'wall', wall, text: 'A wall keeps them from it.' }],
    })
  expect(names(await explain(world.ben, ash))).toEqual(['Ada', 'Ben'])
  await expectExact(ash)
  // to Cora it is nothing, like a matter that is not there
  const invented = uuidv7(Date.now())
  for (const call of ['access.explain', 'access.as-of'] as const) {
    const query = { at: new Date(Date.now() - 1000).toISOString() }
    const [real, nothing] = [
      await world.cora.ask(call, { params: { matter: ash }, query }),
      await world.cora.ask(call, { params: { matter: invented }, query }),
    ]
    expect(real.status).toBe(404)
    expect(shape(real)).toEqual(shape(nothing))
  }
  expect((await world.cora.ok('access.reach', { params: { person: ids.cora } })).matters.map((one) => one.matter)).not.toContain(ash)
  await lift(wall)
  expect(seers(await explain(world.ben, ash))).toEqual(['Ada', 'Ben', 'Cora'])
  await expectExact(ash)
})

test('an announced wall that withholds stops those who have not acknowledged it, and says so', async () => {
  const ash = await newMatter()
  await join(ash, ids.ben)
  const wall = await raise(ash, ids.cora, { announced: true, withholds: true, memorandum: 'Someone is screened.' })
  await expectExact(ash)
  expect(of(await explain(world.ruth, ash), ids.ben)).toMatchObject({ sees: false, stopped: [{ by: 'memorandum', wall }] })
  await world.ada.ok('wall.acknowledge', { params: { wall } })
  expect(of(await explain(world.ada, ash), ids.ada)!.sees).toBe(true)
  await world.ben.ok('wall.acknowledge', { params: { wall } })
  await expectExact(ash)
  expect(seers(await explain(world.ben, ash))).toEqual(['Ada', 'Ben'])
  await lift(wall)
})

test('S0-43: who had access at a moment, with the reason and the granter, also when it is over', async () => {
  const ash = await newMatter()
  const before = await moment()
  await join(ash, ids.ben)
  await grant(ash)
  const during = await moment()
  await leave(ash, ids.ben)
  const wall = await raise(ash, ids.cora)
  const walled = await moment()
  await lift(wall)
  await sql(`update app.team_members set ends_at = clock_timestamp() where matter_id = $1 and via = 'grant'`, [ash])
  const after = await moment()

  expect(await world.cora.refused('matter.read', { params: { matter: ash } })).toBe('nothing')
  expect(seers(await asOf(world.ada, ash, before))).toEqual(['Ada'])
  expect(seers(await asOf(world.ada, ash, during))).toEqual(['Ada', 'Ben', 'Cora'])
  expect(seers(await asOf(world.ada, ash, walled))).toEqual(['Ada'])
  const reach = async (at: Date) =>
    (await world.ruth.ok('access.reach', { params: { person: ids.cora }, query: { at: at.toISOString() } })).matters.some(
      (one) => one.matter === ash,
    )
  expect([await reach(before), await reach(during), await reach(walled), await reach(after)]).toEqual([false, true, false, false])
  expect(of(await asOf(world.ada, ash, walled), ids.cora)).toMatchObject({ stopped: [{ by: 'wall', wall }] })
  expect(seers(await asOf(world.ada, ash, after))).toEqual(['Ada'])
  const [path] = of(await asOf(world.ada, ash, during), ids.cora)!.paths
  expect(path).toMatchObject({ via: 'grant', by: 'Ada Wren', reason: 'Drafts the reply' })
  expect(Date.parse(path!.until!)).toBeLessThanOrEqual(after.getTime())
  // Ruth oversees: the same by name, a grant's reason, and none that is sealed with the matter
  const overseen = await asOf(world.ruth, ash, during)
  expect(seers(overseen)).toEqual(['Ada', 'Ben', 'Cora'])
  expect(of(overseen, ids.cora)!.paths[0]!.reason).toBe('Drafts the reply')
  expect(of(overseen, ids.ben)!.paths[0]!.reason).toBeNull()
})

test('a look at a moment leaves an entry: in the matter by its team, of the firm by those who oversee', async () => {
  const ash = await newMatter()
  const at = await moment()
  expect(await world.deedsOf(() => asOf(world.ada, ash, at))).toEqual(['access.explained'])
  expect(await world.deedsOf(() => asOf(world.ruth, ash, at))).toEqual(['access.explained'])
  expect(await world.deedsOf(() => explain(world.ada, ash))).toEqual([])
  const { entries } = await world.ada.ok('entry.list', { params: { matter: ash } })
  expect(entries[0]).toMatchObject({ deed: 'access.explained', details: { moment: at.toISOString() } })
  const rows = await sql<{ matter_id: string | null }>(
    `select matter_id from ledger.entries where deed = 'access.explained' and object = $1 order by id`,
    [ash],
  )
  expect(rows.map((row) => row.matter_id)).toEqual([ash, null])
  // an overseer who is kept from it is not shown that another one looked
  await sql('update app.people set roles = $2 where id = $1', [ids.sam, ['compliance']])
  const wall = await raise(ash, ids.sam)
  const seen = async (by: Caller) => (await by.ok('entry.all')).entries.filter((entry) => entry.deed === 'access.explained').length
  expect([await seen(world.ruth), await seen(world.sam)]).toEqual([await seen(world.ruth), (await seen(world.ruth)) - 2])
  await lift(wall)
  await sql('update app.people set roles = $2 where id = $1', [ids.sam, ['administrator']])
  const later = new Date(Date.now() + 3_600_000).toISOString()
  expect(codeIn(await world.ada.ask('access.as-of', { params: { matter: ash }, query: { at: later } }))).toBe('input.invalid')
  expect(codeIn(await world.ada.ask('access.as-of', { params: { matter: ash }, query: { at: 'yesterday' } }))).toBe('input.invalid')
})

test('reach: one’s own for everyone who works, anyone’s for those who oversee, less what they are kept from', async () => {
  const ash = await newMatter()
  await join(ash, ids.cora)
  const reach = async (by: Caller, person: PersonId, at?: Date) =>
    (await by.ok('access.reach', { params: { person }, query: at ? { at: at.toISOString() } : {} })).matters.map((one) => one.matter)
  expect(await reach(world.cora, ids.cora)).toContain(ash)
  const [told] = (await world.ruth.ok('access.reach', { params: { person: ids.cora } })).matters.filter((one) => one.matter === ash)
  expect(told).toMatchObject({
    title: `Ash v. Rook ${made}`,
    client: `Client of Ash v. Rook ${made}`,
    paths: [{ via: 'team', by: 'Ada Wren', reason: null }],
  })
  // a colleague's reach is nobody's business, an administrator's least of all
  expect(codeIn(await world.ben.ask('access.reach', { params: { person: ids.cora } }))).toBe('nothing')
  expect(codeIn(await world.sam.ask('access.reach', { params: { person: ids.cora } }))).toBe('may.not')
  expect(codeIn(await world.ruth.ask('access.reach', { params: { person: uuidv7(Date.now()) } }))).toBe('nothing')
  const joined = await moment()
  await leave(ash, ids.cora)
  expect(await reach(world.ruth, ids.cora)).not.toContain(ash)
  expect(await reach(world.ruth, ids.cora, joined)).toContain(ash)
  // of what was hers once she is told only what she still reaches
  expect(await reach(world.cora, ids.cora, joined)).not.toContain(ash)
  const wall = await raise(ash, ids.ruth, {}).catch((fault: Error) => fault.message)
  // Ruth is the last who keeps walls over the firm: she cannot be screened from one
  expect(wall).toMatch(/wall\.refused/)
})

test('reach of a leaver, of someone invited and of a group that shrinks follows what was at the moment', async () => {
  const ash = await newMatter()
  const dan = await newcomer(world, world.sam, 'Dan Frost', ['lawyer'])
  const group = await openTo(ash, `Land ${made}`, [dan.id, ids.ben])
  const both = await moment()
  await world.sam.ok('group.change', { params: { group }, body: { name: `Land ${made}`, roles: [], members: [ids.ben] } })
  await expectExact(ash)
  expect(seers(await explain(world.ada, ash))).toEqual(['Ada', 'Ben'])
  expect(seers(await asOf(world.ada, ash, both))).toEqual(['Ada', 'Ben', 'Dan'])
  await join(ash, dan.id)
  const on = await moment()
  await world.sam.ok('person.leave', { params: { person: dan.id }, body: { successor: ids.ada } })
  expect(seers(await explain(world.ada, ash))).toEqual(['Ada', 'Ben'])
  expect(seers(await asOf(world.ada, ash, on))).toEqual(['Ada', 'Ben', 'Dan'])
})

test('matters that are open beyond their teams, with how many see each', async () => {
  const ash = await newMatter()
  await newMatter()
  expect((await world.ruth.ok('access.wide')).matters.map((one) => one.matter)).not.toContain(ash)
  // Sam's roles read no matter: being in the group shows him nothing
  const group = await openTo(ash, `Everyone ${made}`, [ids.ben, ids.cora, ids.sam])
  const wide = async () => (await world.ruth.ok('access.wide')).matters.find((one) => one.matter === ash)
  expect(await wide()).toMatchObject({ title: `Ash v. Rook ${made - 1}`, groups: [{ id: group, name: `Everyone ${made}` }], people: 3 })
  const wall = await raise(ash, ids.cora)
  expect((await wide())!.people).toBe(2)
  await lift(wall)
  // a class that lets no group in ends it
  const { version } = await world.ada.ok('matter.read', { params: { matter: ash } })
  await world.ada.ok('matter.change', { params: { matter: ash }, body: { title: 'Ash v. Rook', class: 'restricted', version } })
  expect(await wide()).toBeUndefined()
  await expectExact(ash)
  expect(codeIn(await world.ada.ask('access.wide'))).toBe('may.not')
  expect(codeIn(await world.sam.ask('access.wide'))).toBe('may.not')
})
