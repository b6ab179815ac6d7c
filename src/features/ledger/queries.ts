import type { Deed } from '../../contract/deeds.ts'
import type { Frontier } from '../../core/merkle.ts'
import type { Db } from '../../platform/postgres.ts'

export type EntryRow = {
  id: string
  at: Date
  deed: Deed
  actor: string | null
  via: 'browser' | 'command' | 'token' | 'visitor' | 'clerk'
  matter_id: string | null
  object: string | null
  salt: Buffer
  details_commitment: string
  /** the leaf's version; the rest is null in one of version 1, but the session */ v: 1 | 2
  session: string | null
  origin: Buffer | null
  ground: string | null
}
export type LeafRow = { n: number; matter_n: number | null; numbered: Date; leaf_hash: Buffer }
export type CheckpointRow = { size: number; root: Buffer; frontier: Buffer[]; note: string; signed_at: Date }
/** What a reader may see of an entry; null where it is not numbered yet or its writer has no name here. */
export type SeenRow = EntryRow & {
  sealed_details: Buffer
  numbered: boolean
  witnessed: boolean
  matter_n: number | null
  actor_name: Buffer | null
  /** for those who read the firm's ledger */ sealed_origin: Buffer | null
  /** its document was destroyed */ is_stone?: boolean
}

export const ENTRY =
  'e.id, e.at, e.deed, e.actor, e.via, e.matter_id, e.object, e.salt, e.details_commitment, e.v, e.session, e.origin, e.ground'

export const lastCheckpoint = (db: Db) =>
  db.row<CheckpointRow>('select size, root, frontier, note, signed_at from ledger.checkpoints order by size desc limit 1')
export const lastLeaf = (db: Db) => db.row<LeafRow>('select n, matter_n, numbered, leaf_hash from ledger.leaves order by n desc limit 1')

export type WaitingRow = EntryRow & { /** entries of its matter that are numbered already */ counted: number }
/** Committed entries that wait for their number, by their ids, from the one after `after` on. */
export const waiting = (db: Db, after: string, most: number) =>
  db.rows<WaitingRow>(
    `select ${ENTRY}, coalesce(c.entries, 0) as counted
     from (select entry_id from ledger.pending where entry_id > $1 order by entry_id limit $2) p
     join ledger.entries e on e.id = p.entry_id left join ledger.matter_counts c on c.matter_id = e.matter_id order by e.id`,
    [after, most],
  )
/** What was numbered from leaf `first` on waits no more. */
export const forgetWaiting = (db: Db, first: number) =>
  db.run('delete from ledger.pending p using ledger.leaves l where l.n >= $1 and p.entry_id = l.entry_id', [first])

type KeptLeaf = { n: number; entry: string; matterN: number | null; numbered: string; hash: Buffer }
/**
 * Leaves that follow one another, at least one. The lists go as they would be printed: to quote each of what holds nothing to quote
 * takes as long as its hash does. The hashes go as one row of bytes.
 */
export const keepLeaves = (db: Db, leaves: readonly KeptLeaf[]) =>
  db.run(
    `insert into ledger.leaves (n, entry_id, matter_n, numbered, leaf_hash)
     select $1::bigint + at - 1, entry, matter_n, numbered, substr($5::bytea, (32 * (at - 1) + 1)::integer, 32)
     from unnest($2::uuid[], $3::bigint[], $4::timestamptz[]) with ordinality as l (entry, matter_n, numbered, at)`,
    [
      leaves[0]!.n,
      `{${leaves.map((l) => l.entry).join()}}`,
      `{${leaves.map((l) => l.matterN ?? 'null').join()}}`,
      `{${leaves.map((l) => l.numbered).join()}}`,
      Buffer.concat(leaves.map((l) => l.hash)),
    ],
  )

export async function keepCounts(db: Db, counts: ReadonlyMap<string, number>): Promise<void> {
  if (counts.size === 0) return
  await db.run(
    `insert into ledger.matter_counts (matter_id, entries) select * from unnest($1::uuid[], $2::bigint[])
     on conflict (matter_id) do update set entries = excluded.entries`,
    [[...counts.keys()], [...counts.values()]],
  )
}

/** `at`: when its last entry took its place. */
export const keepCheckpoint = (db: Db, frontier: Frontier, root: Buffer, note: string, at: string) =>
  db.run('insert into ledger.checkpoints (size, root, frontier, note, signed_at) values ($1, $2, $3, $4, $5)', [
    frontier.size,
    root,
    frontier.hashes,
    note,
    at,
  ])

const isExact = (column: string): string => `${column} = date_trunc('milliseconds', ${column})`
/** Leaves with their entries, in order; a leaf whose entry is gone comes with `id` null. `exact`: no time holds more than a leaf does. */
export const leavesFrom = (db: Db, n: number, most: number) =>
  db.rows<LeafRow & { entry_id: string; exact: boolean } & { [K in keyof EntryRow]: EntryRow[K] | null }>(
    `select l.n, l.matter_n, l.numbered, l.leaf_hash, l.entry_id, ${isExact('l.numbered')} and ${isExact('e.at')} as exact, ${ENTRY}
     from ledger.leaves l left join ledger.entries e on e.id = l.entry_id where l.n >= $1 order by l.n limit $2`,
    [n, most],
  )
export const checkpointsFrom = (db: Db, size: number, to: number) =>
  db.rows<CheckpointRow & { timely: boolean | null }>(
    `select c.size, c.root, c.frontier, c.note, c.signed_at, c.signed_at = l.numbered as timely
     from ledger.checkpoints c left join ledger.leaves l on l.n = c.size - 1 where c.size > $1 and c.size <= $2 order by c.size`,
    [size, to],
  )
/** The note of the checkpoint over exactly `size` entries, or null. */
export const noteAt = async (db: Db, size: number): Promise<string | null> =>
  (await db.row<{ note: string }>('select note from ledger.checkpoints where size = $1', [size]))?.note ?? null
/** Entries that are neither numbered nor waiting: someone removed a leaf, or wrote an entry past the trigger. */
export const strayEntries = (db: Db, most: number) =>
  db.rows<{ id: string }>(
    `select e.id from ledger.entries e
     where not exists (select from ledger.leaves l where l.entry_id = e.id) and not exists (select from ledger.pending p where p.entry_id = e.id) order by e.id limit $1`,
    [most],
  )
/** What waits and should not: an entry that is gone, or one that has its number already. */
export const falselyWaiting = (db: Db, most: number) =>
  db.rows<{ id: string; numbered: boolean }>(
    `select p.entry_id as id, l.n is not null as numbered from ledger.pending p left join ledger.leaves l on l.entry_id = p.entry_id
     where l.n is not null or not exists (select from ledger.entries e where e.id = p.entry_id) limit $1`,
    [most],
  )
/** How many leaves there should be by the last of them, and by the last checkpoint; seen at one moment. */
export const heights = async (db: Db) =>
  (await db.row<{ leaves: number; signed: number }>(
    'select (select coalesce(max(n) + 1, 0) from ledger.leaves) as leaves, (select coalesce(max(size), 0) from ledger.checkpoints) as signed',
  ))!
/** The kept counts by matter, less what was numbered from leaf `size` on; after the matter `after`. */
export const countsAt = (db: Db, size: number, after: string, most: number) =>
  db.rows<{ matter_id: string; entries: number }>(
    `select c.matter_id, c.entries - coalesce(newer.entries, 0) as entries
     from ledger.matter_counts c left join (
       select e.matter_id, count(*) as entries from ledger.leaves l join ledger.entries e on e.id = l.entry_id where l.n >= $1 group by e.matter_id
     ) newer on newer.matter_id = c.matter_id
     where c.matter_id > $2 order by c.matter_id limit $3`,
    [size, after, most],
  )
/** Entries that name a place which is not there. */
export const strayPlaces = (db: Db, most: number) =>
  db.rows<{ id: string }>(
    'select e.id from ledger.entries e where e.origin is not null and not exists (select from ledger.origins o where o.id = e.origin) limit $1',
    [most],
  )
export const placesAfter = (db: Db, after: Buffer, most: number) =>
  db.rows<{ id: Buffer; address_token: Buffer; sealed_origin: Buffer }>(
    'select id, address_token, sealed_origin from ledger.origins where id > $1 order by id limit $2',
    [after, most],
  )
export const countWaiting = async (db: Db) => (await db.row<{ n: number }>('select count(*) as n from ledger.pending'))!.n
export const detailsOfMatter = (db: Db, matter: string | null, after: string, most: number) =>
  db.rows<{ id: string; details_commitment: string; sealed_details: Buffer }>(
    `select id, details_commitment, sealed_details from ledger.entries
     where matter_id is not distinct from $1 and id > $2 order by id limit $3`,
    [matter, after, most],
  )
export const isDestroyed = async (db: Db, matter: string): Promise<boolean> =>
  (await db.row(`select 1 as one from ledger.entries where matter_id = $1 and deed = 'matter.destroyed' limit 1`, [matter])) !== null

/** Entries that the reader may see, each with what a page shows of it. */
const SEEN = `select ${ENTRY}, e.sealed_details, l.entry_id is not null as numbered, hidden.is_witnessed(e.id, e.salt) as witnessed, l.matter_n, p.sealed_name as actor_name, o.sealed_origin,
  e.object is not null and e.matter_id is not null and hidden.is_stone(e.object) as is_stone
  from ledger.entries e left join ledger.leaves l on l.entry_id = e.id left join app.people p on p.id = e.actor
  left join ledger.origins o on o.id = e.origin`
export const entriesById = (db: Db, entries: string[]) => db.rows<SeenRow>(`${SEEN} where e.id = any ($1) order by e.id desc`, [entries])
export const entryById = async (db: Db, entry: string): Promise<SeenRow | null> => (await entriesById(db, [entry]))[0] ?? null
/** Positions in the whole log, for those who may read it; empty for everyone else. */
export const positionsOf = async (db: Db, entries: string[]): Promise<Map<string, number>> =>
  new Map(
    (await db.rows<{ entry: string; n: number }>('select entry, n from hidden.positions($1)', [entries])).map((row) => [row.entry, row.n]),
  )
