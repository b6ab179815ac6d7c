import type { ScimPart } from '../../contract/scim.ts'
import { Name } from '../../contract/words.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { brokenConstraint, type Db } from '../../platform/postgres.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { groupToken } from '../access/groups.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { GROUPS, readResource, type Fields } from './scim-attributes.ts'
import { answerList, answerOne, checkVersion, scimUrl, type Resource } from './scim-answers.ts'
import { patched } from './scim-patch.ts'
import { isId } from './scim-people.ts'

type Group = Answer<'scim.groupRead'>
type Row = {
  id: string
  sealed_name: Buffer
  sealed_external_id: Buffer | null
  made_at: Date
  changed_at: Date
  members: string[]
}
type Wish = { name: string; externalId: string | null; members: string[] }

/** Only what the directory keeps: the firm's own groups are none of its business. */
const GROUP = `select g.id, g.sealed_name, g.sealed_external_id, g.made_at, g.changed_at, array(
    select p.id from app.group_members m join app.people p on p.id = m.person_id
    where m.group_id = g.id and (p.leaves_at is null or p.leaves_at > statement_timestamp()) order by p.id) as members
  from app.groups g where g.kept_by = 'directory' and ($1::uuid is null or g.id = $1) order by g.id`

async function groupsFor(house: House, db: Db, id: string | null): Promise<Resource[]> {
  const { keys } = house
  const rows = await db.rows<Row>(GROUP, [id])
  return rows.map((row) => ({
    id: row.id,
    externalId: row.sealed_external_id ? firmText(keys, 'groups', 'sealed_external_id', row.id, row.sealed_external_id) : undefined,
    displayName: firmText(keys, 'groups', 'sealed_name', row.id, row.sealed_name),
    members: row.members.length === 0 ? undefined : row.members.map((person) => memberOf(house, person)),
    meta: { resourceType: 'Group', created: iso(row.made_at), lastModified: iso(row.changed_at) },
  }))
}

const memberOf = (house: House, person: string): Fields => ({ value: person, $ref: scimUrl({ house }, `/Users/${person}`), type: 'User' })

/** @throws Refusal `scim.value`, `name.refused` */
function wishOf(fields: Fields): Wish {
  const name = Name.safeParse(fields.displayName)
  if (!name.success) throw new Refusal('scim.value', { text: name.error.issues[0]?.message ?? 'That name cannot be used.' })
  const members = ((fields.members ?? []) as Fields[]).map(({ value, type }) => {
    if (typeof type === 'string' && type.toLowerCase() !== 'user')
      throw new Refusal('scim.value', { text: 'Only people can be members of a group.' })
    if (typeof value !== 'string' || !isId(value)) throw new Refusal('scim.value', { text: 'A member is named by the id of a User.' })
    return value.toLowerCase()
  })
  return { name: name.data, externalId: (fields.externalId as string | undefined) ?? null, members: [...new Set(members)] }
}
const membersOf = (group: Resource): string[] => ((group.members ?? []) as Fields[]).map(({ value }) => value as string)

export async function list(ask: Ask, { query }: Input<'scim.groupList'>): Promise<Answer<'scim.groupList'>> {
  return answerList(ask, GROUPS, await ask.look(({ house, db }) => groupsFor(house, db, null)), query)
}

export async function read(ask: Ask, { params, query }: Input<'scim.groupRead'>) {
  const [group] = await ask.look(async ({ house, db }) => (isId(params.id) ? groupsFor(house, db, params.id) : []))
  return group ? answerOne<Group>(ask, GROUPS, group, query) : null
}

/** A new group, which brings no role until the firm says so. @throws Refusal `group.taken`, `scim.…` */
export async function create(ask: Ask, { query, body }: Input<'scim.groupCreate'>) {
  const made = await ask.act('group.created', async (here) => {
    const wish = wishOf(readResource(GROUPS, body))
    const { house, db, me } = here
    const id = uuidv7(now())
    await db
      .run(
        'insert into app.groups (id, sealed_name, name_token, roles, kept_by, sealed_external_id, made_by) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, ...namesOf(house, id, wish.name), [], 'directory', externalOf(house, id, wish), me.person],
      )
      .catch(refuseTaken)
    await join(here, id, wish.members)
    const [group] = await groupsFor(house, db, id)
    return remembered({ object: id, details: { object: wish.name, directory: true, ...(await moved(here, wish.members, [])) } }, group!)
  })
  return made && answerOne<Group>(ask, GROUPS, made, query)
}

export const replace = (ask: Ask, { params, query, body }: Input<'scim.groupReplace'>) =>
  write(ask, params.id, query, () => wishOf(readResource(GROUPS, body)))
export const change = (ask: Ask, { params, query, body }: Input<'scim.groupChange'>) =>
  write(ask, params.id, query, (before) => wishOf(patched(GROUPS, before, body)))

/** The group goes; what it brought goes with it at once. */
export async function remove(ask: Ask, { params }: Input<'scim.groupDelete'>) {
  return ask.act('group.changed', async (here) => {
    const group = await held(here, params.id)
    if (!group) return null
    checkVersion(ask, GROUPS, group)
    const out = await moved(here, [], membersOf(group))
    await here.db.run('delete from app.groups where id = $1', [params.id])
    return remembered(
      { object: params.id, details: { object: group.displayName as string, directory: true, removed: true, ...out } },
      undefined,
    )
  })
}

/** One write after another: whoever comes second waits, and then sees what the first has done. */
async function held({ house, db }: Here, id: string): Promise<Resource | null> {
  if (!isId(id)) return null
  await db.run(`select from app.groups where id = $1 and kept_by = 'directory' for update`, [id])
  return (await groupsFor(house, db, id))[0] ?? null
}

async function write(ask: Ask, id: string, part: ScimPart, wishFor: (before: Resource) => Wish) {
  const unchanged: { group?: Resource } = {}
  const done = await ask.act('group.changed', async (here) => {
    const { house, db } = here
    const before = await held(here, id)
    if (!before) return null
    checkVersion(ask, GROUPS, before)
    const wish = wishFor(before)
    const members = new Set(membersOf(before))
    const wanted = new Set(wish.members)
    const come = [...wanted.difference(members)]
    const gone = [...members.difference(wanted)]
    const isSame = wish.name === before.displayName && wish.externalId === (before.externalId ?? null)
    if (isSame && come.length + gone.length === 0) {
      unchanged.group = before
      return null
    }
    await db
      .run(
        'update app.groups set sealed_name = $2, name_token = $3, sealed_external_id = $4, version = version + 1, changed_at = now() where id = $1',
        [id, ...namesOf(house, id, wish.name), externalOf(house, id, wish)],
      )
      .catch(refuseTaken)
    if (gone.length > 0) await db.run('delete from app.group_members where group_id = $1 and person_id = any ($2)', [id, gone])
    await join(here, id, come)
    const [after] = await groupsFor(house, db, id)
    const was = before.displayName !== wish.name && { was: before.displayName as string }
    return remembered({ object: id, details: { object: wish.name, directory: true, ...was, ...(await moved(here, come, gone)) } }, after!)
  })
  const group = unchanged.group ?? done
  return group && answerOne<Group>(ask, GROUPS, group, part)
}

/** Brings people into a group. @throws Refusal `scim.value` for someone who is not here, `scim.mutability` for the token's owner */
async function join({ db, me }: Here, group: string, people: string[]): Promise<void> {
  if (people.length === 0) return
  const stranger = await db.row<{ id: string }>('select id from unnest($2::uuid[]) id where not hidden.takes_member($1, id) limit 1', [
    group,
    people,
  ])
  if (stranger?.id === me.person)
    throw new Refusal('scim.mutability', {
      text: 'This group brings roles, and whoever made the access token is not brought into it by that token.',
    })
  if (stranger) throw new Refusal('scim.value', { text: `There is nobody here with the id ${stranger.id}.` })
  await db.run('insert into app.group_members (group_id, person_id) select $1, unnest($2::uuid[])', [group, people])
}

const namesOf = ({ keys }: House, id: string, name: string): Buffer[] => [
  sealFirmText(keys, 'groups', 'sealed_name', id, name),
  groupToken(keys, name),
]
const externalOf = ({ keys }: House, id: string, { externalId }: Wish): Buffer | null =>
  externalId === null ? null : sealFirmText(keys, 'groups', 'sealed_external_id', id, externalId)
const refuseTaken = (fault: unknown): never => {
  throw brokenConstraint(fault) === 'groups_name_token_key' ? new Refusal('group.taken', { cause: fault }) : fault
}

/** Who came and who went, by name, for the ledger. */
async function moved({ house, db }: Here, come: string[], gone: string[]): Promise<Record<string, string>> {
  const rows = await db.rows<{ id: string; sealed_name: Buffer }>(
    'select id, sealed_name from app.people where id = any ($1) order by id',
    [[...come, ...gone]],
  )
  const named = (ids: string[]): string => {
    const wanted = new Set(ids)
    return rows
      .filter((row) => wanted.has(row.id))
      .map((row) => firmText(house.keys, 'people', 'sealed_name', row.id, row.sealed_name))
      .join(', ')
  }
  return { ...(come.length > 0 && { in: named(come) }), ...(gone.length > 0 && { out: named(gone) }) }
}
