import type { CheckId, MatterId, PersonId } from '../../contract/ids.ts'
import type { CheckPage, CheckView, HitView } from '../../contract/conflict.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import { isAllowed, type Answer, type Ask, type Here, type Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { hitsOf, matterOf } from './hits.ts'
import { nudge, TO_DECIDE, type Asked } from './searching.ts'

type Row = {
  id: CheckId
  cause: CheckView['cause']
  sealed_words: Buffer
  matter_id: MatterId | null
  sealed_card: Buffer | null
  asked_by: PersonId | null
  asker: Buffer | null
  made_at: Date
  searched_at: Date | null
  left_out: number
  decided_by: PersonId | null
  decider_name: Buffer | null
  decision: 'cleared' | 'waived' | 'refused' | null
  decision_words: Buffer | null
  decided_at: Date | null
  decides: boolean
}
const CHECK = `select c.id, c.cause, c.sealed_words, c.matter_id, r.sealed_card, c.asked_by, p.sealed_name as asker, c.made_at, c.searched_at, c.left_out,
    d.decided_by, d.decider_name, d.decision, d.sealed_words as decision_words, d.made_at as decided_at, hidden.decides(c.id) as decides
  from app.checks c left join app.people p on p.id = c.asked_by left join app.register r on r.matter_id = c.matter_id
  left join lateral hidden.decision_of(c.id) d on true`

/**
 * Holds names against the whole firm. The answer is the same whatever there is: those who decide conflicts hear of every
 * check, and what it finds within the asker's reach shows when the register has been looked through.
 */
export async function check(ask: Ask, { body }: Input<'conflict.check'>): Promise<CheckPage | null> {
  const page = await ask.act('conflict.checked', async (here) => {
    const { house, db } = here
    const asked = await askedOf(here, body)
    if (!asked) return null
    const id = uuidv7(now()) as CheckId
    const cause = body.matter ? 'intake' : 'demand'
    const deciders = await db.rows<{ id: string }>('select k as id from hidden.keep_check($1, $2, $3, $4) k', [
      id,
      cause,
      sealFirmText(house.keys, 'checks', 'sealed_words', id, JSON.stringify(asked)),
      body.matter ?? null,
    ])
    await notify(
      house,
      db,
      deciders.map((row) => row.id),
      TO_DECIDE,
    )
    return remembered({ object: id, details: { cause, names: asked.names.length, emails: asked.emails.length } }, (await pageOf(here, id))!)
  })
  if (page) nudge(ask.house)
  return page
}

/** What was typed, and where a matter is named its client's and parties' names. Null when the matter is not theirs to reach. */
async function askedOf({ house, db }: Here, body: Input<'conflict.check'>['body']): Promise<Asked | null> {
  const asked: Asked = {
    names: body.names.map((text) => ({ text, kind: 'unknown', owner: null })),
    emails: body.emails.map((text) => ({ text, owner: null })),
    note: body.note,
  }
  if (!body.matter) return asked
  const matter = await db.row<{ client_id: string }>('select client_id from app.matters where id = $1', [body.matter])
  if (!matter) return null
  const rows = await db.rows<{ id: string; form: string; kind: 'person' | 'organization'; sealed_name: Buffer; owner: string }>(
    `select id, form, kind, sealed_name, coalesce(party_id, client_id) as owner from app.names
     where (matter_id = $1 or (client_id = $2 and matter_id is null)) and ended_at is null order by id limit 1000`,
    [body.matter, matter.client_id],
  )
  for (const row of rows) {
    const text = firmText(house.keys, 'names', 'sealed_name', row.id, row.sealed_name)
    if (row.form === 'email') asked.emails.push({ text, owner: row.owner })
    else asked.names.push({ text, kind: row.kind, owner: row.owner })
  }
  return asked
}

export async function list(here: Here): Promise<Answer<'conflict.list'>> {
  const rows = await here.db.rows<Row>(`${CHECK} order by (d.decision is null) desc, c.id desc limit 300`)
  return { checks: rows.map((row) => viewOf(here, row)) }
}

export const read = (here: Here, { params }: Input<'conflict.read'>): Promise<CheckPage | null> => pageOf(here, params.check)

async function pageOf(here: Here, id: CheckId): Promise<CheckPage | null> {
  const row = await here.db.row<Row>(`${CHECK} where c.id = $1`, [id])
  if (!row) return null
  const hits: HitView[] = await hitsOf(here, id, row.decides)
  return {
    ...viewOf(here, row),
    note: askedIn(here, row).note,
    hits,
    left: row.decides ? row.left_out : 0,
    mayDecide: row.decides && row.decision === null && row.searched_at !== null,
  }
}

const askedIn = ({ house }: Here, row: Row): Asked =>
  JSON.parse(firmText(house.keys, 'checks', 'sealed_words', row.id, row.sealed_words)) as Asked

function viewOf(here: Here, row: Row): CheckView {
  const { house } = here
  const name = (id: string, sealed: Buffer) => firmText(house.keys, 'people', 'sealed_name', id, sealed)
  const words = row.decision_words
    ? (JSON.parse(firmText(house.keys, 'check_decisions', 'sealed_words', `${row.id} ${row.decided_by}`, row.decision_words)) as {
        reasoning: string
        waiver: string | null
      })
    : null
  const asked = askedIn(here, row)
  return {
    id: row.id,
    cause: row.cause,
    names: [...asked.names.map((one) => one.text), ...asked.emails.map((one) => one.text)],
    matter: matterOf(house, row),
    askedBy: row.asked_by && row.asker && name(row.asked_by, row.asker),
    at: iso(row.made_at),
    searched: row.searched_at !== null,
    state: row.decision ?? 'open',
    decidedBy: row.decided_by && row.decider_name && name(row.decided_by, row.decider_name),
    decidedAt: row.decided_at && iso(row.decided_at),
    reasoning: words?.reasoning ?? null,
    waiver: words?.waiver ?? null,
  }
}

/** Decides a check, with reasoning; a waiver says whose consent it is. @throws Refusal `conflict.state` */
export async function decide(here: Here, { params, body }: Input<'conflict.decide'>) {
  const { house, db, me } = here
  const page = await pageOf(here, params.check)
  if (!page) return null
  const done = await db
    .row<{ ok: boolean }>('select hidden.decide_check($1, $2, $3) as ok', [
      params.check,
      body.decision,
      sealFirmText(
        house.keys,
        'check_decisions',
        'sealed_words',
        `${params.check} ${me.person}`,
        JSON.stringify({ reasoning: body.reasoning, waiver: body.waiver ?? null }),
      ),
    ])
    .catch(refuse({ SR015: { code: 'conflict.state' } }))
  if (!done!.ok) return null
  const askers = await db.rows<{ id: string }>('select k as id from hidden.check_asker_to_tell($1) k', [params.check])
  await notify(
    house,
    db,
    askers.map((row) => row.id),
    { text: 'A conflicts check that you asked for is decided.', todo: 'Read it under Conflicts.', page: 'conflicts' },
  )
  return remembered({ object: params.check, details: { decision: body.decision } }, (await pageOf(here, params.check))!)
}

/** Whoever asks for checks, or decides them. */
export const mayRead = (me: Here['me']): boolean => isAllowed(me, 'conflict.check') || isAllowed(me, 'conflict.decide')
