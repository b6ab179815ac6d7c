import { expect, test } from 'vitest'
import type { Call } from '../src/contract/call.ts'
import { calls, type CallId } from '../src/contract/calls.ts'
import { isWalled, NOUNS } from '../src/features/probe/nouns.ts'
import { paramsOf, planOf } from '../src/features/probe/plan.ts'
import { routes } from '../src/features/routes.ts'
import { Authenticator } from './world/authenticator.ts'
import { bodyOf, inventedIds, queryOf } from './world/bodies.ts'
import { USER_AGENT, type Caller, type Reply } from './world/caller.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const open = routes.filter((route) => route.kind === 'visit').map((route) => route.id)
const guarded = routes.filter((route) => route.kind !== 'visit')
/** SCIM answers in a form of its own; what it answers whom is held in test/scim.test.ts. */
const own = guarded.filter((route) => (calls[route.id] as Call).speaks !== 'scim')
/** Who works in the firm, in which roles and groups, is no secret within it; all else that has an id may be. */
const withIds = own.filter((route) => /:(?!person|role|group|setting)\w+/.test((calls[route.id] as Call).path))

/** Real ids of a matter that Cora is kept from. */
async function realIds(): Promise<Record<string, string>> {
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  const opening = await world.ada.ok('document.open', { params: { document: documents[0]!.id } })
  const me = await world.ada.ok('person.me')
  const others = await world.asSuperuser(world.database, (db) =>
    db.row<{ id: string }>(`select id from app.sessions where person_id = $1`, [me.id]),
  )
  const handover = await world.asSuperuser(world.database, (db) =>
    db.row<{ id: string }>('insert into app.handovers (matter_id, leaver_id) values ($1, $2) returning id', [world.orchard.id, me.id]),
  )
  const key = new Authenticator()
  const { passkeyOptions } = await world.ada.ok('passkey.begin')
  const passkey = await world.ada.ok('passkey.create', { body: { name: 'Key', passkey: key.create(passkeyOptions, world.firm.url!) } })
  const device = (await world.ada.ok('session.list')).devices[0]!
  const [approval] = (await world.ruth.ok('approval.list')).approvals
  const search = await world.ada.ok('search.save', { body: { name: 'Outfalls', words: 'outfall' } })
  return {
    ...invented(),
    matter: world.orchard.id,
    document: documents[0]!.id,
    opening: opening.opening,
    person: me.id,
    token: others!.id,
    session: me.session.id,
    handover: handover!.id,
    passkey: passkey.id,
    device: device.id,
    approval: approval!.id,
    search: search.id,
  }
}

const attempt = (who: Caller, id: CallId, ids: Record<string, string>): Promise<Reply> =>
  (calls[id] as Call).takes === 'bytes'
    ? who.tryUpload(ids.matter!, 'x.txt', '', Buffer.from('x'))
    : who.ask(id, { params: ids as never, query: queryOf(id), body: bodyOf(id) })

/** All of a reply but its date and its request id, whose length is fixed. */
const shape = (reply: Reply) => {
  const { 'date': _, 'x-request-id': request, ...headers } = reply.headers
  return { status: reply.status, headers, requestId: String(request).length, bytes: reply.bytes.toString('hex') }
}

test('every call of the contract has exactly one route, and every route a call', () => {
  expect(routes.map((route) => route.id).sort()).toEqual(Object.keys(calls).sort())
  expect(new Set(Object.values(calls).map((call) => `${call.method} ${call.path}`)).size).toBe(routes.length)
  expect(open.sort()).toEqual([
    'challenge.answer',
    'firm.state',
    'invitation.accept',
    'invitation.read',
    'passkey.challenge',
    'password.forget',
    'password.judge',
    'password.renew',
    'password.reset',
    'session.create',
    'setup.enrol',
    'setup.finish',
    'sso.begin',
    'sso.finish',
    'sso.second',
    'token.issue',
  ])
})

test('without a session every guarded route answers the same 401, whatever the id', async () => {
  const ids = await realIds()
  const replies = []
  for (const route of own)
    replies.push(shape(await attempt(world.eve, route.id, ids)), shape(await attempt(world.eve, route.id, invented())))
  expect(replies[0]!.status).toBe(401)
  for (const reply of replies) expect(reply).toEqual(replies[0])
  world.eve.bearer = 'subrosa_' + Buffer.alloc(32, 7).toString('base64url')
  for (const route of own) expect(shape(await attempt(world.eve, route.id, ids))).toEqual(replies[0])
  world.eve.bearer = null
})

const invented = inventedIds

test('Cora cannot tell a matter she is kept from from one that does not exist, on any route; and it is there', async () => {
  const ids = await realIds()
  expect(withIds.length).toBeGreaterThan(9)
  for (const route of withIds) {
    const walled = shape(await attempt(world.cora, route.id, ids))
    const nothing = shape(await attempt(world.cora, route.id, invented()))
    expect([403, 404], route.id).toContain(walled.status)
    expect(walled, route.id).toEqual(nothing)
  }
  for (const id of ['matter.read', 'document.read', 'document.list', 'entry.list', 'document.download', 'document.content'] as const)
    expect((await attempt(world.ada, id, ids)).status, id).toBe(200)
})

test('the record of nothing is the same for what is kept away and for what is not there, and its try is sealed', async () => {
  const ids = await realIds()
  const deeds = await world.deedsOf(async () => {
    await attempt(world.cora, 'matter.read', ids)
    await attempt(world.cora, 'matter.read', invented())
  })
  expect(deeds).toEqual(['nothing.answered', 'nothing.answered'])
  const rows = await world.asSuperuser(world.database, (db) =>
    db.rows<{ matter_id: string | null; object: string | null; length: number; t: string }>(
      `select e.matter_id, e.object, octet_length(sealed_details) as length, e::text as t from ledger.entries e where deed = 'nothing.answered' order by id desc limit 2`,
    ),
  )
  expect(rows.map((row) => [row.matter_id, row.object])).toEqual([
    [null, null],
    [null, null],
  ])
  expect(rows[0]!.length).toBe(rows[1]!.length)
  expect(rows.filter((row) => row.t.includes(ids.matter!))).toEqual([])
})

test('an administrator runs the system and is refused every route to client content', async () => {
  const ids = await realIds()
  const content: CallId[] = [
    'client.create',
    'client.list',
    'matter.create',
    'matter.list',
    'matter.read',
    'team.join',
    'team.leave',
    'document.upload',
    'document.list',
    'document.read',
    'document.open',
    'document.content',
    'document.download',
    'entry.list',
    'entry.all',
    'checkpoint.latest',
  ]
  for (const id of content) expect([id, (await attempt(world.sam, id, ids)).status]).toEqual([id, 403])
})

test('addresses that do not exist, inside and outside the API, are the same nothing', async () => {
  const first = shape(await world.eve.send('GET', '/api/no-such-thing'))
  expect(first.status).toBe(404)
  for (const path of ['/api/matters/x/y/z', '/api/../etc/passwd', '/api/nothing/1', '/nowhere'])
    expect(shape(await world.eve.send('GET', path))).toEqual(first)
  expect(shape(await world.cora.send('PUT', '/api/matters'))).toEqual(first)
})

test('a request from another site changes nothing, with whatever header the browser says it', async () => {
  const body = Buffer.from(JSON.stringify({ name: 'Forged' }))
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }]) {
    expect((await world.ada.send('POST', '/api/clients', { 'content-type': 'application/json', ...headers }, body)).status).toBe(403)
  }
  const forged = await fetch(`${world.firm.url}/api/clients`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'cookie': world.ada.cookie!,
      'user-agent': USER_AGENT,
      'origin': 'https://evil.example',
    },
  })
  expect(forged.status).toBe(403)
  expect((await world.ada.ok('client.list')).clients.filter((client) => client.name === 'Forged')).toEqual([])
})

test('the OpenAPI document names every call, and its paths are those that answer', async () => {
  const document = (await world.eve.send('GET', '/api/openapi.json')).json as {
    openapi: string
    paths: Record<string, Record<string, { operationId: string }>>
  }
  expect(document.openapi).toBe('3.1.0')
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId))
  expect(ids.sort()).toEqual(Object.keys(calls).sort())
})

test('the leak prober reaches every route, and asks of each that names something walled about the walled and about nothing', () => {
  const id = () => '019ab3c4-d5e6-7000-8000-0123456789ab'
  const words = { number: '2026-ABCDEF', title: 'A probe title', client: 'A probe client', party: 'A probe party', file: 'probe.txt' }
  const common = { person: [id(), id()], group: [id()], setting: ['password'], probe: [id()], id: [id()] }
  const ids = Object.fromEntries(
    Object.keys(NOUNS)
      .filter(isWalled)
      .map((noun) => [noun, [id()]]),
  )
  const plan = planOf({ ids, words, typed: ['"a probe"', 'prob*'], common, mark: 'probe' })
  expect(plan.unreached).toEqual([])
  const reached = new Set([...plan.pairs, ...plan.both].map((one) => one.route.replace(/ by words$/, '')))
  expect(routes.map((route) => route.id).filter((route) => !reached.has(route))).toEqual([])
  const walled = routes.map((route) => route.id).filter((route) => paramsOf(calls[route] as Call).some(isWalled))
  expect(walled.length).toBeGreaterThan(40)
  const paired = new Set(plan.pairs.filter((pair) => pair.walled.path !== pair.nothing.path).map((pair) => pair.route))
  expect(walled.filter((route) => !paired.has(route))).toEqual([])
})
