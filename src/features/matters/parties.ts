import type { ClientId, MatterId, PartyId } from '../../contract/ids.ts'
import type { PartyRole, PartyView } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'
import { endNames } from './clients.ts'
import { keepNames, type Called } from '../conflicts/register-names.ts'

type Row = { id: PartyId; matter_id: MatterId; role: PartyRole; sealed_details: Buffer; version: number; added_at: Date }
type Words = Called & { actsFor: string }
const PARTY = 'select id, matter_id, role, sealed_details, version, added_at from app.parties'

const viewOf = (keys: MatterKeys, row: Row): PartyView => ({
  id: row.id,
  role: row.role,
  ...(JSON.parse(matterText(keys, 'parties', 'sealed_details', row.id, row.sealed_details)) as Words),
  version: row.version,
  addedAt: iso(row.added_at),
})
const seal = (keys: MatterKeys, id: string, { name, kind, formerNames, aliases, emails, addresses, actsFor }: Words) =>
  sealMatterText(keys, 'parties', 'sealed_details', id, JSON.stringify({ name, kind, formerNames, aliases, emails, addresses, actsFor }))

export async function list({ house, db }: Here, { params }: Input<'party.list'>): Promise<Answer<'party.list'> | null> {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const rows = await db.rows<Row>(`${PARTY} where matter_id = $1 and removed_at is null order by added_at, id`, [params.matter])
  return { parties: rows.map((row) => viewOf(keys, row)) }
}

export async function add(here: Here, { params, body }: Input<'party.add'>) {
  const { db, me } = here
  const place = await placeOf(here, params.matter)
  if (!place) return null
  const id = uuidv7(now()) as PartyId
  await db.run('insert into app.parties (id, matter_id, role, sealed_details, added_by) values ($1, $2, $3, $4, $5)', [
    id,
    params.matter,
    body.role,
    seal(place.keys, id, body),
    me.person,
  ])
  await keepNames(here, { client: place.client, matter: params.matter, party: id, role: body.role }, body, null)
  const row = (await db.row<Row>(`${PARTY} where id = $1`, [id]))!
  return remembered({ matter: params.matter, object: id, details: { object: body.name, role: body.role } }, viewOf(place.keys, row))
}

/** @throws Refusal `version.old` */
export async function change(here: Here, { params, body }: Input<'party.change'>) {
  const { db } = here
  const place = await placeOf(here, params.matter)
  const row = place && (await one(here, params))
  if (!place || !row) return null
  const before = viewOf(place.keys, row)
  const done = await db.run(
    'update app.parties set role = $2, sealed_details = $3, version = version + 1 where id = $1 and version = $4 and removed_at is null',
    [row.id, body.role, seal(place.keys, row.id, body), body.version],
  )
  if (done === 0) throw new Refusal('version.old')
  await endNames(here, 'party_id = $1', row.id, body)
  await keepNames(here, { client: place.client, matter: params.matter, party: row.id, role: body.role }, body, before)
  const view = viewOf(place.keys, (await one(here, params))!)
  return remembered({ matter: params.matter, object: row.id, details: { object: view.name, was: before.name, role: view.role } }, view)
}

/** Out of the matter; its names stay in the conflicts register. */
export async function remove(here: Here, { params }: Input<'party.remove'>) {
  const { db, me } = here
  const place = await placeOf(here, params.matter)
  const row = place && (await one(here, params))
  if (!place || !row) return null
  await db.run('update app.parties set removed_at = now(), removed_by = $2 where id = $1', [row.id, me.person])
  await db.run('update app.names set ended_at = now() where party_id = $1 and ended_at is null', [row.id])
  const { name, role } = viewOf(place.keys, row)
  return remembered({ matter: params.matter, object: row.id, details: { object: name, role } }, undefined)
}

const one = ({ db }: Here, { matter, party }: { matter: MatterId; party: PartyId }) =>
  db.row<Row>(`${PARTY} where id = $1 and matter_id = $2 and removed_at is null`, [party, matter])

async function placeOf({ house, db }: Here, matter: MatterId): Promise<{ keys: MatterKeys; client: ClientId } | null> {
  const row = await db.row<{ client_id: ClientId }>('select client_id from app.matters where id = $1', [matter])
  const keys = row && (await matterKeys(house, db, matter))
  return row && keys ? { keys, client: row.client_id } : null
}
