import type { HoldView } from '../../contract/destruction.ts'
import type { DocumentId, HoldId, MatterId, PersonId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { remembered, type Subject } from '../../platform/ways.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { namer } from './named.ts'
import { refuseIt } from './refused.ts'

type Words = Pick<HoldView, 'trigger' | 'triggeredOn' | 'issuer' | 'scope' | 'reason'>
type Row = {
  id: HoldId
  number: number
  matter_id: MatterId
  whole: boolean
  sealed_words: Buffer
  placed_by: PersonId
  placed_at: Date
  sealed_lifting: Buffer | null
  lifted_by: PersonId | null
  lifted_at: Date | null
  count: number
  documents: DocumentId[]
  custodians: PersonId[]
  reached: boolean
}
const ROW = `select h.id, h.number, h.matter_id, h.whole, h.sealed_words, h.placed_by, h.placed_at, h.sealed_lifting, h.lifted_by, h.lifted_at,
    hidden.hold_size(h.id) as count, array(select x.document_id from app.hold_documents x where x.hold_id = h.id order by 1) as documents,
    array(select c.person_id from app.hold_custodians c where c.hold_id = h.id order by 1) as custodians,
    exists (select from app.matters m where m.id = h.matter_id) as reached
  from app.holds h`

/** Those that this person may know of, newest first, the last 500. */
export async function list(here: Here, { query }: Input<'hold.list'>): Promise<Answer<'hold.list'>> {
  const rows = await here.db.rows<Row>(`${ROW} where $1::uuid is null or h.matter_id = $1 order by h.number desc limit 500`, [
    query.matter ?? null,
  ])
  return { holds: await viewsOf(here, rows) }
}

export async function read(here: Here, { params }: Input<'hold.read'>): Promise<HoldView | null> {
  const row = await rowOf(here, params.hold)
  return row && (await viewsOf(here, [row]))[0]!
}

/**
 * Places a hold; from its commit on nothing of it is destroyed. Custodians who reach the matter are told.
 * @throws Refusal `person.state` for a custodian who is not here
 */
export async function place(here: Here, { params, body }: Input<'hold.place'>) {
  const { house, db } = here
  const hold = uuidv7(now()) as HoldId
  const { documents, custodians, ...words } = body
  const sealed = sealFirmText(house.keys, 'holds', 'sealed_words', hold, JSON.stringify(words satisfies Words))
  const placed = await db
    .row<{ number: number | null }>('select hidden.place_hold($1, $2, $3, $4, $5) as number', [
      hold,
      params.matter,
      sealed,
      documents,
      custodians,
    ])
    .catch(refuseIt)
  if (placed!.number === null) return null
  const told = await db.rows<{ id: PersonId }>('select c as id from hidden.custodians_to_tell($1) c', [hold])
  await notify(
    house,
    db,
    told.map((one) => one.id),
    { text: 'You are a custodian under a legal hold.', todo: 'Keep everything that it covers. Its scope stands on the matter.' },
  )
  const row = (await rowOf(here, hold))!
  return remembered(subjectOf(row, { documents: body.documents.length, reason: body.reason }), (await viewsOf(here, [row]))[0]!)
}

/** @throws Refusal `hold.oneself`, `hold.state` */
export async function lift(here: Here, { params, body }: Input<'hold.lift'>) {
  const { house, db } = here
  const sealed = sealFirmText(house.keys, 'holds', 'sealed_lifting', params.hold, body.reason)
  const done = await db.row<{ ok: boolean }>('select hidden.lift_hold($1, $2) as ok', [params.hold, sealed]).catch(refuseIt)
  if (!done!.ok) return null
  const row = (await rowOf(here, params.hold))!
  return remembered(subjectOf(row, { reason: body.reason }), (await viewsOf(here, [row]))[0]!)
}

/** In the matter where it is within reach; otherwise of the firm, for those who keep the register. */
const subjectOf = (row: Row, details: Subject['details']): Subject => ({
  ...(row.reached && { matter: row.matter_id }),
  object: row.id,
  details: { object: `hold ${row.number}`, ...details },
})

const rowOf = ({ db }: Here, hold: HoldId): Promise<Row | null> => db.row<Row>(`${ROW} where h.id = $1`, [hold])

async function viewsOf(here: Here, rows: Row[]): Promise<HoldView[]> {
  const { keys } = here.house
  const { person, matter } = await namer(
    here,
    rows.flatMap((row) => [row.placed_by, ...(row.lifted_by ? [row.lifted_by] : []), ...row.custodians]),
    rows.map((row) => row.matter_id),
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    matter: matter(row.matter_id),
    whole: row.whole,
    count: row.count,
    documents: row.documents,
    ...(JSON.parse(firmText(keys, 'holds', 'sealed_words', row.id, row.sealed_words)) as Words),
    custodians: row.custodians.map(person),
    placedBy: person(row.placed_by),
    placedAt: iso(row.placed_at),
    lifted: row.lifted_by && {
      by: person(row.lifted_by),
      at: iso(row.lifted_at!),
      reason: firmText(keys, 'holds', 'sealed_lifting', row.id, row.sealed_lifting!),
    },
    mayLift: row.lifted_by === null && row.placed_by !== here.me.person && isAllowed(here.me, 'hold.keep'),
  }))
}
