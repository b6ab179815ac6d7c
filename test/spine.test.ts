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
