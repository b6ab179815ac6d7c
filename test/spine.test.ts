import { expect, test } from 'vitest'
import { CANARIES } from './world/canaries.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()

test('Ada sees her matter with its real names, and Cora sees no matter at all', async () => {
  const page = await world.ada.ok('matter.read', { params: { matter: world.orchard.id } })
  expect(page.title).toBe(CANARIES.title)
  expect(page.client.name).toBe(CANARIES.client)
  expect(page.team.map((member) => member.name)).toEqual(['Ada Wren', CANARIES.person])
  expect((await world.cora.ok('matter.list')).matters).toEqual([])
  expect(await world.cora.refused('matter.read', { params: { matter: world.orchard.id } })).toBe('nothing')
})

test('a document comes back byte for byte', async () => {
  const { documents } = await world.ben.ok('document.list', { params: { matter: world.orchard.id } })
  expect(documents.map((one) => [one.folder, one.name])).toEqual([[CANARIES.folder, CANARIES.file]])
  const reply = await world.ben.ask('document.download', { params: { document: documents[0]!.id } })
  expect(reply.bytes.toString()).toBe(`${CANARIES.content}\n`.repeat(40))
})

test('compliance sees that entries were made in matters, and not what they hold; a client’s name is its taker’s', async () => {
  const { entries } = await world.ruth.ok('entry.all', {})
  const added = entries.find((entry) => entry.deed === 'document.added')!
  expect([added.actor!.name, added.object, added.details, added.document]).toEqual(['Ada Wren', null, {}, null])
  expect(entries.find((entry) => entry.deed === 'client.created')!.object).toBeNull()
  expect(entries.find((entry) => entry.deed === 'person.invited')!.object).not.toBeNull()
  const own = (await world.ada.ok('entry.all', {})).entries
  expect(own.find((entry) => entry.deed === 'client.created')!.object).toBe(CANARIES.client)
})

test('a partner who is kept from a matter sees none of its entries in the firm’s ledger', async () => {
  const cora = await world.cora.ok('person.me')
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{partner}' where id = $1`, [cora.id]))
  // as a partner she reads what was done to accounts, the names of passkeys with it, and no more than that
  const partner = world.caller('ruth')
  partner.cookie = world.cora.cookie
  const { entries } = await partner.ok('entry.all', {})
  expect(entries.length).toBeGreaterThan(5)
  expect(
    entries.filter(
      (entry) =>
        entry.deed.startsWith('document.') ||
        entry.deed.startsWith('matter.') ||
        entry.deed.startsWith('team.') ||
        entry.deed === 'client.created',
    ),
  ).toEqual([])
})

test('two who take each other off a team at once cannot leave the matter to nobody', async () => {
  const client = await world.ada.ok('client.create', { body: { name: 'Rossi' } })
  const matter = await world.ada.ok('matter.create', { body: { client: client.id, title: 'Rossi v. Banca del Lago' } })
  const [ada, ben] = [await world.ada.ok('person.me'), await world.ben.ok('person.me')]
  await world.ada.ok('team.join', { params: { matter: matter.id }, body: { person: ben.id } })
  const replies = await Promise.all([
    world.ada.ask('team.leave', { params: { matter: matter.id, person: ben.id } }),
    world.ben.ask('team.leave', { params: { matter: matter.id, person: ada.id } }),
  ])
  expect(replies.filter((reply) => reply.status === 204)).toHaveLength(1)
  const left = await world.asSuperuser(world.database, (db) =>
    db.rows('select 1 from app.team_members where matter_id = $1 and ends_at is null', [matter.id]),
  )
  expect(left).toHaveLength(1)
})
