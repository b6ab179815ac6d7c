import type { Db } from '../../platform/postgres.ts'
import type { Sent } from './entries.ts'

/** A process that sends holds the receiver for so long beyond its last batch; one that died lets go of it by then. */
const LEASE = '45 seconds'
/** A retired receiver that does not take the entry of that is not waited for longer. */
const LAST_WORDS = '1 hour'

/** Receivers to which something is to be sent now, and to which no other process is sending. */
export const dueReceivers = async (db: Db, me: string): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select c.receiver_id as id from app.receiver_cursors c join app.receivers r on r.id = c.receiver_id
       where c.ended_at is null and c.next_try <= clock_timestamp() and (c.lease_until is null or c.lease_until < clock_timestamp() or c.lease = $1)
         and (c.next <= (select max(n) from ledger.leaves) or r.retired_at < clock_timestamp() - interval '${LAST_WORDS}')`,
      [me],
    )
  ).map((row) => row.id)

export type Job = { next: number; settings_id: string; sealed_settings: Buffer; retired: boolean; late: boolean }
/** Takes a receiver for this process, or goes on holding it; null when another one has it. */
export async function takeReceiver(db: Db, receiver: string, me: string): Promise<Job | null> {
  const held = await db.run(
    `update app.receiver_cursors set lease = $2, lease_until = clock_timestamp() + interval '${LEASE}'
     where receiver_id = $1 and ended_at is null and (lease_until is null or lease_until < clock_timestamp() or lease = $2)`,
    [receiver, me],
  )
  if (held === 0) return null
  return db.row<Job>(
    `select c.next, s.id as settings_id, s.sealed_settings, r.retired_at is not null as retired,
       coalesce(r.retired_at < clock_timestamp() - interval '${LAST_WORDS}', false) as late
     from app.receiver_cursors c join app.receivers r on r.id = c.receiver_id join app.receiver_settings s on s.receiver_id = r.id and s.state = 'approved'
     where c.receiver_id = $1 order by s.decided_at desc limit 1`,
    [receiver],
  )
}
export const letGo = (db: Db, receiver: string, me: string): Promise<number> =>
  db.run('update app.receiver_cursors set lease = null, lease_until = null where receiver_id = $1 and lease = $2', [receiver, me])
export const endReceiver = (db: Db, receiver: string, me: string): Promise<number> =>
  db.run('update app.receiver_cursors set ended_at = clock_timestamp() where receiver_id = $1 and lease = $2', [receiver, me])

export type Row = Omit<Sent, 'name' | 'address' | 'matter'> & {
  matter_id: string | null
  origin: Buffer | null
  sealed_origin: Buffer | null
}
/** Entries from leaf `n` on, in the order of the log. */
export const entriesFrom = (db: Db, n: number, most: number): Promise<Row[]> =>
  db.rows<Row>(
    `select l.n, e.id, e.at, l.numbered, e.deed, e.actor, e.session, e.via, e.matter_id, e.object, l.leaf_hash as leaf, e.origin, o.sealed_origin
     from ledger.leaves l join ledger.entries e on e.id = l.entry_id left join ledger.origins o on o.id = e.origin where l.n >= $1 order by l.n limit $2`,
    [n, most],
  )
export const namesToSend = (db: Db, receiver: string, people: string[]): Promise<{ person: string; sealed_name: Buffer }[]> =>
  db.rows('select * from hidden.names_to_send($1, $2)', [receiver, people])

/** The receiver has all below `next`. False: another process has gone on from here. */
export const keepTaken = async (db: Db, receiver: string, me: string, from: number, next: number): Promise<boolean> =>
  (await db.run(
    `update app.receiver_cursors set next = $4, taken_at = clock_timestamp(), faults = 0, failing_since = null, told_at = null
     where receiver_id = $1 and lease = $2 and next = $3`,
    [receiver, me, from, next],
  )) === 1

export type Away = { faults: number; failing_since: Date; told_at: Date | null }
/** It did not take something: it is tried again after `waitMs`. */
export const keepFault = (db: Db, receiver: string, me: string, sealed: Buffer, waitMs: number): Promise<Away | null> =>
  db.row<Away>(
    `update app.receiver_cursors set faults = faults + 1, sealed_fault = $3, fault_at = clock_timestamp(), failing_since = coalesce(failing_since, clock_timestamp()),
       next_try = clock_timestamp() + make_interval(secs => $4::double precision / 1000), lease = null, lease_until = null
     where receiver_id = $1 and lease = $2 returning faults, failing_since, told_at`,
    [receiver, me, sealed, waitMs],
  )
export const faultsOf = async (db: Db, receiver: string): Promise<{ faults: number; told_at: Date | null }> =>
  (await db.row<{ faults: number; told_at: Date | null }>('select faults, told_at from app.receiver_cursors where receiver_id = $1', [
    receiver,
  ]))!
export const keepTold = (db: Db, receiver: string): Promise<number> =>
  db.run('update app.receiver_cursors set told_at = clock_timestamp() where receiver_id = $1', [receiver])
export const nameRow = (db: Db, receiver: string): Promise<{ sealed_name: Buffer } | null> =>
  db.row('select sealed_name from app.receivers where id = $1', [receiver])
export const toldOf = async (db: Db): Promise<string[]> =>
  (await db.rows<{ id: string }>('select t as id from hidden.told_of_receivers() t')).map((row) => row.id)
