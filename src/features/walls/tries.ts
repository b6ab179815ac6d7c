import type { EntryId, PersonId } from '../../contract/ids.ts'
import type { WallPage } from '../../contract/wall.ts'
import { iso } from '../../platform/clock.ts'
import type { Here } from '../../platform/route.ts'
import { openDetails } from '../ledger/ledger.ts'
import { namesIn } from './names.ts'

type Row = { entry: EntryId; person: PersonId; at: Date; sealed_details: Buffer }

/**
 * Tries by those whom a wall screens on what stands behind it, newest first. Every answer of nothing leaves the same entry,
 * with the ids that were tried sealed in it; here, for those who keep the wall, they are held against what it stands around.
 */
export async function triesOf(here: Here, wall: string, from: Date, to: Date): Promise<WallPage['attempts']> {
  const { house, db } = here
  const rows = await db.rows<Row>('select entry, person, at, sealed_details from hidden.tries_of_screened($1, $2, $3)', [wall, from, to])
  const tries = rows.map((row) => {
    const { details } = openDetails(house.keys.field, row.entry, row.sealed_details)
    return { row, call: String(details.call ?? ''), ids: idsIn(details.tried) }
  })
  const all = [...new Set(tries.flatMap((one) => one.ids))]
  const behind = new Set(
    (await db.rows<{ id: string }>('select id from unnest($2::uuid[]) as id where hidden.is_of_wall($1, id)', [wall, all])).map(
      (row) => row.id,
    ),
  )
  const hits = tries.filter((one) => one.ids.some((id) => behind.has(id)))
  const people = await namesIn(
    here,
    'people',
    hits.map((one) => one.row.person),
  )
  return hits.map(({ row, call }) => ({
    entry: row.entry,
    person: { id: row.person, name: people.get(row.person) ?? '' },
    at: iso(row.at),
    call,
  }))
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
function idsIn(tried: unknown): string[] {
  if (typeof tried !== 'string') return []
  const read = JSON.parse(tried) as Record<string, unknown>
  return Object.values(read).filter((value): value is string => typeof value === 'string' && UUID.test(value))
}
