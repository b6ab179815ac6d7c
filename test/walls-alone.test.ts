import { request } from 'node:http'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import type { Caller } from './world/caller.ts'
import { newcomer, ownMatter } from './world/joining.ts'
import { idsOf, raise } from './world/walling.ts'
import { wallWords } from './world/bodies.ts'
import { useWorld } from './world/world.ts'
import { CANARIES } from './world/canaries.ts'

const world = useWorld()
let id: Record<string, string>
beforeAll(async () => {
  id = await idsOf(world)
})
beforeEach(() => world.refresh())
const sql = (text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.run(text, values))
const roles = (who: string, held: string) => sql('update app.people set roles = $2 where id = $1', [id[who], held])
afterEach(async () => {
  await sql('update app.walls set lifted_at = now(), lifted_by = raised_by where lifted_at is null')
  await sql('delete from app.notices')
  await roles('ben', '{lawyer}')
  await roles('cora', '{paralegal,lawyer}')
  await roles('ruth', '{compliance}')
  await roles('sam', '{administrator}')
})
const orchard = () => ({ matter: world.orchard.id })
const none = () => uuidv7(Date.now())
const texts = async (who: Caller) => (await who.ok('notice.list')).notices.map((notice) => notice.text)
const clientOf = async (who: Caller, matter: string) => (await who.ok('matter.read', { params: { matter } })).client.id
const read = async (who: Caller, matter: string) => (await who.ask('matter.read', { params: { matter } })).status
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('Sam cannot lift a wall from Ben by taking him out of the group that it screens', async () => {
  const group = await world.sam.ok('group.create', { body: { name: 'Laterals' } })
  const put = (members: string[]) =>
    world.sam.ask('group.change', { params: { group: group.id }, body: { name: 'Laterals', roles: [], members } })
  await put([id.ben!])
  await raise(world.ruth, { matters: [orchard()], groups: [{ group: group.id }] })
  await put([])
  expect(await read(world.ben, world.orchard.id)).toBe(404)
})

test('Ben, whom a wall screens, is not told what Ada decides of his earlier wish', async () => {
  const { confirmation } = await world.ben.ok('matter.lower', { params: orchard(), body: { class: 'confidential', reason: 'x' } })
  await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  await world.ada.ask('confirmation.decide', { params: { confirmation }, body: { approve: false } })
  expect(await texts(world.ben)).toEqual([])
})

test('Ruth cannot merge the clients of two sides so that Ada, Ben and Cora lose their matters', async () => {
  const grain = await ownMatter(world.ada, 'Grain')
  await world.ada.ok('team.join', { params: { matter: grain }, body: { person: id.ben!, role: 'member' } })
  const salt = await ownMatter(world.cora, 'Salt')
  const [client, into] = [await clientOf(world.ada, grain), await clientOf(world.cora, salt)]
  await raise(world.ruth, { kind: 'two-sided', matters: [{ matter: grain, side: 'a' }], clients: [{ client: into, side: 'b' }] })
  const merged = await world.ruth.ask('client.merge', { params: { client }, body: { into, reason: 'same' } })
  const after = [await read(world.ada, grain), await read(world.ben, grain), await read(world.cora, salt)]
  expect(merged.status === 409 || merged.status === 422 || after.every((status) => status === 200)).toBe(true)
})

test('a wall stands when Ruth, who asked to lift it, has lost her role, and when Cora came by an emergency to confirm', async () => {
  const wall = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  const { confirmation } = await world.ruth.ok('wall.lift', { params: { wall: wall.id }, body: { reason: 'x' } })
  await roles('ruth', '{staff}')
  const decided = await world.ada.ask('confirmation.decide', { params: { confirmation }, body: { approve: true } })
  expect.soft(decided.status).not.toBe(204)
  await roles('ruth', '{compliance}')
  await roles('cora', '{partner}')
  const other = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  const number = (await world.ada.ok('matter.read', { params: orchard() })).number
  const asked = await world.ada.ok('wall.lift', { params: { wall: other.id }, body: { reason: 'x' } })
  await world.cora.ask('grant.break-glass', { body: { about: number, reason: 'x' } })
  await world.cora.ask('wall.read', { params: { wall: other.id } })
  const second = await world.cora.ask('confirmation.decide', { params: { confirmation: asked.confirmation }, body: { approve: true } })
  world.takeLeaks()
  await sql(`update app.team_members set ends_at = greatest(starts_at, now()) where via = 'break-glass'`)
  expect(second.status).not.toBe(204)
})

test('an upload of Ben’s that runs when a wall goes up is answered as if no matter were there', async () => {
  const send = (matter: string, between: () => Promise<void>) =>
    new Promise<string>((resolve) => {
      const upload = request(
        `${world.firm.url!}/api/matters/${matter}/documents`,
        {
          method: 'POST',
          agent: false,
          headers: {
            'cookie': world.ben.cookie!,
            'user-agent': world.ben.userAgent,
            'sec-fetch-site': 'same-origin',
            'content-type': 'application/octet-stream',
            'x-file-name': 'upload.bin',
            'content-length': '200000',
          },
        },
        (answer) => {
          let text = ''
          answer.on('data', (chunk) => (text += chunk))
          answer.on('end', () => resolve(`${answer.statusCode} ${text.slice(0, 120)}`))
          answer.on('error', (fault) => resolve(String(fault)))
        },
      )
      upload.on('error', (fault) => resolve(String(fault)))
      upload.write(Buffer.alloc(100000, 1))
      void wait(300)
        .then(between)
        .then(() => upload.end(Buffer.alloc(100000, 1)))
    })
  const walled = await send(world.orchard.id, async () => {
    await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  })
  const absent = await send(none(), async () => {})
  expect(walled).toBe(absent)
})

test('however Ben, Ada and Sam race for his access while Ruth raises a wall, the wall wins', async () => {
  await roles('ben', '{partner}')
  for (let i = 0; i < 3; i++) {
    const matter = await ownMatter(world.ada, `Race ${i}`)
    const number = (await world.ada.ok('matter.read', { params: { matter } })).number
    const group = await world.sam.ok('group.create', { body: { name: `Race ${i}` } })
    await world.ada.ask('team.join', { params: { matter }, body: { person: id.sam!, role: 'member' } })
    await Promise.all([
      ...Array.from({ length: 6 }, () => world.ben.ask('grant.break-glass', { body: { about: number, reason: 'x' } })),
      world.ruth.ask('wall.raise', { body: { kind: 'exclusion', ...wallWords, matters: [{ matter }], people: [{ person: id.ben! }] } }),
      world.ada.ask('matter.openTo', { params: { matter }, body: { group: group.id, reason: 'x' } }),
      world.sam.ask('group.change', { params: { group: group.id }, body: { name: `Race ${i}`, roles: [], members: [id.ben!] } }),
      ...Array.from({ length: 6 }, () => world.ada.ask('team.join', { params: { matter }, body: { person: id.ben! } })),
    ])
    expect(await read(world.ben, matter)).toBe(404)
  }
})

test('Ben cannot confirm the lowering of a class that Ada has raised since she asked', async () => {
  const matter = await ownMatter(world.ada, 'Class')
  await world.ada.ok('team.join', { params: { matter }, body: { person: id.ben!, role: 'member' } })
  const first = await world.ada.ok('matter.read', { params: { matter } })
  await world.ada.ok('matter.change', {
    params: { matter },
    body: { title: first.title, type: '', jurisdiction: '', class: 'privileged', version: first.version },
  })
  const { confirmation } = await world.ada.ok('matter.lower', { params: { matter }, body: { class: 'confidential', reason: 'x' } })
  const later = await world.ada.ok('matter.read', { params: { matter } })
  await world.ada.ok('matter.change', {
    params: { matter },
    body: { title: first.title, type: '', jurisdiction: '', class: 'restricted', version: later.version },
  })
  await world.ben.ask('confirmation.decide', { params: { confirmation }, body: { approve: true } })
  expect((await world.ada.ok('matter.read', { params: { matter } })).class).toBe('restricted')
})

test('a token of Ben’s that may only list people shows no title in what waits for confirmation', async () => {
  await raise(world.ruth, { matters: [orchard()], people: [{ person: id.cora! }], announced: true, memorandum: 'M' })
  await world.ada.ask('matter.lower', { params: orchard(), body: { class: 'confidential', reason: 'x' } })
  const { token } = await world.ben.ok('token.create', { body: { name: 't', scope: ['person.list'] } })
  const script = world.caller('ben')
  script.bearer = token
  const list = await script.ask('confirmation.list')
  await script.ask('wall.memoranda')
  await script.ask('matter.list')
  expect(list.bytes.toString()).not.toContain(CANARIES.title)
})

test('Ruth cannot raise a wall around a client merged away that leaves Ben with its matter', async () => {
  const [left, kept] = [await ownMatter(world.ada, 'Gone'), await ownMatter(world.ada, 'Stays')]
  const [gone, stays] = [await clientOf(world.ada, left), await clientOf(world.ada, kept)]
  await world.ada.ok('team.join', { params: { matter: left }, body: { person: id.ben!, role: 'member' } })
  await world.ruth.ok('client.merge', { params: { client: gone }, body: { into: stays, reason: 'x' } })
  const raised = await world.ruth.ask('wall.raise', {
    body: { kind: 'exclusion', ...wallWords, clients: [{ client: gone }], people: [{ person: id.ben! }] },
  })
  const status = await read(world.ben, left)
  await world.ruth.ask('wall.raise', {
    body: { kind: 'exclusion', ...wallWords, matters: [{ matter: left }], people: [{ person: none() }] },
  })
  expect(raised.status === 201 && status === 200).toBe(false)
})

test('Ruth is told nothing of conflicts checks that find a client from whom a wall screens her', async () => {
  await roles('ben', '{lawyer,compliance}')
  const other = await ownMatter(world.ada, 'Other')
  const hiddenClient = await world.ada.ok('client.create', { body: { name: 'Zanzibar Quartz Holdings' } })
  await world.ada.ok('matter.create', { body: { client: hiddenClient.id, title: 'Zanzibar' } })
  await wait(3000)
  await raise(world.ben, { clients: [{ client: hiddenClient.id }], people: [{ person: id.ruth! }] })
  await sql('delete from app.notices')
  const known = new Set((await world.ruth.ok('conflict.list')).checks.map((check) => check.id))
  await world.ada.ok('party.add', { params: { matter: other }, body: { name: 'Zanzibar Quartz Holdings', role: 'adverse' } })
  await world.ada.ok('party.add', { params: { matter: other }, body: { name: 'Quixotic Umbrella Plc', role: 'adverse' } })
  await wait(5000)
  const fresh = (await world.ruth.ok('conflict.list')).checks.filter((check) => !known.has(check.id))
  const pages = await Promise.all(fresh.map((check) => world.ruth.ok('conflict.read', { params: { check: check.id } })))
  await sql('delete from app.notices')
  const page = await world.ada.ok('client.read', { params: { client: hiddenClient.id } })
  await world.ada.ask('client.change', {
    params: { client: hiddenClient.id },
    body: { name: 'Zanzibar Quartz Holdings', aliases: ['Quixotic Umbrella'], class: 'confidential', version: page.version },
  })
  await wait(4000)
  expect.soft(await texts(world.ruth)).toEqual([])
  expect(pages).toEqual([])
})

test('Ben is not told of a hand-over in a matter from which a wall screens him', async () => {
  const lee = await newcomer(world, world.sam, 'Lee Marsh', ['lawyer'])
  const matter = await ownMatter(lee.caller, 'Handed over')
  await lee.caller.ok('team.join', { params: { matter }, body: { person: id.ada!, role: 'responsible' } })
  await lee.caller.ok('team.join', { params: { matter }, body: { person: id.ben!, role: 'member' } })
  await lee.caller.ok('team.join', { params: { matter }, body: { person: id.cora!, role: 'member' } })
  await world.ada.ask('team.change', { params: { matter, person: id.ada! }, body: { role: 'member' } })
  await raise(world.ruth, { matters: [{ matter }], people: [{ person: id.ben! }] })
  await sql('delete from app.notices')
  await world.sam.ask('person.leave', { params: { person: lee.id }, body: { successor: id.ada } })
  await wait(4000)
  expect(await texts(world.ben)).toEqual([])
})
