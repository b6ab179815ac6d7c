import type { Db } from './postgres.ts'

/** Advisory locks, all of them: some distributed engines have none, and then this is the file to change. */
const LOCKS = { sequencer: 0x73657131 } as const

/** Takes a lock for the length of this transaction; false when another process holds it. */
export async function tryLock(db: Db, name: keyof typeof LOCKS): Promise<boolean> {
  return (await db.row<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [LOCKS[name]]))!.taken
}
