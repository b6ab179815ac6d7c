import { Refusal } from '../../platform/refusal.ts'
import type { Here, Input } from '../../platform/route.ts'
import { remembered, type Also } from '../../platform/ways.ts'
import { idsOf, listed, liveRoles, namesOf, pick, type KnownRole } from '../access/known-roles.ts'
import { refuse } from '../access/refused.ts'
import { askSecond, myName, tellApprovers } from '../access/second-person.ts'
import { notify } from '../notices/notices.ts'
import { nameOf, personRow, personView, stateOf } from './views.ts'

/**
 * Gives and takes a person's own roles, until they are the ones named. What two people give, and what one gives oneself,
 * becomes one approval; all else holds from the next statement on. What a group brings is neither given nor taken here.
 * @throws Refusal `role.unknown`, `person.state`, `person.last_administrator`
 */
export async function change(here: Here, { params, body }: Input<'person.change'>) {
  const { house, db, me } = here
  const row = await personRow(here, params.person)
  if (!row) return null
  if (stateOf(row) === 'left') throw new Refusal('person.state', { text: 'They have left the firm. Take them back first.' })
  const live = await liveRoles(here)
  const wanted = pick(live, body.roles)
  const held = live.filter((role) => row.roles.includes(role.id))
  const taken = held.filter((role) => !wanted.includes(role))
  const wished = wanted.filter((role) => !held.includes(role))
  const later = wished.filter((role) => role.guarded || row.id === me.person)
  const given = wished.filter((role) => !later.includes(role))
  if (taken.length + wished.length === 0) throw new Refusal('input.invalid', { fields: { roles: 'Nothing is changed by this.' } })

  const name = nameOf(house, row)
  if (taken.length + given.length > 0) {
    const done = await db
      .row<{ ok: boolean }>('select hidden.change_roles($1, $2, $3) as ok', [row.id, idsOf(given), idsOf(taken)])
      .catch(refuse())
    // their own role was taken in this very moment
    if (!done!.ok) throw new Refusal('may.not')
    if (row.id !== me.person)
      await notify(house, db, [row.id], {
        text: `${myName(here)} changed what you may do: ${moves(given, taken)}.`,
        todo: 'It holds already. If you did not expect it, ask them.',
      })
  }
  const lost = taken.filter((role) => role.guarded)
  if (lost.length > 0) await tellApprovers(here, `${myName(here)} took ${listed(namesOf(lost))} from ${name}.`)
  const person = { id: row.id, name, joined: row.joined_at !== null }
  const asked = await notWaiting(here, row.id, later)
  if (taken.length + given.length + asked.length === 0)
    throw new Refusal('person.state', { text: 'That waits for a second person already.' })
  const also: Also[] = asked.length > 0 ? [await askSecond(here, { kind: 'roles', person, roles: asked, reason: body.reason })] : []
  return remembered(
    {
      object: row.id,
      details: {
        object: name,
        given: listed(namesOf(given)),
        taken: listed(namesOf(taken)),
        waiting: listed(namesOf(later)),
        reason: body.reason,
      },
    },
    { ...(await personView(here, row.id)), waiting: namesOf(later) },
    also,
  )
}

const moves = (given: readonly KnownRole[], taken: readonly KnownRole[]): string =>
  [given.length > 0 && `${listed(namesOf(given))} given`, taken.length > 0 && `${listed(namesOf(taken))} taken`].filter(Boolean).join(', ')

/** What was asked for before and still waits is not asked for again. */
async function notWaiting({ db }: Here, person: string, roles: readonly KnownRole[]): Promise<KnownRole[]> {
  const rows = await db.rows<{ roles: string[] }>(
    `select roles from app.approvals where subject_id = $1 and kind = 'roles' and state = 'waiting' and ends_at > now()`,
    [person],
  )
  return roles.filter((role) => !rows.some((row) => row.roles.includes(role.id)))
}
