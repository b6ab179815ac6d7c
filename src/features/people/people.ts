import type { GroupId, MatterId, PersonId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { normalEmail } from '../../core/tokens.ts'
import { now } from '../../platform/clock.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isAllowed, type Answer, type Ask, type Here, type Input } from '../../platform/route.ts'
import { remembered, type Also } from '../../platform/ways.ts'
import { idsOf, listed, liveRoles, namesOf, pick } from '../access/known-roles.ts'
import { askSecond, myName, tellApprovers } from '../access/second-person.ts'
import { passkeysOf } from '../factors/factors.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { keysOfMatters, type Shut } from '../keys/matter-keys.ts'
import { matterText, SHUT } from '../keys/matter-words.ts'
import { deliver, makeLink } from '../sign-in/links.ts'
import { emailToken } from '../sign-in/proofs.ts'
import { sessionsOf } from '../sign-in/sessions.ts'
import { reportOf } from './report.ts'
import { nameOf, personRow, personView, personViews, stateOf } from './views.ts'

export const list = async (here: Here): Promise<Answer<'person.list'>> => ({ people: await personViews(here) })

/** One person. Matters are those that the reader reaches and the person is on; how they sign in for those who may see it. */
export async function read(here: Here, { params }: Input<'person.read'>): Promise<Answer<'person.read'> | null> {
  const [view] = await personViews(here, params.person)
  if (!view) return null
  const { house, db, me } = here
  const groups = await db.rows<{ id: GroupId; sealed_name: Buffer }>(
    'select g.id, g.sealed_name from app.groups g join app.group_members m on m.group_id = g.id where m.person_id = $1 order by g.id',
    [view.id],
  )
  const knows = isAllowed(me, 'person.read')
  return {
    ...view,
    groups: groups.map((group) => ({ id: group.id, name: firmText(house.keys, 'groups', 'sealed_name', group.id, group.sealed_name) })),
    matters: isAllowed(me, 'matter.list') ? await mattersOf(here, view.id) : [],
    ...(knows ? await sessionsOf(here, view.id) : { sessions: [], devices: [] }),
    passkeys: knows ? await passkeysOf(here, view.id) : [],
    report: knows && view.leavesAt ? await reportOf(here, view.id) : null,
  }
}

type MatterRow = { id: MatterId; sealed_number: Buffer; sealed_title: Buffer; role: string }
async function mattersOf({ house, db }: Here, person: PersonId): Promise<Answer<'person.read'>['matters']> {
  const rows = await db.rows<MatterRow>(
    // by one's own paths first, and not by every matter of the firm
    `select m.id, m.sealed_number, m.sealed_title, t.role from app.matters m cross join lateral hidden.team_of(m.id) t
     where m.id = any (array(select t.matter_id from app.team_members t union select g.matter_id from app.matter_groups g))
       and t.person = $1 order by m.id desc`,
    [person],
  )
  const shut = new Map<string, Shut>()
  const keys = await keysOfMatters(
    house,
    db,
    rows.map((row) => row.id),
    shut,
  )
  return rows.map((row) => {
    const own = keys.get(row.id)
    if (!own) return { id: row.id, number: '', title: SHUT[shut.get(row.id) ?? 'gone'], role: row.role }
    const number = matterText(own, 'matters', 'sealed_number', row.id, row.sealed_number)
    return { id: row.id, number, title: matterText(own, 'matters', 'sealed_title', row.id, row.sealed_title), role: row.role }
  })
}

/**
 * Invites a person: no password and no factor is known to anyone but them. Roles that two people give wait for the second;
 * while a firm is being founded, where nobody else could be it and nobody ever could, they are given at once, and the
 * entry says so to whoever comes: there is nobody yet to tell.
 * @throws Refusal `email.taken`, `role.unknown`
 */
export async function invite(ask: Ask, { body }: Input<'person.invite'>): Promise<Answer<'person.invite'> | null> {
  const done = await ask.act('person.invited', async (here) => {
    const { house, db, me } = here
    const wanted = pick(await liveRoles(here), body.roles)
    const founding = (await db.row<{ founding: boolean }>('select hidden.is_founding() as founding'))!.founding
    const later = founding ? [] : wanted.filter((role) => role.guarded)
    const given = wanted.filter((role) => !later.includes(role))
    const id = uuidv7(now()) as PersonId
    await db
      .run('insert into app.people (id, sealed_name, sealed_email, email_token, roles, created_by) values ($1, $2, $3, $4, $5, $6)', [
        id,
        sealFirmText(house.keys, 'people', 'sealed_name', id, body.name),
        sealFirmText(house.keys, 'people', 'sealed_email', id, normalEmail(body.email)),
        emailToken(house, body.email),
        idsOf(given),
        me.person,
      ])
      .catch(refuseTaken)
    const person = { id, name: body.name, joined: false }
    const also: Also[] =
      later.length > 0 ? [await askSecond(here, { kind: 'roles', person, roles: later, reason: 'Invited into the firm' })] : []
    const made = await makeLink(db, id, 'invitation')
    if (!made) return null
    const alone = given.some((role) => role.guarded)
    const details = {
      object: body.name,
      roles: listed(namesOf(given)),
      ...(later.length > 0 && { waiting: listed(namesOf(later)) }),
      ...(alone && { alone }),
    }
    return remembered({ object: id, details }, { view: await personView(here, id), waiting: namesOf(later), made, by: myName(here) }, also)
  })
  return done && { ...done.view, waiting: done.waiting, invitation: await deliver(ask.house, done.made, [done.by, '']) }
}

/** @throws Refusal `email.taken` */
export function refuseTaken(fault: unknown): never {
  if (brokenConstraint(fault) !== 'people_email_token_key') throw fault
  throw new Refusal('email.taken', { fields: { email: 'Someone has this address, perhaps someone who has left.' }, cause: fault })
}

/** A fresh link for someone who has not come; the one from before dies. @throws Refusal `person.state` */
export async function inviteAgain(ask: Ask, { params }: Input<'person.inviteAgain'>): Promise<Answer<'person.inviteAgain'> | null> {
  const done = await ask.act('person.invited', async (here) => {
    const row = await personRow(here, params.person)
    if (!row) return null
    if (stateOf(row) === 'left' || row.joined_at) throw new Refusal('person.state', { text: 'They are not waiting for an invitation.' })
    const made = await makeLink(here.db, row.id, 'invitation')
    await tellApprovers(here, `${myName(here)} made a fresh invitation for ${nameOf(here.house, row)}, who has not come yet.`)
    return made && remembered({ object: row.id, details: { object: nameOf(here.house, row), again: true } }, { made, by: myName(here) })
  })
  return done && deliver(ask.house, done.made, [done.by, ''])
}
