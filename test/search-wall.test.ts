import { beforeEach, expect, test } from 'vitest'
import type { Caller } from './world/caller.ts'
import { Filed } from './world/filed.ts'
import { found, indexed, search } from './world/searching.ts'
import { idsOf, lift, raise } from './world/walling.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const { file, at, here } = firm
beforeEach(() => firm.beginAnew())

/** What stands in the matter behind the wall and nowhere else: in its title, its client, a party, a folder, a name, what is said of it, its text. */
const BEHIND = ['zephyrine', 'quillon', 'brackwater', 'ostlery', 'fenwick', 'tamarisk', 'thixotropic']
const ASKED = [
  ...BEHIND,
  '"thixotropic ullage"',
  'ullage w/3 thixotropic',
  'thixotr*',
  'ulla?e',
  'fenw*',
  'thixotropik',
  'fenvick',
  'name:fenwick',
  'author:tamarisk',
  'matter:zephyrine ullage',
  'client:quillon ullage',
  'ext:txt ullage',
  'thixotropic OR harbour',
  'harbour',
  'NOT harbour',
]
/** Everything that searches and suggestions tell someone. */
async function told(who: Caller): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  for (const words of ASKED) {
    all[words] = await search(who, words)
    const { bytes, headers } = await who.ask('search.export', { body: { words } })
    all[`${words}, exported`] = [bytes.toString(), headers['content-length']]
    const typed = words.replace(/\W+$/, '').slice(0, -2)
    all[`${typed}, typed`] = await who.ok('search.suggest', { body: { words: typed } })
  }
  return all
}
async function aMatter(by: Caller, client: string, title: string): Promise<string> {
  const { id } = await by.ok('client.create', { body: { name: client } })
  return (await by.ok('matter.create', { body: { client: id, title } })).id
}
async function behindTheWall(): Promise<string> {
  const matter = await aMatter(world.ada, 'Quillon Estates', 'Re Zephyrine')
  await world.ada.ok('party.add', { params: { matter }, body: { name: 'Brackwater plc', role: 'adverse' } })
  const memo = await world.ada.upload(matter, 'Fenwick memo.txt', 'Ostlery', Buffer.from('The thixotropic ullage of the harbour mud.'))
  const about = { privilege: 'none', tags: [], author: 'T. Tamarisk', custodian: '', source: '', receivedOn: null }
  await world.ada.ok('document.describe', { ...at(memo), body: about })
  await indexed(world.ada, matter)
  return matter
}
const ownOfCora = async () => {
  const own = await aMatter(world.cora, 'A client of Cora’s', 'A matter of Cora’s')
  await world.cora.upload(own, 'mine.txt', '', Buffer.from('Her own harbour words, and no more'))
  await indexed(world.cora, own)
  return own
}

test('nothing that searches, suggestions, facets, counts, wildcards or corrections tell someone changes with a matter that a wall keeps from them; and it is there', async () => {
  await ownOfCora()
  const [before, known] = [await told(world.cora), await told(world.ada)]
  const matter = await behindTheWall()
  const joined = await world.ada.ok('team.join', { params: { matter }, body: { person: (await idsOf(world)).cora!, role: 'member' } })
  expect(JSON.stringify(joined)).toContain('Cora Lind')
  const during = await told(world.cora)
  await raise(world.ruth, { matters: [{ matter }], people: [{ person: (await idsOf(world)).cora! }] })
  expect(await told(world.cora)).toEqual(before)
  // she was told of it before, as Ada is now
  const after = await told(world.ada)
  for (const words of ASKED) {
    const [view, was] = [after[words] as { total: number; instead: string | null; documents: number }, known[words]]
    expect(view, words).not.toEqual(was)
    expect(during[words], words).not.toEqual(before[words])
    if (!/vick$|pik$|NOT/.test(words))
      expect([words, view.total > 0 || (view as { matters?: unknown[] }).matters!.length > 0]).toEqual([words, true])
  }
  expect(after.thixotropik).toMatchObject({ total: 0, instead: 'thixotropic' })
  expect(before.thixotropik).toMatchObject({ total: 0, instead: null })
  for (const typed of ['thixotropic', 'fenwick', 'ostlery', 'tamarisk'])
    expect([typed, JSON.stringify(after[`${typed.slice(0, -2)}, typed`])]).toEqual([typed, expect.stringContaining(typed)])
  expect(JSON.stringify(after['zephyri, typed'])).toContain(matter)
  // named at will, it narrows to nothing, and its passages are not there
  const [document] = (await world.ada.ok('document.list', { params: { matter } })).documents
  const client = (await world.ada.ok('matter.read', { params: { matter } })).client.id
  expect((await search(world.cora, 'harbour', { matters: [matter as never], clients: [client] })).facets).toMatchObject({
    matters: [{ title: 'A matter of Cora’s', count: 0 }].slice(1),
    clients: [],
  })
  expect(await world.cora.refused('search.passages', { params: { document: document!.id }, body: { words: 'harbour' } })).toBe('nothing')
  expect((await world.ada.ok('search.passages', { params: { document: document!.id }, body: { words: 'harbour' } })).passages).toHaveLength(
    1,
  )
  expect(await world.cora.refused('index.status', { params: { matter } })).toBe('nothing')
  expect(await world.cora.refused('index.again', { params: { document: document!.id }, body: {} })).toBe('nothing')
}, 300_000)

test('a wall, an end of a place and a lapse of it are there at the very next search; what is lifted too', async () => {
  const { cora } = await idsOf(world)
  await ownOfCora()
  await file('Survey.txt', '', 'Sluice gates of the millrace')
  await indexed(world.ada, firm.matter)
  const sees = async () => [
    await found(world.cora, 'millrace'),
    (await search(world.cora, 'millrace')).documents,
    (await world.cora.ok('search.suggest', { body: { words: 'millr' } })).words,
  ]
  const without = await sees()
  await world.ada.ok('team.join', { ...here(), body: { person: cora!, role: 'member' } })
  const within = [['Survey.txt'], (without[1] as number) + 1, ['millrace']]
  expect(await sees()).toEqual(within)
  const wall = await raise(world.ruth, { matters: [{ matter: firm.matter }], people: [{ person: cora! }] })
  expect(await sees()).toEqual(without)
  await lift(world.ruth, world.ada, wall.id)
  expect(await sees()).toEqual(within)
  await world.asSuperuser(world.database, (db) =>
    db.run(`update app.team_members set ends_at = now() where matter_id = $1 and person_id = $2`, [firm.matter, cora]),
  )
  expect(await sees()).toEqual(without)
  expect(without[0]).toEqual([])
  expect(await found(world.ada, 'millrace')).toEqual(['Survey.txt'])
})

test('whoever comes by a group is given no word of a document that the group does not reach; whoever is named on the matter is', async () => {
  const { cora } = await idsOf(world)
  const group = (await world.sam.ok('group.create', { body: { name: `Desk ${firm.matter.slice(-6)}` } })).id
  await world.sam.ok('group.change', { params: { group }, body: { name: `Desk ${firm.matter.slice(-6)}`, roles: [], members: [cora!] } })
  await world.ada.ok('matter.openTo', { ...here(), body: { group, reason: 'They cover for us' } })
  await file('Open.txt', '', 'Sluice gates')
  const told = async (who: Caller) => {
    const narrow = { matters: [firm.matter as never] }
    const { hits, total, instead, facets, documents, locked } = await search(who, 'penstock', narrow)
    const wild = await search(who, 'pensto*', narrow)
    const { words, documents: named } = await who.ok('search.suggest', { body: { words: 'pensto' } })
    const typo = (await search(who, 'penstokc', narrow)).instead
    const rare = (await search(who, 'sluice OR penstock', narrow)).hits.map((hit) => hit.name)
    return { hits, total, instead, facets: facets.classes, documents, locked, wild: wild.total, words, named, typo, rare }
  }
  await indexed(world.ada, firm.matter)
  const before = await told(world.cora)
  expect(before).toMatchObject({ total: 0, words: [], typo: null, rare: ['Open.txt'] })
  const strict = await world.ada.upload(firm.matter, 'Penstock.txt', '', Buffer.from('The penstock'))
  await indexed(world.ada, firm.matter)
  expect(await told(world.cora)).toMatchObject({ total: 1, wild: 1, words: ['penstock'], typo: 'penstock' })
  await world.ada.ok('document.classify', { ...at(strict), body: { class: 'restricted' } })
  expect(await told(world.cora)).toEqual(before)
  await indexed(world.ada, firm.matter)
  await gathered()
  expect(await told(world.cora)).toEqual(before)
  // named on it, and with a passkey just proved, it is there
  await passkey('passkey')
  expect(await told(world.ada)).toMatchObject({
    total: 1,
    wild: 1,
    words: ['penstock'],
    typo: 'penstock',
    facets: [{ value: 'restricted', count: 1 }],
  })
  expect(await told(world.cora)).toEqual(before)
  await passkey('totp')
}, 300_000)

/** The words of the matter are forgotten when a class changes, and gathered anew within seconds. */
const gathered = () =>
  expect
    .poll(() => world.asSuperuser(world.database, (db) => db.rows('select 1 from app.to_index where matter_id = $1', [firm.matter])), {
      timeout: 30_000,
    })
    .toEqual([])
/** With which factor everyone is taken to have proved who they are, just now. */
const passkey = (factor: 'passkey' | 'totp') =>
  world.asSuperuser(world.database, (db) =>
    db.run('update app.sessions set factor = $1, factor_at = now() where factor_at is not null', [factor]),
  )

test('what opens only to a passkey is not searched until one is proved, and is counted as locked', async () => {
  const narrow = { matters: [firm.matter as never] }
  await file('Open.txt', '', 'Sluice gates')
  const strict = await file('Strict.txt', '', 'Sluice and penstock')
  await indexed(world.ada, firm.matter)
  await world.ada.ok('document.classify', { ...at(strict), body: { class: 'restricted' } })
  await gathered()
  const { locked } = await search(world.ada, 'sluice', narrow)
  expect(locked).toBeGreaterThan(0)
  expect(await found(world.ada, 'sluice', narrow)).toEqual(['Open.txt'])
  for (const words of ['penstock', 'pensto*', 'name:strict', 'class:restricted sluice'])
    expect([words, await found(world.ada, words, narrow)]).toEqual([words, []])
  expect((await search(world.ada, 'penstokc', narrow)).instead).toBeNull()
  expect((await world.ada.ok('search.suggest', { body: { words: 'pensto' } })).words).toEqual([])
  expect(await world.ada.refused('search.passages', { ...at(strict), body: { words: 'penstock' } })).toBe('nothing')
  await passkey('passkey')
  expect((await found(world.ada, 'sluice', narrow)).sort()).toEqual(['Open.txt', 'Strict.txt'])
  expect(await found(world.ada, 'pensto*', narrow)).toEqual(['Strict.txt'])
  expect((await search(world.ada, 'sluice', narrow)).locked).toBe(0)
  // and it is not any more when that was a while ago
  await world.asSuperuser(world.database, (db) => db.run(`update app.sessions set factor_at = now() - interval '1 hour'`))
  expect(await found(world.ada, 'sluice', narrow)).toEqual(['Open.txt'])
  expect((await search(world.ada, 'sluice', narrow)).locked).toBe(locked)
  await passkey('totp')
})
