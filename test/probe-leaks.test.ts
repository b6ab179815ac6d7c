import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { call } from '../src/contract/call.ts'
import { calls } from '../src/contract/calls.ts'
import { DocumentId, MatterId } from '../src/contract/ids.ts'
import { numberToken } from '../src/features/matters/matters.ts'
import type { SearchView } from '../src/contract/search.ts'
import { routes } from '../src/features/routes.ts'
import { Refusal } from '../src/platform/refusal.ts'
import { look, own, signedIn, type Ask } from '../src/platform/route.ts'
import { probed } from './world/probing.ts'
import { useWorld } from './world/world.ts'

// Routes that leak, added to the contract and the tables as a careless change would add them; the probe is told of none.

const there = async ({ house }: Pick<Ask, 'house'>, matter: string): Promise<boolean> =>
  (await house.clerk({ name: 'leak' }, (db) => db.row('select 1 as one from app.matters where id = $1', [matter]))) !== null
const params = z.object({ matter: MatterId })
const Any = z.object({ n: z.number() })

const LEAKS = {
  'leak.header': call('GET /leaks/header/:matter', 'A header of its own', { params, answer: Any }),
  'leak.status': call('POST /leaks/status/:matter', 'Another refusal', { params, body: z.object({ reason: z.string() }), answer: Any }),
  'leak.field': call('POST /leaks/field', 'An id in a body', {
    body: z.object({ things: z.array(z.object({ matter: MatterId })).default([]) }),
    answer: Any,
  }),
  'leak.words': call('GET /leaks/words', 'A search that counts', { query: z.object({ find: z.string().default('') }), answer: Any }),
  'leak.count': call('GET /leaks/count', 'A number of all there is', { answer: Any }),
  'leak.query': call('GET /leaks/query', 'An id in a query', { query: z.object({ document: DocumentId.optional() }), answer: Any }),
  'leak.fault': call('GET /leaks/fault/:matter', 'A fault', { params, answer: Any }),
  'leak.none': call('GET /leaks/none/:matter', 'No leak', { params, answer: Any }),
  'leak.time': call('GET /leaks/time/:matter', 'Another time', { params, answer: Any }),
}
Object.assign(calls, LEAKS)
const add = (
  id: string,
  run: (ask: Ask, input: { params: { matter: string }; query: Record<string, string>; body: never }) => Promise<unknown>,
) => routes.push(own(id as 'matter.read', signedIn, run as never))
const SLOW = process.env.SLOW === '1'

add('leak.header', async (ask, { params }) => {
  if (await there(ask, params.matter)) void ask.reply.header('x-kept', '1')
  return null
})
add('leak.status', async (ask, { params }) => {
  if (await there(ask, params.matter)) throw new Refusal('matter.closed')
  return null
})
add('leak.field', async (ask, { body }) => {
  for (const { matter } of (body as { things: { matter: string }[] }).things)
    if (await there(ask, matter)) throw new Refusal('nothing', { text: 'Nothing for you.' })
  return null
})
add('leak.words', async ({ house, look }, { query }) =>
  look(async () => {
    const token = numberToken(house.keys, query.find!)
    return {
      n: (await world.asSuperuser(world.database, (db) => db.rows('select 1 from app.matters where number_token = $1', [token]))).length,
    }
  }),
)
routes.push(
  look('leak.count' as 'matter.list', signedIn, (async () => {
    const row = await world.asSuperuser(world.database, (db) => db.row<{ n: number }>('select count(*) as n from app.matters'))
    return row
  }) as never),
)
add('leak.query', async ({ look }, { query }) =>
  look(async () => {
    const rows = await world.asSuperuser(world.database, (db) =>
      db.rows('select 1 from app.documents where id = $1', [query.document ?? null]),
    )
    return { n: rows.length }
  }),
)
add('leak.fault', async (ask, { params }) => {
  if (await there(ask, params.matter)) throw new Error('broke')
  return null
})
add('leak.none', async (ask, { params }) => (await there(ask, params.matter), null))
add('leak.time', async (ask, { params }) => {
  if (SLOW && (await there(ask, params.matter))) await pause(2)
  return null
})

/** A count that is kept by the words that were typed, whoever typed them: what others find is counted for someone who may not. */
const counted = new Map<string, number>()
const searches = routes.find((route) => route.id === 'search.run') as Extract<(typeof routes)[number], { kind: 'act' }>
const run = searches.run as unknown as (here: unknown, input: { body: { words: string } }) => Promise<{ value: SearchView }>
Object.assign(searches, {
  run: async (here: unknown, input: { body: { words: string } }) => {
    const done = await run(here, input)
    const total = Math.max(done.value.total, counted.get(input.body.words) ?? 0)
    counted.set(input.body.words, total)
    return { ...done, value: { ...done.value, total } }
  },
})

const world = useWorld()

test.runIf(SLOW)('each leak is found on its route, and none where there is none', { timeout: 900_000 }, async () => {
  const probe = await probed(world, 'cora')
  expect(probe.state).toBe('failed')
  const of = (route: string) => [...new Set(probe.differences.filter((one) => one.route === route).map((one) => one.what))].sort()
  expect(of('leak.header')).toEqual(['header'])
  expect(of('leak.status')).toEqual(['bytes', 'header', 'status'])
  expect(of('leak.field')).toEqual(['bytes', 'header'])
  expect(of('leak.words by words')).toEqual(['bytes'])
  expect(of('leak.count')).toEqual(['bytes'])
  expect(of('leak.query')).toEqual(['bytes'])
  expect(of('search.run by words')).toEqual(['bytes'])
  expect(of('leak.fault')).toEqual(['bytes', 'header', 'status'])
  // addresses of the routes are asked for in other shapes too
  const known = ['header', 'status', 'fault'].map((name) => `/api/leaks/${name}/:matter`)
  const others = probe.differences.filter(
    (one) => !one.route.startsWith('leak.') && one.route !== 'search.run by words' && !known.some((path) => one.route.endsWith(path)),
  )
  expect(others).toEqual([])
  expect([...of('leak.none'), ...of('leak.time')]).toEqual([])
  const header = probe.differences.find((one) => one.route === 'leak.header')!
  expect(header.text).toContain('x-kept')
  // a report says where, and never what
  expect(JSON.stringify(probe.differences)).not.toMatch(/kzqx|Leak probe/)
  world.log.splice(0)
})

test('a parameter that names something new stops the probe until it is planted', async () => {
  Object.assign(calls, {
    'leak.new': call('GET /leaks/:invoice', 'Of a noun that nobody planted', { params: z.object({ invoice: z.uuid() }), answer: Any }),
  })
  const probe = await probed(world, 'cora')
  delete (calls as Record<string, unknown>)['leak.new']
  expect(probe.state).toBe('broken')
  expect(world.log.splice(0).join()).toContain('does not know what :invoice')
})

test.runIf(SLOW)('an answer that takes two milliseconds longer is found by its time', { timeout: 3_600_000 }, async () => {
  const probe = await probed(world, 'cora', { tries: 400 })
  expect(probe.differences.filter((one) => one.what === 'timing').map((one) => one.route)).toEqual(['leak.time'])
})
