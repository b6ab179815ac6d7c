import { expect, test } from 'vitest'
import { DEFAULTS } from '../src/features/settings/settings.ts'
import { codeIn, textsOf } from './world/asking.ts'
import type { Caller } from './world/caller.ts'
import { shapeOf, useGranting } from './world/granting.ts'
import { workOf, type Work } from './world/work.ts'

// Breaking the glass: in at once, told at once, reviewed by someone else; and never through a wall.

const firm = useGranting()
const { world, ids, sql, newMatter, raise, lift, breakIn, newest, readStatus } = firm

/** Cora leads while `fn` runs: partners may break the glass. */
async function asPartner(fn: () => Promise<void>): Promise<void> {
  await firm.setRoles(ids.cora, ['partner'])
  await fn().finally(() => firm.setRoles(ids.cora, ['paralegal', 'lawyer']))
}

test('S0-42: even a managing partner is no member; breaking the glass lets them in for a time, and tells', () =>
  asPartner(async () => {
    const elm = await newMatter()
    expect(await readStatus(world.cora, elm.id)).toBe(404)
    expect(codeIn(await world.cora.ask('grant.break-glass', { body: { about: elm.number } }))).toBe('input.invalid')
    const deeds = await world.deedsOf(async () =>
      expect((await breakIn(world.cora, elm.number, { hours: 2 })).json).toEqual({ sent: true }),
    )
    expect(deeds).toEqual(['glass.tried', 'glass.broken'])
    const page = await world.cora.ok('matter.read', { params: { matter: elm.id } })
    const mine = page.team.find((one) => one.person === ids.cora)!
    expect(mine.via).toBe('break-glass')
    expect(Date.parse(mine.until!) - Date.parse(mine.since)).toBeCloseTo(2 * 3_600_000, -4)
    for (const caller of [world.ada, world.ruth]) expect(await textsOf(caller)).toEqual(['Cora Lind went into a matter by emergency.'])
    expect([await textsOf(world.cora), await textsOf(world.ben)]).toEqual([[], []])
    const { entries } = await world.ada.ok('entry.list', { params: { matter: elm.id } })
    expect(entries[0]).toMatchObject({
      deed: 'glass.broken',
      actor: { name: 'Cora Lind' },
      details: { hours: 2, reason: 'The hearing is in an hour' },
    })
    const { documents } = await world.cora.ok('document.list', { params: { matter: elm.id } })
    await world.cora.ok('document.open', { params: { document: documents[0]!.id } })
    // a second time while it runs goes nowhere, and does not make it longer
    await breakIn(world.cora, elm.number, { hours: 4 })
    expect((await sql('select 1 from app.team_members where matter_id = $1 and person_id = $2', [elm.id, ids.cora])).length).toBe(1)
    const review = (await world.ada.ok('grant.reviews')).reviews.find((one) => one.matter.id === elm.id)!
    expect(review).toMatchObject({ entries: 1, until: mine.until })
    await firm.shift(review.request, '2 hours')
    expect(await readStatus(world.cora, elm.id)).toBe(404)
  }))

test('a review stays open and visible until someone else closes it', () =>
  asPartner(async () => {
    const elm = await newMatter()
    await breakIn(world.cora, elm.number)
    const reviews = async (by: Caller) => (await by.ok('grant.reviews')).reviews.filter((one) => one.matter.id === elm.id)
    const [review] = await reviews(world.ada)
    expect(review).toMatchObject({
      person: { name: 'Cora Lind' },
      matter: elm,
      reason: 'The hearing is in an hour',
      closedAt: null,
      mayClose: true,
    })
    await firm.shift(review!.request, '30 days')
    await firm.age(review!.request, '30 days')
    await firm.round()
    for (const caller of [world.ada, world.ruth]) expect((await reviews(caller)).map((one) => one.closedAt)).toEqual([null])
    expect(await reviews(world.cora)).toEqual([])
    expect(await reviews(world.ben)).toEqual([])
    const close = (by: Caller) =>
      by.ask('grant.review', { params: { request: review!.request }, body: { finding: 'justified', words: 'Listed at short notice.' } })
    expect(codeIn(await close(world.cora))).toBe('grant.oneself')
    expect(codeIn(await close(world.ben))).toBe('nothing')
    expect(codeIn(await close(world.sam))).toBe('may.not')
    await firm.quiet()
    const both = await Promise.all([close(world.ruth), close(world.ada)])
    expect(both.map(codeIn).sort()).toEqual([200, 'grant.state'])
    const [closed] = await reviews(world.ruth)
    expect(closed).toMatchObject({ finding: 'justified', words: 'Listed at short notice.', mayClose: false, closedBy: expect.any(String) })
    expect(await textsOf(world.cora)).toEqual(['The review of an emergency of yours is closed: justified.'])
  }))

test('what a wall stops is answered, written and worked on like nothing at all', () =>
  asPartner(async () => {
    const walled = await newMatter()
    expect((await raise(walled.id, ids.cora)).status).toBe(201)
    await firm.quiet()
    const abouts = [walled.number, '2026-NOBODY', walled.number, 'Whatever']
    const works: Work[] = []
    const text = 'select hidden.break_glass($1, $2, $3, 1, gen_random_uuid(), 24)'
    for (const about of abouts) works.push(await workOf(world, world.cora, text, about))
    expect(works).toEqual(abouts.map(() => works[0]))
    expect(works[0]).toMatchObject({ requests: { written: 1 }, wall_people: {}, matters: {} })
    expect(works[0]!.team_members!.written).toBe(0)

    const shapes: unknown[] = []
    const rows: unknown[] = []
    for (const about of abouts) {
      const before = await sql<{ id: string }>('select id from ledger.entries')
      shapes.push(shapeOf(await breakIn(world.cora, about)))
      rows.push(
        await sql('select deed, matter_id, length(sealed_details) as size from ledger.entries where not (id = any ($1))', [
          before.map((row) => row.id),
        ]),
      )
    }
    expect(shapes).toEqual(abouts.map(() => shapes[0]))
    expect(rows).toEqual(abouts.map(() => rows[0]))
    expect(rows[0]).toMatchObject([{ deed: 'glass.tried', matter_id: null }])
    expect(await readStatus(world.cora, walled.id)).toBe(404)
    expect(await textsOf(world.ada)).toEqual([])
    expect(await textsOf(world.ruth)).toEqual(abouts.map(() => 'Cora Lind asked to go into a matter by emergency and did not come in.'))
    expect((await world.ruth.ok('grant.reviews')).reviews.map((one) => one.matter.id)).not.toContain(walled.id)
    const mine = (await world.cora.ok('grant.mine')).requests.slice(0, 4)
    expect(mine.map((one) => `${one.kind} ${one.state}`)).toEqual(abouts.map(() => 'break-glass waiting'))
    await lift(walled.id)
    // the other half: without the wall the same number does let her in
    await breakIn(world.cora, walled.number)
    expect(await readStatus(world.cora, walled.id)).toBe(200)
    expect((await world.cora.ok('grant.mine')).requests[0]!.state).toBe('waiting')
  }))

test('nor does it pass a wall that is to come while it would run, one around the client, or a memorandum that is owed', () =>
  asPartner(async () => {
    const [elm, fen, oak] = [await newMatter(), await newMatter(), await newMatter()]
    const client = (await world.ada.ok('matter.read', { params: { matter: fen.id } })).client.id
    expect((await raise(elm.id, ids.cora, { startsAt: new Date(Date.now() + 1_800_000).toISOString() })).status).toBe(201)
    expect((await raise(fen.id, ids.cora, { matters: [], clients: [{ client }] })).status).toBe(201)
    const announced = { announced: true, withholds: true, memorandum: 'Someone is screened.' }
    expect((await raise(oak.id, ids.ben, announced)).status).toBe(201)
    for (const { id, number } of [elm, fen, oak]) {
      expect((await breakIn(world.cora, number)).json).toEqual({ sent: true })
      expect(await readStatus(world.cora, id)).toBe(404)
      expect((await sql('select 1 from app.team_members where matter_id = $1 and person_id = $2', [id, ids.cora])).length).toBe(0)
    }
    await sql('update app.walls set lifted_at = now()')
  }))

test('a wall and an emergency at the same moment: the wall wins every time', () =>
  asPartner(async () => {
    for (let i = 0; i < 6; i++) {
      const elm = await newMatter()
      const [walled] = await Promise.all([
        raise(elm.id, ids.cora),
        world.cora.ask('grant.break-glass', { body: { about: elm.number, reason: 'Now' } }),
      ])
      expect(walled.status).toBe(201)
      expect(await readStatus(world.cora, elm.id)).toBe(404)
      await lift(elm.id)
    }
    await firm.round()
  }))

test('one that found nothing is given its matter by those who oversee, and is then a request like any other', () =>
  asPartner(async () => {
    const elm = await newMatter()
    await breakIn(world.cora, 'Elm, the injunction')
    const request = await newest(world.ruth)
    expect(request).toMatchObject({ kind: 'break-glass', matter: null, mayRoute: true, hours: 1, urgent: true })
    expect((await world.ruth.ask('grant.route', { params: { request: request.id }, body: { matter: elm.id } })).status).toBe(204)
    await firm.round()
    expect(await newest(world.ada)).toMatchObject({ id: request.id, mayDecide: true })
    expect((await firm.approve(world.ada, request.id, { days: 1 })).status).toBe(200)
    expect(await readStatus(world.cora, elm.id)).toBe(200)
    expect((await world.cora.ok('grant.mine')).requests[0]).toMatchObject({ id: request.id, state: 'granted' })
  }))

test('S1-68: an emergency lasts the set hours at most, whatever is asked for', () =>
  asPartner(async () => {
    const value = { ...DEFAULTS.matters, breakGlassHours: 2, reviewHours: 6 }
    const set = (to: object) => world.sam.ok('setting.change', { params: { setting: 'matters' }, body: { value: to, reason: 'Shorter' } })
    await set(value)
    const oak = await newMatter()
    await breakIn(world.cora, oak.number, { hours: 24 })
    const [review] = (await world.ada.ok('grant.reviews')).reviews
    expect(review!.matter.id).toBe(oak.id)
    const lasts = (Date.parse(review!.until) - Date.parse(review!.from)) / 3_600_000
    expect(lasts).toBeGreaterThan(1.99)
    expect(lasts).toBeLessThan(2.01)
    expect((Date.parse(review!.dueAt) - Date.parse(review!.from)) / 3_600_000).toBeCloseTo(6, 1)
    await set(DEFAULTS.matters)
  }))

test('who may not break the glass, or has not proved a factor, does not', async () => {
  const elm = await newMatter()
  expect(codeIn(await world.cora.ask('grant.break-glass', { body: { about: elm.number, reason: 'r' } }))).toBe('may.not')
  expect(codeIn(await world.ada.ask('grant.break-glass', { body: { about: elm.number, reason: 'r', hours: 25 } }))).toBe('input.invalid')
  await asPartner(async () => {
    await sql(`update app.sessions set factor_at = now() - interval '1 hour'`)
    expect(codeIn(await world.cora.ask('grant.break-glass', { body: { about: elm.number, reason: 'r' } }))).toBe('factor.stale')
  })
  expect((await sql('select 1 from app.requests where matter_id = $1', [elm.id])).length).toBe(0)
})
