import type { MatterId } from '../../contract/ids.ts'
import type { Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { cardOf } from '../matters/register.ts'

type In = Pick<Here, 'house' | 'db'>
export type MatterName = { id: MatterId; number: string; title: string; client: string }

/** Matters by the register's cards, as far as this reader may know of them. */
export async function matterNames({ house, db }: In, ids: readonly string[]): Promise<Map<string, MatterName>> {
  const rows = await registerOf(db, [...new Set(ids)], null)
  return new Map(rows.map((row) => [row.matter, nameOf(house, row)]))
}

type RegisterRow = { matter: MatterId; sealed_card: Buffer; client: string; client_name: Buffer }
/** Cards of the register with their clients, newest first; null: of all the matters that the reader may know of. */
export const registerOf = (db: In['db'], matters: string[] | null, most: number | null): Promise<RegisterRow[]> =>
  db.rows<RegisterRow>('select * from hidden.register_of($1, $2)', [matters, most])
export const nameOf = ({ keys }: Pick<In['house'], 'keys'>, row: RegisterRow): MatterName => ({
  id: row.matter,
  ...cardOf(keys, row.matter, row.sealed_card),
  client: firmText(keys, 'clients', 'sealed_name', row.client, row.client_name),
})

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
