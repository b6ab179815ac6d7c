import type { MatterId } from '../../contract/ids.ts'
import { iso } from '../../platform/clock.ts'
import type { Db } from '../../platform/postgres.ts'

/** Version of a matter's key, and since when it stands; null: not within reach. */
export async function keyStateOf(db: Db, matter: MatterId): Promise<{ version: number; since: string } | null> {
  const row = await db.row<{ version: number; since: Date }>('select version, since from hidden.key_of($1)', [matter])
  return row && { version: row.version, since: iso(row.since) }
}
