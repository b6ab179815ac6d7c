import type { MatterId, PersonId } from '../../contract/ids.ts'
import type { MemberView } from '../../contract/matter.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { sqlState } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'
import { matterKeys, type MatterKeys } from '../keys/matter-keys.ts'
import { matterText, sealMatterText } from '../keys/matter-words.ts'

type MemberRow = {
  person: PersonId
  sealed_name: Buffer
  member: string
  role: MemberView['role']
  sealed_reason: Buffer | null
  starts_at: Date
}

/** The team as it is now; empty for whoever is not on it. */
export async function teamOf({ house, db }: Pick<Here, 'house' | 'db'>, matter: MatterId, keys: MatterKeys): Promise<MemberView[]> {
  const rows = await db.rows<MemberRow>('select person, sealed_name, member, role, sealed_reason, starts_at from hidden.team_of($1)', [
    matter,
  ])
  return rows.map((row) => ({
    person: row.person,
    name: firmText(house.keys, 'people', 'sealed_name', row.person, row.sealed_name),
    role: row.role,
    reason: row.sealed_reason && matterText(keys, 'team_members', 'sealed_reason', row.member, row.sealed_reason),
    since: iso(row.starts_at),
  }))
}

/** @throws Refusal `team.member`; null when the matter is not in reach or there is no such person in the firm. */
export async function join({ house, db, me }: Here, { params, body }: Input<'team.join'>) {
  const keys = await matterKeys(house, db, params.matter)
  const joined = await db.row<{ ok: boolean }>('select hidden.has_joined($1) as ok', [body.person])
  if (!keys || !joined?.ok) return null
  const id = uuidv7(now())
  try {
    await db.run('insert into app.team_members (id, matter_id, person_id, role, sealed_reason, added_by) values ($1, $2, $3, $4, $5, $6)', [
      id,
      params.matter,
      body.person,
      body.role,
      body.reason ? sealMatterText(keys, 'team_members', 'sealed_reason', id, body.reason) : null,
      me.person,
    ])
  } catch (fault) {
    if (sqlState(fault) === '23505') throw new Refusal('team.member', { cause: fault })
    throw fault
  }
  const member = (await teamOf({ house, db }, params.matter, keys)).find((one) => one.person === body.person)!
  return remembered(
    { matter: params.matter, object: body.person, details: { object: member.name, role: body.role, reason: body.reason ?? null } },
    member,
  )
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
    .catch((fault: unknown) => {
      throw sqlState(fault) === 'SR002' ? new Refusal('team.last', { cause: fault }) : fault
    })
  if (!left?.ok) return null
  return remembered({ matter: params.matter, object: params.person, details: { object: member.name, role: member.role } }, undefined)
}
