import { beforeAll, expect, test } from 'vitest'
import type { CheckPage } from '../src/contract/conflict.ts'
import type { Caller } from './world/caller.ts'
import { CANARIES } from './world/canaries.ts'
import { idsOf, raise } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
let id: Record<string, string>
beforeAll(async () => {
  id = await idsOf(world)
})

/** A check, when the register has been looked through. */
async function searched(who: Caller, check: string): Promise<CheckPage> {
  for (let tries = 0; tries < 200; tries += 1) {
    const page = await who.ok('conflict.read', { params: { check } })
    if (page.searched) return page
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the register was not looked through')
}
const ask = async (who: Caller, body: object) => searched(who, (await who.ok('conflict.check', { body })).id)

test('a name is found as it is spelled, heard, turned round and once called, with the reason', async () => {
  const client = await world.ben.ok('client.create', {
    body: { name: 'Müller Papierfabrik GmbH', formerNames: ['Schmidt & Söhne KG'], aliases: ['Müpa'], emails: ['kontakt@muepa.example'] },
  })
  const matter = await world.ben.ok('matter.create', { body: { client: client.id, title: 'Müller, advice' } })
  await world.ben.ok('party.add', {
    params: { matter: matter.id },
    body: { name: 'Aleksandr Petrovich Ivanov', kind: 'person', role: 'adverse', formerNames: ['Ivanov-Orlov'] },
  })
  for (const [name, how] of [
    ['Mueller Papierfabrik', 'Müller Papierfabrik GmbH'],
    ['Schmidt und Söhne', 'Schmidt & Söhne KG'],
    ['Ivanov Alexander', 'Aleksandr Petrovich Ivanov'],
  ] as const) {
    const { hits } = await ask(world.ben, { names: [name] })
    const hit = hits.find((one) => one.name === how)
    expect(hit, `${name} → ${how}`).toBeDefined()
    expect(hit!.why.length).toBeGreaterThan(0)
    expect(hit!.asked).toBe(name)
  }
  const { hits } = await ask(world.ben, { emails: ['someone@muepa.example'] })
  expect(hits.map((hit) => hit.why[0]!.how)).toContain('domain')
})

test('what lies out of reach changes nothing of what the searcher sees; those who decide see it', async () => {
  const known = await ask(world.cora, { names: [CANARIES.client] })
  const unknown = await ask(world.cora, { names: ['Zzyzx Holdings Unheard Of'] })
  const bare = ({ id: _, at: __, names: ___, ...page }: CheckPage) => page
  expect(bare(known)).toEqual(bare(unknown))
  expect(known.hits).toEqual([])
  const whole = await world.ruth.ok('conflict.read', { params: { check: known.id } })
  expect(whole.hits.map((hit) => hit.name)).toContain(CANARIES.client)
  // her own words came back to her, and no more
  world.takeLeaks()
  // the other half: both went to those who decide
  const { checks } = await world.ruth.ok('conflict.list')
  expect(checks.map((check) => check.id)).toEqual(expect.arrayContaining([known.id, unknown.id]))
  expect(
    await world.cora.refused('conflict.decide', { params: { check: known.id }, body: { decision: 'cleared', reasoning: 'Mine' } }),
  ).toBe('may.not')
})

test('a matter opens when its conflicts are settled, and a new party asks for a new check', async () => {
  await world.refresh()
  const client = await world.ben.ok('client.create', { body: { name: 'Fresh Start Ltd' } })
  const matter = await world.ben.ok('matter.create', { body: { client: client.id, title: 'Fresh Start, lease' } })
  const at = { params: { matter: matter.id } }
  const refused = await world.ben.ask('matter.open', at)
  expect(refused.status).toBe(422)
  expect((refused.json as { error: { fields: object } }).error.fields).toHaveProperty('conflicts')
  const first = await world.ben.ok('conflict.check', { body: { matter: matter.id } })
  expect(await world.ben.refused('matter.open', at)).toBe('matter.gates')
  await searched(world.ruth, first.id)
  expect(
    await world.ruth.refused('conflict.decide', { params: { check: first.id }, body: { decision: 'waived', reasoning: 'They agreed' } }),
  ).toBe('input.invalid')
  await world.ruth.ok('conflict.decide', { params: { check: first.id }, body: { decision: 'cleared', reasoning: 'Nobody of that name' } })
  expect(await world.ruth.refused('conflict.decide', { params: { check: first.id }, body: { decision: 'refused', reasoning: 'No' } })).toBe(
    'conflict.state',
  )
  await world.ben.ok('party.add', { ...at, body: { name: 'Landlord plc', role: 'adverse' } })
  expect(await world.ben.refused('matter.open', at)).toBe('matter.gates')
  const second = await ask(world.ben, { matter: matter.id })
  expect(second.names).toEqual(expect.arrayContaining(['Fresh Start Ltd', 'Landlord plc']))
  // a name is not held against itself
  expect(second.hits.filter((hit) => hit.matter?.id === matter.id)).toEqual([])
  await world.ruth.ok('conflict.decide', {
    params: { check: second.id },
    body: { decision: 'waived', reasoning: 'Both agreed', waiver: 'Fresh Start Ltd, letter of 3 November' },
  })
  expect(await world.ben.ok('matter.open', at)).toMatchObject({ status: 'open' })
  const { entries } = await world.ben.ok('entry.list', at)
  expect(entries.find((one) => one.deed === 'matter.opened')!.details).toMatchObject({ conflicts: 'Conflicts are settled.' })
  expect(await world.ben.refused('matter.open', at)).toBe('matter.state')
})

test('a new party is held against the register by itself; whoever added it is told nothing', async () => {
  const client = await world.cora.ok('client.create', { body: { name: 'Riverbank Growers' } })
  const matter = await world.cora.ok('matter.create', { body: { client: client.id, title: 'Riverbank' } })
  const before = (await world.cora.ok('conflict.list')).checks.length
  await world.cora.ok('party.add', { params: { matter: matter.id }, body: { name: 'Orchard-Growers-kzqxcli', role: 'adverse' } })
  let found = null
  for (let tries = 0; tries < 200 && !found; tries += 1) {
    found =
      (await world.ruth.ok('conflict.list')).checks.find((check) => check.cause === 'party' && check.names.includes(CANARIES.client)) ??
      null
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(found).not.toBeNull()
  const page = await world.ruth.ok('conflict.read', { params: { check: found!.id } })
  expect(page.hits.map((hit) => hit.name)).toContain(CANARIES.client)
  expect((await world.cora.ok('conflict.list')).checks).toHaveLength(before)
  expect(await world.cora.refused('conflict.read', { params: { check: found!.id } })).toBe('nothing')
  expect(JSON.stringify((await world.cora.ok('notice.list')).notices)).not.toMatch(/conflict/i)
  world.takeLeaks()
})

test('a decider who is screened decides for themselves and not for the firm', async () => {
  await world.refresh()
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{compliance}' where id = $1`, [id.sam]))
  const check = await ask(world.ben, { names: [CANARIES.client] })
  await raise(world.ruth, { clients: [{ client: world.orchard.client.id }], people: [{ person: id.sam! }] })
  const seen = await world.sam.ok('conflict.read', { params: { check: check.id } })
  expect(seen.hits.filter((hit) => hit.role === 'client')).toEqual([])
  expect((await world.ruth.ok('conflict.read', { params: { check: check.id } })).hits.some((hit) => hit.role === 'client')).toBe(true)
  await world.sam.ok('conflict.decide', { params: { check: check.id }, body: { decision: 'cleared', reasoning: 'I see nothing' } })
  expect((await world.sam.ok('conflict.read', { params: { check: check.id } })).state).toBe('cleared')
  // the firm has not decided yet
  expect((await world.ben.ok('conflict.read', { params: { check: check.id } })).state).toBe('open')
  await world.ruth.ok('conflict.decide', { params: { check: check.id }, body: { decision: 'refused', reasoning: 'We act for them' } })
  expect((await world.ben.ok('conflict.read', { params: { check: check.id } })).state).toBe('refused')
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{administrator}' where id = $1`, [id.sam]))
  world.takeLeaks()
})
