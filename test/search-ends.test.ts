import { afterAll, beforeEach, expect, test } from 'vitest'
import { destroyDue } from '../src/features/destruction/executing.ts'
import { Clamd, EICAR } from './world/clamd.ts'
import { Filed } from './world/filed.ts'
import { found as foundBy, search } from './world/searching.ts'
import { useWorld } from './world/world.ts'

// What has ended, moved or changed, as the index knows it.

const clamd = new Clamd()
const world = useWorld(async () => {
  await clamd.open()
  world.env = { SUBROSA_CLAMD: `tcp://127.0.0.1:${clamd.port}` }
})
afterAll(() => clamd.close())
const firm = new Filed(world)
const { file, here, at, trash } = firm
// what others have left is not in Ada’s reach
beforeEach(async () => {
  await rows('update app.team_members set ends_at = now() where ends_at is null and matter_id <> $1', [world.orchard.id])
  await firm.beginAnew()
})

type One = { id: string }
const rows = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const found = (words: string, matter = firm.matter) => foundBy(world.ada, words, { matters: [matter as never] })
const begun = async (words: string) => (await world.ada.ok('search.suggest', { body: { words } })).words
/** Nothing of the matter is due any more. */
const settled = (matter = firm.matter) =>
  expect.poll(() => rows('select kind, step from app.to_index where matter_id = $1', [matter]), { timeout: 30_000 }).toEqual([])
const lexicon = async (matter = firm.matter) => (await rows('select 1 from app.lexicon where matter_id = $1', [matter])).length
async function destroy(...documents: One[]): Promise<void> {
  const body = { documents: documents.map((one) => one.id), reason: 'Past its time', basis: 'Schedule 7' }
  const asked = await world.ada.ok('document.destroy', { ...here(), body })
  await world.ben.ok('confirmation.decide', { params: { confirmation: asked.confirmation }, body: { approve: true } })
  await ended(asked.destruction)
}
async function ended(destruction: string): Promise<void> {
  const state = async () => (await rows<{ state: string }>('select state from app.destructions where id = $1', [destruction]))[0]!.state
  for (let tries = 0; tries < 8 && (await state()) !== 'certified'; tries += 1) {
    await destroyDue(world.firm.house)
    await world.firm.sequencer.run()
  }
  expect(await state()).toBe('certified')
}

test('of a destroyed document nothing is found, suggested, stood for or kept, however often its matter’s words are put in order; of the others all is', async () => {
  const doomed = await file('Penstock.txt', 'Ostlery', 'The thixotropic ullage')
  await file('Stays.txt', '', 'The sluice gates')
  await settled()
  const versions = (await rows<{ id: string }>('select id::text from app.versions where document_id = $1', [doomed.id])).map(
    (row) => row.id,
  )
  expect([await found('thixotropic'), await found('thixotr*'), await found('penst*'), await begun('thixotr')]).toEqual([
    ['Penstock.txt'],
    ['Penstock.txt'],
    ['Penstock.txt'],
    ['thixotropic'],
  ])
  const parts = async () =>
    (await rows<{ part: string }>('select part::text from app.lexicon where matter_id = $1', [firm.matter])).map((row) => row.part)
  const before = await parts()
  await destroy(doomed)
  // at once, and when its words were gathered anew
  for (const wait of [async () => {}, settled]) {
    await wait()
    for (const words of ['thixotropic', 'thixotr*', 'penstock', 'penst*', 'ostlery', 'name:penstock'])
      expect([words, await found(words)]).toEqual([words, []])
    for (const words of ['thixotr', 'penst', 'ostle', 'ullag']) expect([words, await begun(words)]).toEqual([words, []])
    expect((await search(world.ada, 'thixotropik')).instead).toBeNull()
    for (const [table, column] of [
      ['app.terms', 'version_id'],
      ['app.texts', 'version_id'],
      ['app.to_index', 'subject'],
    ])
      expect(await rows(`select 1 from ${table} where ${column} = any ($1)`, [versions])).toEqual([])
    expect((await parts()).filter((part) => before.includes(part))).toEqual([])
  }
  expect([await found('slui*'), await begun('slui')]).toEqual([['Stays.txt'], ['sluice']])
}, 300_000)

test('words that are gathered anew take the place of those before: indexing everything anew makes nothing larger', async () => {
  await file('Stays.txt', 'Letters', 'The sluice gates')
  const about = { privilege: 'none', tags: ['headrace'], author: 'T. Tamarisk', custodian: '', source: '', receivedOn: null } as const
  await world.ada.ok('document.describe', { ...at(await file('Other.txt')), body: about })
  await settled()
  const again = async () => {
    await world.refresh()
    await world.ruth.ok('index.rebuild', { body: {} })
    await settled()
    return lexicon()
  }
  const first = await again()
  expect(first).toBeGreaterThan(0)
  // beside it stand the pieces that came with the documents while it ran
  expect([await again(), await again()]).toEqual([expect.any(Number), expect.any(Number)])
  const blocks = await rows<{ n: number }>(
    `select count(*)::int as n from app.lexicon where matter_id = $1 and block >= 0 group by class, block having count(*) > 1`,
    [firm.matter],
  )
  expect(blocks).toEqual([])
  for (const words of ['slui*', 'letter*']) expect([words, await found(words)]).toEqual([words, ['Stays.txt']])
  for (const words of ['headra*', 'tamar*']) expect([words, await found(words)]).toEqual([words, ['Other.txt']])
}, 300_000)

test('while lists of words are gathered anew a search that needs them says so, to those alone who reach the matter', async () => {
  await file('Stays.txt', '', 'The sluice gates')
  await settled()
  const notes = async (who: typeof world.ada, words: string) =>
    (await search(who, words)).notes.filter((note) => note.includes('lists of words'))
  expect(await notes(world.ada, 'slui*')).toEqual([])
  await rows(
    `insert into app.to_index (kind, subject, matter_id, step, not_before) values ('lexicon', $1, $1, 1, now() + interval '1 hour') on conflict do nothing`,
    [firm.matter],
  )
  expect(await notes(world.ada, 'slui*')).toEqual([expect.stringContaining('of one matter are being put in order')])
  expect(await notes(world.ada, 'sluice')).toEqual([])
  expect(await notes(world.cora, 'slui*')).toEqual([])
  await rows(`delete from app.to_index where kind = 'lexicon' and subject = $1`, [firm.matter])
  expect(await notes(world.ada, 'slui*')).toEqual([])
})

test('of a destroyed matter nothing stands in any table of the index', async () => {
  await file('Penstock.txt', '', 'The thixotropic ullage')
  await settled()
  const TABLES = ['app.texts', 'app.terms', 'app.matter_terms', 'app.lexicon']
  const held = async () =>
    Promise.all(TABLES.map(async (table) => (await rows(`select 1 from ${table} where matter_id = $1`, [firm.matter])).length > 0))
  expect(await held()).toEqual([true, true, true, true])
  await world.ada.ok('matter.close', { ...here(), body: { reason: 'Done' } })
  const asked = await world.ada.ok('matter.destroy', { ...here(), body: { reason: 'Past its time', basis: 'Schedule 7' } })
  await world.ruth.ok('confirmation.decide', { params: { confirmation: asked.confirmation }, body: { approve: true } })
  await ended(asked.destruction)
  await settled()
  expect(await held()).toEqual([false, false, false, false])
  const { total, matters, instead } = await search(world.ada, 'thixotropic')
  expect([total, matters, instead, await begun('thixotr')]).toEqual([0, [], null, []])
}, 300_000)

test('what is in the trash is not found and not counted, and is again when it is restored', async () => {
  const one = await file('Penstock.txt', '', 'The thixotropic ullage')
  await settled()
  const { documents } = await search(world.ada, 'thixotropic')
  expect(await found('thixotropic')).toEqual(['Penstock.txt'])
  await world.ada.ok('document.trash', trash(one))
  for (const words of ['thixotropic', 'thixotr*', 'penstock']) expect([words, await found(words)]).toEqual([words, []])
  expect((await search(world.ada, 'thixotropic')).documents).toBe(documents - 1)
  expect((await world.ada.ok('search.suggest', { body: { words: 'penst' } })).documents).toEqual([])
  expect(await world.ada.refused('search.passages', { ...at(one), body: { words: 'ullage' } })).toBe('nothing')
  await world.ada.ok('document.restore', trash(one))
  await settled()
  for (const words of ['thixotropic', 'thixotr*', 'penstock']) expect([words, await found(words)]).toEqual([words, ['Penstock.txt']])
})

test('what is sent to another matter is found there and not here, and so are its words', async () => {
  const client = await world.ada.ok('client.create', { body: { name: 'Another client' } })
  const { id: other } = await world.ada.ok('matter.create', { body: { client: client.id, title: `Another matter ${firm.matter}` } })
  const [sent, copied] = [await file('Penstock.txt', '', 'The thixotropic ullage'), await file('Headrace.txt', '', 'The headrace')]
  await settled()
  const to = (one: One, copy: boolean) =>
    world.ada.ok('document.transfer', { ...here(), body: { documents: [one.id], to: other, folder: '', copy, reason: 'Misfiled' } })
  await to(sent, false)
  for (const words of ['thixotropic', 'thixotr*', 'penstock']) expect([words, await found(words)]).toEqual([words, []])
  await to(copied, true)
  await settled()
  await settled(other)
  for (const words of ['thixotropic', 'thixotr*', 'penstock']) {
    expect([words, await found(words)]).toEqual([words, []])
    expect([words, await found(words, other)]).toEqual([words, ['Penstock.txt']])
  }
  for (const matter of [firm.matter, other]) expect(await found('headr*', matter)).toEqual(['Headrace.txt'])
}, 300_000)

test('what is renamed, moved or described otherwise is found by its new words and not by its old ones', async () => {
  const one = await file('Penstock.txt', 'Ostlery', 'The ullage')
  const about = { privilege: 'none', tags: ['headrace'], author: 'T. Tamarisk', custodian: '', source: '', receivedOn: null } as const
  await world.ada.ok('document.describe', { ...at(one), body: about })
  await settled()
  for (const words of ['penstock', 'ostlery', 'headrace', 'author:tamarisk'])
    expect([words, await found(words)]).toEqual([words, ['Penstock.txt']])
  await world.ada.ok('document.rename', { ...at(one), body: { name: 'Tailwater.txt' } })
  await world.ada.ok('folder.move', firm.path('Ostlery', 'Granary'))
  await world.ada.ok('document.describe', { ...at(one), body: { ...about, tags: ['forebay'], author: 'S. Sorrel' } })
  await settled()
  for (const words of ['penstock', 'ostlery', 'headrace', 'author:tamarisk', 'name:penstock'])
    expect([words, await found(words)]).toEqual([words, []])
  for (const words of ['tailwater', 'granary', 'forebay', 'author:sorrel', 'tailw*', 'foreb*', 'ullage'])
    expect([words, await found(words)]).toEqual([words, ['Tailwater.txt']])
})

test('what is held is not indexed until it is released; what is found bad later is found no more, by no word', async () => {
  const held = await file('Held.txt', '', `The thixotropic ullage ${EICAR}`)
  const stays = await file('Stays.txt', '', 'The forebay')
  await settled()
  for (const words of ['thixotropic', 'thixotr*', 'name:held']) expect([words, await found(words)]).toEqual([words, []])
  expect([
    await begun('thixotr'),
    await rows('select 1 from app.texts t join app.versions v on v.id = t.version_id where v.document_id = $1', [held.id]),
  ]).toEqual([[], []])
  const { waiting, documents } = await world.ada.ok('index.status', here())
  expect([waiting, documents]).toMatchObject([0, [{ name: 'Held.txt', state: 'unreadable', why: expect.stringContaining('held') }]])
  await world.sam.ok('quarantine.release', { ...at(held), body: { version: 1, reason: 'A test file' } })
  await settled()
  expect([await found('thixotropic'), await found('thixotr*'), await begun('thixotr')]).toEqual([
    ['Held.txt'],
    ['Held.txt'],
    ['thixotropic'],
  ])
  expect(await found('foreb*')).toEqual(['Stays.txt'])
  await rows(`update app.versions set scan = 'quarantined', sealed_signature = '\\x00' where document_id = $1`, [stays.id])
  const { hits } = await search(world.ada, 'forebay', { matters: [firm.matter as never] })
  expect(hits.flatMap((hit) => hit.passages)).toEqual([])
  await settled()
  expect([await found('forebay'), await found('foreb*'), await begun('foreb')]).toEqual([[], [], []])
})

test('a document that becomes restricted leaves none of its words among those of milder ones, also while it is being indexed', async () => {
  for (let n = 0; n < 6; n += 1) {
    const one = await file(`Late ${n}.txt`, '', `The forebay${n} thixotropic${n}`)
    // in the middle of its indexing, or after it
    if (n % 2) await new Promise((resolve) => setTimeout(resolve, 400 * n))
    await world.ada.ok('document.classify', { ...at(one), body: { class: 'restricted' } })
  }
  await settled()
  expect(await begun('thixotr')).toEqual([])
  expect(await begun('foreb')).toEqual([])
  expect((await rows('select distinct class from app.lexicon where matter_id = $1', [firm.matter])) as unknown).toEqual([
    { class: 'restricted' },
  ])
}, 300_000)
