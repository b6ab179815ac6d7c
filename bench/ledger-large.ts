import type { MatterId, PersonId } from '../src/contract/ids.ts'
import { appendLeaves, emptyFrontier, rootOfFrontier, verifyInclusion } from '../src/core/merkle.ts'
import { tileHashOf, type TileHash } from '../src/core/tiles.ts'
import { entriesAsked } from '../src/features/ledger/asked.ts'
import { inclusionOf } from '../src/features/ledger/proofs.ts'
import { keepSubtrees, tilesOfClerk, tilesOfPerson } from '../src/features/ledger/tile-queries.ts'
import { iso } from '../src/platform/clock.ts'
import { enter } from '../src/platform/entering.ts'
import type { House } from '../src/platform/house.ts'
import { openPool, transaction } from '../src/platform/postgres.ts'
import { ledgerStage, SEED_ENTRIES, type LedgerStage } from './ledger-stage.ts'
import { median, row, type Figure, type Row } from './measure.ts'

const [MATTERS, PEOPLE] = [2000, 300]
/** Two years. */
const SECONDS = 2 * 365 * 86_400

/** What a reader of a very long log waits for, and what it takes on the disk. */
export const large: Figure = {
  id: 'ledger-large',
  what: 'the inclusion proof of an entry, as a person who may read the log: half of 200 within',
  unit: 'ms',
  bar: { most: 20 },
  measure: async (stage) => {
    const ledger = await ledgerStage(stage)
    const many = stage.quick ? 300_000 : 10_000_000
    const before = await sizeOf(ledger)
    const root = await seed(ledger, many)
    const size = (await ledger.db.row<{ n: number }>('select max(n) + 1 as n from ledger.leaves'))!.n
    await seedMatters(ledger)
    const rows: Row[] = [
      row(
        { id: 'ledger-bytes', what: 'database bytes an entry, with its leaf and all indexes', unit: 'B' },
        ((await sizeOf(ledger)) - before) / many,
      ),
    ]
    const took = await proofs(ledger, size, root)
    for (const { id, what, times } of await filtered(ledger))
      rows.push(row({ id, what, unit: 'ms' }, Math.max(...times), median(times), 'the bar is 100 ms; beside the median'))
    return [row(large, median(took), null, `${size} entries; the slowest took ${Math.max(...took).toFixed(1)} ms`), ...rows]
  },
}

async function proofs(ledger: LedgerStage, size: number, root: Buffer): Promise<number[]> {
  const pool = openPool(ledger.base.door, 1)
  try {
    return await transaction(pool, { readOnly: true, role: 'subrosa_person' }, async (db) => {
      await enter(db, ledger.secret)
      const took: number[] = []
      for (let k = 0; k < 200; k += 1) {
        const index = (k * 7_368_787) % size
        const begun = performance.now()
        const proof = await inclusionOf(tilesOfPerson(db), index, size)
        took.push(performance.now() - begun)
        const [leaf] = await tilesOfPerson(db)([{ level: 0, from: index, to: index + 1 }])
        if (!verifyInclusion({ leafHash: leaf!.hash, index, size, proof, root }))
          throw new Error(`the proof of leaf ${index} does not verify`)
      }
      return took
    })
  } finally {
    await pool.end()
  }
}

const DAY_MS = 86_400_000
/** As the page asks, through the policies: the newest hundred within thirty days of a year ago, opened for their reader. */
async function filtered(ledger: LedgerStage) {
  const pool = openPool(ledger.base.door, 1)
  const newest = (kind: string) => `the newest 100 entries of a ${kind} within 30 days a year ago, as one who oversees: the slowest of 30`
  const questions = [
    { id: 'ledger-matter', what: newest('matter'), of: (k: number) => ({ matter: MATTER(1 + k * 60) as MatterId }), times: [] as number[] },
    { id: 'ledger-person', what: newest('person'), of: (k: number) => ({ person: PERSON(k * 9) as PersonId }), times: [] as number[] },
  ]
  try {
    for (const { of, times } of questions) {
      let seen = 0
      for (let k = 0; k < 30; k += 1) {
        const from = Date.now() - (400 + k) * DAY_MS
        const period = { from: iso(new Date(from)), to: iso(new Date(from + 30 * DAY_MS)) }
        const begun = performance.now()
        const found = await transaction(pool, { readOnly: true, role: 'subrosa_person' }, async (db) => {
          const me = await enter(db, ledger.secret)
          return entriesAsked({ db, me, house: { keys: ledger.keys } as House }, { ...of(k), ...period }, 100)
        })
        times.push(performance.now() - begun)
        seen += found.length
      }
      if (seen === 0) throw new Error('no entry was found')
    }
    return questions
  } finally {
    await pool.end()
  }
}
/** Every tenth entry is of no matter, and so none is of a tenth of the matters. */
const MATTER = (n: number): string => `00000000-0000-7000-9000-${n.toString(16).padStart(12, '0')}`
const PERSON = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/** The matters of the entries, each like the one that was made; and who asks oversees the ledger. */
async function seedMatters({ db, matter, person }: LedgerStage): Promise<void> {
  await db.run('begin')
  await db.run('set local session_replication_role = replica')
  await db.run(
    `insert into app.matters select (jsonb_populate_record(m, jsonb_build_object(
       'id', '00000000-0000-7000-9000-' || lpad(to_hex(k), 12, '0'), 'number', 'bench-' || k, 'number_token', encode(sha256(k::text::bytea), 'hex')))).*
     from app.matters m cross join generate_series(0, $2::int - 1) k where m.id = $1`,
    [matter, MATTERS],
  )
  await db.run(`update app.people set roles = roles || '{compliance}' where id = $1`, [person])
  await db.run('commit')
}

/** Written as the superuser past the trigger; each leaf has a hash of its own, and the tree is theirs. Its root. */
async function seed({ db, clerk }: LedgerStage, many: number): Promise<Buffer> {
  const part = Math.min(500_000, many)
  for (let done = 0; done < many; done += part) {
    await db.run('begin')
    await db.run('set local session_replication_role = replica; set local synchronous_commit = off')
    await db.run(SEED_ENTRIES.replace('now())', `now()) - make_interval(secs => ${SECONDS * (1 - (done + part) / many)})`), [
      Math.min(part, many - done),
      MATTERS,
      PEOPLE,
      (SECONDS * Math.min(part, many - done)) / many,
      done,
    ])
    await db.run('commit')
  }
  await db.run('begin')
  await db.run('set local session_replication_role = replica; set local synchronous_commit = off')
  await db.run(
    `insert into ledger.leaves (n, entry_id, matter_n, numbered, leaf_hash)
     select (select coalesce(max(n) + 1, 0) from ledger.leaves) + row_number() over (order by id) - 1, id, case when matter_id is not null then 1 end, at, sha256(salt)
     from ledger.entries e where not exists (select from ledger.leaves l where l.entry_id = e.id)`,
  )
  await db.run('delete from ledger.pending; delete from ledger.subtrees')
  await db.run('commit')
  await db.run('analyze ledger.entries, ledger.leaves')
  let tree = emptyFrontier()
  for (;;) {
    const subtrees: TileHash[] = []
    const hashes = await clerk({ name: 'bench' }, (one) => tilesOfClerk(one)([{ level: 0, from: tree.size, to: tree.size + 65_536 }]))
    if (hashes.length === 0) return rootOfFrontier(tree)
    tree = appendLeaves(
      tree,
      hashes.sort((a, b) => a.index - b.index).map((one) => one.hash),
      (...node) => {
        const one = tileHashOf(...node)
        if (one) subtrees.push(one)
      },
    )
    await clerk({ name: 'bench' }, (one) => keepSubtrees(one, subtrees))
  }
}

const sizeOf = async ({ db }: LedgerStage): Promise<number> =>
  (await db.row<{ n: number }>(
    `select sum(pg_total_relation_size(c.oid))::bigint as n from pg_class c where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'r'`,
  ))!.n
