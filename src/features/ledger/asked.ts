import { deedsNamed, type EntryFilter } from '../../contract/entry-filter.ts'
import type { EntryId } from '../../contract/ids.ts'
import { idNotBefore } from '../../core/ids.ts'
import type { House } from '../../platform/house.ts'
import { isAllowed, type Here } from '../../platform/route.ts'
import { addressToken } from './origins.ts'
import { SEEN, type SeenRow } from './queries.ts'

/** Which entries are asked for; `about`: done by this person, or to their account. */
export type Asked = EntryFilter & { document?: string; about?: string; before?: EntryId }
const NOTHING = '00000000-0000-0000-0000-000000000000'
/** An id tells its time within a day (hidden.stamp_entry); the entry's own time is asked beside it. */
const DAY_MS = 86_400_000

/**
 * The entries asked for that the reader may see, newest first. Which those are is PostgreSQL's to say, entry by entry; what is said here
 * narrows only, so that an index finds them. A matter that the reader may not know of is looked for as one that is not there, so
 * that the answer and the work are the same.
 */
export async function entriesAsked({ house, db, me }: Here, asked: Asked, most: number): Promise<SeenRow[]> {
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value)}`
  const where = [...conditions(house, asked, bind)]
  if (asked.matter) where.push(`e.matter_id = ${bind((await isKnown(db, asked.matter)) ? asked.matter : NOTHING)}`)
  // whoever does not oversee sees the firm's own entries, and those of matters to which a path of theirs leads
  else if (!isAllowed(me, 'ledger.oversee')) where.push(`(e.matter_id is null or e.matter_id = any (array(${PATHS})))`)
  const about = asked.about && bind(asked.about)
  // each by an index of its own
  const kinds = about ? [`e.actor = ${about}`, `e.object = ${about}`] : ['true']
  const limit = bind(most)
  const found = kinds.map(
    (kind) => `(select e.id from ledger.entries e where ${[kind, ...where].join(' and ')} order by e.id desc limit ${limit})`,
  )
  // which index serves depends on how much a deed, a person or a period holds
  db.late(db.row(`select set_config('plan_cache_mode', 'force_custom_plan', true)`))
  return db.rows<SeenRow>(
    `with asked as materialized (select id from (${found.join(' union ')}) one order by id desc limit ${limit})
     ${SEEN} where e.id = any (array(select id from asked)) order by e.id desc`,
    values,
  )
}

const PATHS = 'select t.matter_id from app.team_members t union select g.matter_id from app.matter_groups g'

const isKnown = async (db: Here['db'], matter: string): Promise<boolean> =>
  (await db.row<{ ok: boolean }>('select hidden.knows_matter($1) as ok', [matter]))!.ok

function* conditions(house: Pick<House, 'keys'>, asked: Asked, bind: (value: unknown) => string): Generator<string> {
  if (asked.before) yield `e.id < ${bind(asked.before)}`
  if (asked.person) yield `e.actor = ${bind(asked.person)}`
  if (asked.document) yield `e.object = ${bind(asked.document)}`
  if (asked.deed) yield `e.deed = any (${bind(deedsNamed(asked.deed))}::text[])`
  if (asked.from) {
    const at = new Date(asked.from)
    yield `e.at >= ${bind(at)} and e.id >= ${bind(idNotBefore(at.getTime() - DAY_MS))}`
  }
  if (asked.to) {
    const at = new Date(asked.to)
    yield `e.at < ${bind(at)} and e.id < ${bind(idNotBefore(at.getTime() + DAY_MS))}`
  }
  if (asked.address)
    yield `e.origin = any (array(select o.id from ledger.origins o where o.address_token = ${bind(addressToken(house.keys, asked.address))}))`
  if (asked.proof === 'recorded') yield 'e.id = any (array(select hidden.unnumbered()))'
  if (asked.proof === 'in the tree') yield 'not e.id = any (array(select hidden.unnumbered()))'
  // where no witness ever signed, nothing is looked for
  if (asked.proof === 'witnessed') yield '(select hidden.has_witnessed()) and hidden.is_witnessed(e.id, e.salt)'
}
