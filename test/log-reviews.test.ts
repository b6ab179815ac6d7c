import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { LogReviewTaskPage, LogReviewTaskView } from '../src/contract/log-review.ts'
import { periodAt, periodBefore } from '../src/features/log-reviews/periods.ts'
import { reviewRound } from '../src/features/log-reviews/reviewing.ts'
import { codeIn, idOf, textsOf } from './world/asking.ts'
import { anyReview, wallWords } from './world/bodies.ts'
import { CANARIES } from './world/canaries.ts'
import type { Caller } from './world/caller.ts'
import { accept, intruder, ownMatter } from './world/joining.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
let noor: Caller
let noorId: string
const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const round = () => reviewRound(world.firm.house)
const listOf = (by: Caller) => by.ok('log-review.list')
const nothingFound = { outcome: 'clean', findings: 'Each access was for work on the matter.' }

beforeAll(async () => {
  const { id, invitation } = await world.sam.ok('person.invite', {
    body: { name: 'Noor Haddad', email: 'noor@wren-ames.test', roles: ['staff'] },
  })
  noor = (await accept(world, invitation.secret!, 'noor@wren-ames.test', 'ruth')).caller
  noorId = id
  await sql(`update app.people set roles = '{compliance}' where id = $1`, [id])
})
beforeEach(async () => {
  await world.refresh()
  await sql('delete from app.notices')
  // what other tests left to do is not this one's
  await sql('update app.log_reviews set retired_at = now() where made_by is not null')
})

/** A review whose first period ended a moment ago: entries of the last days are in it. */
async function dueNow(more: object = {}): Promise<LogReviewTaskView> {
  const made = await world.ruth.ok('log-review.create', { body: { ...anyReview(), cadence: 'quarterly', ...more } })
  await sql(`update app.log_reviews set next_at = now() where id = $1`, [made.id])
  await round()
  return (await listOf(world.ruth)).tasks.find((task) => task.review === made.id)!
}
const read = (by: Caller, task: string): Promise<LogReviewTaskPage> => by.ok('log-review.read', { params: { task } })
async function markAll(by: Caller, task: string, mark = 'fine'): Promise<void> {
  const { items } = await read(by, task)
  if (items.length > 0) await by.ok('log-review.mark', { params: { task }, body: { entries: items.map((item) => item.entry.id), mark } })
}
const sign = (by: Caller, task: string, body: object = nothingFound) => by.ask('log-review.sign', { params: { task }, body })

test('periods are weeks from Monday, months and quarters of the calendar, in UTC', () => {
  const at = (text: string) => new Date(text)
  expect(periodAt('weekly', at('2026-11-23T00:00:00Z'))).toEqual({ from: at('2026-11-23'), to: at('2026-11-30') })
  expect(periodAt('weekly', at('2026-11-22T23:59:59.999Z'))).toEqual({ from: at('2026-11-16'), to: at('2026-11-23') })
  expect(periodAt('monthly', at('2026-12-31T12:00:00Z'))).toEqual({ from: at('2026-12-01'), to: at('2027-01-01') })
  expect(periodAt('quarterly', at('2026-02-28T12:00:00Z'))).toEqual({ from: at('2026-01-01'), to: at('2026-04-01') })
  expect(periodBefore('weekly', at('2026-11-23'))).toEqual({ from: at('2026-11-16'), to: at('2026-11-23') })
})

test('a firm begins with three reviews, made once however often the clerk comes by', async () => {
  const before = (await listOf(world.ruth)).reviews.map((review) => [review.name, review.cadence])
  expect(before).toEqual([
    ['The weekly access-log review', 'weekly'],
    ['The monthly review of refusals, emergencies and walls', 'monthly'],
    ['The quarterly review of those who run the system', 'quarterly'],
  ])
  await Promise.all([round(), round(), round()])
  expect((await listOf(world.ruth)).reviews.length).toBe(3)
  expect((await listOf(world.ruth)).tasks).toEqual([])
})

test('S0-27: a month ends, a task with drawn and anomalous accesses is there, told and due; a reviewer who is not in it signs with findings', async () => {
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  world.ben.address = '198.51.100.23'
  await world.ben.ok('document.open', { params: { document: documents[0]!.id } })
  world.ben.address = null
  const task = await dueNow({ name: 'The monthly review', cadence: 'monthly', reviewer: await idOf(world.ruth), sample: 5, days: 7 })
  expect(task).toMatchObject({ name: 'The monthly review', state: 'waiting', overdue: false, reviewer: { id: await idOf(world.ruth) } })
  expect(Date.parse(task.due) - Date.parse(task.to)).toBe(7 * 86_400_000)
  expect(await textsOf(world.ruth)).toEqual(['A review of the access log waits.'])
  expect(await textsOf(noor)).toEqual([])
  const page = await read(world.ruth, task.id)
  expect(page.items.length).toBeGreaterThan(0)
  expect(page.items.some((item) => item.why.includes('sample'))).toBe(true)
  const strange = page.items.find((item) => item.why.includes('new-address') && item.entry.from?.address === '198.51.100.23')!
  expect(strange.entry).toMatchObject({ deed: 'document.opened', actor: { id: await idOf(world.ben) }, object: null })
  expect(page).toMatchObject({ inSample: false, may: { start: true, mark: true, sign: true, assign: true } })
  // nothing is signed that was not looked at, or without findings
  await world.ruth.ok('log-review.start', { params: { task: task.id } })
  expect(codeIn(await sign(world.ruth, task.id))).toBe('review.unmarked')
  expect(codeIn(await sign(world.ruth, task.id, { outcome: 'clean', findings: 'ok' }))).toBe('input.invalid')
  expect(codeIn(await sign(world.ruth, task.id, { outcome: 'clean' }))).toBe('input.invalid')
  await markAll(world.ruth, task.id)
  await world.ruth.ok('log-review.mark', {
    params: { task: task.id },
    body: { entries: [strange.entry.id], mark: 'question', note: `Where was that? ${CANARIES.screen}` },
  })
  expect(codeIn(await sign(world.ruth, task.id))).toBe('review.unmarked')
  expect(codeIn(await sign(noor, task.id, { outcome: 'findings', findings: 'Not mine to sign at all.' }))).toBe('review.reviewer')
  const found = { outcome: 'findings', findings: `Ben worked from a hotel; ${CANARIES.screen} was told.` }
  const deeds = await world.deedsOf(() => sign(world.ruth, task.id, found))
  expect(deeds).toEqual(['review.signed'])
  const signed = await read(noor, task.id)
  expect(signed).toMatchObject({ state: 'signed', ...found, signedBy: { id: await idOf(world.ruth) } })
  expect(signed.items.find((item) => item.entry.id === strange.entry.id)).toMatchObject({
    mark: 'question',
    note: expect.stringContaining('Where'),
  })
  for (const code of [
    codeIn(await sign(world.ruth, task.id, found)),
    await world.ruth.refused('log-review.start', { params: { task: task.id } }),
  ])
    expect(code).toBe('review.state')
})

test('S0-27: whoever is in the sample signs nothing; it is given to someone who is not, and each step is an entry', async () => {
  await world.ruth.ok('access.reach', { query: { person: await idOf(world.ruth) } as never }).catch(() => {})
  const task = await dueNow({ filter: { deeds: ['review.made'] }, reviewer: await idOf(world.ruth), sample: 50 })
  const page = await read(world.ruth, task.id)
  expect(page.items.some((item) => item.own)).toBe(true)
  expect(page).toMatchObject({ inSample: true, may: { sign: false } })
  await world.ruth.ok('log-review.start', { params: { task: task.id } })
  await markAll(world.ruth, task.id)
  expect(codeIn(await sign(world.ruth, task.id))).toBe('review.sampled')
  const give = (reviewer: string) =>
    world.ruth.ask('log-review.assign', { params: { task: task.id }, body: { reviewer, reason: 'I am in it' } })
  expect(codeIn(await give(await idOf(world.ada)))).toBe('input.invalid')
  expect((await give(noorId)).status).toBe(204)
  expect(await textsOf(noor)).toEqual(['A review of the access log was given to you.'])
  const deeds = await world.deedsOf(async () => {
    await noor.ok('log-review.start', { params: { task: task.id } })
    await markAll(noor, task.id)
    expect((await sign(noor, task.id)).status).toBe(204)
  })
  expect(deeds.filter((deed) => deed !== 'ledger.read')).toEqual(['review.taken', 'review.marked', 'review.signed'])
})

test('SQL of a reviewer’s own signs no review that they are in, changes nothing that was signed, and draws nothing', async () => {
  const task = await dueNow({ filter: { deeds: ['review.made'] }, reviewer: await idOf(world.ruth), sample: 50 })
  await intruder(world, world.ruth, async (say) => {
    for (const text of [
      `update app.log_review_tasks set signed_at = now() where id = '${task.id}'`,
      `delete from app.log_review_items where task_id = '${task.id}'`,
      `update app.log_review_items set mark = 'fine' where task_id = '${task.id}'`,
      `insert into app.log_review_tasks (id, review_id, period_from, period_to, due_at, sealed_plan, entries) select gen_random_uuid(), review_id, period_from, now(), now(), sealed_plan, 0 from app.log_review_tasks`,
      `select hidden.pick_log_review(now(), now(), '{}', null, null, 'UTC', 7, 20, 10, 50, '{}', '{}', 5)`,
    ])
      expect([text, (await say(text)).code]).toEqual([text, '42501'])
    expect((await say(`select hidden.sign_log_review('${task.id}', 'clean', '\\x00')`)).code).toBe('SR094')
  })
  await intruder(world, world.cora, async (say) => {
    for (const table of ['log_reviews', 'log_review_tasks', 'log_review_items'])
      expect((await say(`select 1 from app.${table}`)).rows).toEqual([])
    expect((await say(`select hidden.start_log_review('${task.id}') as ok`)).rows).toEqual([{ ok: false }])
  })
  // an auditor reviews; who is reviewed and how often is not theirs to say
  await sql(`update app.people set roles = '{auditor}' where id = $1`, [noorId])
  expect(await noor.refused('log-review.create', { body: anyReview() })).toBe('may.not')
  expect((await listOf(noor)).may.keep).toBe(false)
  await sql(`update app.people set roles = '{compliance}' where id = $1`, [noorId])
})

test('what is overdue is told once a day, to its reviewer or to all who oversee, and counted', async () => {
  const from = new Date().toISOString()
  const task = await dueNow()
  expect((await textsOf(noor)).length).toBe(1)
  await sql('delete from app.notices')
  await sql(`update app.log_review_tasks set due_at = now() - interval '1 minute' where id = $1`, [task.id])
  await round()
  await round()
  for (const by of [world.ruth, noor]) expect(await textsOf(by)).toEqual(['A review of the access log is overdue.'])
  expect((await listOf(world.ruth)).tasks.find((one) => one.id === task.id)).toMatchObject({ overdue: true, state: 'waiting' })
  await sql(`update app.log_review_tasks set reminded_at = now() - interval '25 hours' where id = $1`, [task.id])
  await sql('delete from app.notices')
  await round()
  expect((await textsOf(world.ruth)).length).toBe(1)
  const query = { from, to: new Date(Date.now() + 60_000).toISOString() }
  expect(await world.ruth.ok('log-review.report', { query })).toMatchObject({
    planned: 1,
    signed: 0,
    open: 1,
    overdue: 1,
    medianHours: null,
  })
  await world.ruth.ok('log-review.start', { params: { task: task.id } })
  await markAll(world.ruth, task.id)
  const { inSample } = await read(world.ruth, task.id)
  if (!inSample) expect((await sign(world.ruth, task.id)).status).toBe(204)
})

test('periods that went by while nobody was there each have their task, once, however many processes make them', async () => {
  const made = await world.ruth.ok('log-review.create', { body: { ...anyReview(), cadence: 'weekly' } })
  await sql(
    `update app.log_reviews set next_at = date_trunc('week', now() at time zone 'UTC') at time zone 'UTC' - interval '14 days' where id = $1`,
    [made.id],
  )
  await Promise.all([round(), reviewRound({ ...world.firm.house }), reviewRound({ ...world.firm.house })])
  const tasks = (await listOf(world.ruth)).tasks.filter((task) => task.review === made.id)
  expect(tasks.length).toBe(3)
  expect(tasks.every((task) => Date.parse(task.to) - Date.parse(task.from) === 7 * 86_400_000)).toBe(true)
  expect(new Set(tasks.map((task) => task.to)).size).toBe(3)
})

test('the plain rules find what they say: outside hours, many refusals, bulk, emergency, a leaver', async () => {
  const ben = await idOf(world.ben)
  for (let at = 0; at < 4; at += 1) await world.ben.refused('matter.read', { params: { matter: '0199e6a0-0000-7000-8000-000000000001' } })
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  for (let at = 0; at < 4; at += 1) await world.ben.ok('document.open', { params: { document: documents[0]!.id } })
  const hour = new Date().getUTCHours()
  const rules = { zone: 'UTC', from: hour === 23 ? 0 : hour + 1, to: hour === 23 ? 23 : 24, refusals: 4, bulk: 4 }
  await sql(`update app.people set leaves_at = now() + interval '20 days' where id = $1`, [ben])
  const task = await dueNow({ filter: { deeds: [], person: ben }, rules, sample: 1 })
  await sql('update app.people set leaves_at = null where id = $1', [ben])
  const why = new Set((await read(world.ruth, task.id)).items.flatMap((item) => item.why))
  expect([...why].filter((one) => one !== 'new-address').toSorted()).toEqual(['bulk', 'leaver', 'outside-hours', 'refused', 'sample'])
})

test('an access in a matter that a wall keeps the reviewer from is none that they are shown', async () => {
  const walled = await ownMatter(world.ada, 'Rowan v. Fen')
  await world.ada.ok('wall.raise', {
    body: { kind: 'exclusion', matters: [{ matter: walled }], people: [{ person: noorId }], ...wallWords },
  })
  const task = await dueNow({ filter: { deeds: ['matters', 'files'], matter: walled }, sample: 50 })
  expect((await read(world.ruth, task.id)).items.length).toBeGreaterThan(0)
  expect((await read(noor, task.id)).items).toEqual([])
})

test('a review that was changed in between is not changed again, and names a zone and a reviewer that can be', async () => {
  const made = await world.ruth.ok('log-review.create', { body: anyReview() })
  const change = (more: object) =>
    world.ruth.ask('log-review.change', { params: { review: made.id }, body: { ...anyReview(), version: 1, ...more } })
  expect(codeIn(await change({ rules: { ...anyReview().rules, zone: 'Nowhere/Land' } }))).toBe('input.invalid')
  expect(codeIn(await change({ reviewer: await idOf(world.cora) }))).toBe('input.invalid')
  expect((await change({ sample: 40 })).json).toMatchObject({ sample: 40, version: 2 })
  expect(codeIn(await change({ sample: 41 }))).toBe('review.state')
  expect(
    (await world.ruth.ask('log-review.retire', { params: { review: made.id }, body: { reason: 'Another took its place' } })).status,
  ).toBe(204)
  expect((await listOf(world.ruth)).reviews.some((review) => review.id === made.id)).toBe(false)
})
