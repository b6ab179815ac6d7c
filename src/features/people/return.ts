import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered, type Also } from '../../platform/ways.ts'
import { idsOf, listed, liveRoles, namesOf, pick } from '../access/known-roles.ts'
import { askSecond, myName } from '../access/second-person.ts'
import { notify } from '../notices/notices.ts'
import { deliver, makeLink } from '../sign-in/links.ts'
import { nameOf, personRow, personView, stateOf } from './views.ts'

/**
 * Takes back someone who has left: with a fresh link, on no team, and with nothing of what they signed in with. Roles that
 * two people give wait for the second.
 * @throws Refusal `person.state`, `role.unknown`
 */
export async function takeBack(ask: Ask, { params, body }: Input<'person.return'>): Promise<Answer<'person.return'> | null> {
  const done = await ask.act('person.returned', async (here) => {
    const { house, db } = here
    const row = await personRow(here, params.person)
    if (!row) return null
    if (stateOf(row) !== 'left') throw new Refusal('person.state', { text: 'They have not left the firm.' })
    const wanted = pick(await liveRoles(here), body.roles)
    const later = wanted.filter((role) => role.guarded)
    const given = wanted.filter((role) => !role.guarded)
    const back = await db.row<{ ok: boolean }>('select hidden.take_back($1, $2) as ok', [row.id, idsOf(given)])
    if (!back!.ok) throw new Refusal('person.state', { text: 'Their leaving is not finished yet. Try again in a minute.' })
    const person = { id: row.id, name: nameOf(house, row), joined: false }
    const also: Also[] = later.length > 0 ? [await askSecond(here, { kind: 'roles', person, roles: later, reason: body.reason })] : []
    const made = await makeLink(db, row.id, 'invitation')
    if (!made) throw new Refusal('may.not', { text: 'Your roles do not include to invite people, and who comes back needs a link.' })
    const approvers = await db.rows<{ id: string }>('select a as id from hidden.approvers() a')
    await notify(
      house,
      db,
      approvers.map((one) => one.id),
      { text: `${myName(here)} took ${person.name} back into the firm.`, todo: 'If you did not expect it, speak to them.' },
    )
    const details = {
      object: person.name,
      roles: listed(namesOf(given)),
      ...(later.length > 0 && { waiting: listed(namesOf(later)) }),
      reason: body.reason,
    }
    return remembered(
      { object: row.id, details },
      { view: await personView(here, row.id), waiting: namesOf(later), made, by: myName(here) },
      also,
    )
  })
  return done && { ...done.view, waiting: done.waiting, invitation: await deliver(ask.house, done.made, [done.by, '']) }
}

/** Ends a person's sessions and access tokens, or the one; at the next statement they are nobody. Never the asker's own of now. */
export async function endSessions(here: Here, { params, body }: Input<'person.endSessions'>) {
  const { house, db, me } = here
  const row = await personRow(here, params.person)
  if (!row) return null
  const { ended } = (await db.row<{ ended: number }>('select hidden.end_sessions($1, $2) as ended', [row.id, body.session ?? null]))!
  // one that has ended already, or never was theirs
  if (ended === 0 && body.session) return null
  if (row.id !== me.person && ended > 0)
    await notify(house, db, [row.id], {
      text: `${myName(here)} ended ${body.session ? 'a session of yours' : 'your sessions and access tokens'}.`,
      todo: 'Sign in again. If you do not know why, ask them.',
    })
  return remembered({ object: row.id, details: { object: nameOf(house, row), count: ended } }, { ended })
}
