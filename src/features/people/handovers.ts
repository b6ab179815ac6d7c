import type { HandoverId, MatterId, PersonId } from '../../contract/ids.ts'
import { iso } from '../../platform/clock.ts'
import type { Answer, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { keysOfMatters, type Shut } from '../keys/matter-keys.ts'
import { matterText, SHUT } from '../keys/matter-words.ts'
import { notify } from '../notices/notices.ts'
import { nameOf } from './views.ts'

type Row = {
  id: HandoverId
  matter_id: MatterId
  leaver_id: PersonId
  sealed_name: Buffer
  made_at: Date
  sealed_number: Buffer
  sealed_title: Buffer
}
const OPEN = `select h.id, h.matter_id, h.leaver_id, p.sealed_name, h.made_at, m.sealed_number, m.sealed_title
  from app.handovers h join app.matters m on m.id = h.matter_id join app.people p on p.id = h.leaver_id where h.taken_at is null`

/** What someone who has left was responsible for, of the matters within reach. */
export async function list({ house, db }: Here): Promise<Answer<'handover.list'>> {
  const handovers = []
  const rows = await db.rows<Row>(`${OPEN} order by h.made_at, h.id`)
  const shut = new Map<string, Shut>()
  const all = await keysOfMatters(
    house,
    db,
    rows.map((row) => row.matter_id),
    shut,
  )
  for (const row of rows) {
    const keys = all.get(row.matter_id)
    handovers.push({
      id: row.id,
      matter: row.matter_id,
      number: keys ? matterText(keys, 'matters', 'sealed_number', row.matter_id, row.sealed_number) : '',
      title: keys ? matterText(keys, 'matters', 'sealed_title', row.matter_id, row.sealed_title) : SHUT[shut.get(row.matter_id) ?? 'gone'],
      leaver: nameOf(house, { id: row.leaver_id, sealed_name: row.sealed_name }),
      at: iso(row.made_at),
    })
  }
  return { handovers }
}

/** Someone on the team is responsible from now on. Null: no such handover within reach, or the person is not on the team. */
export async function take({ house, db, me }: Here, { params, body }: Input<'handover.take'>) {
  const row = await db.row<Row>(`${OPEN} and h.id = $1`, [params.handover])
  const person = await db.row<{ id: PersonId; sealed_name: Buffer }>('select id, sealed_name from app.people where id = $1', [body.person])
  if (!row || !person) return null
  const taken = await db.row<{ ok: boolean }>('select hidden.take_over($1, $2) as ok', [row.id, body.person])
  if (!taken!.ok) return null
  if (body.person !== me.person)
    await notify(house, db, [body.person], { text: 'You are responsible for a matter now.', todo: 'It stands among your matters.' })
  const details = { object: nameOf(house, person), leaver: nameOf(house, { id: row.leaver_id, sealed_name: row.sealed_name }) }
  return remembered({ matter: row.matter_id, object: body.person, details }, undefined)
}
