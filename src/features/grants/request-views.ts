import type { z } from 'zod'
import type { GrantState, RequestView } from '../../contract/grant.ts'
import type { MatterId, PersonId, RequestId } from '../../contract/ids.ts'
import { iso } from '../../platform/clock.ts'
import { isAllowed, type Answer, type Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { matterNames, type MatterName } from '../walls/names.ts'
import { openWords } from './words.ts'

type Row = {
  id: RequestId
  kind: RequestView['kind']
  sealed_words: Buffer
  days: number | null
  hours: number | null
  urgent: boolean
  made_at: Date
  widens_at: Date
  state: z.infer<typeof GrantState>
  person_id: PersonId
  person_name: Buffer
  matter_id: MatterId | null
  until: Date | null
  decided_by: PersonId | null
  decider_name: Buffer | null
  decided_at: Date | null
  may_decide: boolean
}
// an emergency in which someone went in is a review, and stands there
const REQUESTS = `select r.id, r.kind, r.sealed_words, r.days, r.hours, r.urgent, r.made_at, r.widens_at, r.person_id, p.sealed_name as person_name, r.matter_id,
    case when r.state = 'waiting' and r.made_at < now() - interval '14 days' then 'lapsed' else r.state end as state,
    hidden.granted_until(r.id) as until, r.decided_by, d.sealed_name as decider_name, r.decided_at, hidden.may_decide(r.id) as may_decide
  from app.requests r join app.people p on p.id = r.person_id left join app.people d on d.id = r.decided_by where r.review_due_at is null`
const MOST = 200

/** Requests that are this reader's to decide, and the last of those that were: what waits first, then the newest. */
export async function list(here: Here): Promise<Answer<'grant.list'>> {
  const waiting = await here.db.rows<Row>(`${REQUESTS} and r.state = 'waiting' order by r.id desc`)
  const decided = await here.db.rows<Row>(`${REQUESTS} and r.state <> 'waiting' order by r.id desc limit ${MOST}`)
  return { requests: await viewsOf(here, [...waiting, ...decided]) }
}
export async function requestView(here: Here, request: string): Promise<RequestView | null> {
  const rows = await here.db.rows<Row>(`${REQUESTS} and r.id = $1`, [request])
  return (await viewsOf(here, rows))[0] ?? null
}

async function viewsOf(here: Here, rows: Row[]): Promise<RequestView[]> {
  const { house, me } = here
  const names = await matterNames(
    here,
    rows.flatMap((row) => row.matter_id ?? []),
  )
  const nameOf = (id: string, sealed: Buffer) => firmText(house.keys, 'people', 'sealed_name', id, sealed)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    ...openWords(house.keys, row.id, row.sealed_words),
    madeAt: iso(row.made_at),
    state: row.state,
    person: { id: row.person_id, name: nameOf(row.person_id, row.person_name) },
    matter: row.matter_id && named(names, row.matter_id),
    days: row.days,
    hours: row.hours,
    urgent: row.urgent,
    widensAt: iso(row.widens_at),
    until: row.until && iso(row.until),
    decidedBy: row.decided_by && nameOf(row.decided_by, row.decider_name!),
    decidedAt: row.decided_at && iso(row.decided_at),
    mayDecide: row.may_decide,
    mayRoute: row.state === 'waiting' && row.matter_id === null && isAllowed(me, 'grant.oversee') && isAllowed(me, 'register.read'),
  }))
}

/** A matter as the register has it for this reader; without `register.read` there is no more than that it is one. */
export const named = (names: Map<string, MatterName>, id: MatterId): MatterName =>
  names.get(id) ?? { id, number: '', title: 'A matter that is not on your register', client: '' }
