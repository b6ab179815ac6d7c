import type { SearchView } from '../../contract/search.ts'
import type { MatterId } from '../../contract/ids.ts'
import type { Class } from '../../contract/words.ts'
import type { Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { keysOfMatters, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { MATTERS, type MatterRow } from '../matters/matters.ts'

export type Titled = SearchView['matters'][number]
export type Matter = { titled: Titled; class: Class; keys: MatterKeys }

/** Matters by their ids, of those within reach, opened; what does not open is not among them. */
export async function mattersBy({ house, db }: Pick<Here, 'house' | 'db'>, ids: readonly MatterId[]): Promise<Map<MatterId, Matter>> {
  const rows = await db.rows<MatterRow>(MATTERS, [[...new Set(ids)]])
  const keys = await keysOfMatters(
    house,
    db,
    rows.map((row) => row.id),
  )
  return new Map(
    rows.flatMap((row) => {
      const its = keys.get(row.id)
      if (!its) return []
      const titled: Titled = {
        id: row.id,
        number: matterText(its, 'matters', 'sealed_number', row.id, row.sealed_number),
        title: matterText(its, 'matters', 'sealed_title', row.id, row.sealed_title),
        client: {
          id: row.client_id as Titled['client']['id'],
          name: firmText(house.keys, 'clients', 'sealed_name', row.client_id, row.client_name),
        },
      }
      return [[row.id, { titled, class: row.class, keys: its }] as const]
    }),
  )
}
