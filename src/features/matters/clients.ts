import type { ClientId, MatterId } from '../../contract/ids.ts'
import type { ClientPage, ClientView } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { detailsOf, keepNames, textsOf, type Called } from '../conflicts/register-names.ts'
import { cardOf } from './register.ts'

export type ClientRow = { client_id: ClientId; client_name: Buffer; client_class: ClientView['class']; client_at: Date }
type Whole = ClientRow & { kind: Called['kind']; sealed_details: Buffer | null; version: number; merged_into: ClientId | null }

export const CLIENT = 'c.id as client_id, c.sealed_name as client_name, c.class as client_class, c.created_at as client_at'
const WHOLE = `select ${CLIENT}, c.kind, c.sealed_details, c.version, c.merged_into from app.clients c`

export const clientView = (keys: FirmKeys, row: ClientRow): ClientView => ({
  id: row.client_id,
  name: firmText(keys, 'clients', 'sealed_name', row.client_id, row.client_name),
  class: row.client_class,
  createdAt: iso(row.client_at),
})

const sealDetails = (keys: FirmKeys, id: string, called: Called) =>
  sealFirmText(keys, 'clients', 'sealed_details', id, JSON.stringify(detailsOf(called)))
const calledOf = (keys: FirmKeys, row: Whole): Called => ({
  name: firmText(keys, 'clients', 'sealed_name', row.client_id, row.client_name),
  kind: row.kind,
  formerNames: [],
  aliases: [],
  emails: [],
  addresses: [],
  ...(row.sealed_details
    ? (JSON.parse(firmText(keys, 'clients', 'sealed_details', row.client_id, row.sealed_details)) as Partial<Called>)
    : {}),
})

/**
 * Takes a client on. A name equal to one that this person cannot see is accepted like any other: whether it is a
 * conflict is told to those who decide conflicts, never to whoever typed it.
 */
export async function create(here: Here, { body }: Input<'client.create'>) {
  const { house, db, me } = here
  const id = uuidv7(now()) as ClientId
  await db.run('insert into app.clients (id, sealed_name, kind, class, sealed_details, created_by) values ($1, $2, $3, $4, $5, $6)', [
    id,
    sealFirmText(house.keys, 'clients', 'sealed_name', id, body.name),
    body.kind,
    body.class,
    sealDetails(house.keys, id, body),
    me.person,
  ])
  await keepNames(here, { client: id, matter: null, party: null, role: 'client' }, body, null)
  const view: ClientView = { id, name: body.name, class: body.class, createdAt: iso(new Date(now())) }
  return remembered({ object: id, details: { object: body.name, class: body.class } }, view)
}

export async function list({ house, db }: Here): Promise<Answer<'client.list'>> {
  return { clients: (await knownClients(db)).map((row) => clientView(house.keys, row)) }
}
/** Clients that were merged into no other, as far as the reader knows them, newest first. */
export const knownClients = (db: Here['db']): Promise<ClientRow[]> => db.rows<ClientRow>('select * from hidden.clients_known()')

export async function read(here: Here, { params }: Input<'client.read'>): Promise<ClientPage | null> {
  const { house, db, me } = here
  const row = await db.row<Whole>(`${WHOLE} where c.id = $1`, [params.client])
  if (!row) return null
  const cards = await db.rows<{ matter_id: MatterId; sealed_card: Buffer }>(
    'select r.matter_id, r.sealed_card from app.register r join app.matters m on m.id = r.matter_id where m.client_id = $1 order by m.id desc',
    [row.client_id],
  )
  const known = await db.row<{ ok: boolean }>('select hidden.knows_client($1) as ok', [row.client_id])
  return {
    ...clientView(house.keys, row),
    ...calledOf(house.keys, row),
    version: row.version,
    matters: cards.map((card) => ({ id: card.matter_id, ...cardOf(house.keys, card.matter_id, card.sealed_card) })),
    may: {
      change: isAllowed(me, 'client.change') && known!.ok,
      merge: isAllowed(me, 'client.merge') && row.merged_into === null,
    },
  }
}

/** @throws Refusal `version.old`, `class.milder` */
export async function change(here: Here, { params, body }: Input<'client.change'>) {
  const { house, db } = here
  const row = await db.row<Whole>(`${WHOLE} where c.id = $1`, [params.client])
  if (!row) return null
  const before = calledOf(house.keys, row)
  const done = await db
    .row<{ ok: boolean }>('select hidden.change_client($1, $2, $3, $4, $5, $6) as ok', [
      row.client_id,
      sealFirmText(house.keys, 'clients', 'sealed_name', row.client_id, body.name),
      body.kind,
      body.class,
      sealDetails(house.keys, row.client_id, body),
      body.version,
    ])
    .catch(refuse({ SR023: { code: 'version.old' }, SR024: { code: 'class.milder' } }))
  if (!done!.ok) return null
  await endNames(here, 'client_id = $1 and matter_id is null', row.client_id, body)
  await keepNames(here, { client: row.client_id, matter: null, party: null, role: 'client' }, body, before)
  const details = { object: body.name, was: before.name, class: body.class }
  return remembered({ object: row.client_id, details }, (await read(here, { params, query: undefined, body: undefined }))!)
}

/** Names that someone does not bear any more are kept in the register, with their end. */
export async function endNames({ house, db }: Here, where: string, id: string, called: Called): Promise<void> {
  const kept = new Set(textsOf(called))
  const rows = await db.rows<{ id: string; sealed_name: Buffer }>(
    `select id, sealed_name from app.names where ${where} and ended_at is null`,
    [id],
  )
  const over = rows.filter((row) => !kept.has(firmText(house.keys, 'names', 'sealed_name', row.id, row.sealed_name)))
  if (over.length > 0) await db.run('update app.names set ended_at = now() where id = any ($1)', [over.map((row) => row.id)])
}

/** @throws Refusal `wall.refused` when a wall would then leave a matter without anyone responsible, or stand around one client on both its sides */
export async function merge({ house, db }: Here, { params, body }: Input<'client.merge'>) {
  const rows = await db.rows<Whole>(`${WHOLE} where c.id = any ($1)`, [[params.client, body.into]])
  const gone = rows.find((row) => row.client_id === params.client)
  const stays = rows.find((row) => row.client_id === body.into)
  if (!gone || !stays) return null
  const merged = await db.row<{ ok: boolean }>('select hidden.merge_client($1, $2) as ok', [params.client, body.into]).catch(
    refuse({
      SR022: {
        code: 'wall.refused',
        text: 'A wall stands in the way: merged, it would keep a responsible lawyer out, or stand around one client on both its sides. Lift it or change the team first.',
      },
    }),
  )
  if (!merged!.ok) return null
  const into = clientView(house.keys, stays)
  return remembered(
    { object: params.client, details: { object: clientView(house.keys, gone).name, into: into.name, reason: body.reason } },
    into,
  )
}
