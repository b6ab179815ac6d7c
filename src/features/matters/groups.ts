import type { GroupId, MatterId } from '../../contract/ids.ts'
import type { MatterPage } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText } from '../keys/firm-words.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'

type Row = { id: string; group_id: GroupId; group_name: Buffer; sealed_reason: Buffer; starts_at: Date; ends_at: Date | null }

/** Practice groups to which a matter is open beyond its team. */
export async function openedTo(
  { house, db }: Pick<Here, 'house' | 'db'>,
  matter: MatterId,
  keys: MatterKeys,
): Promise<MatterPage['openedTo']> {
  const rows = await db.rows<Row>('select id, group_id, group_name, sealed_reason, starts_at, ends_at from hidden.opened_to($1)', [matter])
  return rows.map((row) => ({
    group: row.group_id,
    name: firmText(house.keys, 'groups', 'sealed_name', row.group_id, row.group_name),
    reason: matterText(keys, 'matter_groups', 'sealed_reason', row.id, row.sealed_reason),
    since: iso(row.starts_at),
    until: row.ends_at && iso(row.ends_at),
  }))
}

/** @throws Refusal `group.unknown`, `group.unfit` */
export async function open({ house, db }: Here, { params, body }: Input<'matter.openTo'>) {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const group = await db.row('select 1 as one from app.groups where id = $1', [body.group])
  if (!group) throw new Refusal('group.unknown', { fields: { group: 'There is no such group.' } })
  const id = uuidv7(now())
  const done = await db
    .row<{ ok: boolean }>('select hidden.open_to($1, $2, $3, $4, $5) as ok', [
      id,
      params.matter,
      body.group,
      sealMatterText(keys, 'matter_groups', 'sealed_reason', id, body.reason),
      body.until ?? null,
    ])
    .catch(refuse({ SR026: { code: 'group.unfit' } }))
  if (!done!.ok) return null
  const view = (await openedTo({ house, db }, params.matter, keys)).find((one) => one.group === body.group)!
  return remembered({ matter: params.matter, object: body.group, details: { object: view.name, reason: body.reason } }, view)
}

export async function close({ house, db }: Here, { params }: Input<'matter.closeTo'>) {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const view = (await openedTo({ house, db }, params.matter, keys)).find((one) => one.group === params.group)
  const done = await db.row<{ ok: boolean }>('select hidden.close_to($1, $2) as ok', [params.matter, params.group])
  if (!view || !done!.ok) return null
  return remembered({ matter: params.matter, object: params.group, details: { object: view.name } }, undefined)
}
