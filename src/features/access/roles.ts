import type { RoleView } from '../../contract/access.ts'
import type { GroupId, PersonId } from '../../contract/ids.ts'
import { BuiltInRole, isGuarded, isMixed, kindOf, Permission, sentenceOf, type Role } from '../../contract/roles.ts'
import { uuidv7 } from '../../core/ids.ts'
import { token } from '../../core/tokens.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { brokenConstraint } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { builtInName } from '../sign-in/me.ts'
import { allRoles, listed, liveRoles, type KnownRole } from './known-roles.ts'
import { refuse } from './refused.ts'

type Holder = { role: Role; id: PersonId; sealed_name: Buffer; by_group: GroupId | null; group_name: Buffer | null }

/** The roles with who holds each: those who are here, leave later, or are invited. */
export async function list(here: Here): Promise<Answer<'role.list'>> {
  const holders = await holdersOf(here)
  return {
    roles: (await allRoles(here)).map((role) => viewOf(here.house, role, holders)),
    permissions: Permission.options.map((id) => ({ id, words: sentenceOf(id), kind: kindOf(id) })),
  }
}

const holdersOf = ({ db }: Here): Promise<Holder[]> =>
  db.rows<Holder>(
    `select r.role, p.id, p.sealed_name, r.by_group, g.sealed_name as group_name
     from app.people p cross join lateral hidden.roles_of(p.id) r left join app.groups g on g.id = r.by_group
     where p.leaves_at is null or p.leaves_at > now() order by p.id`,
  )

const viewOf = ({ keys }: Pick<House, 'keys'>, role: KnownRole, holders: readonly Holder[]): RoleView => ({
  ...role,
  holders: holders
    .filter((holder) => holder.role === role.id)
    .map((holder) => ({
      id: holder.id,
      name: firmText(keys, 'people', 'sealed_name', holder.id, holder.sealed_name),
      by: holder.by_group && holder.group_name && firmText(keys, 'groups', 'sealed_name', holder.by_group, holder.group_name),
    })),
  retiredAt: role.retiredAt && iso(role.retiredAt),
})

const tokenOf = (house: House, name: string): Buffer => token(house.keys.token, 'role name', name)
/** @throws Refusal `role.taken`, `role.mixed` */
function checkWish(house: House, wish: { name: string; permissions: readonly Permission[] }): Buffer {
  if (isMixed(wish.permissions)) throw new Refusal('role.mixed', { fields: { permissions: 'Make two roles of these.' } })
  const name = tokenOf(house, wish.name)
  if (BuiltInRole.options.some((role) => name.equals(tokenOf(house, builtInName(role))))) throw taken()
  return name
}
const taken = (cause?: unknown) => new Refusal('role.taken', { fields: { name: 'Another role has that name.' }, cause })
const refuseTaken = (fault: unknown): never => {
  throw brokenConstraint(fault) === 'roles_name_token_key' ? taken(fault) : fault
}

/** A role of the firm's own. Whether it is guarded is settled now, and stays. @throws Refusal `role.taken`, `role.mixed` */
export async function create(here: Here, { body }: Input<'role.create'>) {
  const { house, db, me } = here
  const name = checkWish(house, body)
  const id = uuidv7(now())
  const permissions = [...new Set(body.permissions)]
  await db
    .run(
      'insert into app.roles (role, permissions, sealed_name, sealed_words, name_token, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, permissions, ...sealed(house, id, body), name, me.person, new Date(now())],
    )
    .catch(refuseTaken)
  const role: KnownRole = {
    id,
    name: body.name,
    words: body.words,
    builtIn: false,
    permissions,
    guarded: isGuarded(permissions),
    retiredAt: null,
  }
  return remembered({ object: id, details: { object: body.name, permissions: permissions.join(' ') } }, viewOf(house, role, []))
}

const sealed = (house: House, id: string, wish: { name: string; words: string }) => [
  sealFirmText(house.keys, 'roles', 'sealed_name', id, wish.name),
  sealFirmText(house.keys, 'roles', 'sealed_words', id, wish.words),
]

/**
 * Changes a role; whoever holds it may do so much from the next statement on.
 * @throws Refusal `role.guarded` when it would come to be guarded or cease to, or when something guarded would come to
 *   people who hold it by the word of two; `person.oneself` for a role of one's own, `person.last_administrator`
 */
export async function change(here: Here, { params, body }: Input<'role.change'>) {
  const { house, db } = here
  const known = await ownRole(here, params.role)
  if (!known) return null
  const name = checkWish(house, body)
  const permissions = [...new Set(body.permissions)]
  const count = await db
    .run(
      'update app.roles set permissions = $2, sealed_name = $3, sealed_words = $4, name_token = $5 where role = $1 and retired_at is null',
      [params.role, permissions, ...sealed(house, params.role, body), name],
    )
    .catch(refuse({ SR010: { text: GUARDED } }))
    .catch(refuseTaken)
  if (count === 0) return null
  const role: KnownRole = { ...known, name: body.name, words: body.words, permissions, guarded: isGuarded(permissions) }
  const less = known.permissions.filter((one) => !permissions.includes(one))
  const more = permissions.filter((one) => !known.permissions.includes(one))
  return remembered(
    {
      object: params.role,
      details: { object: body.name, ...(known.name !== body.name && { was: known.name }), given: more.join(' '), taken: less.join(' ') },
    },
    viewOf(house, role, await holdersOf(here)),
  )
}

const GUARDED =
  'What runs the system, oversees it or decides as the second person is given by two people: a role that someone holds, or that waits for a second person, cannot grow by it. Make a new role.'

/** A live role of the firm's own, that is not the asker's. @throws Refusal `person.oneself` */
async function ownRole(here: Here, id: string): Promise<KnownRole | null> {
  const known = (await liveRoles(here)).find((role) => role.id === id && !role.builtIn)
  if (!known) return null
  const { db, me } = here
  const holds = await db.row<{ holds: boolean }>('select hidden.has_role($1, $2) as holds', [me.person, id])
  if (holds!.holds) throw new Refusal('person.oneself', { text: 'You hold this role yourself. Ask another administrator.' })
  return known
}

/** Its name is free again; whoever held it holds it no more. @throws Refusal `person.oneself`, `person.last_administrator` */
export async function retire(here: Here, { params }: Input<'role.retire'>) {
  const { db } = here
  const known = await ownRole(here, params.role)
  if (!known) return null
  const held = (await holdersOf(here)).filter((holder) => holder.role === known.id)
  const count = await db
    .run('update app.roles set retired_at = now(), name_token = null where role = $1 and retired_at is null', [params.role])
    .catch(refuse())
  if (count === 0) return null
  const names = held.map((holder) => firmText(here.house.keys, 'people', 'sealed_name', holder.id, holder.sealed_name))
  return remembered({ object: params.role, details: { object: known.name, holders: listed([...new Set(names)]) } }, undefined)
}
