import type { MatterId, PersonId } from '../../contract/ids.ts'
import type { MemberView } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText } from '../keys/firm-words.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'

type MemberRow = {
  person: PersonId
  sealed_name: Buffer
  member: string
  role: MemberView['role']
  via: MemberView['via']
  sealed_reason: Buffer | null
  starts_at: Date
  ends_at: Date | null
}

/** The team as it is now; empty for whoever is not on it. */
export async function teamOf({ house, db }: Pick<Here, 'house' | 'db'>, matter: MatterId, keys: MatterKeys): Promise<MemberView[]> {
  const rows = await db.rows<MemberRow>('select * from hidden.team_of($1)', [matter])
  return rows.map((row) => ({
    person: row.person,
    name: firmText(house.keys, 'people', 'sealed_name', row.person, row.sealed_name),
    role: row.role,
    via: row.via,
    // a grant's reason is its request's, and stands there
    reason: row.sealed_reason && matterText(keys, 'team_members', 'sealed_reason', row.member, row.sealed_reason),
    since: iso(row.starts_at),
    until: row.ends_at && iso(row.ends_at),
  }))
}

/**
 * Brings someone onto the team, now or from a moment on, for good or until one.
 * @throws Refusal `team.member`, `team.dates`, `team.screened`; null when the matter is not in reach or there is no such person in the firm.
 */
export async function join({ house, db, me }: Here, { params, body }: Input<'team.join'>) {
  const keys = await matterKeys(house, db, params.matter)
  const joined = await db.row<{ ok: boolean }>('select hidden.has_joined($1) as ok', [body.person])
  if (!keys || !joined?.ok) return null
  const from = body.from && Date.parse(body.from) > now() ? body.from : null
  if (body.until && Date.parse(body.until) <= Math.max(now(), Date.parse(from ?? iso(new Date(now()))))) throw new Refusal('team.dates')
  const id = uuidv7(now())
  await db
    .run(
      `insert into app.team_members (id, matter_id, person_id, role, sealed_reason, added_by, starts_at, ends_at)
       values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, clock_timestamp()), $8)`,
      [
        id,
        params.matter,
        body.person,
        body.role,
        body.reason ? sealMatterText(keys, 'team_members', 'sealed_reason', id, body.reason) : null,
        me.person,
        from,
        body.until ?? null,
      ],
    )
    .catch(refuse({ 23505: { code: 'team.member' }, SR020: { code: 'team.screened' } }))
  const member = (await teamOf({ house, db }, params.matter, keys)).find((one) => one.person === body.person)!
  const details = { object: member.name, role: body.role, reason: body.reason ?? null, from, until: body.until ?? null }
  return remembered({ matter: params.matter, object: body.person, details }, member)
}

/** Someone's part on the team. The last who is responsible stays so until someone else is. */
export async function change({ house, db }: Here, { params, body }: Input<'team.change'>) {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const team = await teamOf({ house, db }, params.matter, keys)
  const before = team.find((one) => one.person === params.person && one.via === 'team')
  if (!before) return null
  const others = team.filter((one) => one.person !== params.person && one.role === 'responsible')
  if (before.role === 'responsible' && body.role !== 'responsible' && others.length === 0) throw new Refusal('team.unled')
  const done = await db.row<{ ok: boolean }>('select hidden.change_part($1, $2, $3) as ok', [params.matter, params.person, body.role])
  if (!done!.ok) return null
  const details = { object: before.name, role: body.role, was: before.role }
  return remembered({ matter: params.matter, object: params.person, details }, { ...before, role: body.role })
}

/** Ends a membership: the person sees nothing of the matter from the next statement on, running streams included. */
export async function leave({ house, db }: Here, { params }: Input<'team.leave'>) {
  const keys = await matterKeys(house, db, params.matter)
  if (!keys) return null
  const team = await teamOf({ house, db }, params.matter, keys)
  const member = team.find((one) => one.person === params.person)
  if (!member) return null
  const left = await db
    .row<{ ok: boolean }>('select hidden.leave_team($1, $2) as ok', [params.matter, params.person])
    .catch(refuse({ SR002: { code: 'team.last' } }))
  if (!left?.ok) return null
  return remembered({ matter: params.matter, object: params.person, details: { object: member.name, role: member.role } }, undefined)
}
