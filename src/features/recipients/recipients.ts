import type { MatterId, RecipientId } from '../../contract/ids.ts'
import type { RecipientView } from '../../contract/recipient.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { sealMatterText } from '../keys/matter-words.ts'
import { keepAddress } from './addresses.ts'
import { one, sealCalled, viewsOf } from './views.ts'

type Placed = Pick<RecipientView, 'part' | 'side' | 'actsFor'>

export async function list(here: Here, { params }: Input<'recipient.list'>): Promise<Answer<'recipient.list'> | null> {
  const recipients = await viewsOf(here, params.matter)
  return recipients && { recipients, may: { keep: isAllowed(here.me, 'recipient.keep'), verify: isAllowed(here.me, 'recipient.verify') } }
}

export const read = (here: Here, { params }: Input<'recipient.read'>) => one(here, params)

/**
 * Adds someone whom something may be sent to. That an address is known to the firm already is told of recipients within reach only:
 * one that the asker cannot see is added like any other, and weighed at the gate.
 */
export async function create(here: Here, { params, body }: Input<'recipient.create'>) {
  const { house, db, me } = here
  if (!(await matterKeys(house, db, params.matter))) return null
  const id = uuidv7(now()) as RecipientId
  await db.run('insert into app.recipients (id, kind, sealed_details, added_by) values ($1, $2, $3, $4)', [
    id,
    body.kind,
    sealCalled(house.keys, id, body),
    me.person,
  ])
  await stand(here, params.matter, id, body)
  for (const address of body.addresses) await keepAddress(here, { ...params, recipient: id }, address)
  const view = (await one(here, { ...params, recipient: id }))!
  return remembered({ matter: params.matter, object: id, details: { ...told(view), contacts: contactsOf(view) } }, view)
}

/** @throws Refusal `recipient.placed` */
export async function place(here: Here, { params, body }: Input<'recipient.place'>) {
  const { house, db } = here
  if (!(await matterKeys(house, db, params.matter))) return null
  const known = await db.row<{ ok: boolean }>('select hidden.knows_recipient($1) as ok', [params.recipient])
  if (!known!.ok) return null
  if (await one(here, params)) throw new Refusal('recipient.placed')
  await stand(here, params.matter, params.recipient, body)
  const view = (await one(here, params))!
  return remembered({ matter: params.matter, object: view.id, details: { ...told(view), contacts: contactsOf(view) } }, view)
}

/** @throws Refusal `version.old` */
export async function change(here: Here, { params, body }: Input<'recipient.change'>) {
  const { house, db } = here
  const keys = await matterKeys(house, db, params.matter)
  const before = keys && (await one(here, params))
  if (!keys || !before) return null
  const done = await db.run(
    'update app.recipients set kind = $2, sealed_details = $3, version = version + 1 where id = $1 and version = $4',
    [before.id, body.kind, sealCalled(house.keys, before.id, body), body.version],
  )
  if (done === 0) throw new Refusal('version.old')
  const row = (await db.row<{ id: string }>(
    'select id from app.standings where matter_id = $1 and recipient_id = $2 and ended_at is null',
    [params.matter, before.id],
  ))!
  await db.run('update app.standings set part = $2, side = $3, sealed_details = $4 where id = $1', [
    row.id,
    body.part,
    body.side,
    sealMatterText(keys, 'standings', 'sealed_details', row.id, JSON.stringify({ actsFor: body.actsFor })),
  ])
  const view = (await one(here, params))!
  const was = { was: before.name, wasPart: before.part, wasSide: before.side }
  return remembered({ matter: params.matter, object: view.id, details: { ...told(view), ...was } }, view)
}

/** Out of this matter. Whoever is in none any more is known to nobody, and still to the gate. */
export async function remove(here: Here, { params }: Input<'recipient.remove'>) {
  const view = await one(here, params)
  if (!view) return null
  await here.db.run(
    'update app.standings set ended_at = now(), ended_by = $3 where matter_id = $1 and recipient_id = $2 and ended_at is null',
    [params.matter, params.recipient, here.me.person],
  )
  return remembered({ matter: params.matter, object: view.id, details: told(view) }, undefined)
}

async function stand({ house, db, me }: Here, matter: MatterId, recipient: RecipientId, { part, side, actsFor }: Placed): Promise<void> {
  const keys = (await matterKeys(house, db, matter))!
  const id = uuidv7(now())
  await db.run(
    'insert into app.standings (id, recipient_id, matter_id, part, side, sealed_details, added_by) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, recipient, matter, part, side, sealMatterText(keys, 'standings', 'sealed_details', id, JSON.stringify({ actsFor })), me.person],
  )
}
const told = ({ name, part, side }: RecipientView) => ({ object: name, part, side })
const contactsOf = ({ addresses }: RecipientView): string => addresses.map(({ address }) => address).join(', ')
