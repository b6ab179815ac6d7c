import { expect, test } from 'vitest'
import { DEFAULTS } from '../src/features/settings/settings.ts'
import { codeIn, textsOf } from './world/asking.ts'
import { useGranting } from './world/granting.ts'
import { intruder } from './world/joining.ts'

// What the clerk tells and reminds of: each thing once, however many processes are at it.

const firm = useGranting()
const { world, ids, sql, newMatter, join, ask, newest, approve, readStatus } = firm

test('S1-68: an urgent request goes to the deputy, and to those who oversee, when half an hour has passed', async () => {
  const elm = await newMatter()
  await join(elm.id, ids.ben, 'deputy')
  await ask(world.cora, elm.number, { urgent: true })
  const { id, widensAt, madeAt } = await newest(world.ada)
  expect(await textsOf(world.ada)).toEqual(['Cora Lind asks for access to a matter, urgently.'])
  expect(Date.parse(widensAt) - Date.parse(madeAt)).toBeCloseTo(30 * 60_000, -4)
  expect((await world.ben.ok('grant.list')).requests).toEqual([])
  expect(codeIn(await approve(world.ben, id))).toBe('nothing')
  await firm.age(id, '29 minutes')
  await firm.round()
  expect(await textsOf(world.ben)).toEqual([])
  await firm.age(id, '2 minutes')
  await firm.quiet()
  await firm.rounds()
  const words = 'A request for access has waited for as long as the firm lets it.'
  for (const caller of [world.ada, world.ben, world.ruth]) expect(await textsOf(caller)).toEqual([words])
  expect(await newest(world.ben)).toMatchObject({ id, mayDecide: true })
  expect((await approve(world.ben, id)).json).toMatchObject({ state: 'granted', decidedBy: expect.stringContaining('Ben') })
  expect(await readStatus(world.cora, elm.id)).toBe(200)
  await firm.quiet()
  await firm.rounds()
  expect(await textsOf(world.ben)).toEqual([])
})

test('what was asked while the clerk was away is told once when it is back, by however many', async () => {
  const elm = await newMatter()
  const { numberIn } = await import('../src/features/grants/requests.ts')
  // a request whose process died before it told anyone
  await sql(
    `insert into app.requests (id, person_id, kind, sealed_words, number_token, days, urgent, widens_at)
     select gen_random_uuid(), $1, 'access', sealed_words, $2, 7, false, now() + interval '1 day' from (select '\\x00'::bytea as sealed_words) s`,
    [ids.cora, numberIn(world.firm.house.keys, elm.number)],
  )
  await firm.rounds()
  expect(await textsOf(world.ada)).toEqual(['Cora Lind asks for access to a matter.'])
  await sql('delete from app.requests where matter_id = $1', [elm.id])
})

test('where nobody who decides is there, a request widens at once', async () => {
  const oak = await newMatter()
  await sql(`update app.team_members set role = 'member' where matter_id = $1`, [oak.id])
  await ask(world.cora, oak.number)
  expect(await newest(world.ruth)).toMatchObject({ matter: oak, mayDecide: true })
  expect(await textsOf(world.ruth)).toEqual(['Cora Lind asks for access to a matter.'])
  await firm.rounds()
  expect((await textsOf(world.ruth)).length).toBe(1)
})

test('what nobody decides lapses after a fortnight, and nobody is told of it any more', async () => {
  const elm = await newMatter()
  await ask(world.cora, elm.number)
  const { id } = await newest(world.ada)
  await firm.age(id, '15 days')
  expect((await newest(world.ada)).state).toBe('lapsed')
  expect(codeIn(await approve(world.ada, id))).toBe('grant.state')
  await firm.quiet()
  await firm.round()
  expect((await sql<{ state: string }>('select state from app.requests where id = $1', [id]))[0]!.state).toBe('lapsed')
  expect((await world.cora.ok('grant.mine')).requests[0]!.state).toBe('lapsed')
  expect([await textsOf(world.ada), await textsOf(world.ruth)]).toEqual([[], []])
})

test('S0-43: a grant’s end is announced once, and when it has come the next request fails', async () => {
  const elm = await newMatter()
  await ask(world.cora, elm.number)
  const { id } = await newest(world.ada)
  expect((await approve(world.ada, id)).status).toBe(200)
  await firm.quiet()
  await firm.round()
  expect([await textsOf(world.cora), await textsOf(world.ada)]).toEqual([[], []])
  await firm.shift(id, '5 days')
  await firm.rounds()
  expect(await textsOf(world.cora)).toEqual([expect.stringMatching(/^Access that you were given ends on \d/)])
  expect(await textsOf(world.ada)).toEqual([expect.stringMatching(/^A grant on a matter of yours ends on \d/)])

  expect(codeIn(await firm.renew(world.cora, elm.id, 7))).toBe('grant.oneself')
  expect(codeIn(await firm.renew(world.ben, elm.id, 7))).toBe('nothing')
  const deeds = await world.deedsOf(async () => expect((await firm.renew(world.ada, elm.id, 7)).status).toBe(200))
  expect(deeds).toEqual(['grant.renewed'])
  const until = (await newest(world.ada)).until!
  expect(Date.parse(until) - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
  // a shorter wish takes nothing away
  expect((await firm.renew(world.ada, elm.id, 1)).json).toEqual({ until })
  await firm.quiet()
  await firm.shift(id, '5 days')
  await firm.round()
  expect((await textsOf(world.cora)).length).toBe(1)
  expect(await readStatus(world.cora, elm.id)).toBe(200)
  await firm.shift(id, '3 days')
  expect(await readStatus(world.cora, elm.id)).toBe(404)
  expect(codeIn(await firm.renew(world.ada, elm.id, 7))).toBe('nothing')
  expect(Date.parse((await newest(world.ada)).until!)).toBeLessThan(Date.now())
})

test('no grant lasts longer than the setting says, whoever asks, grants or renews', async () => {
  const set = (value: object) => world.sam.ok('setting.change', { params: { setting: 'matters' }, body: { value, reason: 'Shorter' } })
  await set({ ...DEFAULTS.matters, grantDays: 30 })
  const ash = await newMatter()
  await ask(world.cora, ash.number, { days: 365 })
  const { id, days } = await newest(world.ada)
  expect(days).toBe(30)
  expect((await approve(world.ada, id, { days: 31 })).json).toMatchObject({
    error: { code: 'input.invalid', fields: { days: 'At most 30 days, by the firm’s setting.' } },
  })
  expect((await approve(world.ada, id, { days: 30 })).status).toBe(200)
  expect(codeIn(await firm.renew(world.ada, ash.id, 31))).toBe('input.invalid')
  expect((await firm.renew(world.ada, ash.id, 30)).status).toBe(200)
  await set(DEFAULTS.matters)
})

test('a review that is overdue is reminded of once a day', async () => {
  const elm = await newMatter()
  await firm.setRoles(ids.cora, ['partner'])
  await firm.breakIn(world.cora, elm.number)
  const { request } = (await world.ada.ok('grant.reviews')).reviews[0]!
  await firm.quiet()
  await firm.rounds()
  expect(await textsOf(world.ruth)).toEqual([])
  await firm.age(request, '25 hours')
  await firm.rounds()
  for (const caller of [world.ada, world.ruth]) expect(await textsOf(caller)).toEqual(['The review of an emergency is overdue.'])
  expect(await textsOf(world.cora)).toEqual([])
  await sql(`update app.requests set review_reminded_at = review_reminded_at - interval '25 hours' where id = $1`, [request])
  await firm.rounds()
  expect((await textsOf(world.ada)).length).toBe(2)
  await firm.setRoles(ids.cora, ['paralegal', 'lawyer'])
})

test('a memorandum is told once, reminded of while it is owed, and again when its days are over', async () => {
  const elm = await newMatter()
  expect((await firm.raise(elm.id, ids.cora, { announced: true, memorandum: 'Someone is screened.' })).status).toBe(201)
  await firm.quiet()
  await firm.rounds()
  for (const caller of [world.ada, world.cora]) expect(await textsOf(caller)).toEqual(['A memorandum of a screen is addressed to you.'])
  const [wall] = (await world.cora.ok('wall.memoranda')).memoranda
  const back = (interval: string) =>
    sql(
      `update app.wall_acknowledgements set told_at = told_at - $1::interval, reminded_at = reminded_at - $1::interval, acknowledged_at = acknowledged_at - $1::interval`,
      [interval],
    )
  await back('4 days')
  await firm.rounds()
  expect(await textsOf(world.cora)).toContain('A memorandum of a screen waits for you to acknowledge it.')
  await world.cora.ok('wall.acknowledge', { params: { wall: wall!.wall } })
  await world.ada.ok('wall.acknowledge', { params: { wall: wall!.wall } })
  await firm.quiet()
  await back('80 days')
  await firm.rounds()
  expect(await textsOf(world.cora)).toEqual([])
  await back('11 days')
  await firm.rounds()
  await firm.round()
  for (const caller of [world.ada, world.cora]) expect(await textsOf(caller)).toEqual(['A screen that you were told of goes on.'])
  await firm.lift(elm.id)
  await back('200 days')
  await firm.rounds()
  expect((await textsOf(world.cora)).length).toBe(1)
})

test('whoever raised it has acknowledged it, and is reminded of it once', async () => {
  const elm = await newMatter()
  expect((await firm.raise(elm.id, ids.cora, { announced: true, memorandum: 'Someone is screened.' })).status).toBe(201)
  await sql(`update app.wall_acknowledgements set acknowledged_at = now() - interval '91 days' where person_id = $1 and told_at is null`, [
    ids.ada,
  ])
  await firm.quiet()
  for (let i = 0; i < 3; i++) await firm.round()
  expect(await textsOf(world.ada)).toEqual(['A screen that you were told of goes on.'])
  await firm.lift(elm.id)
})

test('what the clerk asks nobody else can', async () => {
  const asked = ['requests_to_tell()', 'requests_widening()', `grants_ending('3 days')`, 'reviews_overdue()', 'memoranda_due()']
  const codes = await intruder(world, world.ada, async (say) => {
    const all = []
    for (const one of asked) all.push((await say(`select * from hidden.${one}`)).code)
    return all
  })
  expect(codes).toEqual(asked.map(() => '42501'))
})
