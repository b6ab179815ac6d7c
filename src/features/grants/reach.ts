import type { GroupId, MatterId } from '../../contract/ids.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { keysOfMatters } from '../keys/matter-keys.ts'
import { matterNames } from '../walls/names.ts'
import { pathWith, type PathRow } from './paths.ts'
import { named } from './request-views.ts'

/** What someone reaches, now or at a moment: their own for everyone, anyone's for those who oversee access. */
export async function reach(here: Here, { params, query }: Input<'access.reach'>): Promise<Answer<'access.reach'> | null> {
  const { house, db, me } = here
  if (params.person !== me.person && !isAllowed(me, 'access.oversee')) return null
  const person = await db.row('select 1 as one from app.people where id = $1', [params.person])
  if (!person) return null
  const rows = await db.rows<PathRow & { matter: MatterId }>('select * from hidden.reach_of($1, $2)', [params.person, query.at ?? null])
  const matters = Map.groupBy(rows, (row) => row.matter)
  const names = await matterNames(here, [...matters.keys()])
  const keys = await keysOfMatters(house, db, [...matters.keys()])
  return {
    matters: [...matters].map(([id, paths]) => {
      const { number, title, client } = named(names, id)
      return { matter: id, number, title, client, paths: paths.map(pathWith(here, keys.get(id) ?? null)) }
    }),
  }
}

type WideRow = { matter: MatterId; group_id: GroupId; group_name: Buffer; people: number }
/** Matters that are open beyond their teams, those that most people see first. */
export async function wide(here: Here): Promise<Answer<'access.wide'>> {
  const rows = await here.db.rows<WideRow>('select matter, group_id, group_name, people from hidden.wide_matters()')
  const matters = Map.groupBy(rows, (row) => row.matter)
  const names = await matterNames(here, [...matters.keys()])
  const views = [...matters].map(([id, own]) => {
    const { number, title, client } = named(names, id)
    const groups = own.map((row) => ({
      id: row.group_id,
      name: firmText(here.house.keys, 'groups', 'sealed_name', row.group_id, row.group_name),
    }))
    return { matter: id, number, title, client, groups, people: own[0]!.people }
  })
  return { matters: views.sort((a, b) => b.people - a.people) }
}
