import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DocumentView } from '../src/contract/document.ts'
import type { MatterId } from '../src/contract/ids.ts'
import { uuidv7 } from '../src/core/ids.ts'
import { sealFirmText } from '../src/features/keys/firm-words.ts'
import { matterKeys } from '../src/features/keys/matter-keys.ts'
import { rememberAsClerk, rememberVisit } from '../src/features/ledger/ledger.ts'
import { readSecret } from '../src/features/sign-in/secrets.ts'
import { writeDeliveries } from '../src/features/vault/delivering.ts'
import { now } from '../src/platform/clock.ts'
import { KeysAsked } from '../src/platform/own-keys.ts'
import type { Db } from '../src/platform/postgres.ts'
import { remembered } from '../src/platform/ways.ts'
import { Filed } from './world/filed.ts'
import { Rooted } from './world/rooted.ts'
import { useWorld } from './world/world.ts'

const world = useWorld()
const firm = new Filed(world)
const client = new Rooted(world, firm)
const { at, file, here, move } = firm
let letter: DocumentView

beforeAll(() => client.begin(), 60_000)
afterAll(() => client.service.stop())
beforeEach(async () => {
  await world.refresh()
  client.service.gate = null
  await firm.beginAnew()
  letter = await file('Letter.txt', 'Letters', 'Dear client')
  await client.under()
  client.cold()
}, 60_000)

const sql = <T extends object>(text: string, values: unknown[] = []) => world.asSuperuser(world.database, (db) => db.rows<T>(text, values))
const count = async (table: string, matter = firm.matter) =>
  (await sql<{ n: number }>(`select count(*)::int as n from ${table} where matter_id = $1`, [matter]))[0]!.n
const incoming = () => readdir(join(world.dir, 'data', 'blobs', 'incoming'))
/** What is done while a key has to be asked for: its entries, those of the key left out. */
async function once(act: () => Promise<unknown>, deeds: string[]): Promise<void> {
  const asked = client.service.asked
  const written = await world.deedsOf(async () => {
    await act()
    await writeDeliveries(world.firm.house)
  })
  expect(client.service.asked).toBe(asked + 1)
  expect(written.filter((deed) => deed === 'root.opened')).toHaveLength(1)
  expect(written.filter((deed) => deed !== 'root.opened')).toEqual(deeds)
}

test('an upload into a matter whose key has to be asked for is one document, one version, one file, one entry', async () => {
  await once(() => file('New.txt', 'Letters/Later', 'Dear Ada'), ['document.added'])
  expect([await count('app.documents'), await count('app.versions'), await count('app.folders')]).toEqual([2, 2, 2])
  expect(await incoming()).toEqual([])
  expect(await firm.places()).toEqual(['Letters/Later/New.txt', 'Letters/Letter.txt'])
})

test('a small one more, which asks nothing before its act, is one too', async () => {
  await file('First.txt')
  client.cold()
  await once(() => file('Second.txt'), ['document.added'])
  expect([await count('app.documents'), await count('app.versions')]).toEqual([3, 3])
  expect(await incoming()).toEqual([])
})

test('a download is one opening, one entry and one delivery, of the right bytes', async () => {
  await once(async () => {
    const { status, bytes } = await world.ada.ask('document.download', at(letter))
    expect([status, bytes.toString()]).toEqual([200, 'Dear client'])
  }, ['document.downloaded', 'document.delivered'])
  expect(await count('app.openings')).toBe(1)
})

test('lists and the history are read, and nothing is written but that the key was asked for', async () => {
  const rows = () => world.ada.ok('document.rows', { ...here(), query: { start: 0, limit: 50 } })
  await once(async () => expect((await rows()).rows).toHaveLength(2), [])
  client.cold()
  await once(async () => expect((await rows()).rows).toMatchObject([{ kind: 'folder' }, { document: { name: 'Letter.txt' } }]), [])
  client.cold()
  await once(async () => expect((await world.ada.ok('matter.list')).matters[0]).toMatchObject({ id: firm.matter, isLocked: false }), [])
  client.cold()
  await once(async () => expect((await firm.entries()).filter(({ deed }) => deed === 'document.added')).toHaveLength(1), [])
})

test('a move, a new name and the trash are one entry each, and are done once', async () => {
  await once(() => world.ada.ok('document.move', move('Elsewhere', letter)), ['document.moved'])
  client.cold()
  await once(() => world.ada.ok('document.rename', { ...at(letter), body: { name: 'Note.txt' } }), ['document.renamed'])
  client.cold()
  await once(() => world.ada.ok('document.trash', firm.trash(letter)), ['document.trashed'])
  expect((await firm.trashed()).map(({ name }) => name)).toEqual(['Note.txt'])
  expect((await firm.entries()).filter(({ deed }) => deed.startsWith('document.')).map(({ deed }) => deed)).toEqual([
    'document.trashed',
    'document.renamed',
    'document.moved',
    'document.added',
  ])
})

test('a document goes from one client’s key to another’s, both to be asked for, once', async () => {
  const from = firm.matter
  await firm.beginAnew()
  await client.under('stick')
  const to = firm.matter
  client.cold()
  const body = { documents: [letter.id], to, folder: '', copy: false, reason: 'Misfiled' }
  const deeds = await world.deedsOf(() => world.ada.ok('document.transfer', { params: { matter: from }, body }))
  expect(deeds.filter((deed) => deed !== 'root.opened')).toEqual(['document.sent', 'document.taken'])
  expect([await count('app.versions', from), await count('app.versions', to)]).toEqual([0, 1])
  expect(await incoming()).toEqual([])
  expect((await world.ada.ask('document.download', at(letter))).bytes.toString()).toBe('Dear client')
})

test('many who need one key at once ask for it once, and each is answered', async () => {
  const asked = client.service.asked
  const [all, ...sent] = await Promise.all([
    world.ben.ok('document.list', here()),
    ...Array.from({ length: 8 }, (_, at) => world.ada.upload(firm.matter, `${at}.txt`, '', Buffer.from(`${at}`))),
  ])
  expect(client.service.asked).toBe(asked + 1)
  expect(all.documents.length).toBeGreaterThan(0)
  expect(new Set(sent.map(({ id }) => id)).size).toBe(8)
  expect(await count('app.documents')).toBe(9)
})

test('whoever is walled while the key is being asked for gets nothing, and nothing was done for them', async () => {
  let open = () => {}
  client.service.gate = new Promise<void>((resolve) => (open = resolve))
  const [list, sent, copy] = [
    world.ben.ask('document.list', here()),
    world.ben.tryUpload(firm.matter, 'Late.txt', '', Buffer.from('late')),
    world.ben.ask('document.download', at(letter)),
  ]
  await expect.poll(() => client.service.asked, { timeout: 5_000 }).toBeGreaterThan(0)
  const ben = (await world.ben.ok('person.me')).id
  await sql('delete from app.team_members where matter_id = $1 and person_id = $2', [firm.matter, ben])
  open()
  for (const reply of await Promise.all([list, sent, copy]))
    expect([reply.status, reply.bytes.toString()]).toEqual([404, expect.stringContaining('"nothing"')])
  expect([await count('app.documents'), await count('app.openings')]).toEqual([1, 0])
  expect(await incoming()).toEqual([])
})

test('what was said ahead, what was said late and the entry of the first run end with it, on every way', async () => {
  const { house } = world.firm
  const secret = readSecret(world.ada.cookie!.split('=')[1]!)!
  const all = () => {}
  const ids: string[] = []
  const insert = (db: Db) => {
    const id = uuidv7(now())
    ids.push(id)
    const sealed = sealFirmText(house.keys, 'clients', 'sealed_name', id, 'Said ahead')
    return db.run('insert into app.clients (id, sealed_name, created_by) values ($1, $2, hidden.me())', [id, sealed])
  }
  const matter = firm.matter as MatterId
  const deeds = await world.deedsOf(async () => {
    const value = await house.ways.actAhead(secret, all, 'client.created', insert, async (db, _, asked) => {
      await asked
      db.late(insert(db))
      const subject = { object: matter, details: {} }
      // the first entry needs the firm's key alone; the second one's has to be asked for
      return remembered(subject, 'done', [{ deed: 'matter.changed', subject: { matter, ...subject } }])
    })
    expect(value).toBe('done')
  })
  expect(ids).toHaveLength(4)
  expect((await sql<{ id: string }>('select id from app.clients where id = any ($1) order by id', [ids])).map(({ id }) => id)).toEqual(
    ids.slice(2),
  )
  expect(deeds.filter((deed) => deed !== 'root.opened').sort()).toEqual(['client.created', 'matter.changed'])

  client.cold()
  let runs = 0
  const look = (db: Db) => ((runs += 1), matterKeys(house, db, matter))
  expect(await house.ways.look(secret, all, look)).not.toBeNull()
  expect(runs).toBe(2)

  client.cold()
  const { id: ada } = await world.ada.ok('person.me')
  const told = await world.deedsOf(() =>
    house.clerk({ name: 'test', matter }, async (db) => {
      await rememberAsClerk(house, db, 'root.failed', ada, null, { object: matter, details: {} })
      await look(db)
    }),
  )
  expect([runs, told.sort()]).toEqual([4, ['root.failed', 'root.opened']])

  const visited = await world.deedsOf(() =>
    house.ways.visit(async (db) => {
      await rememberVisit(house, db, 'session.refused', ada, { details: {} })
      if ((runs += 1) === 5) throw new KeysAsked([Promise.resolve()])
    }),
  )
  expect([runs, visited]).toEqual([6, ['session.refused']])
})

test('what has to be asked for again and again is withheld in the end, and nothing of it stands', async () => {
  const { house } = world.firm
  let runs = 0
  const deeds = await world.deedsOf(() =>
    expect(
      house.clerk({ name: 'test' }, async (db) => {
        await rememberAsClerk(house, db, 'root.failed', null, null, { object: firm.matter, details: {} })
        runs += 1
        throw new KeysAsked([Promise.resolve()])
      }),
    ).rejects.toMatchObject({ code: 'key.withheld' }),
  )
  expect([deeds, runs]).toEqual([[], 6])
})
