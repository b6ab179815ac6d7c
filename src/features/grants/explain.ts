import type { WhoSeesView } from '../../contract/grant.ts'
import type { GroupId, MatterId, PersonId, WallId } from '../../contract/ids.ts'
import { now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { allRoles } from '../access/known-roles.ts'
import { keysWhereHeld } from '../keys/matter-keys.ts'
import { pathWith, personName, type PathRow } from './paths.ts'

/**
 * Who can see a matter now, and by which paths. `sees` is what the matter's page would answer them. It is like the list of
 * the team and leaves no entry; who had access at a moment is asked as evidence, and leaves one.
 */
export async function explain(here: Here, { params }: Input<'access.explain'>): Promise<Answer<'access.explain'> | null> {
  const people = await whoSees(here, params.matter, null)
  return people && { people }
}

/**
 * Who reached a matter at a moment, as memberships, groups and walls stood then; the roles are those of now.
 * @throws Refusal `input.invalid` for a moment to come
 */
export async function asOf(here: Here, { params, query }: Input<'access.as-of'>) {
  const { house, db } = here
  if (Date.parse(query.at) > now()) throw new Refusal('input.invalid', { fields: { at: 'Name a moment that has passed.' } })
  const people = await whoSees(here, params.matter, query.at)
  if (!people) return null
  const inReach = (await keysWhereHeld(house, db, params.matter)) !== null
  const subject = { object: params.matter, details: { moment: query.at } }
  return remembered(inReach ? { matter: params.matter, ...subject } : subject, { at: query.at, people })
}

type Row = PathRow & {
  person: PersonId
  sealed_name: Buffer
  roles: string[]
  fits: boolean
  works: boolean
  walls: WallId[]
  walled: boolean
  owes: WallId[]
  owing: boolean
  here: boolean
  group_id: GroupId | null
}

/** Null when the matter is neither in reach nor on this reader's register. */
async function whoSees(here: Here, matter: MatterId, at: string | null): Promise<WhoSeesView[] | null> {
  const { house, db } = here
  const may = await db.row<{ ok: boolean }>('select hidden.may_explain($1) as ok', [matter])
  if (!may!.ok) return null
  const rows = await db.rows<Row>('select * from hidden.explain($1, $2)', [matter, at])
  const pathOf = pathWith(here, await keysWhereHeld(house, db, matter))
  const names = new Map((await allRoles(here)).map((role) => [role.id as string, role.name]))
  const people = Map.groupBy(rows, (row) => row.person)
  return [...people].map(([id, own]) => ({
    person: { id, name: personName(house, id, own[0]!.sealed_name) },
    roles: own[0]!.roles.flatMap((role) => names.get(role) ?? []).sort(),
    sees: stopsOf(own).length === 0,
    paths: own.map(pathOf),
    stopped: stopsOf(own),
  }))
}

/** What keeps someone from a matter to which they have a path. */
function stopsOf(rows: Row[]): WhoSeesView['stopped'] {
  const { here, works, walled, walls, owing, owes } = rows[0]!
  const stop = (by: WhoSeesView['stopped'][number]['by'], text: string, ids: (WallId | null)[] = [null]) =>
    ids.map((wall) => ({ by, wall, text }))
  return [
    ...(walled ? stop('wall', 'A wall keeps them from it.', walls) : []),
    ...(owing ? stop('memorandum', 'They have not acknowledged a memorandum that it waits for.', owes.length > 0 ? owes : [null]) : []),
    ...(here ? [] : stop('left', 'They have left the firm.')),
    ...(works ? [] : stop('role', 'None of their roles lets them read matters.')),
    ...(rows.some((row) => row.fits) ? [] : stop('class', 'The handling of its class does not let that group in.')),
  ]
}
