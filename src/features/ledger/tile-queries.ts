import type { Span, TileHash } from '../../core/tiles.ts'
import type { Db } from '../../platform/postgres.ts'
import { ENTRY, type EntryRow } from './queries.ts'

/** Reads hashes of the tree, by spans of a level. */
export type ReadTiles = (spans: readonly Span[]) => Promise<TileHash[]>

/** For whoever may read the firm's ledger; for everyone else there are none. */
export const tilesOfPerson =
  (db: Db): ReadTiles =>
  (spans) =>
    db.rows<TileHash>('select level, index, hash from hidden.tile_hashes($1::smallint[], $2::bigint[], $3::bigint[])', columns(spans))

export const tilesOfClerk =
  (db: Db): ReadTiles =>
  (spans) =>
    db.rows<TileHash>(
      `select s.level, t.index, t.hash from unnest($1::smallint[], $2::bigint[], $3::bigint[]) s (level, lo, hi) cross join lateral (
         select l.n as index, l.leaf_hash as hash from ledger.leaves l where s.level = 0 and l.n >= s.lo and l.n < s.hi
         union all
         select u.index, u.hash from ledger.subtrees u where u.level = s.level and u.index >= s.lo and u.index < s.hi
       ) t`,
      columns(spans),
    )

const columns = (spans: readonly Span[]) => [spans.map((one) => one.level), spans.map((one) => one.from), spans.map((one) => one.to)]

export async function keepSubtrees(db: Db, subtrees: readonly TileHash[]): Promise<void> {
  if (subtrees.length === 0) return
  await db.run('insert into ledger.subtrees (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])', [
    subtrees.map((one) => one.level),
    subtrees.map((one) => one.index),
    subtrees.map((one) => one.hash),
  ])
}

/** Kept hashes of more leaves than there are. */
export const subtreesBeyond = (db: Db, most: number) =>
  db.rows<{ level: number; index: number }>(
    `select s.level, s.index from ledger.subtrees s
     where (s.index + 1) << (8 * s.level) > (select coalesce(max(n) + 1, 0) from ledger.leaves) order by s.level, s.index limit $1`,
    [most],
  )

export type PlaceRow = { n: number; matter_n: number | null; numbered: Date; leaf_hash: Buffer }
/** Where an entry that was read stands in the log; null while it waits, and for whoever may not read the firm's ledger. */
export const placeOf = (db: Db, entry: Pick<EntryRow, 'id' | 'salt'>): Promise<PlaceRow | null> =>
  db.row<PlaceRow>('select n, matter_n, numbered, leaf_hash from hidden.place_of($1, $2)', [entry.id, entry.salt])

/** An entry that this reader sees, and whether it has its place. */
export const seenEntry = (db: Db, entry: string): Promise<(EntryRow & { numbered: boolean; witnessed: boolean }) | null> =>
  db.row(
    `select ${ENTRY}, l.entry_id is not null as numbered, hidden.is_witnessed(e.id, e.salt) as witnessed
     from ledger.entries e left join ledger.leaves l on l.entry_id = e.id where e.id = $1`,
    [entry],
  )

/** Leaves from `from` to before `to` with their entries, for those who oversee: fewer where they are kept from one. */
export const overseenLeaves = (db: Db, from: number, to: number): Promise<(EntryRow & Omit<PlaceRow, 'leaf_hash'>)[]> =>
  db.rows(
    `select ${ENTRY}, l.n, l.matter_n, l.numbered from hidden.overseen_leaves($1, $2) l join ledger.entries e on e.id = l.entry order by l.n`,
    [from, to],
  )
