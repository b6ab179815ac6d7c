import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import type { Caller, Reply } from './world/caller.ts'
import { CANARIES } from './world/canaries.ts'
import { idsOf, lift, raise } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
let id: Record<string, string>
beforeAll(async () => {
  id = await idsOf(world)
})
beforeEach(() => world.refresh())
// each test stands for itself
afterEach(() =>
  world.asSuperuser(world.database, (db) =>
    db.run('update app.walls set lifted_at = now(), lifted_by = raised_by where lifted_at is null'),
  ),
)

const orchard = () => ({ matter: world.orchard.id })
/** All but the date, the request's own id, and the ids that were asked for. */
const shape = ({ status, headers, bytes }: Reply, ...asked: string[]) => {
  const { 'date': _, 'x-request-id': __, ...rest } = headers
  return { status, headers: rest, body: asked.reduce((text, one) => text.replaceAll(one, 'ID'), bytes.toString()) }
}
const sees = async (who: Caller) => (await who.ok('matter.list')).matters.map((one) => one.id)

test('a wall takes everything from whoever it screens, with the commit, and leaves nothing that a stranger would not be told', async () => {
  const [document] = (await world.ben.ok('document.list', { params: orchard() })).documents
  const opening = await world.ben.ok('document.open', { params: { document: document!.id } })
  const wall = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  expect(wall).toMatchObject({ state: 'standing', title: `${CANARIES.person} from ${CANARIES.title}` })
  const nothing = uuidv7(Date.now())
  for (const [call, key, real] of [
    ['matter.read', 'matter', world.orchard.id],
    ['party.list', 'matter', world.orchard.id],
    ['document.list', 'matter', world.orchard.id],
    ['entry.list', 'matter', world.orchard.id],
    ['access.explain', 'matter', world.orchard.id],
    ['client.read', 'client', world.orchard.client.id],
    ['document.read', 'document', document!.id],
    ['document.open', 'document', document!.id],
    ['document.download', 'document', document!.id],
    ['document.content', 'opening', opening.opening],
    ['wall.read', 'wall', wall.id],
  ] as const) {
    const walled = await world.ben.ask(call, { params: { [key]: real } as never })
    const never = await world.ben.ask(call, { params: { [key]: nothing } as never })
    expect(shape(walled, real), call).toEqual(shape(never, nothing))
    expect(walled.status, call).toBe(call === 'wall.read' ? 403 : 404)
  }
  expect(await sees(world.ben)).toEqual([])
  expect((await world.ben.ok('client.list')).clients).toEqual([])
  expect(JSON.stringify(await world.ben.ok('notice.list'))).not.toMatch(/wall|screen/i)
  // the other half: it is there, and its team sees who is on it
  const { team, walls } = await world.ada.ok('matter.read', { params: orchard() })
  expect(team.map((one) => one.person)).toEqual([id.ada])
  expect(walls).toHaveLength(1)
  await lift(world.ruth, world.ada, wall.id)
  expect(await sees(world.ben)).toEqual([world.orchard.id])
})

test('a stream that runs ends when the wall goes up', async () => {
  const big = await world.ada.upload(world.orchard.id, 'big.bin', '', Buffer.alloc(64 * 1024 * 1024, 7))
  const opening = await world.ben.ok('document.open', { params: { document: big.id } })
  const { request } = await import('node:http')
  const received = new Promise<number>((resolve) => {
    let bytes = 0
    request(
      world.firm.url! + opening.content,
      { headers: { 'cookie': world.ben.cookie!, 'user-agent': world.ben.userAgent }, agent: false },
      (answer) => {
        answer.on('data', (part: Buffer) => {
          bytes += part.length
          // read slowly, so that it is under way when the wall goes up
          answer.pause()
          setTimeout(() => answer.resume(), 40)
        })
        answer.on('close', () => resolve(bytes))
        answer.on('error', () => {})
      },
    ).end()
  })
  const wall = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  expect(await received).toBeLessThan(64 * 1024 * 1024)
  await lift(world.ruth, world.ada, wall.id)
})

test('a dry run says who would lose what and what they saw before, and does nothing', async () => {
  const [document] = (await world.ben.ok('document.list', { params: orchard() })).documents
  await world.ben.ok('document.open', { params: { document: document!.id } })
  const body = { kind: 'exclusion', matters: [orchard()], people: [{ person: id.ben! }] }
  const told = await world.ada.ok('wall.preview', { body })
  expect(told.losses).toHaveLength(1)
  expect(told.losses[0]).toMatchObject({ person: { id: id.ben }, matters: [{ id: world.orchard.id, how: 'team' }] })
  expect(told.losses[0]!.seen[0]).toMatchObject({ deed: 'document.opened', object: document!.name })
  expect(told.late).toBe(true)
  // someone who reads no content sees that it was opened, and not what
  const blind = await world.ruth.ok('wall.preview', { body })
  expect(blind.losses[0]!.seen[0]).toMatchObject({ deed: 'document.opened', object: null })
  expect(await sees(world.ben)).toEqual([world.orchard.id])
  // neither is it a way to ask about what is not one's own
  expect(await world.ben.refused('wall.preview', { body })).toBe('may.not')
  expect(await world.ada.refused('wall.preview', { body: { ...body, matters: [{ matter: uuidv7(Date.now()) }] } })).toBe('nothing')
})

test('what the screened had opened is sealed at the raising, with its checksum in the ledger', async () => {
  const wall = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  const page = await world.ruth.ok('wall.read', { params: { wall: wall.id } })
  expect(page.late).toBe(true)
  expect(page.seen.length).toBeGreaterThan(0)
  const { entries } = await world.ruth.ok('entry.all')
  const entry = entries.find((one) => one.deed === 'wall.raised')!
  expect(entry.details.seenSha256).toMatch(/^[0-9a-f]{64}$/)
  await world.ben.ask('matter.read', { params: orchard() })
  await world.ben.ask('document.list', { params: orchard() })
  const after = await world.ruth.ok('wall.read', { params: { wall: wall.id } })
  expect(after.attempts.map((one) => one.call).sort()).toEqual(['document.list', 'matter.read'])
  expect(after.seen).toEqual(page.seen)
  await lift(world.ruth, world.ada, wall.id)
})

test('a wall around a client stands around its matters to come, and the client itself', async () => {
  const client = await world.ben.ok('client.create', { body: { name: 'Hallam Estate' } })
  const first = await world.ben.ok('matter.create', { body: { client: client.id, title: 'In re Hallam' } })
  await world.ben.ok('team.join', { params: { matter: first.id }, body: { person: id.ada!, role: 'responsible' } })
  await world.ben.ok('team.change', { params: { matter: first.id, person: id.ben! }, body: { role: 'member' } })
  // a partner may wall a matter within reach, and a client only whoever keeps the register
  const wish = { clients: [{ client: client.id }], people: [{ person: id.ben! }] }
  expect(await world.ada.refused('wall.preview', { body: { kind: 'exclusion', ...wish } })).toBe('nothing')
  await raise(world.ruth, wish)
  expect(await sees(world.ben)).not.toContain(first.id)
  // although Ben took it on
  expect((await world.ben.ok('client.list')).clients.map((one) => one.id)).not.toContain(client.id)
  expect(await world.ben.refused('matter.create', { body: { client: client.id, title: 'Another' } })).toBe('nothing')
  const next = await world.ada.ok('matter.create', { body: { client: client.id, title: 'Hallam v. Hallam' } })
  expect(await world.ada.refused('team.join', { params: { matter: next.id }, body: { person: id.ben! } })).toBe('team.screened')
  expect(await sees(world.ben)).not.toContain(next.id)
})

test('a group is screened with whoever comes into it, and whoever leaves it stays screened: lifting takes two', async () => {
  const group = await world.ada.ok('group.create', { body: { name: 'Laterals' } })
  const put = (members: string[]) =>
    world.sam.ok('group.change', { params: { group: group.id }, body: { name: 'Laterals', roles: [], members } })
  const wall = await raise(world.ruth, { matters: [orchard()], groups: [{ group: group.id }] })
  expect(await sees(world.ben)).toContain(world.orchard.id)
  await put([id.ben!])
  expect(await sees(world.ben)).not.toContain(world.orchard.id)
  // an administrator alone cannot lift it by the group
  await put([])
  expect(await sees(world.ben)).not.toContain(world.orchard.id)
  await lift(world.ruth, world.ada, wall.id)
  expect(await sees(world.ben)).toContain(world.orchard.id)
})

test('two sides: each team is kept from the other, whoever comes later too, and whoever is on both loses the side that is named', async () => {
  const client = await world.ben.ok('client.create', { body: { name: 'Mill Paper plc' } })
  const mill = await world.ben.ok('matter.create', { body: { client: client.id, title: 'Mill Paper, advice' } })
  const two = (people: { person: string; side: 'a' | 'b' }[]) => ({
    kind: 'two-sided' as const,
    matters: [
      { matter: world.orchard.id, side: 'a' as const },
      { matter: mill.id, side: 'b' as const },
    ],
    people,
  })
  const { faults } = await world.ruth.ok('wall.preview', { body: two([]) })
  expect(faults.map((one) => one.code)).toContain('both-sides')
  // Ben is on both: he keeps Mill and loses Orchard
  await raise(world.ruth, two([{ person: id.ben!, side: 'a' }]))
  expect(await sees(world.ben)).toEqual(expect.arrayContaining([mill.id]))
  expect(await sees(world.ben)).not.toContain(world.orchard.id)
  expect(await world.ben.refused('team.join', { params: { matter: mill.id }, body: { person: id.ada! } })).toBe('team.screened')
  // Cora comes onto Mill and is kept from Orchard from then on
  await world.ben.ok('team.join', { params: { matter: mill.id }, body: { person: id.cora! } })
  expect(await world.ada.refused('team.join', { params: orchard(), body: { person: id.cora! } })).toBe('team.screened')
  // also after she has left it: what she knows stays with her
  await world.ben.ok('team.leave', { params: { matter: mill.id, person: id.cora! } })
  expect(await world.ada.refused('team.join', { params: orchard(), body: { person: id.cora! } })).toBe('team.screened')
  // those on a side keep no such wall
  expect((await world.ada.ok('wall.list')).walls.map((one) => one.kind)).not.toContain('two-sided')
})

test('an announced wall is told to its addressees, and can withhold until they acknowledge', async () => {
  const wall = await raise(world.ruth, {
    matters: [orchard()],
    people: [{ person: id.cora! }],
    announced: true,
    withholds: true,
    memorandum: 'Cora Lind is screened from a matter of the firm. Nobody discusses it with her.',
  })
  // the team has not acknowledged it, and does not reach its matter until it has
  expect(await sees(world.ben)).not.toContain(world.orchard.id)
  const [told] = (await world.ben.ok('wall.memoranda')).memoranda
  expect(told).toMatchObject({ wall: wall.id, as: 'team', withholds: true, acknowledgedAt: null })
  await world.ben.ok('wall.acknowledge', { params: { wall: wall.id } })
  expect(await sees(world.ben)).toContain(world.orchard.id)
  await world.ada.ok('wall.acknowledge', { params: { wall: wall.id } })
  // Cora reads the memorandum at its one route, certifies for herself, and everything else stays nothing
  const [hers] = (await world.cora.ok('wall.memoranda')).memoranda
  expect(hers).toMatchObject({ as: 'screened', withholds: false })
  await world.cora.ok('wall.acknowledge', { params: { wall: wall.id } })
  expect(await world.cora.refused('matter.read', { params: orchard() })).toBe('nothing')
  const period = { from: new Date(Date.now() - 3600_000).toISOString(), to: new Date(Date.now() - 1000).toISOString(), words: 'Kept.' }
  await world.cora.ok('wall.certify', { params: { wall: wall.id }, body: { capacity: 'screened', ...period } })
  expect(await world.cora.refused('wall.certify', { params: { wall: wall.id }, body: { capacity: 'partner', ...period } })).toBe('nothing')
  expect(await world.ben.refused('wall.certify', { params: { wall: wall.id }, body: { capacity: 'screened', ...period } })).toBe('nothing')
  await world.ada.ok('wall.certify', { params: { wall: wall.id }, body: { capacity: 'partner', ...period } })
  const page = await world.ruth.ok('wall.read', { params: { wall: wall.id } })
  expect(page.acknowledgements.every((one) => one.acknowledgedAt !== null)).toBe(true)
  expect(page.certifications).toHaveLength(2)
  await lift(world.ruth, world.ada, wall.id)
  expect((await world.cora.ok('wall.memoranda')).memoranda).toEqual([])
})

test('lifting takes two, and neither is one whom it screens', async () => {
  const wall = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  const { confirmation } = await world.ruth.ok('wall.lift', { params: { wall: wall.id }, body: { reason: 'Over' } })
  expect(await world.ruth.refused('wall.lift', { params: { wall: wall.id }, body: { reason: 'Again' } })).toBe('wall.state')
  expect(await world.ruth.refused('confirmation.decide', { params: { confirmation }, body: { approve: true } })).toBe(
    'confirmation.oneself',
  )
  for (const who of [world.ben, world.cora, world.sam])
    expect(await who.refused('confirmation.decide', { params: { confirmation }, body: { approve: true } })).toBe('nothing')
  expect((await world.ben.ok('confirmation.list')).confirmations).toEqual([])
  expect(await sees(world.ben)).not.toContain(world.orchard.id)
  await world.ada.ok('confirmation.decide', { params: { confirmation }, body: { approve: false } })
  expect(await sees(world.ben)).not.toContain(world.orchard.id)
  expect(await world.ada.refused('confirmation.decide', { params: { confirmation }, body: { approve: true } })).toBe('confirmation.decided')
  await lift(world.ada, world.ruth, wall.id)
  expect(await world.ruth.refused('wall.lift', { params: { wall: wall.id }, body: { reason: 'Over' } })).toBe('wall.state')
})

test('a wall that cannot be is refused, and says why', async () => {
  const fault = async (who: Caller, wish: object) => {
    const reply = await who.ask('wall.raise', {
      body: {
        kind: 'exclusion',
        ...(await import('./world/bodies.ts')).wallWords,
        matters: [orchard()],
        people: [{ person: id.cora! }],
        ...wish,
      },
    })
    expect(reply.status).toBe(409)
    return Object.keys((reply.json as { error: { fields: Record<string, string> } }).error.fields)
  }
  expect(await fault(world.ruth, { people: [{ person: id.ada! }] })).toEqual(['responsible'])
  expect((await fault(world.ruth, { people: [{ person: id.ada! }, { person: id.ben! }] })).sort()).toEqual(['everyone', 'responsible'])
  expect(await fault(world.ruth, { people: [{ person: id.ruth! }] })).toEqual(['oneself'])
  expect(await fault(world.ada, { people: [{ person: id.ruth! }] })).toEqual(['last-decider'])
  expect(await fault(world.ruth, { people: [] })).toEqual(['nobody'])
  expect(await fault(world.ruth, { matters: [] })).toEqual(['nothing'])
  expect(await fault(world.ruth, { startsAt: '2020-01-01T00:00:00Z' })).toEqual(['dates'])
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  expect(await fault(world.ruth, { startsAt: tomorrow, endsAt: new Date(Date.now() + 3600_000).toISOString() })).toEqual(['dates'])
  expect((await world.ruth.ok('wall.list')).walls.filter((one) => one.state === 'standing' && one.title.includes('Cora'))).toEqual([])
})

test('walls are kept by those who keep walls, whom they do not screen; everyone else is told of none', async () => {
  const wall = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.cora! }] })
  for (const who of [world.ben, world.cora, world.sam]) {
    expect(await who.refused('wall.list')).toBe('may.not')
    expect(await who.refused('wall.read', { params: { wall: wall.id } })).toBe('may.not')
  }
  expect((await world.ada.ok('wall.list')).walls.map((one) => one.id)).toContain(wall.id)
  // a partner who is screened: neither the wall, nor its entries, nor anything else
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{partner,compliance}' where id = $1`, [id.cora]))
  expect((await world.cora.ok('wall.list')).walls.map((one) => one.id)).not.toContain(wall.id)
  expect(await world.cora.refused('wall.read', { params: { wall: wall.id } })).toBe('nothing')
  expect(await world.cora.refused('wall.lift', { params: { wall: wall.id }, body: { reason: 'Mine' } })).toBe('nothing')
  const { matters } = await world.cora.ok('wall.register')
  expect(matters.map((one) => one.id)).not.toContain(world.orchard.id)
  const { entries } = await world.cora.ok('entry.all', { query: { limit: 500 } })
  expect(entries.filter((one) => one.deed === 'wall.raised' && JSON.stringify(one).includes(wall.id))).toEqual([])
  const told = await world.asSuperuser(world.database, (db) =>
    db.rows<{ id: string }>(`select id from ledger.entries where object = $1 or matter_id = $2`, [wall.id, world.orchard.id]),
  )
  expect(entries.filter((entry) => told.some((row) => row.id === entry.id))).toEqual([])
  // the other half: Ruth reads them
  const whole = await world.ruth.ok('entry.all', { query: { limit: 500 } })
  expect(whole.entries.filter((entry) => told.some((row) => row.id === entry.id)).length).toBeGreaterThan(1)
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{paralegal,lawyer}' where id = $1`, [id.cora]))
  // what an overseer reads of accounts was hers for this while; of the matter she was sent nothing
  expect(world.takeLeaks().filter((line) => /was sent [^{]*(client|title|folder|file|content|reason)/.test(line))).toEqual([])
  await lift(world.ruth, world.ada, wall.id)
})

test('raise and join at the same moment, on many connections: the wall wins, always', async () => {
  for (let round = 0; round < 12; round += 1) {
    const client = await world.ada.ok('client.create', { body: { name: `Client ${round}` } })
    const matters = await Promise.all(
      [1, 2, 3, 4].map((n) => world.ada.ok('matter.create', { body: { client: client.id, title: `Matter ${round}.${n}` } })),
    )
    const [, ...joins] = await Promise.all([
      raise(world.ruth, { clients: [{ client: client.id }], people: [{ person: id.cora! }] }),
      ...matters.map((matter) => world.ada.ask('team.join', { params: { matter: matter.id }, body: { person: id.cora! } })),
    ])
    for (const reply of joins as Reply[]) expect([201, 409]).toContain(reply.status)
    expect((await sees(world.cora)).filter((one) => matters.some((matter) => matter.id === one))).toEqual([])
  }
})

test('the screening pack is a PDF that shows no entry behind the wall, and making it is an act', async () => {
  const wall = await raise(world.ruth, { matters: [orchard()], people: [{ person: id.ben! }] })
  await world.ben.ask('matter.read', { params: orchard() })
  const deeds = await world.deedsOf(async () => {
    const reply = await world.ada.ask('wall.pack', { params: { wall: wall.id } })
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toBe('application/pdf')
    expect(reply.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    const text = await textOf(reply.bytes)
    expect(text).toContain('Screening pack')
    expect(text).toMatch(/1 try was refused/)
  })
  expect(deeds).toEqual(['wall.packed'])
  expect(await world.ben.refused('wall.pack', { params: { wall: wall.id } })).toBe('may.not')
  await lift(world.ruth, world.ada, wall.id)
})

async function textOf(pdf: Buffer): Promise<string> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const loading = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false })
  const document = await loading.promise
  let text = ''
  for (let n = 1; n <= document.numPages; n += 1) {
    const content = await (await document.getPage(n)).getTextContent()
    text += `${content.items.map((item) => ('str' in item ? item.str : '')).join(' ')}\n`
  }
  await loading.destroy()
  return text.replace(/\s+/g, ' ')
}

test('merged into another client, a wall stands around the whole', async () => {
  const one = await world.ada.ok('client.create', { body: { name: 'Lago Holding' } })
  const other = await world.ada.ok('client.create', { body: { name: 'Banca del Lago' } })
  const a = await world.ada.ok('matter.create', { body: { client: one.id, title: 'Lago, advice' } })
  const b = await world.ada.ok('matter.create', { body: { client: other.id, title: 'Lago, credit' } })
  await world.ada.ok('team.join', { params: { matter: b.id }, body: { person: id.cora! } })
  await raise(world.ruth, { clients: [{ client: one.id }], people: [{ person: id.cora! }] })
  expect(await sees(world.cora)).toContain(b.id)
  expect(await world.ada.refused('client.merge', { params: { client: one.id }, body: { into: other.id, reason: 'One firm' } })).toBe(
    'may.not',
  )
  await world.ruth.ok('client.merge', { params: { client: one.id }, body: { into: other.id, reason: 'One firm' } })
  expect(await sees(world.cora)).not.toContain(b.id)
  expect((await world.ada.ok('matter.read', { params: { matter: a.id } })).client.id).toBe(other.id)
  expect((await world.ada.ok('client.list')).clients.map((client) => client.id)).not.toContain(one.id)
  // one that would keep a responsible lawyer out is refused
  const third = await world.ben.ok('client.create', { body: { name: 'Lago Reti' } })
  await world.ben.ok('matter.create', { body: { client: third.id, title: 'Reti' } })
  await raise(world.ruth, { clients: [{ client: other.id }], people: [{ person: id.ben! }] })
  expect(await world.ruth.refused('client.merge', { params: { client: other.id }, body: { into: third.id, reason: 'One firm' } })).toBe(
    'wall.refused',
  )
})
