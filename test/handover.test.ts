import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, expect, inject, test } from 'vitest'
import pg from 'pg'
import type { MatterId } from '../src/contract/ids.ts'
import { handOver } from '../src/features/people/leavers.ts'
import { codeIn, idOf, leave, soon, textsOf } from './world/asking.ts'
import type { Caller, Reply } from './world/caller.ts'
import { intruder, newcomer, ownMatter, teamOf } from './world/joining.ts'
import { useWorld, World } from './world/world.ts'

// A leaver's matters go on, and whoever let them leave learns nothing of those.

const world = useWorld()
beforeEach(() => world.refresh())

const sql = (text: string, values?: unknown[]) => world.asSuperuser(world.database, (db) => db.run(text, values))
const rows = <T extends object>(text: string, values?: unknown[], of = world) =>
  of.asSuperuser(of.database, (db) => db.rows<T>(text, values))

const superuser = () => {
  const { host, port, superuser: user, password } = inject('world')
  return { host, port, user, password, database: world.database }
}

test('what only a leaver was on goes to the successor, what others are on asks its team; the entries are the matter’s', async () => {
  const max = await newcomer(world, world.ada, 'Max Mover', ['lawyer'])
  const alone = await ownMatter(max.caller, 'Max alone')
  const shared = await ownMatter(max.caller, 'Max and Ben')
  const led = await ownMatter(world.ben, 'Ben and Max')
  const [ben, cora] = [await idOf(world.ben), await idOf(world.cora)]
  await max.caller.ok('team.join', { params: { matter: shared }, body: { person: ben } })
  await world.ben.ok('team.join', { params: { matter: led }, body: { person: max.id } })

  expect((await leave(world.sam, max.id, cora)).status).toBe(200)
  await handOver(world.firm.house)
  expect(await teamOf(world.cora, alone)).toEqual(['Cora Lind, responsible'])
  expect((await teamOf(world.ben, shared)).length).toBe(1)
  expect(await world.cora.refused('matter.read', { params: { matter: shared } })).toBe('nothing')
  const { entries } = await world.cora.ok('entry.list', { params: { matter: alone } })
  expect(entries.slice(0, 2).map((entry) => [entry.deed, entry.object, entry.via, entry.actor])).toEqual([
    ['team.joined', 'Cora Lind', 'clerk', null],
    ['team.left', 'Max Mover', 'clerk', null],
  ])
  // who led asks for someone; who was one of several is only gone
  const titles = async (caller: Caller) =>
    (await caller.ok('handover.list')).handovers.filter((one) => one.leaver === 'Max Mover').map((one) => one.title)
  expect(await titles(world.cora)).toEqual(['Max alone'])
  expect(await titles(world.ben)).toEqual(['Max and Ben'])
  expect(await titles(world.ada)).toEqual([])
  expect(await world.sam.refused('handover.list')).toBe('may.not')
  expect((await textsOf(world.ben)).filter((text) => text === 'A matter of yours needs a new responsible person.')).toHaveLength(1)
  expect(await textsOf(world.cora)).toContain('Max Mover leaves the firm, and you take over what nobody else is on.')
  expect((await textsOf(world.sam)).some((text) => text.includes('matter'))).toBe(false)

  const { id } = (await world.ben.ok('handover.list')).handovers.find((one) => one.title === 'Max and Ben')!
  const take = (by: Caller, person: string) => by.ask('handover.take', { params: { handover: id }, body: { person } })
  expect((await take(world.cora, cora)).status).toBe(404)
  expect((await take(world.ben, cora)).status).toBe(404)
  expect((await take(world.ben, max.id)).status).toBe(404)
  expect((await take(world.ben, ben)).status).toBe(204)
  expect((await take(world.ben, ben)).status).toBe(404)
  expect(await titles(world.ben)).toEqual([])
  expect((await world.historyOf(shared, world.ben))[0]).toMatchObject({
    deed: 'handover.taken',
    details: { leaver: 'Max Mover' },
  })
  expect((await teamOf(world.ben, shared))[0]).toMatch(/responsible$/)
})

/** Times and ids masked; all else byte for byte. */
const shape = (reply: Reply) => {
  const { 'date': _, 'x-request-id': _id, ...headers } = reply.headers
  const body = reply.bytes
    .toString()
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (found) => (found.includes('T') ? 'TIME' : 'ID'))
  return { status: reply.status, headers, body }
}

test('whoever let them leave cannot tell whether there were no matters or five, on any page; and there were five', async () => {
  const heard: ReturnType<typeof shape>[][] = []
  const entries: number[] = []
  for (const matters of [0, 5]) {
    const one = new World()
    await one.open()
    try {
      const kim = await newcomer(one, one.ada, 'Kim Keeper', ['lawyer'])
      for (let i = 0; i < matters; i += 1) await ownMatter(kim.caller, `Kim’s matter ${i}`)
      await one.refresh()
      const replies = [await leave(one.sam, kim.id, await idOf(one.ada), { reason: 'leaves' })]
      await handOver(one.firm.house)
      const params = { person: kim.id }
      replies.push(
        await one.sam.ask('person.list'),
        await one.sam.ask('person.read', { params }),
        await one.sam.ask('entry.of-person', { params }),
      )
      for (const id of [
        'person.me',
        'notice.list',
        'approval.list',
        'role.list',
        'group.list',
        'setting.list',
        'handover.list',
        'entry.all',
        'checkpoint.latest',
      ] as const)
        replies.push(await one.sam.ask(id))
      replies.push(await one.sam.ask('person.return', { params, body: { roles: ['staff'], reason: 'back' } }))
      heard.push(
        replies.map((reply) => ({ ...shape(reply), body: shape(reply).body.replaceAll(/subrosa_[\w-]{43}|localhost:\d+/g, 'LINK') })),
      )
      entries.push((await rows('select 1 from ledger.entries where matter_id is not null and deed = $1', ['team.joined'], one)).length)
    } finally {
      await one.close()
    }
  }
  expect(heard[0]![0]!.status).toBe(200)
  expect(heard[1]).toEqual(heard[0])
  // Ben joined one matter when the firm was built
  expect(entries).toEqual([1, 6])
}, 300_000)

test('a round that dies in the middle leaves each matter whole, and the next one goes on with what is left', async () => {
  const rob = await newcomer(world, world.ada, 'Rob Rover', ['lawyer'])
  const matters: MatterId[] = []
  for (let i = 0; i < 4; i += 1) matters.push(await ownMatter(rob.caller, `Rob’s matter ${i}`))
  // the third matter hangs, and its connection is taken away in the middle of it
  await sql(
    `create function public.hang() returns trigger language plpgsql as $$ begin if new.matter_id = '${matters[2]!}' then perform pg_sleep(60); end if; return new; end $$`,
  )
  await sql('create trigger hang before insert on app.handovers for each row execute function public.hang()')
  const { house } = world.firm
  const asked = async () =>
    (await textsOf(world.cora)).filter((text) => text === 'A matter of yours needs a new responsible person.').length
  const before = await asked()
  expect((await leave(world.sam, rob.id, await idOf(world.cora))).status).toBe(200)
  const round = handOver(house)
  const killer = new pg.Client(superuser())
  await killer.connect()
  for (let killed = 0; killed < 2;) {
    const { rowCount } = await killer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'subrosa_clerk' and wait_event = 'PgSleep'`,
    )
    killed += rowCount ?? 0
    await pause(50)
  }
  await killer.end()
  await round
  expect(world.log.some((line) => line.includes('couldn’t hand a matter over'))).toBe(true)
  const open = async () =>
    (await rows<{ matter_id: string }>('select matter_id from app.team_members where person_id = $1 and ends_at is null', [rob.id])).map(
      (row) => row.matter_id,
    )
  expect(await open()).toEqual([matters[2]])
  const settled = async () =>
    (await rows<{ settled_at: Date | null }>('select settled_at from app.people where id = $1', [rob.id]))[0]!.settled_at
  expect(await settled()).toBeNull()
  // nobody comes back half
  expect(await world.sam.refused('person.return', { params: { person: rob.id }, body: { roles: ['staff'], reason: 'x' } })).toBe(
    'person.state',
  )

  await sql('drop trigger hang on app.handovers')
  await sql('drop function public.hang()')
  await Promise.all([handOver(house), handOver(house)])
  expect(await open()).toEqual([])
  expect(await settled()).not.toBeNull()
  for (const matter of matters) {
    // another process that comes late finds nothing to do
    const again = await house.clerk({ name: 'late', matter }, (db) =>
      db.rows('select * from hidden.hand_over($1, null, gen_random_uuid())', [rob.id]),
    )
    expect(again).toEqual([])
    const { entries } = await world.cora.ok('entry.list', { params: { matter } })
    expect(entries.filter((entry) => entry.deed === 'team.left')).toHaveLength(1)
    expect(entries.filter((entry) => entry.deed === 'team.joined')).toHaveLength(1)
    expect(await teamOf(world.cora, matter)).toEqual(['Cora Lind, responsible'])
  }
  // told of three at once, and of the one that came later
  expect(await asked()).toBe(before + 2)
}, 60_000)

test('the successor is a partner or a lawyer who stays, and not one through whom an administrator would come to matters', async () => {
  const vic = await newcomer(world, world.ada, 'Vic Victim', ['lawyer'])
  const matter = await ownMatter(vic.caller, 'What Sam wants to read')
  const puppet = await newcomer(world, world.sam, 'Pup Pet', ['lawyer'])
  const clerk = await newcomer(world, world.ada, 'Clem Clerk', ['paralegal'])
  const goer = await newcomer(world, world.ada, 'Gus Goer', ['lawyer'])
  await leave(world.sam, goer.id, await idOf(world.ada), { at: soon() })
  for (const successor of [vic.id, clerk.id, goer.id, puppet.id, await idOf(world.sam), await idOf(world.ruth)])
    expect([successor, codeIn(await leave(world.sam, vic.id, successor))]).toEqual([successor, 'successor.unfit'])
  // nor by the setting, nor in SQL of their own
  expect(
    await world.sam.refused('setting.change', { params: { setting: 'leaving' }, body: { value: { successor: puppet.id }, reason: 'x' } }),
  ).toBe('setting.refused')
  await intruder(world, world.sam, async (ask) => {
    expect((await ask('select hidden.leave($1, now(), $2)', [vic.id, puppet.id])).code).toBe('SR018')
  })
  expect(await puppet.caller.refused('matter.read', { params: { matter } })).toBe('nothing')
  expect((await vic.caller.ok('person.me')).id).toBe(vic.id)
  // a partner may name them: whoever is trusted with matters
  expect((await leave(world.ada, vic.id, puppet.id)).status).toBe(200)
  await handOver(world.firm.house)
  expect(await teamOf(puppet.caller, matter)).toEqual(['Pup Pet, responsible'])
  await world.ada.ok('person.stay', { params: { person: goer.id } })
})

test('when the successor has left as well it goes to the firm’s, and else to the partner who has been here longest', async () => {
  const una = await newcomer(world, world.ada, 'Una Under', ['lawyer'])
  const heir = await newcomer(world, world.ada, 'Hal Heir', ['lawyer'])
  const first = await ownMatter(una.caller, 'First of Una')
  const at = soon()
  await leave(world.sam, una.id, heir.id, { at })
  await leave(world.sam, heir.id, await idOf(world.ada))
  await sql(`update app.people set leaves_at = now() - interval '1 second' where id = $1`, [una.id])
  await handOver(world.firm.house)
  expect(await teamOf(world.ada, first)).toEqual(['Ada Wren, responsible'])

  const uwe = await newcomer(world, world.ada, 'Uwe Under', ['lawyer'])
  const second = await ownMatter(uwe.caller, 'Second of Uwe')
  await world.sam.ok('setting.change', {
    params: { setting: 'leaving' },
    body: { value: { successor: await idOf(world.cora) }, reason: 'she keeps them' },
  })
  await leave(world.sam, uwe.id, await idOf(world.ada), { at })
  // as a directory lets someone leave, which names nobody
  await sql(`update app.people set leaves_at = now() - interval '1 second', successor_id = null where id = $1`, [uwe.id])
  await handOver(world.firm.house)
  expect(await teamOf(world.cora, second)).toEqual(['Cora Lind, responsible'])
})

test('whoever is brought onto a team in the moment they leave is taken off it again; whoever has left is brought onto none', async () => {
  const moe = await newcomer(world, world.ada, 'Moe Moment', ['lawyer'])
  await leave(world.sam, moe.id, await idOf(world.ada))
  expect(await world.ada.refused('team.join', { params: { matter: world.orchard.id }, body: { person: moe.id } })).toBe('nothing')
  await sql(`insert into app.team_members (id, matter_id, person_id, role, added_by) values (gen_random_uuid(), $1, $2, 'member', $3)`, [
    world.orchard.id,
    moe.id,
    await idOf(world.ada),
  ])
  await handOver(world.firm.house)
  expect(await rows('select 1 from app.team_members where person_id = $1 and ends_at is null', [moe.id])).toEqual([])
})
