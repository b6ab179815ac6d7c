import { expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { codeIn, textsOf } from './world/asking.ts'
import type { Caller } from './world/caller.ts'
import { shapeOf, useGranting } from './world/granting.ts'
import { intruder } from './world/joining.ts'
import { workOf, type Work } from './world/work.ts'

// Who asks to come in, who lets them, and what is learnt by asking.

const firm = useGranting()
const { world, ids, sql, newMatter, join, raise, lift, ask, newest, approve, refuse, readStatus } = firm

test('a request is decided by whoever is responsible, and says where to look and nothing of the matter', async () => {
  const elm = await newMatter()
  expect((await ask(world.cora, ` ${elm.number.toLowerCase()}  `)).json).toEqual({ sent: true })
  const waiting = await newest(world.ada)
  expect(waiting).toMatchObject({
    kind: 'access',
    about: elm.number.toLowerCase(),
    reason: 'Covers for Ben',
    person: { name: 'Cora Lind' },
    matter: elm,
    days: 7,
    state: 'waiting',
    mayDecide: true,
    mayRoute: false,
  })
  expect(await textsOf(world.ada)).toEqual(['Cora Lind asks for access to a matter.'])
  expect([await textsOf(world.ben), await textsOf(world.ruth), await textsOf(world.cora)]).toEqual([[], [], []])
  // Ruth oversees and sees it; while it has not widened it is not hers to decide
  expect(await newest(world.ruth)).toMatchObject({ id: waiting.id, mayDecide: false })
  for (const done of [approve(world.ruth, waiting.id), refuse(world.ruth, waiting.id)]) expect(codeIn(await done)).toBe('grant.oneself')
  expect(await world.ben.ok('grant.list')).toEqual({ requests: [] })
  for (const done of [approve(world.ben, waiting.id), refuse(world.ben, waiting.id)]) expect(codeIn(await done)).toBe('nothing')
  expect(await readStatus(world.cora, elm.id)).toBe(404)

  const deeds = await world.deedsOf(async () => expect((await approve(world.ada, waiting.id)).status).toBe(200))
  expect(deeds).toEqual(['grant.approved'])
  expect(await newest(world.ada)).toMatchObject({ state: 'granted', decidedBy: 'Ada Wren', mayDecide: false })
  const page = await world.cora.ok('matter.read', { params: { matter: elm.id } })
  expect(page.team.find((one) => one.person === ids.cora)).toMatchObject({ via: 'grant', role: 'assistant' })
  expect((await textsOf(world.cora))[0]).toMatch(/^Access that you asked for is granted until .* UTC\.$/)
  expect((await world.cora.ok('grant.mine')).requests[0]).toMatchObject({ state: 'granted', about: elm.number.toLowerCase() })
  const { entries } = await world.ada.ok('entry.list', { params: { matter: elm.id } })
  expect(entries[0]).toMatchObject({ deed: 'grant.approved', object: 'Cora Lind', details: { days: 7, role: 'assistant' } })
  // a grant brings someone in, and not the right to let others in
  expect(page.may).toMatchObject({ join: false, approve: false })
  const others = await world.cora.ask('team.join', { params: { matter: elm.id }, body: { person: ids.sam, role: 'member' } })
  expect(codeIn(others)).toBe('nothing')
})

test('whoever decides hears of it by itself, soon after the answer', async () => {
  const elm = await newMatter()
  await world.cora.ok('grant.request', { body: { about: elm.number, reason: 'Covers for Ben' } })
  await expect.poll(() => textsOf(world.ada), { timeout: 20_000 }).toEqual(['Cora Lind asks for access to a matter.'])
})

test('what is asked is answered alike, writes alike, and works alike: known, unknown, walled, and free words', async () => {
  const [known, walled] = [await newMatter(), await newMatter()]
  expect((await raise(walled.id, ids.cora)).status).toBe(201)
  const abouts = [known.number, walled.number, '2026-NOBODY', 'That boundary dispute']
  const shapes: unknown[] = []
  const rows: { size: number }[][] = []
  for (const about of abouts) {
    const before = await sql<{ id: string }>('select id from ledger.entries')
    shapes.push(shapeOf(await ask(world.cora, about)))
    rows.push(
      await sql<{ size: number }>('select deed, matter_id, length(sealed_details) as size from ledger.entries where not (id = any ($1))', [
        before.map((row) => row.id),
      ]),
    )
  }
  expect(shapes).toEqual(abouts.map(() => shapes[0]))
  expect(rows).toEqual(abouts.map(() => [{ deed: 'grant.requested', matter_id: null, size: rows[0]![0]!.size }]))
  // the other half: the first one did find its matter
  expect((await world.ada.ok('grant.list')).requests.map((one) => one.about)).toContain(known.number)

  // what PostgreSQL does while it is asked: it looks at no matter and at no wall
  const works: Work[] = []
  for (const about of abouts) works.push(await workOf(world, world.cora, 'select hidden.request_access($1, $2, $3, 7, false, 60)', about))
  expect(works).toEqual(abouts.map(() => works[0]))
  expect(works[0]).toMatchObject({ requests: { written: 1 } })
  for (const table of ['matters', 'walls', 'wall_people', 'team_members']) expect(works[0]).not.toHaveProperty(table)
  await lift(walled.id)
})

test('nothing of what stands under a request is within the reach of whoever asked, by SQL neither', async () => {
  const walled = await newMatter()
  expect((await raise(walled.id, ids.cora)).status).toBe(201)
  await ask(world.cora, walled.number)
  const seen = await intruder(world, world.cora, async (say) => [
    await say('select count(*) as n from app.requests'),
    await say('select number_token from app.requests'),
    await say('select * from hidden.requests_to_tell()'),
    await say('select * from hidden.deciders_of($1, true)', [walled.id]),
    await say('select hidden.is_screened($1, $2)', [ids.cora, walled.id]),
    await say('select hidden.is_screened_ever($1, $2, now(), null)', [ids.cora, walled.id]),
    await say(`update app.requests set state = 'granted'`),
    await say(
      `insert into app.team_members (id, matter_id, person_id, role, via, added_by) values (gen_random_uuid(), $1, $2, 'member', 'grant', $2)`,
      [walled.id, ids.cora],
    ),
  ])
  expect(seen.map((one) => one.code)).toEqual([null, ...Array.from({ length: 7 }, () => '42501')])
  expect(Number(seen[0]!.rows[0]!.n)).toBe(0)
  await lift(walled.id)
})

test('what someone screened asks for reaches only those who oversee', async () => {
  const walled = await newMatter()
  await join(walled.id, ids.ben, 'deputy')
  expect((await raise(walled.id, ids.cora)).status).toBe(201)
  await firm.quiet()
  await ask(world.cora, walled.number)
  expect(await textsOf(world.ruth)).toEqual(['Cora Lind asks for access to a matter.'])
  expect([await textsOf(world.ada), await textsOf(world.ben)]).toEqual([[], []])
  const request = await newest(world.ruth)
  expect(request).toMatchObject({ matter: null, mayRoute: true, mayDecide: true, about: walled.number })
  await firm.age(request.id, '25 hours')
  await firm.round()
  for (const caller of [world.ada, world.ben])
    expect((await caller.ok('grant.list')).requests.map((one) => one.id)).not.toContain(request.id)
  expect([await textsOf(world.ada), await textsOf(world.ben)]).toEqual([[], []])
  expect(codeIn(await approve(world.ruth, request.id))).toBe('grant.state')
  const routed = (by: Caller, matter: string) => by.ask('grant.route', { params: { request: request.id }, body: { matter } })
  expect(codeIn(await routed(world.ruth, walled.id))).toBe('team.screened')
  expect(codeIn(await routed(world.ruth, uuidv7(Date.now())))).toBe('nothing')
  expect(codeIn(await routed(world.ada, walled.id))).toBe('may.not')
  expect((await refuse(world.ruth, request.id)).json).toMatchObject({ state: 'refused' })
  expect((await textsOf(world.cora))[0]).toBe('Access that you asked for was refused.')
  expect(JSON.stringify(await world.cora.ok('grant.mine'))).not.toContain('Not needed')
  await lift(walled.id)
})

test('a wall that comes in between request and grant wins, and one around a running grant ends it at once', async () => {
  const [later, elm] = [await newMatter(), await newMatter()]
  await ask(world.cora, later.number)
  const between = await newest(world.ada)
  expect((await raise(later.id, ids.cora)).status).toBe(201)
  expect(codeIn(await approve(world.ada, between.id))).toBe('team.screened')
  expect(await readStatus(world.cora, later.id)).toBe(404)
  expect((await sql('select 1 from app.team_members where request_id = $1', [between.id])).length).toBe(0)
  await lift(later.id)

  await ask(world.cora, elm.number)
  const { id } = await newest(world.ada)
  expect((await approve(world.ada, id)).status).toBe(200)
  expect(await readStatus(world.cora, elm.id)).toBe(200)
  expect((await raise(elm.id, ids.cora)).status).toBe(201)
  expect(await readStatus(world.cora, elm.id)).toBe(404)
  // what has gone from her is not announced to end, and not renewed
  await firm.quiet()
  await firm.shift(id, '6 days')
  await firm.round()
  expect([await textsOf(world.cora), await textsOf(world.ada)]).toEqual([[], []])
  expect(codeIn(await firm.renew(world.ada, elm.id, 7))).toBe('team.screened')
  await lift(elm.id)
  // nor is a grant made that would run into a wall that is still to come
  await ask(world.cora, later.number)
  const third = await newest(world.ada)
  expect((await raise(later.id, ids.cora, { startsAt: new Date(Date.now() + 3 * 86_400_000).toISOString() })).status).toBe(201)
  expect(codeIn(await approve(world.ada, third.id))).toBe('team.screened')
  expect((await approve(world.ada, third.id, { days: 2 })).status).toBe(200)
  await lift(later.id)
})

test('nobody approves what they asked for themselves, and two who approve at once grant it once', async () => {
  const elm = await newMatter()
  await join(elm.id, ids.ben, 'responsible')
  await ask(world.cora, elm.number)
  const { id } = await newest(world.ada)
  // as if it were Ben's own, who is responsible himself
  await sql('update app.requests set person_id = $2 where id = $1', [id, ids.ben])
  for (const done of [approve(world.ben, id), refuse(world.ben, id)]) expect(codeIn(await done)).toBe('grant.oneself')
  expect((await world.ben.ok('grant.list')).requests.filter((one) => one.id === id)).toEqual([])
  expect(codeIn(await approve(world.ada, id))).toBe('team.member')
  await sql('update app.requests set person_id = $2 where id = $1', [id, ids.cora])

  const both = await Promise.all([approve(world.ada, id), approve(world.ben, id)])
  expect(both.map(codeIn).sort()).toEqual([200, 'grant.state'])
  expect((await sql('select 1 from app.team_members where request_id = $1', [id])).length).toBe(1)
  for (const again of [approve(world.ada, id), refuse(world.ben, id)]) expect(codeIn(await again)).toBe('grant.state')
  expect(codeIn(await approve(world.ada, uuidv7(Date.now())))).toBe('nothing')
})

test('a grant makes nobody lead, and is given in person with a fresh factor, by the law as by courtesy', async () => {
  await ask(world.cora, (await newMatter()).number)
  const { id } = await newest(world.ada)
  for (const role of ['responsible', 'deputy']) expect(codeIn(await approve(world.ada, id, { role }))).toBe('input.invalid')
  const direct = (part: string, days: number) =>
    intruder(world, world.ada, (say) => say('select person from hidden.grant_access($1, $2, $3, gen_random_uuid())', [id, days, part]))
  for (const [part, days] of [
    ['responsible', 7],
    ['member', 0],
    ['member', 366],
  ] as const)
    expect(await direct(part, days)).toEqual({ code: null, rows: [] })
  expect((await direct('member', 7)).rows).toEqual([{ person: ids.cora }])
  await sql(`update app.sessions set factor_at = now() - interval '1 hour'`)
  expect(codeIn(await approve(world.ada, id))).toBe('factor.stale')
  expect(await direct('member', 7)).toEqual({ code: null, rows: [] })
})

test('a wall and a grant at the same moment: the wall wins every time', async () => {
  for (let i = 0; i < 6; i++) {
    const elm = await newMatter()
    await ask(world.cora, elm.number)
    const { id } = await newest(world.ada)
    const [walled] = await Promise.all([raise(elm.id, ids.cora), approve(world.ada, id)])
    expect(walled.status).toBe(201)
    expect(await readStatus(world.cora, elm.id)).toBe(404)
    await lift(elm.id)
  }
})

test('free words are found out by those who oversee, and then decided as any other', async () => {
  const elm = await newMatter()
  await ask(world.cora, 'The boundary dispute of Mrs Elm')
  const request = await newest(world.ruth)
  expect(request).toMatchObject({ matter: null, mayRoute: true })
  expect(await textsOf(world.ada)).toEqual([])
  const route = () => world.ruth.ask('grant.route', { params: { request: request.id }, body: { matter: elm.id } })
  const deeds = await world.deedsOf(async () => {
    expect((await route()).status).toBe(204)
    await firm.round()
  })
  expect(deeds).toEqual(['grant.routed'])
  expect(await textsOf(world.ada)).toEqual(['Cora Lind asks for access to a matter.'])
  expect((await newest(world.ada)).matter).toMatchObject(elm)
  expect(codeIn(await route())).toBe('grant.state')
  expect((await approve(world.ada, request.id)).status).toBe(200)
  expect(await readStatus(world.cora, elm.id)).toBe(200)
})

test('whoever oversees and is kept from a matter sees nothing of what is asked about it', async () => {
  const elm = await newMatter()
  await firm.setRoles(ids.sam, ['compliance'])
  expect((await raise(elm.id, ids.sam)).status).toBe(201)
  await firm.quiet()
  await ask(world.cora, elm.number)
  const request = await newest(world.ada)
  await firm.age(request.id, '25 hours')
  await firm.round()
  expect((await world.ruth.ok('grant.list')).requests.map((one) => one.id)).toContain(request.id)
  expect((await world.sam.ok('grant.list')).requests.map((one) => one.id)).not.toContain(request.id)
  expect(codeIn(await refuse(world.sam, request.id))).toBe('nothing')
  expect(await textsOf(world.sam)).toEqual([])
  expect((await approve(world.ruth, request.id)).status).toBe(200)
  const entries = async (by: Caller) =>
    (await by.ok('entry.all')).entries.filter(
      (entry) => /^(grant|glass)\./.test(entry.deed) && JSON.stringify(entry.details).includes(elm.id),
    )
  expect((await entries(world.ruth)).length).toBe(1)
  expect(await entries(world.sam)).toEqual([])
  await lift(elm.id)
  await firm.setRoles(ids.sam, ['administrator'])
})

test('what cannot be asked is refused for what it is, before anything is looked at', async () => {
  const wrong = [{ about: ' ' }, { about: 'x'.repeat(301) }, { reason: ' ' }, { days: 0 }, { days: 366 }, { days: 1.5 }]
  for (const one of wrong)
    expect(codeIn(await world.cora.ask('grant.request', { body: { about: 'x', reason: 'r', ...one } }))).toBe('input.invalid')
  expect(codeIn(await world.eve.ask('grant.request', { body: { about: 'x', reason: 'r' } }))).toBe('session.none')
  // everyone in the firm may ask; only those who lead or oversee decide
  expect((await ask(world.sam, 'x')).json).toEqual({ sent: true })
  for (const call of ['grant.list', 'grant.reviews'] as const) expect(codeIn(await world.sam.ask(call))).toBe('may.not')
})
