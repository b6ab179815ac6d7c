import type { CheckId, MatterId } from '../../contract/ids.ts'
import type { HitView } from '../../contract/conflict.ts'
import type { PartyRole } from '../../contract/matter.ts'
import type { House } from '../../platform/house.ts'
import type { Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import type { Found } from './searching.ts'

type Row = {
  id: string
  sealed_why: Buffer
  score: number
  form: HitView['form']
  role: PartyRole
  sealed_name: Buffer
  matter_id: MatterId | null
  sealed_card: Buffer | null
  client_id: string
  client_name: Buffer | null
}
const HIT = `select n.id, h.sealed_why, h.score, n.form, n.role, n.sealed_name, n.matter_id, r.sealed_card, n.client_id, c.sealed_name as client_name
  from app.check_hits h join app.names n on n.id = h.name_id left join app.register r on r.matter_id = n.matter_id left join app.clients c on c.id = n.client_id
  where h.check_id = $1`

/** A check's hits within the reader's reach, best first. Whoever does not decide is read only those found within their reach. */
export async function hitsOf({ house, db }: Here, check: CheckId, decides: boolean): Promise<HitView[]> {
  const rows = await db.rows<Row>(`${HIT} ${decides ? '' : 'and h.for_asker'} order by h.score desc, n.id`, [check])
  return rows.map((row) => {
    const { asked, why } = JSON.parse(firmText(house.keys, 'check_hits', 'sealed_why', `${check} ${row.id}`, row.sealed_why)) as Found
    return {
      id: row.id,
      asked,
      name: firmText(house.keys, 'names', 'sealed_name', row.id, row.sealed_name),
      form: row.form,
      role: row.role,
      score: row.score,
      why: why as HitView['why'],
      matter: matterOf(house, row),
      client: row.client_name && firmText(house.keys, 'clients', 'sealed_name', row.client_id, row.client_name),
    }
  })
}

/** A matter as the register knows it; null where there is none, or the reader may not see the register. */
export function matterOf({ keys }: Pick<House, 'keys'>, row: Pick<Row, 'matter_id' | 'sealed_card'>): HitView['matter'] {
  if (!row.matter_id || !row.sealed_card) return null
  const { number, title } = JSON.parse(firmText(keys, 'register', 'sealed_card', row.matter_id, row.sealed_card)) as {
    number: string
    title: string
  }
  return { id: row.matter_id, number, title }
}
