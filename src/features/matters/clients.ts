import type { ClientId } from '../../contract/ids.ts'
import type { ClientView } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'

export type ClientRow = { client_id: ClientId; client_name: Buffer; client_at: Date }

export const clientView = (keys: FirmKeys, row: ClientRow): ClientView => ({
  id: row.client_id,
  name: firmText(keys, 'clients', 'sealed_name', row.client_id, row.client_name),
  createdAt: iso(row.client_at),
})

/**
 * Takes a client on. A name equal to one that this person cannot see is accepted like any other: whether it is a
 * conflict is told to those who decide conflicts, never to whoever typed it.
 */
export async function create({ house, db, me }: Here, { body }: Input<'client.create'>) {
  const id = uuidv7(now()) as ClientId
  await db.run('insert into app.clients (id, sealed_name, created_by) values ($1, $2, $3)', [
    id,
    sealFirmText(house.keys, 'clients', 'sealed_name', id, body.name),
    me.person,
  ])
  return remembered({ object: id, details: { object: body.name } }, { id, name: body.name, createdAt: iso(new Date(now())) })
}

export async function list({ house, db }: Here): Promise<Answer<'client.list'>> {
  const rows = await db.rows<ClientRow>(
    'select id as client_id, sealed_name as client_name, created_at as client_at from app.clients order by id desc',
  )
  return { clients: rows.map((row) => clientView(house.keys, row)) }
}
