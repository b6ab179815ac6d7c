import type { WitnessFault } from '../../contract/witness.ts'
import type { Cosignature } from '../../core/cosignature.ts'
import type { Db } from '../../platform/postgres.ts'
import type { CheckpointRow } from '../ledger/queries.ts'

export type WitnessRow = {
  id: string
  vkey: string
  url: string
  added_by: string
  added_at: Date
  retired_at: Date | null
  held: number | null
  asked_at: Date | null
  fault: WitnessFault | null
  fault_at: Date | null
  tries: number
}
const WITNESS = 'w.id, w.vkey, w.url, w.added_by, w.added_at, w.retired_at, w.held, w.asked_at, w.fault, w.fault_at, w.tries'
const CHECKPOINT = 'size, root, frontier, note, signed_at'

export type SeenWitness = WitnessRow & { by: Buffer; last_size: number | null; last_at: Date | null }
/** The live ones, the oldest first, then those that were let go. */
export const witnesses = (db: Db) =>
  db.rows<SeenWitness>(
    `select ${WITNESS}, p.sealed_name as by, c.size as last_size, c.at as last_at
     from ledger.witnesses w join app.people p on p.id = w.added_by
     left join lateral (select c.size, c.at from ledger.cosignatures c where c.witness_id = w.id order by c.size desc limit 1) c on true
     order by w.retired_at nulls first, w.added_at, w.id limit 200`,
  )

/** Whose turn it is: each is another's for a minute, so that two processes do not ask the same. */
export const takeTurns = (db: Db) =>
  db.rows<WitnessRow>(
    `update ledger.witnesses w set next_at = clock_timestamp() + interval '1 minute'
     where w.retired_at is null and w.next_at <= clock_timestamp() returning ${WITNESS}`,
  )
export const nextTurn = (db: Db, witness: string, seconds: number) =>
  db.run(`update ledger.witnesses set next_at = clock_timestamp() + make_interval(secs => $2) where id = $1`, [witness, seconds])

/** What came of asking. The fault that there was before is given back, where it was another. */
export const keepOutcome = (db: Db, witness: string, held: number | null, fault: WitnessFault | null, seconds: number) =>
  db.row<{ is_new: boolean }>(
    `update ledger.witnesses w set held = $2, asked_at = clock_timestamp(), next_at = clock_timestamp() + make_interval(secs => $4),
       fault = $3::text, fault_at = case when $3::text is null then null when w.fault is not distinct from $3::text then w.fault_at else clock_timestamp() end,
       tries = case when $3::text is null then 0 else w.tries + 1 end
     from (select id, fault from ledger.witnesses where id = $1 for update) before
     where w.id = before.id returning before.fault is distinct from $3::text as is_new`,
    [witness, held, fault, seconds],
  )

export const keepCosignature = (db: Db, witness: string, size: number, { time, line }: Cosignature) =>
  db.run('insert into ledger.cosignatures (witness_id, size, at, line) values ($1, $2, to_timestamp($3), $4) on conflict do nothing', [
    witness,
    size,
    time,
    line,
  ])
export const lastOf = (db: Db, witness: string) =>
  db.row<{ size: number; at: Date }>('select size, at from ledger.cosignatures where witness_id = $1 order by size desc limit 1', [witness])

export const checkpointAt = (db: Db, size: number) =>
  db.row<CheckpointRow>(`select ${CHECKPOINT} from ledger.checkpoints where size = $1`, [size])
/** The largest within so many leaves after a size, or else the next one. */
export const checkpointAfter = async (db: Db, size: number, within: number): Promise<CheckpointRow | null> =>
  (await db.row<CheckpointRow>(`select ${CHECKPOINT} from ledger.checkpoints where size > $1 and size <= $2 order by size desc limit 1`, [
    size,
    size + within,
  ])) ?? (await db.row<CheckpointRow>(`select ${CHECKPOINT} from ledger.checkpoints where size > $1 order by size limit 1`, [size]))
export const leafHashes = async (db: Db, from: number, to: number): Promise<Buffer[]> =>
  (await db.rows<{ leaf_hash: Buffer }>('select leaf_hash from ledger.leaves where n >= $1 and n < $2 order by n', [from, to])).map(
    (row) => row.leaf_hash,
  )

export const published = (db: Db) =>
  db.rows<{ what: 'mail' | 'stamp'; size: number | null; done_at: Date | null; fault: string | null }>(
    'select what, size, done_at, fault from app.publishing order by what',
  )
export const newestStamp = (db: Db) =>
  db.row<{ size: number; at: Date; url: string; note: string; token: Buffer }>(
    'select s.size, s.at, s.url, k.note, s.token from ledger.stamps s join ledger.checkpoints k on k.size = s.size order by s.size desc limit 1',
  )
