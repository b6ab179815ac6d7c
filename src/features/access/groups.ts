import type { GroupView } from '../../contract/access.ts'
import type { GroupId, PersonId } from '../../contract/ids.ts'
import type { Role } from '../../contract/roles.ts'
import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { now } from '../../platform/clock.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { House } from '../../platform/house.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { idsOf, listed, liveRoles, namesOf, pick, type KnownRole } from './known-roles.ts'
import { refuse } from './refused.ts'

/** By which a group is found: its name is unique, and what an identity provider claims is compared with it. */
export const groupToken = (keys: FirmKeys, name: string): Buffer => token(keys.token, 'group', name)

type Row = { id: GroupId; sealed_name: Buffer; roles: Role[]; kept_by: GroupView['keptBy'] }
type Member = { group_id: GroupId; id: PersonId; sealed_name: Buffer }

const GROUPS = 'select id, sealed_name, roles, kept_by from app.groups'
const MEMBERS = `select m.group_id, p.id, p.sealed_name from app.group_members m join app.people p on p.id = m.person_id
  where ($1::uuid is null or m.group_id = $1) and (p.leaves_at is null or p.leaves_at > now()) order by p.id`

export async function list(here: Here): Promise<Answer<'group.list'>> {
  const { house, db } = here
  const live = await liveRoles(here)
  const members = await db.rows<Member>(MEMBERS, [null])
  const groups = (await db.rows<Row>(GROUPS)).map((row) => viewOf(house, row, members, live))
  return { groups: groups.sort((a, b) => a.name.localeCompare(b.name)) }
}

const viewOf = ({ keys }: Pick<House, 'keys'>, row: Row, members: readonly Member[], live: readonly KnownRole[]): GroupView => ({
  id: row.id,
  name: firmText(keys, 'groups', 'sealed_name', row.id, row.sealed_name),
  roles: row.roles.filter((role) => live.some((one) => one.id === role)),
  members: members
    .filter((member) => member.group_id === row.id)
    .map((member) => ({ id: member.id, name: firmText(keys, 'people', 'sealed_name', member.id, member.sealed_name) })),
  keptBy: row.kept_by,
})

async function readView(here: Here, id: GroupId): Promise<GroupView> {
  const row = await here.db.row<Row>(`${GROUPS} where id = $1`, [id])
  return viewOf(here.house, row!, await here.db.rows<Member>(MEMBERS, [id]), await liveRoles(here))
}

/** What a group may bring: no role that two people give. @throws Refusal `role.unknown`, `role.guarded` */
async function bringable(here: Here, ids: readonly string[]): Promise<KnownRole[]> {
  const roles = pick(await liveRoles(here), ids)
  const guarded = roles.filter((role) => role.guarded)
  if (guarded.length > 0)
    throw new Refusal('role.guarded', {
      text: `${listed(namesOf(guarded))}: given by two people, and never by a group.`,
      fields: { roles: 'A group cannot bring this.' },
    })
  return roles
}

const refuseTaken = (fault: unknown): never => {
  if (brokenConstraint(fault) !== 'groups_name_token_key') throw fault
  throw new Refusal('group.taken', { fields: { name: 'Another group has that name.' }, cause: fault })
}

/** @throws Refusal `group.taken`, `role.unknown`, `role.guarded` */
export async function create(here: Here, { body }: Input<'group.create'>) {
  const { house, db, me } = here
  const roles = await bringable(here, body.roles)
  const id = uuidv7(now()) as GroupId
  await db
    .run('insert into app.groups (id, sealed_name, name_token, roles, kept_by, made_by) values ($1, $2, $3, $4, $5, $6)', [
      id,
      sealFirmText(house.keys, 'groups', 'sealed_name', id, body.name),
      groupToken(house.keys, body.name),
      idsOf(roles),
      body.keptBy,
      me.person,
    ])
    .catch(refuseTaken)
  return remembered(
    { object: id, details: { object: body.name, roles: listed(namesOf(roles)), keptBy: body.keptBy } },
    await readView(here, id),
  )
}

/**
 * A group's name, the roles it brings and, where the firm keeps it, who is in it. Nobody changes what they bring
 * themselves by it.
 * @throws Refusal `group.taken`, `group.kept`, `role.unknown`, `role.guarded`, `person.oneself`, `person.state`
 */
export async function change(here: Here, { params, body }: Input<'group.change'>) {
  const { house, db } = here
  // first what its members' trigger waits for, so that no two wait for each other
  await db.run('select hidden.one_at_a_time()')
  const row = await db.row<Row>(`${GROUPS} where id = $1 for update`, [params.group])
  if (!row) return null
  const before = await readView(here, params.group)
  const roles = await bringable(here, body.roles)
  if (body.name !== before.name && row.kept_by === 'directory')
    throw new Refusal('group.kept', { text: 'The directory says what that group is called.' })
  await db
    .run('update app.groups set sealed_name = $2, name_token = $3, roles = $4, version = version + 1, changed_at = now() where id = $1', [
      params.group,
      sealFirmText(house.keys, 'groups', 'sealed_name', params.group, body.name),
      groupToken(house.keys, body.name),
      idsOf(roles),
    ])
    .catch(refuse({ SR012: { text: 'You are in this group yourself, so another administrator says what it brings.' } }))
    .catch(refuseTaken)
  const moved = body.members ? await changeMembers(here, before, [...new Set(body.members)]) : { in: [], out: [] }
  const view = await readView(here, params.group)
  return remembered(
    {
      object: params.group,
      details: {
        object: body.name,
        ...(before.name !== body.name && { was: before.name }),
        roles: listed(namesOf(roles)),
        in: listed(moved.in),
        out: listed(moved.out),
      },
    },
    view,
  )
}

/** Who came in and who went out, by name. */
async function changeMembers({ db, house, me }: Here, before: GroupView, wanted: readonly PersonId[]) {
  const out = before.members.filter((member) => !wanted.includes(member.id))
  const come = wanted.filter((id) => !before.members.some((member) => member.id === id))
  if (out.length + come.length === 0) return { in: [], out: [] }
  if (before.keptBy !== 'firm') throw new Refusal('group.kept')
  if (come.includes(me.person))
    throw new Refusal('person.oneself', { text: 'You cannot put yourself into a group. Ask another administrator.' })
  const rows = await db.rows<{ id: PersonId; sealed_name: Buffer }>(
    'select id, sealed_name from app.people where id = any ($1) and (leaves_at is null or leaves_at > now())',
    [come],
  )
  if (rows.length < come.length)
    throw new Refusal('person.state', { text: 'Someone of these is not in the firm any more. Look at the list again.' })
  await db.run('delete from app.group_members where group_id = $1 and person_id = any ($2)', [before.id, out.map((member) => member.id)])
  await db.run('insert into app.group_members (group_id, person_id) select $1, unnest($2::uuid[])', [before.id, come])
  return {
    in: rows.map((row) => firmText(house.keys, 'people', 'sealed_name', row.id, row.sealed_name)),
    out: out.map((member) => member.name),
  }
}
