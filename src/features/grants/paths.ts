import type { z } from 'zod'
import type { PathView } from '../../contract/grant.ts'
import { iso } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { isAllowed, type Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import type { MatterKeys } from '../keys/matter-keys.ts'
import { matterText } from '../keys/matter-words.ts'
import { openWords } from './words.ts'

type Path = z.infer<typeof PathView>
/** One way by which someone reaches a matter, as db/access/explain.sql gives it. */
export type PathRow = {
  via: Path['via']
  role: Path['role']
  group_id: string | null
  group_name: Buffer | null
  since: Date
  until: Date | null
  by_person: string | null
  by_name: Buffer | null
  member: string | null
  of_group: string | null
  sealed_reason: Buffer | null
  request: string | null
  sealed_words: Buffer | null
}

export const personName = ({ keys }: Pick<House, 'keys'>, id: string, sealed: Buffer): string =>
  firmText(keys, 'people', 'sealed_name', id, sealed)

/** Words a path; reasons are for those who reach the matter, and a request's also for those who decide requests over the firm. */
export const pathWith =
  ({ house, me }: Here, keys: MatterKeys | null) =>
  (row: PathRow): Path => ({
    via: row.via,
    role: row.role,
    group: row.group_name && firmText(house.keys, 'groups', 'sealed_name', row.group_id!, row.group_name),
    since: iso(row.since),
    until: row.until && iso(row.until),
    by: row.by_name && personName(house, row.by_person!, row.by_name),
    reason: keys || isAllowed(me, 'grant.oversee') ? reasonOf(house, keys, row) : null,
  })

function reasonOf({ keys: firm }: House, keys: MatterKeys | null, row: PathRow): string | null {
  if (row.sealed_words) return openWords(firm, row.request!, row.sealed_words).reason
  if (!keys || !row.sealed_reason) return null
  return row.of_group
    ? matterText(keys, 'matter_groups', 'sealed_reason', row.of_group, row.sealed_reason)
    : matterText(keys, 'team_members', 'sealed_reason', row.member!, row.sealed_reason)
}
