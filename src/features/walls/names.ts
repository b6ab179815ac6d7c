import type { MatterId } from '../../contract/ids.ts'
import type { Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { cardOf } from '../matters/register.ts'

type In = Pick<Here, 'house' | 'db'>
export type MatterName = { id: MatterId; number: string; title: string; client: string }

/** Matters by the register's cards, as far as this reader may know of them. */
export async function matterNames({ house, db }: In, ids: readonly string[]): Promise<Map<string, MatterName>> {
  const rows = await db.rows<{ matter_id: MatterId; sealed_card: Buffer; client_id: string; sealed_name: Buffer }>(
    `select r.matter_id, r.sealed_card, c.id as client_id, c.sealed_name from app.register r
     join hidden.client_of_matters($1) k on k.matter = r.matter_id join app.clients c on c.id = k.client where r.matter_id = any ($1)`,
    [[...new Set(ids)]],
  )
  return new Map(
    rows.map((row) => [
      row.matter_id,
      {
        id: row.matter_id,
        ...cardOf(house.keys, row.matter_id, row.sealed_card),
        client: firmText(house.keys, 'clients', 'sealed_name', row.client_id, row.sealed_name),
      },
    ]),
  )
}

/** People, groups or clients by id, as far as this reader may know of them. */
export async function namesIn(
  { house, db }: In,
  table: 'people' | 'groups' | 'clients',
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.rows<{ id: string; sealed_name: Buffer }>(`select id, sealed_name from app.${table} where id = any ($1)`, [
    [...new Set(ids)],
  ])
  return new Map(rows.map((row) => [row.id, firmText(house.keys, table, 'sealed_name', row.id, row.sealed_name)]))
}
