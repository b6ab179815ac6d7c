import type { ConfirmationId, MatterId, PersonId } from '../../contract/ids.ts'
import type { MatterPage } from '../../contract/matter.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { ownRootOf } from '../keys/key-state.ts'
import { matterKeys } from '../keys/matter-keys.ts'
import { openedTo } from './groups.ts'
import { matterById, viewOf, wordsOf, type MatterRow } from './matters.ts'
import { gatesOf } from './status.ts'
import { teamOf } from './team.ts'

/** One matter as its team sees it. */
export async function read(here: Here, { params }: Input<'matter.read'>): Promise<Answer<'matter.read'> | null> {
  const { house, db } = here
  const row = await matterById(db, params.matter)
  const keys = row && (await matterKeys(house, db, row.id))
  if (!row || !keys) return null
  const counts = (await db.row<{ documents: number; parties: number; named: boolean }>(
    `select hidden.count_documents($1) as documents,
       (select count(*) from app.parties where matter_id = $1 and removed_at is null) as parties, hidden.on_team($1) as named`,
    [row.id],
  ))!
  const team = await teamOf({ house, db }, row.id, keys)
  const lead = team.find((one) => one.role === 'responsible')
  return {
    ...viewOf(house.keys, keys, row, lead ? { id: lead.person, name: lead.name } : null),
    ownClass: row.own_class,
    ...wordsOf(keys, row),
    team,
    openedTo: await openedTo({ house, db }, row.id, keys),
    documents: counts.documents,
    parties: counts.parties,
    gates: await gatesOf(here, row, team),
    walls: await wallsAround(here, row),
    lowering: await loweringOf(here, row.id),
    ownRoot: await ownRootIn(here, row.id),
    version: row.version,
    may: mayOf(here, row, counts.named),
  }
}

function mayOf({ me }: Here, { status }: MatterRow, named: boolean): MatterPage['may'] {
  const lead = named && isAllowed(me, 'matter.change')
  return {
    upload: isAllowed(me, 'document.upload') && status !== 'closed',
    download: isAllowed(me, 'document.download'),
    join: named && isAllowed(me, 'team.join'),
    leave: named && isAllowed(me, 'team.leave'),
    history: isAllowed(me, 'entry.list'),
    change: lead,
    open: lead && status === 'intake',
    close: lead && status !== 'closed',
    reopen: lead && status === 'closed',
    parties: isAllowed(me, 'party.keep'),
    recipients: isAllowed(me, 'recipient.list'),
    groups: lead,
    wall: isAllowed(me, 'wall.keep'),
    explain: isAllowed(me, 'access.explain'),
    approve: named && isAllowed(me, 'grant.approve'),
  }
}

/** Walls that this reader keeps and that stand around it. */
async function wallsAround({ house, db }: Here, { id, client_id }: MatterRow): Promise<MatterPage['walls']> {
  const rows = await db.rows<{ id: string; person_id: PersonId | null; name: Buffer; group_id: string | null; starts_at: Date }>(
    `select w.id, p.person_id, coalesce(n.sealed_name, g.sealed_name) as name, p.group_id, w.starts_at
     from app.walls w join app.wall_targets t on t.wall_id = w.id join app.wall_people p on p.wall_id = w.id and p.side = t.side
     left join app.people n on n.id = p.person_id left join app.groups g on g.id = p.group_id
     where (t.matter_id = $1 or t.client_id = $2) and w.lifted_at is null and (w.ends_at is null or w.ends_at > now()) order by w.id, p.since, p.person_id`,
    [id, client_id],
  )
  const walls = new Map<string, { names: string[]; since: Date }>()
  for (const row of rows) {
    const name = row.person_id
      ? firmText(house.keys, 'people', 'sealed_name', row.person_id, row.name)
      : firmText(house.keys, 'groups', 'sealed_name', row.group_id!, row.name)
    walls.set(row.id, { names: [...(walls.get(row.id)?.names ?? []), name], since: row.starts_at })
  }
  return [...walls].map(([wall, { names, since }]) => ({
    id: wall,
    text: `${new Intl.ListFormat('en-GB').format(names)} ${names.length === 1 ? 'is' : 'are'} screened since ${since.toISOString().slice(0, 10)}; to them this matter does not exist.`,
  }))
}

async function ownRootIn(here: Here, matter: MatterId): Promise<MatterPage['ownRoot']> {
  const row = (await here.db.row<{ asked: 'root.put' | 'root.take' | null; changing: boolean }>(
    `select (select c.kind from app.confirmations c where c.matter_id = $1 and c.kind in ('root.put', 'root.take') and c.state = 'waiting' and c.ends_at > now()) as asked,
       hidden.is_own_root_due($1) as changing`,
    [matter],
  ))!
  return { name: await ownRootOf(here, matter), ...row }
}

async function loweringOf({ house, db, me }: Here, matter: MatterId): Promise<MatterPage['lowering']> {
  const row = await db.row<{
    id: ConfirmationId
    wanted: 'confidential'
    asked_by: PersonId
    sealed_name: Buffer
    may: boolean
  }>(
    `select c.id, c.wanted, c.asked_by, p.sealed_name, hidden.may_confirm(c.id) as may from app.confirmations c join app.people p on p.id = c.asked_by
     where c.matter_id = $1 and c.kind = 'class.lower' and c.state = 'waiting' and c.ends_at > now()`,
    [matter],
  )
  return (
    row && {
      id: row.id,
      wanted: row.wanted,
      askedBy: firmText(house.keys, 'people', 'sealed_name', row.asked_by, row.sealed_name),
      mayDecide: row.may && row.asked_by !== me.person,
    }
  )
}
