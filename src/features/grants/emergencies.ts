import type { ReviewView } from '../../contract/grant.ts'
import type { MatterId, PersonId, RequestId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { Answer, Ask, Here, Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { notify } from '../notices/notices.ts'
import { settingOf } from '../settings/settings.ts'
import { matterNames } from '../walls/names.ts'
import { DECIDING, nameOf, subjectOf } from './decisions.ts'
import { remind } from './reminders.ts'
import { named } from './request-views.ts'
import { numberIn, SENT } from './requests.ts'
import { openWords, sealWords } from './words.ts'

/**
 * Goes in at once, where there is such a matter and no wall; answers the same where there is none, or a wall. Those who
 * are responsible and those who oversee hear of it at once, and a review stays open until one of them closes it.
 */
export async function breakGlass(ask: Ask, { body }: Input<'grant.break-glass'>): Promise<Answer<'grant.break-glass'> | null> {
  const { breakGlassHours, reviewHours } = await settingOf(ask.house, 'matters')
  const hours = Math.min(body.hours, breakGlassHours)
  const sent = await ask.act('glass.tried', async ({ house, db, me }) => {
    const id = uuidv7(now())
    const row = await db.row<{ matter: MatterId | null }>('select hidden.break_glass($1, $2, $3, $4, $5, $6) as matter', [
      id,
      numberIn(house.keys, body.about),
      sealWords(house.keys, id, { about: body.about, reason: body.reason }),
      hours,
      uuidv7(now()),
      reviewHours,
    ])
    const { matter } = row!
    const broken = matter && {
      deed: 'glass.broken' as const,
      subject: { matter, object: me.person, details: { hours, reason: body.reason } },
    }
    return remembered({ object: id, details: { hours } }, SENT, broken ? [broken] : [])
  })
  void remind(ask.house)
  return sent
}

type Row = {
  id: RequestId
  person_id: PersonId
  person_name: Buffer
  matter_id: MatterId
  sealed_words: Buffer
  made_at: Date
  until: Date
  entries: number
  review_due_at: Date
  reviewed_by: PersonId | null
  closer_name: Buffer | null
  reviewed_at: Date | null
  justified: boolean | null
  sealed_review: Buffer | null
}
const REVIEWS = `select r.id, r.person_id, p.sealed_name as person_name, r.matter_id, r.sealed_words, r.made_at, hidden.granted_until(r.id) as until,
    hidden.done_in_emergency(r.id) as entries, r.review_due_at, r.reviewed_by, c.sealed_name as closer_name, r.reviewed_at, r.justified, r.sealed_review
  from app.requests r join app.people p on p.id = r.person_id left join app.people c on c.id = r.reviewed_by where r.review_due_at is not null`
const MOST = 200

/** Emergencies that are this reader's to review, the open ones first; of those that are closed the last. */
export async function reviews(here: Here): Promise<Answer<'grant.reviews'>> {
  const open = await here.db.rows<Row>(`${REVIEWS} and r.reviewed_at is null order by r.id desc`)
  const closed = await here.db.rows<Row>(`${REVIEWS} and r.reviewed_at is not null order by r.id desc limit ${MOST}`)
  return { reviews: await viewsOf(here, [...open, ...closed]) }
}

/** Closes the review of an emergency that someone else used. @throws Refusal `grant.oneself`, `grant.state` */
export async function review(here: Here, { params, body }: Input<'grant.review'>) {
  const { house, db } = here
  const done = await db
    .row<{ matter: MatterId; person: PersonId }>('select matter, person from hidden.close_review($1, $2, $3)', [
      params.request,
      body.finding === 'justified',
      sealFirmText(house.keys, 'requests', 'sealed_review', params.request, body.words),
    ])
    .catch(refuse({ ...DECIDING, SR015: { code: 'grant.state', text: 'This review is closed already.' } }))
  if (!done) return null
  await notify(house, db, [done.person], {
    text: `The review of an emergency of yours is closed: ${body.finding}.`,
    todo: 'If you have questions, speak to whoever oversees access.',
  })
  const details = { object: await nameOf(here, done.person), finding: body.finding }
  const [view] = await viewsOf(here, await db.rows<Row>(`${REVIEWS} and r.id = $1`, [params.request]))
  return remembered(await subjectOf(here, params.request, done, details, { words: body.words }), view!)
}

async function viewsOf(here: Here, rows: Row[]): Promise<ReviewView[]> {
  const { keys } = here.house
  const names = await matterNames(
    here,
    rows.map((row) => row.matter_id),
  )
  const person = (id: string, sealed: Buffer) => firmText(keys, 'people', 'sealed_name', id, sealed)
  return rows.map((row) => ({
    request: row.id,
    person: { id: row.person_id, name: person(row.person_id, row.person_name) },
    matter: named(names, row.matter_id),
    reason: openWords(keys, row.id, row.sealed_words).reason,
    from: iso(row.made_at),
    until: iso(row.until),
    entries: row.entries,
    dueAt: iso(row.review_due_at),
    closedBy: row.reviewed_by && person(row.reviewed_by, row.closer_name!),
    closedAt: row.reviewed_at && iso(row.reviewed_at),
    finding: row.justified === null ? null : row.justified ? ('justified' as const) : ('not justified' as const),
    words: row.sealed_review && firmText(keys, 'requests', 'sealed_review', row.id, row.sealed_review),
    mayClose: row.reviewed_at === null,
  }))
}
