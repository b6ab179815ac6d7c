import type { MatterId } from '../../contract/ids.ts'
import { iso } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { firmText } from './firm-words.ts'

/** Version of a matter's key, and since when it stands; null: not within reach. */
export async function keyStateOf(db: Db, matter: MatterId): Promise<{ version: number; since: string } | null> {
  const row = await db.row<{ version: number; since: Date }>('select version, since from hidden.key_of($1)', [matter])
  return row && { version: row.version, since: iso(row.since) }
}

/** What the client's key is called that a matter is under; null: it is under none, or not within reach. */
export async function ownRootOf({ house, db }: { house: Pick<House, 'keys'>; db: Db }, matter: MatterId): Promise<string | null> {
  const row = await db.row<{ id: string; sealed_name: Buffer }>(
    `select o.id, o.sealed_name from app.matter_keys k join app.own_roots o on o.id = k.root_id where k.matter_id = $1 and k.standing = 'current'`,
    [matter],
  )
  return row && firmText(house.keys, 'own_roots', 'sealed_name', row.id, row.sealed_name)
}
