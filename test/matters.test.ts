import { beforeAll, beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../src/core/ids.ts'
import { patternFault } from '../src/features/settings/number-pattern.ts'
import { idsOf } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
let id: Record<string, string>
beforeAll(async () => {
  id = await idsOf(world)
})
beforeEach(() => world.refresh())

const newMatter = async (title: string) => {
  const client = await world.ada.ok('client.create', { body: { name: `${title} Ltd` } })
  return world.ada.ok('matter.create', { body: { client: client.id, title, type: 'Litigation', jurisdiction: 'England and Wales' } })
}

test('a matter begins at intake, with type and jurisdiction; nobody overwrites what they have not seen', async () => {
  const made = await newMatter('Quarry')
  expect(made).toMatchObject({ status: 'intake', class: 'confidential' })
  expect(made.number).toMatch(/^\d{4}-[A-Z2-9]{6}$/)
  const at = { params: { matter: made.id } }
  const page = await world.ada.ok('matter.read', at)
  expect(page).toMatchObject({ type: 'Litigation', jurisdiction: 'England and Wales', responsible: { id: id.ada }, parties: 0 })
  const wish = { title: 'Quarry v. Mill', type: 'Litigation', jurisdiction: 'Scotland', class: 'privileged', version: page.version }
  expect(await world.ada.ok('matter.change', { ...at, body: wish })).toMatchObject({ title: 'Quarry v. Mill', class: 'privileged' })
  expect(await world.ada.refused('matter.change', { ...at, body: wish })).toBe('version.old')
  const { version } = await world.ada.ok('matter.read', at)
  expect(await world.ada.refused('matter.change', { ...at, body: { ...wish, class: 'confidential', version } })).toBe('class.milder')
  // the register follows
  const { matters } = await world.ruth.ok('wall.register', { query: { find: 'quarry v' } })
  expect(matters.map((one) => one.id)).toEqual([made.id])
})

test('a milder class takes a second person on the team; a stricter client makes all its matters stricter', async () => {
  const made = await newMatter('Lower')
  const at = { params: { matter: made.id } }
  const { version } = await world.ada.ok('matter.read', at)
  await world.ada.ok('matter.change', { ...at, body: { title: 'Lower', class: 'restricted', version } })
  const { confirmation } = await world.ada.ok('matter.lower', { ...at, body: { class: 'privileged', reason: 'The order was lifted' } })
  expect(await world.ada.refused('matter.lower', { ...at, body: { class: 'privileged', reason: 'Again' } })).toBe('matter.state')
  const decide = { params: { confirmation }, body: { approve: true } }
  expect(await world.ada.refused('confirmation.decide', decide)).toBe('confirmation.oneself')
  expect(await world.ben.refused('confirmation.decide', decide)).toBe('nothing')
  await world.ada.ok('team.join', { ...at, body: { person: id.ben! } })
  expect((await world.ben.ok('matter.read', at)).lowering).toMatchObject({ id: confirmation, wanted: 'privileged', mayDecide: true })
  await world.ben.ok('confirmation.decide', decide)
  expect((await world.ben.ok('matter.read', at)).class).toBe('privileged')
  const { entries } = await world.ben.ok('entry.list', at)
  expect(entries.map((one) => one.deed).slice(0, 1)).toEqual(['class.lowered'])
  const client = await world.ada.ok('client.read', { params: { client: made.client.id } })
  await world.ada.ok('client.change', {
    params: { client: client.id },
    body: { name: client.name, class: 'restricted', version: client.version },
  })
  const page = await world.ben.ok('matter.read', at)
  expect([page.class, page.ownClass]).toEqual(['restricted', 'privileged'])
})

test('parties have roles, other names and addresses; changes keep the version, and those who left stay in the register', async () => {
  const made = await newMatter('Parties')
  const at = { matter: made.id }
  const body = {
    name: 'Anna Keller',
    kind: 'person',
    role: 'witness',
    formerNames: ['Weber'],
    aliases: ['A. K. Keller'],
    emails: ['anna@keller.example'],
    addresses: ['Hauptstraße 1, Köln'],
  }
  const party = await world.ada.ok('party.add', { params: at, body })
  const counsel = await world.ada.ok('party.add', {
    params: at,
    body: { name: 'Studio Conti', role: 'counsel', actsFor: 'Mill Paper plc' },
  })
  expect((await world.ada.ok('party.list', { params: at })).parties).toMatchObject([
    body,
    { name: 'Studio Conti', actsFor: 'Mill Paper plc' },
  ])
  const changed = { ...body, name: 'Anna Weber', role: 'expert', version: party.version }
  expect(await world.ada.ok('party.change', { params: { ...at, party: party.id }, body: changed })).toMatchObject({
    name: 'Anna Weber',
    role: 'expert',
    version: 2,
  })
  expect(await world.ada.refused('party.change', { params: { ...at, party: party.id }, body: changed })).toBe('version.old')
  await world.ada.ok('party.remove', { params: { ...at, party: counsel.id } })
  expect((await world.ada.ok('party.list', { params: at })).parties).toHaveLength(1)
  const rows = await world.asSuperuser(world.database, (db) =>
    db.rows<{ ended: boolean; tokens: number }>(
      'select ended_at is not null as ended, cardinality(tokens) as tokens from app.names where party_id = any ($1)',
      [[party.id, counsel.id]],
    ),
  )
  expect(rows.filter((row) => row.ended).length).toBeGreaterThanOrEqual(2)
  expect(rows.every((row) => row.tokens > 0)).toBe(true)
  // a party of one matter is not one of another
  const other = await newMatter('Other')
  expect(await world.ada.refused('party.change', { params: { matter: other.id, party: party.id }, body: { ...changed, version: 2 } })).toBe(
    'nothing',
  )
  expect(await world.cora.refused('party.add', { params: at, body })).toBe('nothing')
})

test('a closed matter takes nothing more, and reopens', async () => {
  const made = await newMatter('Closing')
  const at = { params: { matter: made.id } }
  await world.ada.ok('matter.close', { ...at, body: { reason: 'Settled' } })
  const reply = await world.ada.tryUpload(made.id, 'late.txt', '', Buffer.from('late'))
  expect((reply.json as { error: { code: string } }).error.code).toBe('matter.closed')
  expect(await world.ada.refused('matter.close', { ...at, body: { reason: 'Settled' } })).toBe('matter.state')
  await world.ada.ok('matter.reopen', { ...at, body: { reason: 'Appeal' } })
  await world.ada.upload(made.id, 'late.txt', '', Buffer.from('late'))
  expect((await world.ada.ok('matter.read', at)).status).toBe('open')
})

test('a membership for a time begins and ends by itself, and does not overlap another', async () => {
  const made = await newMatter('Terms')
  const at = { params: { matter: made.id } }
  const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()
  expect(await world.ada.refused('team.join', { ...at, body: { person: id.cora!, until: day(-1) } })).toBe('team.dates')
  await world.ada.ok('team.join', { ...at, body: { person: id.cora!, from: day(1), until: day(2), reason: 'Cover' } })
  expect(await world.cora.refused('matter.read', at)).toBe('nothing')
  expect(await world.ada.refused('team.join', { ...at, body: { person: id.cora!, until: day(1.5) } })).toBe('team.member')
  await world.ada.ok('team.join', { ...at, body: { person: id.cora!, until: day(0.9) } })
  expect((await world.cora.ok('matter.read', at)).team.map((one) => one.until !== null)).toContain(true)
  await world.asSuperuser(world.database, (db) =>
    db.run(
      `update app.team_members set starts_at = now() - interval '1 day', ends_at = now() - interval '1 second' where matter_id = $1 and person_id = $2 and starts_at <= now()`,
      [made.id, id.cora],
    ),
  )
  expect(await world.cora.refused('matter.read', at)).toBe('nothing')
  expect(await world.ada.refused('team.change', { params: { matter: made.id, person: id.ada! }, body: { role: 'member' } })).toBe(
    'team.unled',
  )
})

test('a matter opens to a practice group, as far as its class lets groups in', async () => {
  const made = await newMatter('Open')
  const at = { params: { matter: made.id } }
  const group = await world.ada.ok('group.create', { body: { name: 'Disputes' } })
  await world.ada.ok('group.change', { params: { group: group.id }, body: { name: 'Disputes', roles: [], members: [id.cora!] } })
  await world.ada.ok('matter.openTo', { ...at, body: { group: group.id, reason: 'Knowledge' } })
  expect((await world.cora.ok('matter.list')).matters.map((one) => one.id)).toContain(made.id)
  expect((await world.cora.ok('matter.read', at)).openedTo.map((one) => one.name)).toEqual(['Disputes'])
  // reading through a group is not being on the team
  expect(await world.cora.refused('team.join', { ...at, body: { person: id.ben! } })).toBe('nothing')
  const file = await world.ada.upload(made.id, 'open.txt', '', Buffer.from('open'))
  await world.cora.ok('document.open', { params: { document: file.id } })
  // raising the class closes it to every group
  const { version } = await world.ada.ok('matter.read', at)
  await world.ada.ok('matter.change', { ...at, body: { title: 'Open', class: 'restricted', version } })
  expect(await world.cora.refused('matter.read', at)).toBe('nothing')
  expect((await world.ada.ok('matter.read', at)).openedTo).toEqual([])
  expect(await world.ada.refused('matter.openTo', { ...at, body: { group: group.id, reason: 'Again' } })).toBe('group.unfit')
  expect(await world.ada.refused('matter.openTo', { ...at, body: { group: uuidv7(Date.now()), reason: 'None' } })).toBe('group.unknown')
})

test('numbers follow the firm’s pattern; a serial counts within what stands before it', async () => {
  const settings = await world.sam.ok('setting.list')
  const value = settings.settings.find((one) => one.name === 'matters')!.value
  const set = (numberPattern: string) =>
    world.sam.ask('setting.change', { params: { setting: 'matters' }, body: { value: { ...value, numberPattern }, reason: 'Ours' } })
  expect((await set('{year}/{serial:3}')).status).toBe(200)
  const numbers = [await newMatter('One'), await newMatter('Two')].map((one) => one.number)
  expect(numbers).toEqual([`${new Date().getUTCFullYear()}/001`, `${new Date().getUTCFullYear()}/002`])
  expect((await set('{year}')).status).toBe(400)
  expect((await set('{year}-{random:6}')).status).toBe(200)
  for (const bad of ['{year}', '{random:4}', '{nothing}', '{random:6}<b>', '{year:4}-{random:6}', '{random:0}{random:6}', '{random:13}'])
    expect(patternFault(bad), bad).not.toBeNull()
  for (const good of ['{random:5}', '{yy}{month}-{serial}', 'WA {year}.{random:8}']) expect(patternFault(good), good).toBeNull()
})

test('an administrator reads no name and no byte of a matter that they are not on', async () => {
  expect(await world.sam.refused('matter.list')).toBe('may.not')
  expect(await world.sam.refused('client.list')).toBe('may.not')
  expect(await world.sam.refused('wall.register')).toBe('may.not')
  expect(await world.sam.refused('matter.read', { params: { matter: world.orchard.id } })).toBe('may.not')
  expect(await world.sam.refused('access.reach', { params: { person: id.ben! } })).toBe('may.not')
  expect((await world.sam.ok('confirmation.list')).confirmations).toEqual([])
})
