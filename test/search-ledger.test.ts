import { beforeEach, expect, test } from 'vitest'
import { checkBundle } from '../src/core/evidence-check.ts'
import { ledgerKey } from '../src/features/ledger/tree.ts'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { indexed, search } from './world/searching.ts'
import { idsOf } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { file, at, here } = firm
beforeEach(() => firm.beginAnew())
const narrow = () => ({ matters: [firm.matter as never] })
const newest = async (who: Caller, deed: string) => (await who.ok('entry.all', {})).entries.find((entry) => entry.deed === deed)

/** Details with what the deed was done to, as docs/deeds.md lists them. */
const saidOf = ({ object, details }: { object: string | null; details: object }): Record<string, unknown> => ({
  ...(object !== null && { object }),
  ...details,
})

test('a search is written with its words, and of each document whose words it shows an entry in its matter', async () => {
  await file('One.txt', 'Letters', 'The thixotropic ullage')
  await file('Two.txt', '', 'Nothing of the kind but ullage')
  await file('Other.txt', '', 'Sluice gates')
  await indexed(world.ada, firm.matter)
  const deeds = await world.deedsOf(() => search(world.ada, 'ullage', narrow()))
  expect(deeds.sort()).toEqual(['passages.shown', 'passages.shown', 'search.made'])
  expect(saidOf((await newest(world.ada, 'search.made'))!)).toEqual({
    words: 'ullage',
    results: 2,
    order: 'best',
    narrowed: `matters ${firm.matter}`,
  })
  const shown = (await firm.entries()).filter(({ deed }) => deed === 'passages.shown')
  expect(shown.map(saidOf).sort((a, b) => (String(a.object) < String(b.object) ? -1 : 1))).toEqual([
    { object: 'One.txt', folder: 'Letters', version: 1, words: 'ullage', passages: 1 },
    { object: 'Two.txt', folder: '', version: 1, words: 'ullage', passages: 1 },
  ])
  // what shows no word of a document has no entry of it
  expect(await world.deedsOf(() => search(world.ada, 'name:one', narrow()))).toEqual(['search.made'])
  expect(await world.deedsOf(() => search(world.ada, 'nowhere', narrow()))).toEqual(['search.made'])
  expect(await world.deedsOf(() => world.ada.ok('search.suggest', { body: { words: 'ulla' } }))).toEqual([])
})

test('passages, kept searches, exports, and what is read or indexed anew are each written, by what docs/deeds.md says', async () => {
  const one = await file('One.txt', 'Letters', 'The thixotropic ullage')
  await indexed(world.ada, firm.matter)
  const written = async (deed: string, work: () => Promise<unknown>) => {
    expect(await world.deedsOf(work)).toEqual([deed])
    const [entry] = await world.asSuperuser(world.database, (db) =>
      db.rows<{ object: string | null; matter: string | null }>(
        'select object::text, matter_id::text as matter from ledger.entries where deed = $1 order by at desc, id desc limit 1',
        [deed],
      ),
    )
    return entry!
  }
  const its = { object: one.id, matter: firm.matter }
  expect(await written('passages.shown', () => world.ada.ok('search.passages', { ...at(one), body: { words: 'ullage' } }))).toEqual(its)
  expect(await written('document.reread', () => world.ada.ok('index.again', { ...at(one), body: {} }))).toEqual(its)
  expect((await firm.entries()).slice(0, 2).map((entry) => [entry.deed, saidOf(entry)])).toEqual([
    ['document.reread', { object: 'One.txt', folder: 'Letters' }],
    ['passages.shown', { object: 'One.txt', folder: 'Letters', version: 1, words: 'ullage', passages: 1 }],
  ])
  let id = ''
  const save = async () => (id = (await world.ada.ok('search.save', { body: { name: 'Mud', words: 'ullage', isTold: true } })).id)
  expect(await written('search.saved', save)).toEqual({ object: id, matter: null })
  expect(saidOf((await newest(world.ada, 'search.saved'))!)).toEqual({ object: 'Mud', words: 'ullage', told: true })
  const change = () => world.ada.ok('search.change', { params: { search: id }, body: { name: 'Silt', words: 'silt' } })
  expect(await written('search.changed', change)).toEqual({ object: id, matter: null })
  expect(saidOf((await newest(world.ada, 'search.changed'))!)).toEqual({ object: 'Silt', words: 'silt', told: false, was: 'Mud' })
  expect(await written('search.forgotten', () => world.ada.ok('search.forget', { params: { search: id } }))).toEqual({
    object: id,
    matter: null,
  })
  expect(saidOf((await newest(world.ada, 'search.forgotten'))!)).toEqual({ object: 'Silt' })
  expect(await written('search.exported', () => world.ada.ask('search.export', { body: { words: 'ullage', narrow: narrow() } }))).toEqual({
    object: null,
    matter: null,
  })
  expect(saidOf((await newest(world.ada, 'search.exported'))!)).toEqual({ object: 'search results', words: 'ullage', entries: 1 })
  expect(await written('index.renewed', () => world.ruth.ok('index.rebuild', { body: {} }))).toEqual({ object: null, matter: null })
  expect(saidOf((await newest(world.ruth, 'index.renewed'))!)).toMatchObject({ object: 'index' })
  // nobody else changes or forgets it, and nothing is written of the try but the try
  expect(await world.ben.refused('search.forget', { params: { search: id } })).toBe('nothing')
})

test('the words of a search are its writer’s: no colleague, overseer or bundle of evidence is shown them; that it was made, overseers are', async () => {
  const { ada, ben } = await idsOf(world)
  const beAs = (roles: string) =>
    world.asSuperuser(world.database, (db) => db.run('update app.people set roles = $2::text[] where id = $1', [ben, roles]))
  await beAs('{partner}')
  const word = 'zqwhisper'
  await search(world.ada, word)
  await world.ada.ok('search.save', { body: { name: `About ${word}`, words: word } })
  await world.ada.ask('search.export', { body: { words: word } })
  for (const who of [world.ruth, world.ben]) {
    const { entries } = await who.ok('entry.all', {})
    expect(JSON.stringify(entries).includes(word)).toBe(false)
  }
  const seen = (await world.ruth.ok('entry.all', {})).entries.filter(({ deed }) => deed.startsWith('search.'))
  expect(seen.length).toBeGreaterThanOrEqual(3)
  expect(seen.map(saidOf)).toEqual(seen.map(() => ({})))
  expect(JSON.stringify((await world.ada.ok('entry.all', {})).entries).includes(word)).toBe(true)
  await world.firm.sequencer.run()
  const bundle = async (by: Caller) => {
    const reply = await by.ask('bundle.create', { body: { of: { person: ada }, details: true } })
    expect(reply.status).toBe(200)
    const { evidence } = checkBundle(reply.bytes, { keys: [ledgerKey(world.firm.house.keys.ledgerSeed).vkey] })
    return evidence!.entries
  }
  const entries = await bundle(world.ruth)
  expect(JSON.stringify(entries).includes(word)).toBe(false)
  expect(entries.some((entry) => entry.leaf?.deed === 'search.made' && entry.hidden.details === 'sealed')).toBe(true)
  // the words are in the clear nowhere in the export either
  const csv = (await world.ruth.ask('entry.export', {})).bytes.toString()
  expect([csv.includes('search.made'), csv.includes(word)]).toEqual([true, false])
  await beAs('{lawyer}')
})

test('a group is not shown whose words were shown to someone else of a document that it does not reach', async () => {
  const { cora } = await idsOf(world)
  const name = `Desk ${firm.matter.slice(-6)}`
  const { id: group } = await world.sam.ok('group.create', { body: { name } })
  await world.sam.ok('group.change', { params: { group }, body: { name, roles: [], members: [cora!] } })
  await world.ada.ok('matter.openTo', { ...here(), body: { group, reason: 'They cover for us' } })
  const strict = await file('Strict.txt', '', 'The thixotropic ullage')
  await file('Plain.txt', '', 'The thixotropic mud')
  await indexed(world.ada, firm.matter)
  await search(world.ada, 'thixotropic', narrow())
  await world.ada.ok('search.passages', { ...at(strict), body: { words: 'ullage' } })
  const shown = async (who: Caller) =>
    (await firm.entries(who)).flatMap(({ deed, object }) => (deed === 'passages.shown' ? [object] : [])).sort()
  expect(await shown(world.cora)).toEqual(['Plain.txt', 'Strict.txt', 'Strict.txt'])
  await world.ada.ok('document.classify', { ...at(strict), body: { class: 'restricted' } })
  expect(await shown(world.cora)).toEqual(['Plain.txt'])
  expect(await shown(world.ben)).toEqual(['Plain.txt', 'Strict.txt', 'Strict.txt'])
})
