import { beforeAll, expect, test } from 'vitest'
import { deedsNamed } from '../src/contract/entry-filter.ts'
import { DEED_GROUPS, deedsOf, groupOf, type DeedGroup } from '../src/contract/deed-groups.ts'
import { deedNames } from '../src/contract/deeds.ts'
import type { NumberedEntry } from '../src/contract/entry.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { idOf } from './world/asking.ts'
import { CANARIES } from './world/canaries.ts'
import type { Caller } from './world/caller.ts'
import { accept, ownMatter } from './world/joining.ts'
import { shapeOf } from './world/granting.ts'
import { wallWords } from './world/bodies.ts'
import { useWorld } from './world/world.ts'

// The ledger by what is asked for: no more than its reader sees without asking, and as much.

const world = useWorld()
let noor: Caller
let noorId: string
/** A second one who oversees, whom a wall can keep from something. */
beforeAll(async () => {
  const { id, invitation } = await world.sam.ok('person.invite', {
    body: { name: 'Noor Haddad', email: 'noor@wren-ames.test', roles: ['staff'] },
  })
  noor = (await accept(world, invitation.secret!, 'noor@wren-ames.test', 'ruth')).caller
  noorId = id
  await world.asSuperuser(world.database, (db) => db.run(`update app.people set roles = '{compliance}' where id = $1`, [id]))
})
type Query = Record<string, string | number>

/** Every entry that the reader sees, page by page. */
async function allOf(by: Caller, query: Query = {}): Promise<NumberedEntry[]> {
  const found: NumberedEntry[] = []
  for (let before: string | null = null; ;) {
    const page: { entries: NumberedEntry[]; next: string | null } = await by.ok('entry.all', {
      query: { ...query, limit: 37, ...(before && { before }) },
    })
    found.push(...page.entries)
    if (!page.next) return found
    before = page.next
  }
}

test('each deed is of one group, and the groups that stand beside the others hold deeds that are there', () => {
  const groups = (Object.keys(DEED_GROUPS) as DeedGroup[]).filter((group) => group !== 'looked' && group !== 'refused')
  const homes = deedNames.map((deed) => groups.filter((group) => deedsOf(group).includes(deed)))
  expect(deedNames.filter((deed, at) => homes[at]!.length !== 1 && groupOf(deed) !== 'refused')).toEqual([])
  for (const group of Object.keys(DEED_GROUPS) as DeedGroup[]) expect(deedsOf(group).length, group).toBeGreaterThan(1)
  expect(deedsNamed(['looked', 'document.opened']).filter((deed) => deed === 'document.opened')).toEqual(['document.opened'])
})

test('what is asked for is what the reader sees of it without asking: an auditor, a partner, and one whom a wall keeps from a matter', async () => {
  const [ada, ben] = [await idOf(world.ada), await idOf(world.ben)]
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  world.ben.address = '203.0.113.7'
  await world.ben.ok('document.open', { params: { document: documents[0]!.id } })
  world.ben.address = null
  await world.ben.refused('matter.read', { params: { matter: uuidv7(Date.now()) } })
  const walled = await ownMatter(world.ada, 'Elm v. Fen')
  await world.refresh()
  await world.ada.ok('wall.raise', {
    body: { kind: 'exclusion', matters: [{ matter: walled }], people: [{ person: noorId }], ...wallWords },
  })
  await world.firm.sequencer.run()
  const half = new Date(Date.now() - 200).toISOString()
  const queries: [Query, (entry: NumberedEntry) => boolean][] = [
    [{ person: ben }, (entry) => entry.actor?.id === ben],
    [{ person: ada, deed: 'matters' }, (entry) => entry.actor?.id === ada && deedsOf('matters').includes(entry.deed)],
    [{ deed: 'document.opened,session.created' }, (entry) => ['document.opened', 'session.created'].includes(entry.deed)],
    [{ deed: 'looked' }, (entry) => deedsOf('looked').includes(entry.deed)],
    [{ deed: 'refused' }, (entry) => deedsOf('refused').includes(entry.deed)],
    [{ from: half }, (entry) => entry.at >= half],
    [{ to: half }, (entry) => entry.at < half],
    [{ from: half, person: ada }, (entry) => entry.at >= half && entry.actor?.id === ada],
    [{ address: '203.0.113.7' }, (entry) => entry.from?.address === '203.0.113.7'],
    [{ proof: 'in the tree' }, (entry) => entry.proof === 'in the tree'],
    [{ proof: 'recorded' }, (entry) => entry.proof === 'recorded'],
    [{ person: uuidv7(Date.now()) }, () => false],
    [{ address: '2001:db8::1' }, () => false],
  ]
  const idsOf = (entries: NumberedEntry[]) => entries.map((entry) => entry.id)
  for (const by of [world.ruth, noor, world.ada]) {
    // reading is an entry itself: from here on all of it is written
    await allOf(by)
    await world.firm.sequencer.run()
    const whole = await allOf(by)
    expect(whole.length).toBeGreaterThan(40)
    expect(idsOf(whole)).toEqual(idsOf(whole).toSorted().toReversed())
    for (const [query, holds] of queries)
      expect([query, idsOf(await allOf(by, query))]).toEqual([query, idsOf(whole.filter((entry) => holds(entry)))])
  }
  expect((await allOf(world.ada, { matter: walled })).length).toBeGreaterThan(0)
  const opened = (await allOf(world.ada, { deed: 'document.opened', person: ben }))[0]!
  expect(opened).toMatchObject({
    object: CANARIES.file,
    matter: { id: world.orchard.id, title: CANARIES.title },
    from: { address: '203.0.113.7' },
  })
  expect((await allOf(world.ruth, { deed: 'document.opened', person: ben }))[0]).toMatchObject({
    object: null,
    matter: null,
    id: opened.id,
  })
})

test('a matter that the reader is kept from answers as one that is not there, byte for byte; and it has entries', async () => {
  const walled = await ownMatter(world.ada, 'Oak v. Fen')
  await world.refresh()
  await world.ada.ok('wall.raise', {
    body: { kind: 'exclusion', matters: [{ matter: walled }], people: [{ person: noorId }], ...wallWords },
  })
  // beyond Ada's reach: Ben's own
  const bens = await ownMatter(world.ben, 'Ash v. Fen')
  for (const [by, matter] of [
    [noor, walled],
    [world.ada, bens],
  ] as const)
    for (const more of [{}, { deed: 'matters' }, { from: '2026-01-01T00:00:00Z' }, { proof: 'recorded' }] as Query[]) {
      const kept = await by.ask('entry.all', { query: { matter, ...more } })
      const nothing = await by.ask('entry.all', { query: { matter: uuidv7(Date.now()), ...more } })
      expect(shapeOf(kept)).toEqual(shapeOf(nothing))
      expect((kept.json as { entries: unknown[] }).entries).toEqual([])
    }
  expect((await allOf(world.ada, { matter: walled })).length).toBeGreaterThan(0)
  expect((await world.ben.ok('entry.list', { params: { matter: bens } })).entries.length).toBeGreaterThan(0)
})

test('one entry says who, what, when, from where, by what right and how far it is proved; to whom it is not shown it is not there', async () => {
  const { documents } = await world.ada.ok('document.list', { params: { matter: world.orchard.id } })
  await world.ada.ok('document.open', { params: { document: documents[0]!.id } })
  const { entries } = await world.ada.ok('entry.of-document', { params: { document: documents[0]!.id } })
  expect(entries.map((entry) => entry.deed)).toContain('document.added')
  expect(new Set(entries.map((entry) => entry.document))).toEqual(new Set([documents[0]!.id]))
  const [newest] = entries
  const read = await world.ada.ok('entry.read', { params: { entry: newest!.id } })
  expect(read).toMatchObject({ deed: 'document.opened', actor: { name: 'Ada Wren' }, via: 'browser', object: CANARIES.file })
  expect(read.from).toMatchObject({ address: '127.0.0.1', browser: 'Firefox on Linux' })
  expect(read.ground).toBe('team responsible')
  expect(await world.cora.refused('entry.read', { params: { entry: newest!.id } })).toBe('nothing')
  expect(await world.sam.refused('entry.read', { params: { entry: newest!.id } })).toBe('nothing')
  expect(await world.cora.refused('entry.of-document', { params: { document: documents[0]!.id } })).toBe('nothing')
  const bens = await ownMatter(world.ben, 'Yew v. Fen')
  const [first] = (await world.ben.ok('entry.list', { params: { matter: bens } })).entries
  expect(await world.ada.refused('entry.read', { params: { entry: first!.id } })).toBe('nothing')
  // whoever oversees sees that it was done, and not to what
  expect(await world.ruth.ok('entry.read', { params: { entry: first!.id } })).toMatchObject({ id: first!.id, object: null, matter: null })
})

test('a person’s timeline is what they did and what was done to their account, as far as its reader sees', async () => {
  const ben = await idOf(world.ben)
  const deeds = async (by: Caller) =>
    (await by.ok('entry.of-person', { params: { person: ben }, query: { limit: 500 } })).entries.map((entry) => entry.deed)
  const [partner, administrator, overseer] = [await deeds(world.ada), await deeds(world.sam), await deeds(world.ruth)]
  for (const seen of [partner, administrator, overseer]) expect(seen).toContain('person.invited')
  expect(administrator).not.toContain('document.opened')
  expect(overseer).toEqual(expect.arrayContaining(partner))
  expect(await world.cora.refused('entry.of-person', { params: { person: ben } })).toBe('may.not')
})

test('a history is narrowed as the ledger is; what is no filter is refused', async () => {
  const ada = await idOf(world.ada)
  const { entries } = await world.ben.ok('entry.list', { params: { matter: world.orchard.id }, query: { person: ada, deed: 'files' } })
  expect(entries.length).toBeGreaterThan(0)
  expect(entries.every((entry) => entry.actor?.id === ada && entry.deed.startsWith('document.'))).toBe(true)
  for (const query of [
    { deed: 'document.nothing' },
    { person: 'ada' },
    { address: 'somewhere' },
    { from: 'yesterday' },
    { proof: 'maybe' },
  ])
    expect([400, 404]).toContain((await world.ada.ask('entry.all', { query: query as never })).status)
})
