import type { EvidenceOf } from '../../contract/evidence.ts'
import type { Db } from '../../platform/postgres.ts'
import { ENTRY, type SeenRow } from '../ledger/queries.ts'

// What is chosen here is chosen by the clerk, over all that is numbered, and told to nobody: an entry is shown only where
// PostgreSQL then shows it to whoever makes the evidence (`seenOf`).

/** A numbered entry by its place. */
export type Place = { id: string; n: number; matter_n: number | null; numbered: Date; leaf_hash: Buffer }
const PLACE = 'l.entry_id as id, l.n, l.matter_n, l.numbered, l.leaf_hash'
/** In milliseconds, as leaves say it. */
const NUMBERED = `date_trunc('milliseconds', l.numbered)`

/**
 * Entries of a matter from the last one before the period to the first one after it, by their numbers in the matter, so that
 * nothing of the period lies outside of them.
 */
export const chainOf = (db: Db, matter: string, from: string | null, to: string | null, most: number) =>
  db.rows<Place>(
    `with own as materialized (select ${PLACE} from ledger.entries e join ledger.leaves l on l.entry_id = e.id where e.matter_id = $1),
       bounds as (select coalesce(min(l.matter_n) filter (where $2::timestamptz is null or ${NUMBERED} >= $2), max(l.matter_n)) - 1 as low,
         coalesce(max(l.matter_n) filter (where $3::timestamptz is null or ${NUMBERED} <= $3), 0) + 1 as high from own l)
     select own.* from own, bounds where own.matter_n between bounds.low and bounds.high order by own.n limit $4`,
    [matter, from, to, most],
  )

/** Numbered entries within the period that are of a person, a document, or a client itself; not of the client's matters. */
export const entriesAbout = (
  db: Db,
  kind: 'person' | 'document' | 'client',
  id: string,
  from: string | null,
  to: string | null,
  most: number,
) =>
  db.rows<Place>(
    `select ${PLACE} from ledger.entries e join ledger.leaves l on l.entry_id = e.id
     where (${kind === 'person' ? 'e.object = $1 or e.actor = $1' : 'e.object = $1'}) and ($2::timestamptz is null or ${NUMBERED} >= $2) and ($3::timestamptz is null or ${NUMBERED} <= $3)
     order by l.n limit $4`,
    [id, from, to, most],
  )

/** Places of the log from `first` to `last`, with those. */
export const placesBetween = (db: Db, first: number, last: number) =>
  db.rows<Place>(`select ${PLACE} from ledger.leaves l where l.n between $1 and $2 order by l.n`, [first, last])

/** The first place numbered at `at` or after it (`past`: after it); the log's size where there is none. Halves the log: `numbered` ascends. */
export async function firstFrom(db: Db, at: string, past: boolean): Promise<number> {
  const size = (await db.row<{ size: number }>('select coalesce(max(n) + 1, 0) as size from ledger.leaves'))!.size
  let [low, high] = [0, size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = await db.row<{ before: boolean }>(
      `select case when $3 then ${NUMBERED} <= $2 else ${NUMBERED} < $2 end as before from ledger.leaves l where l.n = $1`,
      [middle, at, past],
    )
    if (row?.before) low = middle + 1
    else high = middle
  }
  return low
}

/** The entries that say that this bundle was made, as far as they are numbered. */
export const makingOf = (db: Db, bundle: string) =>
  db.rows<Place>(
    `select ${PLACE} from ledger.entries e join ledger.leaves l on l.entry_id = e.id where e.object = $1 and e.deed = 'evidence.made' order by l.n`,
    [bundle],
  )

/** Those of these entries that PostgreSQL shows to whoever asks. */
export const seenOf = (db: Db, entries: readonly string[]) =>
  db.rows<SeenRow>(
    `select ${ENTRY}, e.sealed_details, true as numbered, l.matter_n, p.sealed_name as actor_name, o.sealed_origin,
       e.object is not null and e.matter_id is not null and hidden.is_stone(e.object) as is_stone
     from ledger.entries e left join ledger.leaves l on l.entry_id = e.id left join app.people p on p.id = e.actor
       left join ledger.origins o on o.id = e.origin
     where e.id = any ($1)`,
    [entries],
  )

const OF = { matter: 'e.matter_id = $1', client: 'e.object = $1', person: 'e.object = $1 or e.actor = $1', document: 'e.object = $1' }
/** Whether whoever asks sees any entry of it at all. */
export async function isKnown(db: Db, of: EvidenceOf): Promise<boolean> {
  if ('period' in of) return true
  const [kind, id] = Object.entries(of)[0] as [keyof typeof OF, string]
  return (await db.row(`select 1 as one from ledger.entries e where ${OF[kind]} limit 1`, [id])) !== null
}
/** A client's matters, as far as whoever asks may know of them. */
export const mattersOf = async (db: Db, client: string): Promise<string[]> =>
  (await db.rows<{ id: string }>('select id from app.matters where client_id = $1 order by id', [client])).map((row) => row.id)
export const databaseTime = async (db: Db): Promise<Date> => (await db.row<{ now: Date }>('select clock_timestamp() as now'))!.now

/** The newest checkpoint beyond this place that a witness has cosigned, with their lines and keys; or the newest one, with none. */
export async function checkpointBeyond(db: Db, n: number): Promise<{ size: number; note: string; lines: string[]; witnesses: string[] }> {
  const cosigned = await db.row<{ size: number; note: string; lines: string[]; witnesses: string[] }>(
    `select k.size, k.note, array_agg(c.line order by w.id) as lines, array_agg(w.vkey order by w.id) as witnesses
     from ledger.cosignatures c join ledger.witnesses w on w.id = c.witness_id join ledger.checkpoints k on k.size = c.size
     where c.size = (select max(size) from ledger.cosignatures) and c.size > $1 group by k.size, k.note`,
    [n],
  )
  if (cosigned) return cosigned
  const newest = (await db.row<{ size: number; note: string }>('select size, note from ledger.checkpoints order by size desc limit 1'))!
  return { ...newest, lines: [], witnesses: [] }
}
