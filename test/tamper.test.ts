import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendLeaves, emptyFrontier, rootOfFrontier } from '../src/core/merkle.ts'
import { leavesFrom, type EntryRow } from '../src/features/ledger/queries.ts'
import { Sequencer } from '../src/features/ledger/sequencer.ts'
import { hashOf, signCheckpoint, signingKey, type LedgerKey } from '../src/features/ledger/tree.ts'
import type { Db } from '../src/platform/postgres.ts'
import { Attacker } from './world/tampering.ts'
import { World } from './world/world.ts'

const CHANGES = process.env.SLOW ? 10_000 : 100
const world = new World()
let attacker: Attacker
/** The newest checkpoint, as a witness, a backup or a bundle of evidence holds it. */
let known: { size: number; note: string }

beforeAll(async () => {
  await world.open()
  const act = async (n: number) => {
    await world.ada.ok('client.create', { body: { name: `Client ${n}` } })
    await world.ada.upload(world.orchard.id, `note ${n}.txt`, '', Buffer.from(`note ${n}`))
    await world.firm.sequencer.run()
  }
  for (const n of [1, 2]) await act(n)
  const { id } = await world.sam.ok('key.rotate', { body: { what: 'ledger' } })
  while (!(await world.sam.ok('key.list')).rotations.find((one) => one.id === id)!.endedAt) await pause(50)
  for (const n of [3, 4]) await act(n)
  // what comes by itself comes before the attack
  await pause(1500)
  await world.firm.sequencer.run()
  known = (await world.asSuperuser(world.database, (db) =>
    db.row<{ size: number; note: string }>('select size, note from ledger.checkpoints order by size desc limit 1'),
  ))!
  attacker = await Attacker.come(world)
})
afterAll(async () => {
  await attacker.end()
  await world.close()
})

const entryAt = async (db: Db, n: number): Promise<string> =>
  (await db.row<{ entry_id: string }>('select entry_id from ledger.leaves where n = $1', [n]))!.entry_id
const FORGED = '01993c20-1000-7000-8000-00000000dead'
const insert = (db: Db) =>
  db.run(
    `insert into ledger.entries (id, at, deed, via, salt, details_commitment, sealed_details)
     select $1, at, deed, via, salt, details_commitment, sealed_details from ledger.entries limit 1`,
    [FORGED],
  )

/** Makes the whole tree anew over the entries as they stand, and signs each checkpoint with the key that the thief has. */
async function rewrite(db: Db, key: LedgerKey): Promise<void> {
  const leaves = await leavesFrom(db, 0, 100_000)
  const hashes = leaves.map((leaf) => hashOf(leaf as EntryRow, { n: leaf.n, matterN: leaf.matter_n, numbered: leaf.numbered }))
  for (const [at, leaf] of leaves.entries()) await db.run('update ledger.leaves set leaf_hash = $2 where n = $1', [leaf.n, hashes[at]])
  for (const { size } of await db.rows<{ size: number }>('select size from ledger.checkpoints')) {
    const tree = appendLeaves(emptyFrontier(), hashes.slice(0, size))
    await db.run('update ledger.checkpoints set root = $2, frontier = $3, note = $4 where size = $1', [
      size,
      rootOfFrontier(tree),
      tree.hashes,
      signCheckpoint(key, tree),
    ])
  }
}
/** The state of an earlier day, whole: what a rolled-back backup is, and what cutting off the tail comes to. */
async function rollBack(db: Db, to: number): Promise<void> {
  const { size } = (await db.row<{ size: number }>('select max(size) as size from ledger.checkpoints where size <= $1', [to]))!
  await db.run('delete from ledger.entries where id in (select entry_id from ledger.leaves where n >= $1)', [size])
  await db.run('delete from ledger.leaves where n >= $1', [size])
  await db.run('delete from ledger.checkpoints where size > $1', [size])
  await db.run(
    'update ledger.matter_counts c set entries = n.n from (select matter_id, count(*) as n from ledger.entries group by 1) n where n.matter_id = c.matter_id',
  )
  await db.run('delete from ledger.origins o where not exists (select from ledger.entries e where e.origin = o.id)')
}
const ownKey = () => signingKey(world.firm.house.keys)
/** An entry of the newest epoch, whose key the thief has. */
const ofNow = () => known.size - 2

type Kind = { tamper: (db: Db) => Promise<unknown>; verify: boolean }
/** In the words of docs/trust.md. `verify`: whether the firm finds it by itself; a checkpoint that is kept elsewhere finds all of them. */
const KINDS: Record<string, Kind> = {
  'a field of an entry changed': {
    tamper: async (db) => db.run(`update ledger.entries set deed = 'document.opened' where id = $1`, [await entryAt(db, 4)]),
    verify: true,
  },
  'an entry deleted': { tamper: async (db) => db.run('delete from ledger.entries where id = $1', [await entryAt(db, 4)]), verify: true },
  'an entry put in between': { tamper: insert, verify: true },
  'two entries in another order': {
    tamper: async (db) => {
      const [one, other] = [await entryAt(db, 3), await entryAt(db, 5)]
      await db.run('update ledger.leaves set entry_id = $1 where n = 3', [FORGED])
      await db.run('update ledger.leaves set entry_id = $1 where n = 5', [one])
      await db.run('update ledger.leaves set entry_id = $1 where n = 3', [other])
    },
    verify: true,
  },
  'the newest entries cut off, and their checkpoints left': {
    tamper: (db) => db.run('delete from ledger.leaves where n >= $1', [known.size - 3]),
    verify: true,
  },
  'the newest entries cut off with all that tells of them': { tamper: (db) => rollBack(db, known.size - 1), verify: false },
  'an earlier day’s copy of the database put back by other means than `restore`': {
    tamper: (db) => rollBack(db, known.size - 3),
    verify: false,
  },
  'history since the last epoch written anew, with the database and the key that signs': {
    tamper: async (db) => {
      // only what stands under the key that was stolen
      const { note } = (await db.row<{ note: string }>('select note from ledger.epochs order by n desc limit 1'))!
      const first = Number(note.split('\n')[3])
      const before = await db.rows<{ size: number; note: string }>('select size, note from ledger.checkpoints where size <= $1', [first])
      await db.run(`update ledger.entries set deed = 'document.opened' where id = $1`, [await entryAt(db, ofNow())])
      await rewrite(db, ownKey())
      for (const row of before) await db.run('update ledger.checkpoints set note = $2 where size = $1', [row.size, row.note])
    },
    verify: false,
  },
  'history of an earlier epoch written anew, with the database and the key that signs now': {
    tamper: async (db) => {
      await db.run(`update ledger.entries set deed = 'document.opened' where id = $1`, [await entryAt(db, 4)])
      await rewrite(db, ownKey())
    },
    verify: true,
  },
  'epochs made up, with a first key of one’s own': {
    tamper: (db) => db.run(`update ledger.log set vkey = $1`, [ownKey().vkey]),
    verify: true,
  },
}

test('nobody touched it: nothing is found, and the known checkpoint is there', async () => {
  expect(await attacker.found(known)).toEqual([])
})

test.for(Object.entries(KINDS))('%s', async ([, { tamper, verify }]) => {
  const found = await attacker.after(tamper)
  if (verify) expect(found[0]).toEqual({ what: expect.any(String), where: expect.stringMatching(/[0-9]|ledger\./) })
  // this is no success: it is the limit of what a ledger shows without anyone outside
  else expect(found).toEqual([])
  expect((await attacker.after(tamper, known)).length).toBeGreaterThan(0)
})

test('a forked clerk: two checkpoints of one size, both rightly signed; whoever holds the other one sees it', async () => {
  const key = ownKey()
  const other = signCheckpoint(
    key,
    appendLeaves(
      emptyFrontier(),
      Array.from({ length: known.size }, (_, n) => Buffer.alloc(32, n)),
    ),
  )
  expect(await attacker.after(async () => {}, { size: known.size, note: other })).toEqual([
    { what: expect.stringMatching(/known from elsewhere/), where: `checkpoint ${known.size}` },
  ])
})

test('the clerk numbers nothing on a ledger that was cut, and nothing under a key that is not the newest epoch’s', async () => {
  const refused = async (statement: string, undo: string) => {
    const as = (text: string) =>
      world.asSuperuser(world.database, async (db) => {
        await db.run('set session_replication_role = replica')
        await db.run(text)
        await db.run('reset session_replication_role')
      })
    await as(`create table if not exists public.aside as select * from ledger.leaves where n = ${known.size - 1}`)
    await as(statement)
    await as(`insert into ledger.pending (entry_id) select id from ledger.entries order by id limit 1`)
    const why: string[] = []
    await new Sequencer(world.firm.house, world.firm.house.keys, (one) => why.push(one)).run()
    await as(`delete from ledger.pending`)
    await as(undo)
    return why
  }
  await world.firm.sequencer.run()
  expect(
    await refused(`delete from ledger.leaves where n = ${known.size - 1}`, 'insert into ledger.leaves select * from public.aside'),
  ).toEqual([expect.stringMatching(/leaves and a checkpoint of/)])
  expect(await refused(`update ledger.epochs set n = n + 10`, 'update ledger.epochs set n = n - 10')).toHaveLength(0)
  expect(
    await refused(
      `update ledger.epochs set note = replace(note, 'replaced', 'replacep')`,
      `update ledger.epochs set note = replace(note, 'replacep', 'replaced')`,
    ),
  ).toEqual([expect.stringMatching(/epochs do not follow one another/)])
  await world.asSuperuser(world.database, (db) => db.run('drop table public.aside'))
})

const TABLES = ['entries', 'leaves', 'checkpoints', 'matter_counts', 'log', 'epochs', 'origins'].map((name) => `ledger.${name}`)
test(`${CHANGES} changes of one field at random, each is found`, async () => {
  const missed: string[] = []
  const counted = new Map<string, number>()
  for (let n = 0; n < CHANGES; n += 1) {
    let what = ''
    const found = await attacker.after(async (db) => (what = await attacker.changeField(db, TABLES)))
    if (found.length === 0) missed.push(what)
    const column = what.split(' ')[0]!
    counted.set(column, (counted.get(column) ?? 0) + 1)
  }
  expect(missed).toEqual([])
  // no column is left out because the table never takes a change of it
  if (CHANGES > 5000) expect([...counted.keys()].length).toBeGreaterThan(28)
}, 3_600_000)

test('docs/trust.md has each kind and says of it what was found here', async () => {
  const text = await readFile('docs/trust.md', 'utf8')
  const rows = [...text.matchAll(/^\| ([^|]+) \| (yes|no)[^|]* \| yes[^|]* \|$/gm)].map((match) => [match[1]!, match[2] === 'yes'])
  expect(rows).toEqual([
    ...Object.entries(KINDS).map(([name, kind]) => [name, kind.verify]),
    ['a fork by a second clerk with the key', false],
  ])
})
