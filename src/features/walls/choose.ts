import type { ClientId, MatterId } from '../../contract/ids.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { cardOf } from '../matters/register.ts'

/**
 * Clients and matters by name and number, for those who keep the register. Names are opened here and compared: nothing at
 * rest could be searched by a part of a name.
 */
export async function choose({ house, db }: Here, { query }: Input<'wall.register'>): Promise<Answer<'wall.register'>> {
  const rows = await db.rows<{ matter_id: MatterId; sealed_card: Buffer; client_id: ClientId; sealed_name: Buffer }>(
    `select r.matter_id, r.sealed_card, c.id as client_id, c.sealed_name from app.register r
     join hidden.client_of_matters(array(select matter_id from app.register)) k on k.matter = r.matter_id join app.clients c on c.id = k.client
     order by r.matter_id desc`,
  )
  const all = await db.rows<{ id: ClientId; sealed_name: Buffer }>(
    'select id, sealed_name from app.clients where merged_into is null order by id desc',
  )
  const wanted = plain(query.find)
  const matters = rows
    .map((row) => ({
      id: row.matter_id,
      ...cardOf(house.keys, row.matter_id, row.sealed_card),
      client: firmText(house.keys, 'clients', 'sealed_name', row.client_id, row.sealed_name),
    }))
    .filter((one) => wanted === '' || plain(`${one.number} ${one.title} ${one.client}`).includes(wanted))
  const clients = all
    .map((row) => ({ id: row.id, name: firmText(house.keys, 'clients', 'sealed_name', row.id, row.sealed_name) }))
    .filter((one) => wanted === '' || plain(one.name).includes(wanted))
  return { matters: matters.slice(0, query.limit), clients: clients.slice(0, query.limit) }
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
