import type { Answer, Here, Input } from '../../platform/route.ts'
import { clientView, knownClients } from '../matters/clients.ts'
import { nameOf, registerOf } from './names.ts'

/**
 * Clients and matters by name and number, for those who keep the register. Names are opened here and compared: nothing at
 * rest could be searched by a part of a name.
 */
export async function choose({ house, db }: Here, { query }: Input<'wall.register'>): Promise<Answer<'wall.register'>> {
  const wanted = plain(query.find)
  const rows = await registerOf(db, null, wanted === '' ? query.limit : null)
  const matters = rows
    .map((row) => nameOf(house, row))
    .filter((one) => wanted === '' || plain(`${one.number} ${one.title} ${one.client}`).includes(wanted))
  const clients = (await knownClients(db))
    .map((row) => clientView(house.keys, row))
    .filter((one) => wanted === '' || plain(one.name).includes(wanted))
  return { matters: matters.slice(0, query.limit), clients: clients.slice(0, query.limit).map(({ id, name }) => ({ id, name })) }
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
