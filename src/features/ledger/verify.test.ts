import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Db } from '../../platform/postgres.ts'
import type { Clerk } from '../../platform/ways.ts'
import { World } from '../../../test/world/world.ts'
import { inject } from 'vitest'
import { ledgerKey } from './tree.ts'
import type { Fault } from './faults.ts'
import { verifyLedger } from './verify.ts'

const world = new World()
let size: number

beforeAll(async () => {
  await world.open()
  // several checkpoints, firm's deeds and matter's deeds among each other
  for (const n of [1, 2, 3]) {
    await world.ada.upload(world.orchard.id, `note ${n}.txt`, '', Buffer.from(`note ${n}`))
    await world.ada.ok('client.create', { body: { name: `Client ${n}` } })
    await world.firm.sequencer.run()
  }
  size = (await verifyLedger(world.firm.house.clerk, given())).entries
})
afterAll(() => world.close())

const given = () => ({ vkey: ledgerKey(world.firm.house.keys.ledgerSeed).vkey, detailsOf: world.firm.house })

/** Does something as the superuser, verifies as the clerk what that left, and undoes it. */
async function after(tamper: (db: Db) => Promise<unknown>, look = given()): Promise<Fault[]> {
  const shared = inject('world')
  const { db, end } = await connect({
    host: shared.host,
    port: shared.port,
    user: shared.superuser,
    password: shared.password,
    database: world.database,
  })
  try {
    await db.run('begin')
    await db.run('set local session_replication_role = replica')
    await tamper(db)
    const clerk: Clerk = async (job, fn) => {
      await db.row(`select set_config('role', 'subrosa_clerk', true), set_config('subrosa.matter', $1, true)`, [job.matter ?? ''])
      return fn(db)
    }
    return (await verifyLedger(clerk, look)).faults
  } finally {
    await db.run('rollback')
    await end()
  }
}
const sentences = (faults: Fault[]) => faults.map((fault) => `${fault.where}: ${fault.what}`)
const entryAt = async (db: Db, n: number) =>
  (await db.row<{ entry_id: string; matter: string | null; matter_n: number | null }>(
    'select l.entry_id, e.matter_id as matter, l.matter_n from ledger.leaves l join ledger.entries e on e.id = l.entry_id where n = $1',
    [n],
  ))!

describe('a ledger that nobody touched', () => {
  test('verifies, with every leaf, checkpoint and detail', async () => {
    const check = await verifyLedger(world.firm.house.clerk, given())
    expect(check.faults).toEqual([])
    expect(check.entries).toBeGreaterThan(15)
    expect(check.checkpoints).toBeGreaterThan(3)
    expect(check.waiting).toBe(0)
  })

  test('verifies while entries are being written', async () => {
    const writing = (async () => {
      for (let n = 0; n < 12; n += 1) await world.ada.ok('client.create', { body: { name: `Busy ${n}` } })
    })()
    for (let n = 0; n < 6; n += 1) expect((await verifyLedger(world.firm.house.clerk, given())).faults).toEqual([])
    await writing
    await world.firm.sequencer.run()
    size = (await verifyLedger(world.firm.house.clerk, given())).entries
  })
})

describe('what a superuser of the database does is named', () => {
  test('a changed field of an entry', async () => {
    for (const change of [
      `deed = 'document.opened'`,
      `actor = gen_random_uuid()`,
      `at = at + interval '1 hour'`,
      `via = case via when 'clerk' then 'browser' else 'clerk' end`,
      `object = gen_random_uuid()`,
      `details_commitment = 'x'`,
    ]) {
      const faults = await after(
        async (db) => db.run(`update ledger.entries set ${change} where id = $1`, [(await entryAt(db, 4)).entry_id]),
        { ...given(), detailsOf: undefined as never },
      )
      expect(faults, change).toHaveLength(1)
      expect(faults[0]).toEqual({
        what: 'The entry is not the one that was numbered here: it was changed, or exchanged for another.',
        where: expect.stringMatching(/^leaf 4, entry /),
      })
    }
  })

  test('a changed entry whose leaf was changed to fit', async () => {
    const faults = await after((db) => db.run(`update ledger.leaves set leaf_hash = sha256('other') where n = 4`))
    expect(sentences(faults)[0]).toMatch(/^leaf 4, .*The entry is not the one that was numbered/)
    expect(faults.some((fault) => /root is not the root of the entries before it/.test(fault.what))).toBe(true)
  })

  test('a deleted entry', async () => {
    const faults = await after(async (db) => db.run('delete from ledger.entries where id = $1', [(await entryAt(db, 4)).entry_id]))
    expect(faults[0]).toEqual({ what: 'The entry of this leaf is not there.', where: expect.stringMatching(/^leaf 4, /) })
  })

  test('an entry deleted together with its leaf', async () => {
    const faults = await after(async (db) => {
      const { entry_id } = await entryAt(db, 4)
      await db.run('delete from ledger.leaves where n = 4')
      await db.run('delete from ledger.entries where id = $1', [entry_id])
    })
    expect(faults[0]).toEqual({ what: 'Leaf 4 is not there.', where: 'leaf 4' })
  })

  test('a deleted entry whose followers were moved up', async () => {
    const faults = await after(async (db) => {
      await db.run('delete from ledger.leaves where n = 4')
      for (let n = 5; n < size; n += 1) await db.run('update ledger.leaves set n = $1 where n = $2', [n - 1, n])
    })
    expect(faults[0]!.where).toMatch(/^leaf 4, /)
    expect(sentences(faults)).toContainEqual(expect.stringMatching(/The tail is cut off/))
  })

  test('an inserted entry, without and with a leaf', async () => {
    const insert = `insert into ledger.entries (id, at, deed, via, salt, details_commitment, sealed_details) values ('00000000-0000-7000-8000-000000000001', now(), 'firm.founded', 'visitor', decode(repeat('00', 16), 'hex'), 'x', '')`
    const look = { ...given(), detailsOf: undefined as never }
    expect(await after((db) => db.run(insert), look)).toEqual([
      { what: 'The entry is neither numbered nor waiting for its number.', where: 'entry 00000000-0000-7000-8000-000000000001' },
    ])
    const faults = await after(async (db) => {
      await db.run(insert)
      await db.run(`insert into ledger.leaves select $1, '00000000-0000-7000-8000-000000000001', null, now(), sha256('x')`, [size])
    }, look)
    expect(faults.map((fault) => fault.what)).toContain('The last 1 entries stand under no checkpoint.')
  })

  test('two entries exchanged', async () => {
    const faults = await after(async (db) => {
      const [one, two] = [await entryAt(db, 3), await entryAt(db, 5)]
      await db.run('update ledger.leaves set entry_id = gen_random_uuid() where n = 3')
      await db.run('update ledger.leaves set entry_id = $1 where n = 5', [one.entry_id])
      await db.run('update ledger.leaves set entry_id = $1 where n = 3', [two.entry_id])
    })
    expect(faults.filter((fault) => /exchanged for another/.test(fault.what)).map((fault) => fault.where.slice(0, 6))).toEqual([
      'leaf 3',
      'leaf 5',
    ])
  })

  test('the tail cut off: the leaves, the leaves with their checkpoints', async () => {
    const leaves = await after((db) => db.run('delete from ledger.leaves where n >= $1', [size - 3]))
    expect(sentences(leaves)).toContainEqual(
      `leaf ${size - 3}: The tail is cut off: ${size} entries were signed for, and ${size - 3} are there.`,
    )
    const both = await after((db) => cutTail(db, { entries: false }))
    expect(both.some((fault) => fault.what === 'The entry is neither numbered nor waiting for its number.')).toBe(true)
    // entries gone too, but the matter was not counted down
    const counted = await after((db) => cutTail(db, { entries: true }))
    expect(counted.map((fault) => fault.what)).toEqual([
      expect.stringMatching(/^\d+ entries were counted for the matter, and \d+ are there\.$/),
    ])
  })

  test('sealed details changed, moved, or exchanged for others under the same key', async () => {
    const changed = await after(async (db) =>
      db.run(`update ledger.entries set sealed_details = set_byte(sealed_details, 40, get_byte(sealed_details, 40) # 1) where id = $1`, [
        (await entryAt(db, 4)).entry_id,
      ]),
    )
    expect(changed).toEqual([{ what: 'The entry’s details do not open: they were changed.', where: expect.stringMatching(/^entry /) }])
    const moved = await after(async (db) =>
      db.run('update ledger.entries set sealed_details = (select sealed_details from ledger.entries where id = $2) where id = $1', [
        (await entryAt(db, 4)).entry_id,
        (await entryAt(db, 5)).entry_id,
      ]),
    )
    expect(moved.map((fault) => fault.what)).toEqual(['The entry’s details do not open: they were changed.'])
  })

  test('a checkpoint’s root, frontier, note or size changed, and one that another key signed', async () => {
    const top = `(select min(size) from ledger.checkpoints where size > 4)`
    const of = (change: string) => after((db) => db.run(`update ledger.checkpoints set ${change} where size = ${top}`))
    expect((await of(`root = sha256('x')`)).map((fault) => fault.what)).toEqual(['The checkpoint’s row is not what its signature says.'])
    expect((await of(`frontier = array[sha256('x')]`)).map((fault) => fault.what)).toEqual([
      'The checkpoint’s frontier does not give its root.',
    ])
    expect((await of(`frontier = frontier || sha256('x')`)).map((fault) => fault.what)).toEqual([
      'The checkpoint’s frontier does not give its root.',
    ])
    expect((await of(`note = translate(note, 'abcdefABCDEF', 'bcdefaBCDEFA')`)).map((fault) => fault.what)).toEqual([
      'The checkpoint is not signed with the firm’s key.',
    ])
    const other = ledgerKey(Buffer.alloc(32, 7))
    const forged = await after(async (db) => {
      await db.run('update ledger.log set vkey = $1, origin = $2', [other.vkey, other.name])
      for (const row of await db.rows<{ size: number; root: Buffer }>('select size, root from ledger.checkpoints')) {
        await db.run('update ledger.checkpoints set note = $2 where size = $1', [
          row.size,
          other.sign(`${other.name}\n${row.size}\n${row.root.toString('base64')}\n`),
        ])
      }
    })
    expect(forged[0]).toEqual({ what: 'The ledger is kept under a key that is not the firm’s.', where: 'ledger.log' })
    expect(forged[1]!.what).toBe('The checkpoint is not signed with the firm’s key.')
  })

  test('numbers within a matter, times that go back, counts, and entries that wait wrongly', async () => {
    const orchard = await after((db) =>
      db.run(
        `update ledger.leaves set matter_n = matter_n + 1 where entry_id = (select id from ledger.entries where matter_id = $1 order by id desc limit 1)`,
        [world.orchard.id],
      ),
    )
    expect(sentences(orchard)).toContainEqual(expect.stringMatching(/It is numbered \d+ within matter .*, where \d+ was due/))
    const time = await after((db) => db.run(`update ledger.leaves set numbered = numbered - interval '1 day' where n = 5`))
    expect(sentences(time)).toContainEqual(expect.stringMatching(/leaf 5.*at a time before/))
    expect(await after((db) => db.run('update ledger.matter_counts set entries = entries + 1'))).toHaveLength(1)
    expect(await after((db) => db.run('delete from ledger.matter_counts'))).toEqual([
      { what: expect.stringMatching(/^No entries were counted/), where: `matter ${world.orchard.id}` },
    ])
    const waits = await after((db) =>
      db.run(`insert into ledger.pending select entry_id from ledger.leaves where n = 2 union select gen_random_uuid()`),
    )
    expect(waits.map((fault) => fault.what).sort()).toEqual([
      'An entry that waited for its number is not there.',
      'The entry has its number and waits for another.',
    ])
  })

  test('a matter whose keys are gone', async () => {
    const faults = await after((db) => db.run('delete from app.matter_keys'))
    expect(faults).toEqual([
      { what: `The keys are missing for matter ${world.orchard.id}: its details cannot be opened.`, where: `matter ${world.orchard.id}` },
    ])
  })

  test('no more than a hundred faults are collected', async () => {
    expect(await after((db) => db.run(`insert into ledger.pending select gen_random_uuid() from generate_series(1, 300)`))).toHaveLength(
      100,
    )
  })
})

async function cutTail(db: Db, { entries }: { entries: boolean }): Promise<void> {
  const cut = (await db.row<{ size: number }>('select max(size) as size from ledger.checkpoints where size < $1', [size - 20]))!.size
  const gone = await db.rows<{ entry_id: string }>('delete from ledger.leaves where n >= $1 returning entry_id', [cut])
  await db.run('delete from ledger.checkpoints where size > $1', [cut])
  if (entries) await db.run('delete from ledger.entries where id = any ($1)', [gone.map((row) => row.entry_id)])
}

test('not seen without a witness: the newest entries gone with their leaves, checkpoints and counts', async () => {
  // This is no success: it documents the limit
  const cut = async (db: Db) => {
    await cutTail(db, { entries: true })
    await db.run('delete from ledger.matter_counts c where not exists (select from ledger.entries e where e.matter_id = c.matter_id)')
    await db.run('update ledger.matter_counts c set entries = (select count(*) from ledger.entries e where e.matter_id = c.matter_id)')
  }
  expect(await after(cut)).toEqual([])
  // with a checkpoint kept elsewhere, as a backup's manifest keeps one, it is seen
  const top = await world.asSuperuser(world.database, (db) =>
    db.row<{ size: number; note: string }>('select size, note from ledger.checkpoints order by size desc limit 1'),
  )
  expect(await after(cut, { ...given(), known: top! } as never)).toEqual([
    { what: expect.stringMatching(/^The checkpoint that is known from elsewhere/), where: `checkpoint ${size}` },
  ])
})

describe('places and grounds', () => {
  const newest = `(select e.id from ledger.entries e join ledger.leaves l on l.entry_id = e.id where e.origin is not null order by l.n desc limit 1)`
  const changed = 'The entry is not the one that was numbered here: it was changed, or exchanged for another.'
  test.each([
    ['another session', `update ledger.entries set session = gen_random_uuid() where id = ${newest}`, changed],
    ['another ground', `update ledger.entries set ground = 'team partner' where id = ${newest}`, changed],
    ['no place', `update ledger.entries set origin = null where id = ${newest}`, changed],
    ['an older leaf', `update ledger.entries set v = 1 where id = ${newest}`, changed],
    [
      'a place that is gone',
      `delete from ledger.origins where id = (select origin from ledger.entries where id = ${newest})`,
      'The place that the entry was written from is not there.',
    ],
    [
      'a place that was changed',
      `update ledger.origins set sealed_origin = set_byte(sealed_origin, 20, get_byte(sealed_origin, 20) # 1)`,
      'The place does not open, or is another one than its entries name.',
    ],
    [
      'a place under another address',
      `update ledger.origins set address_token = decode(repeat('00', 16), 'hex')`,
      'The place is not found by its address: its token was changed.',
    ],
  ])('%s is found', async (_, sql, what) => {
    expect((await after((db) => db.run(sql))).map((fault) => fault.what)).toContain(what)
  })
})
