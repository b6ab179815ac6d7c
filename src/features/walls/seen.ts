import { canonical } from '../../core/canonical.ts'
import type { EntryId, MatterId, PersonId } from '../../contract/ids.ts'
import type { SeenView } from '../../contract/seen.ts'
import { iso } from '../../platform/clock.ts'
import type { Here } from '../../platform/route.ts'
import { keysOfMatters } from '../keys/matter-keys.ts'
import { openDetailsWithAny } from '../ledger/ledger.ts'
import { namesIn } from './names.ts'

/** One thing that someone did on a matter before they were screened from it, as the ledger has it. */
export type SeenRow = { entry: EntryId; person: PersonId; at: Date; deed: string; matter: MatterId; object: string | null }
export type Seen = { entry: EntryId; person: PersonId; at: string; deed: string; matter: MatterId; object: string | null }

export const listOf = (rows: SeenRow[]): Seen[] => rows.map((row) => ({ ...row, at: iso(row.at) }))
/** The bytes whose SHA-256 stands in the entry of the raising (RFC 8785). */
export const bytesOf = (seen: Seen[]): Buffer => Buffer.from(canonical(seen.map((one) => ({ ...one }))))

/** As this reader may see it: what a thing is called opens with its matter's key, for those within reach alone. */
export async function opened(here: Here, rows: (SeenRow | Seen)[]): Promise<SeenView[]> {
  const { house, db } = here
  const people = await namesIn(
    here,
    'people',
    rows.map((row) => row.person),
  )
  const keys = await keysOfMatters(
    house,
    db,
    rows.map((row) => row.matter),
  )
  const sealed = new Map(
    // what a destroyed document was called went with it, for this list as for the history
    (
      await db.rows<{ id: string; sealed_details: Buffer }>(
        'select id, sealed_details from ledger.entries where id = any ($1) and not (object is not null and hidden.is_stone(object))',
        [rows.filter((row) => keys.has(row.matter)).map((row) => row.entry)],
      )
    ).map((row) => [row.id, row.sealed_details]),
  )
  return rows.map((row) => {
    const field = keys.get(row.matter)?.field
    const details = sealed.get(row.entry)
    const object = field && details ? openDetailsWithAny([field, house.keys.field], row.entry, details).details.object : null
    return {
      entry: row.entry,
      person: { id: row.person, name: people.get(row.person) ?? '' },
      at: row.at instanceof Date ? iso(row.at) : row.at,
      deed: row.deed,
      matter: row.matter,
      object: typeof object === 'string' ? object : null,
    }
  })
}
