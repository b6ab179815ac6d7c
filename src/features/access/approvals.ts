import type { ApprovalView } from '../../contract/access.ts'
import type { ApprovalId, PersonId } from '../../contract/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isAllowed, type Answer, type Ask, type Here, type Input } from '../../platform/route.ts'
import { remembered, type Also } from '../../platform/ways.ts'
import { firmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { deliver, makeLink } from '../sign-in/links.ts'
import { allRoles, listed, type KnownRole } from './known-roles.ts'
import { refuse } from './refused.ts'
import { concerned, myName, textOf, type Kind } from './second-person.ts'

type Row = {
  id: ApprovalId
  kind: Kind
  subject_id: PersonId
  subject_name: Buffer
  joined: boolean
  roles: string[] | null
  sealed_reason: Buffer
  asked_by: PersonId
  asker_name: Buffer
  asked_at: Date
  ends_at: Date
  state: ApprovalView['state']
  decided_by: PersonId | null
  decider_name: Buffer | null
  decided_at: Date | null
  ripe_at: Date | null
}

const SELECT = `select a.id, a.kind, a.subject_id, s.sealed_name as subject_name, s.joined_at is not null as joined, a.roles, a.sealed_reason,
    a.asked_by, k.sealed_name as asker_name, a.asked_at, a.ends_at, a.decided_by, d.sealed_name as decider_name, a.decided_at,
    case when a.state = 'waiting' and a.ends_at < now() then 'lapsed' else a.state end as state,
    case when a.state = 'waiting' then hidden.ripe_at(a.id) end as ripe_at
  from app.approvals a join app.people s on s.id = a.subject_id join app.people k on k.id = a.asked_by left join app.people d on d.id = a.decided_by`

/** What waits, what one asked for or is about oneself, and what was decided; newest first, the last 200. */
export async function list(here: Here): Promise<Answer<'approval.list'>> {
  const rows = await here.db.rows<Row>(`${SELECT} order by a.id desc limit 200`)
  const known = await allRoles(here)
  return { approvals: rows.map((row) => viewOf(here, row, known)) }
}

function viewOf({ house, me }: Here, row: Row, known: readonly KnownRole[]): ApprovalView {
  const name = nameIn(house)
  const ripe = row.ripe_at !== null && row.ripe_at.getTime() <= now()
  return {
    id: row.id,
    kind: row.kind,
    text: wordsOf(house, row, known),
    reason: firmText(house.keys, 'approvals', 'sealed_reason', row.id, row.sealed_reason),
    person: row.subject_id,
    askedBy: name(row.asked_by, row.asker_name),
    askedAt: iso(row.asked_at),
    endsAt: iso(row.ends_at),
    state: row.state,
    decidedBy: row.decided_by && row.decider_name && name(row.decided_by, row.decider_name),
    decidedAt: row.decided_at && iso(row.decided_at),
    ripeAt: row.ripe_at && iso(row.ripe_at),
    mayDecide:
      row.state === 'waiting' && isAllowed(me, 'approval.give') && (ripe || (row.asked_by !== me.person && row.subject_id !== me.person)),
    mayRefuse: row.state === 'waiting' && (row.subject_id === me.person || (isAllowed(me, 'approval.give') && row.asked_by !== me.person)),
    mine: row.asked_by === me.person,
  }
}

const nameIn = (house: House) => (id: string, sealed: Buffer) => firmText(house.keys, 'people', 'sealed_name', id, sealed)
const roleNames = (row: Row, known: readonly KnownRole[]): string[] =>
  known.filter((role) => row.roles?.includes(role.id)).map((role) => role.name)
const wordsOf = (house: House, row: Row, known: readonly KnownRole[]): string =>
  textOf(row.kind, { name: nameIn(house)(row.subject_id, row.subject_name), joined: row.joined }, roleNames(row, known))

/**
 * Decides as the second person; PostgreSQL does what was asked for. A renewal's link goes to its person, with both names.
 * @throws Refusal `approval.oneself`, `approval.waits`, `approval.decided`
 */
export async function decide(ask: Ask, { params, body }: Input<'approval.decide'>): Promise<Answer<'approval.decide'> | null> {
  const done = await ask.act(body.approve ? 'approval.given' : 'approval.refused', async (here) => {
    const { house, db } = here
    const before = await find(here, params.approval)
    if (!before) return null
    const known = await allRoles(here)
    const decided = await db.row<{ ok: boolean }>('select hidden.decide($1, $2) as ok', [params.approval, body.approve]).catch(
      refuse({
        SR012: { code: 'approval.oneself' },
        SR013: { code: 'person.state', text: 'They have not come yet. Approve it once they have.' },
      }),
    )
    if (!decided!.ok) throw new Refusal('may.not')
    const text = wordsOf(house, before, known)
    const asker = nameIn(house)(before.asked_by, before.asker_name)
    const alone = before.ripe_at !== null
    await notify(house, db, [before.asked_by, ...(await concerned(here, before.subject_id, alone))], {
      text: `${myName(here)} ${body.approve ? 'approved' : 'refused'} what ${asker} asked for: ${text}.`,
      todo: 'If you did not expect this, speak to both of them.',
    })
    const made = body.approve && before.kind !== 'roles' ? await makeLink(db, before.subject_id, before.kind) : null
    if (body.approve && before.kind !== 'roles' && !made) throw new Error('couldn’t make the link of an approved renewal')
    const object = nameIn(house)(before.subject_id, before.subject_name)
    const reason = firmText(house.keys, 'approvals', 'sealed_reason', before.id, before.sealed_reason)
    // how whoever decides has shown within five minutes that it is they (catalogue S1-26)
    const { factor } = (await db.row<{ factor: string }>('select factor from app.sessions where id = $1', [here.me.session]))!
    const also: Also[] =
      body.approve && before.kind === 'roles'
        ? [
            {
              deed: 'person.changed',
              subject: { object: before.subject_id, details: { object, given: listed(roleNames(before, known)), reason } },
            },
          ]
        : []
    const view = viewOf(here, (await find(here, params.approval))!, known)
    return remembered(
      {
        object: before.subject_id,
        details: { object, approval: before.id, text, reason, askedBy: asker, factor, ...(alone && { alone }) },
      },
      { view, made, by: [asker, myName(here)] as const },
      also,
    )
  })
  return done && { approval: done.view, link: done.made && (await deliver(ask.house, done.made, done.by)) }
}

const find = ({ db }: Here, id: ApprovalId): Promise<Row | null> => db.row<Row>(`${SELECT} where a.id = $1`, [id])

/** @throws Refusal `approval.decided` */
export async function withdraw(here: Here, { params }: Input<'approval.withdraw'>) {
  const { house, db, me } = here
  const row = await find(here, params.approval)
  if (!row || row.asked_by !== me.person) return null
  const withdrawn = await db.row<{ ok: boolean }>('select hidden.withdraw($1) as ok', [params.approval])
  if (!withdrawn!.ok) throw new Refusal('approval.decided')
  const text = wordsOf(house, row, await allRoles(here))
  await notify(house, db, [row.subject_id], {
    text: `${myName(here)} withdrew what waited for a second person: ${text}.`,
    todo: 'There is nothing to do.',
  })
  return remembered(
    { object: row.subject_id, details: { object: nameIn(house)(row.subject_id, row.subject_name), approval: row.id, text } },
    undefined,
  )
}
