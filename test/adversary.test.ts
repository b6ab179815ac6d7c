import { request } from 'node:http'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { socketPath } from '../src/platform/private-socket.ts'
import { USER_AGENT } from './world/caller.ts'
import { World } from './world/world.ts'

// What an adversary found once, and must not find again.

const world = new World()
beforeAll(() => world.open(), 300_000)
afterAll(() => world.close())

const json = { 'content-type': 'application/json' }
const secretOf = (cookie: string) => Buffer.from(cookie.split('=')[1]!.replace(/^subrosa_/, ''), 'base64url').toString('hex')

async function asPerson<T>(cookie: string, fn: (ask: (text: string, values?: unknown[]) => Promise<string>) => Promise<T>): Promise<T> {
  const client = new pg.Client(world.doorWhere())
  await client.connect()
  try {
    await client.query('begin; set local role subrosa_person')
    await client.query('select * from hidden.enter($1)', [secretOf(cookie)])
    return await fn((text, values) =>
      client.query(text, values).then(
        () => 'done',
        (fault: { code: string }) => fault.code,
      ),
    )
  } finally {
    await client.query('rollback')
    await client.end()
  }
}

test('a body of nothing but escaped quotes is read in a moment: nobody else waits for it', async () => {
  // read again from every quote, this took half a minute, and nobody else was answered
  const body = Buffer.from('"' + '\\"'.repeat(124 * 1024))
  expect((await world.eve.send('POST', '/api/sessions', json, body)).status).toBe(400)
}, 15_000)

test('SQL that runs as a person cannot become the visitor', async () => {
  const code = await asPerson(world.cora.cookie!, (ask) =>
    ask(`select set_config('role', 'subrosa_visitor', true), query_to_xml('select * from hidden.account(''\\x00'')', true, false, '')`),
  )
  expect(code).toBe('42501')
})

test('SQL that runs as a person writes no deed that is none, and confirms no clock without the permission', async () => {
  const entry = (deed: string) =>
    asPerson(world.cora.cookie!, (ask) =>
      ask(
        `insert into ledger.entries (id, deed, salt, details_commitment, sealed_details) values (gen_random_uuid(), $1, $2, 'x', '\\x00')`,
        [deed, randomBytes(16)],
      ),
    )
  expect(await entry('no.such.deed')).not.toBe('done')
  expect(await entry('clock.confirmed')).not.toBe('done')
})

test('a token is not made over the private socket either without a fresh factor', async () => {
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '6 minutes'`))
  const body = JSON.stringify({ name: 't' })
  const status = await new Promise<number>((resolve, reject) => {
    const asked = request(
      {
        socketPath: socketPath(`${world.dir}/data`),
        method: 'POST',
        path: '/api/tokens',
        headers: {
          ...json,
          'content-length': body.length,
          'cookie': world.ada.cookie!,
          'user-agent': USER_AGENT,
          'sec-fetch-site': 'same-origin',
        },
      },
      (answer) => (answer.resume(), resolve(answer.statusCode!)),
    )
    asked.on('error', reject)
    asked.end(body)
  })
  expect(status).toBe(403)
})

test('a reason that is no Unicode is refused, not a fault', async () => {
  const { people } = await world.ada.ok('person.list')
  const cora = people.find((one) => one.email === 'cora@wren-ames.test')!
  const reply = await world.ada.send(
    'POST',
    `/api/matters/${world.orchard.id}/team`,
    json,
    Buffer.from(`{"person":"${cora.id}","reason":"\\ud800"}`),
  )
  expect(reply.status).toBe(400)
})

test('a download leaves no fault in the log', async () => {
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  const before = world.log.length
  await world.ada.send('GET', `/api/documents/${documents[0]!.id}/download`)
  await pause(300)
  expect(world.log.slice(before)).toEqual([])
})

test('a page of another origin on the same site takes no copy in someone’s name', async () => {
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  const deeds = await world.deedsOf(() =>
    world.ada.send('GET', `/api/documents/${documents[0]!.id}/download`, { 'sec-fetch-site': 'same-site' }),
  )
  expect(deeds).not.toContain('document.downloaded')
})

test('an address that is no URL is answered with the same headers as everything', async () => {
  const reply = await world.eve.send('GET', '/api/matters/%zz')
  expect(reply.headers['x-content-type-options']).toBe('nosniff')
  expect(reply.headers['cache-control']).toBe('no-store')
})

test('made-up bearers write nothing into the log', async () => {
  const before = world.log.length
  await world.eve.send('GET', '/api/me', { authorization: `Bearer ${randomBytes(32).toString('base64url')}` })
  await pause(300)
  expect(world.log.slice(before)).toEqual([])
})
