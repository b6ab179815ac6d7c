import type { LogReviewId } from '../../contract/ids.ts'
import { uuidv7 } from '../../core/ids.ts'
import { now } from '../../platform/clock.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { periodAt } from './periods.ts'
import { sealPlan } from './plan.ts'
import { REVIEW, reviewView, TASK, taskView, type ReviewRow, type TaskRow } from './views.ts'

type Wish = Input<'log-review.create'>['body']

/** Every review that goes on, what waits (first what is due first), and the last 200 that were signed. */
export async function list(here: Here): Promise<Answer<'log-review.list'>> {
  const { db, me } = here
  const reviews = await db.rows<ReviewRow>(`${REVIEW} where r.retired_at is null order by r.id`)
  const open = await db.rows<TaskRow>(`${TASK} where t.signed_at is null order by t.due_at, t.id limit 500`)
  const signed = await db.rows<TaskRow>(`${TASK} where t.signed_at is not null order by t.signed_at desc limit 200`)
  return {
    reviews: reviews.map((row) => reviewView(here, row)),
    tasks: [...open, ...signed].map((row) => taskView(here, row)),
    may: { keep: isAllowed(me, 'log-review.keep') },
  }
}

/** @throws Refusal `input.invalid` where the zone is none, or the reviewer does not oversee */
export async function create(here: Here, { body }: Input<'log-review.create'>) {
  const { house, db, me } = here
  await checkWish(here, body)
  const id = uuidv7(now()) as LogReviewId
  await db.run(
    `insert into app.log_reviews (id, sealed_plan, cadence, sample, days, reviewer_id, made_by, next_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, sealPlan(house.keys, 'log_reviews', id, body), body.cadence, body.sample, body.days, body.reviewer, me.person, endOf(body)],
  )
  return remembered({ object: id, details: detailsOf(body) }, await viewOf(here, id))
}

/** @throws Refusal `input.invalid`, `review.state` where someone changed it in between or it has ended */
export async function change(here: Here, { params, body }: Input<'log-review.change'>) {
  const { house, db } = here
  const row = await db.row<ReviewRow>(`${REVIEW} where r.id = $1`, [params.review])
  if (!row) return null
  await checkWish(here, body)
  const changed = await db.run(
    `update app.log_reviews set sealed_plan = $2, cadence = $3, sample = $4, days = $5, reviewer_id = $6, next_at = $7, version = version + 1
     where id = $1 and version = $8 and retired_at is null`,
    [
      row.id,
      sealPlan(house.keys, 'log_reviews', row.id, body),
      body.cadence,
      body.sample,
      body.days,
      body.reviewer,
      // a period under way goes on: nothing of it is left out by a change
      body.cadence === row.cadence ? row.next_at : endOf(body),
      body.version,
    ],
  )
  if (changed === 0) throw new Refusal('review.state', { text: 'The review was changed in between. Look at it again.' })
  const was = reviewView(here, row)
  return remembered({ object: row.id, details: { ...detailsOf(body), was: `${was.cadence}, ${was.sample}` } }, await viewOf(here, row.id))
}

/** @throws Refusal `review.state` */
export async function retire(here: Here, { params, body }: Input<'log-review.retire'>) {
  const row = await here.db.row<ReviewRow>(`${REVIEW} where r.id = $1`, [params.review])
  if (!row) return null
  const changed = await here.db.run('update app.log_reviews set retired_at = now() where id = $1 and retired_at is null', [row.id])
  if (changed === 0) throw new Refusal('review.state')
  return remembered({ object: row.id, details: { object: reviewView(here, row).name, reason: body.reason } }, undefined)
}

const viewOf = async (here: Here, id: LogReviewId) => reviewView(here, (await here.db.row<ReviewRow>(`${REVIEW} where r.id = $1`, [id]))!)
const endOf = ({ cadence }: Wish): Date => periodAt(cadence, new Date(now())).to
const detailsOf = ({ name, cadence, sample, reviewer }: Wish) => ({
  object: name,
  cadence,
  sample,
  ...(reviewer && { reviewerId: reviewer }),
})

async function checkWish({ db }: Here, { rules, reviewer }: Wish): Promise<void> {
  const { zone, able } = (await db.row<{ zone: boolean; able: boolean }>(
    'select exists (select from pg_catalog.pg_timezone_names where name = $1) as zone, $2::uuid is null or hidden.can_review($2) as able',
    [rules.zone, reviewer],
  ))!
  if (!zone) throw new Refusal('input.invalid', { fields: { 'rules.zone': 'There is no time zone of that name.' } })
  if (rules.from >= rules.to) throw new Refusal('input.invalid', { fields: { 'rules.to': 'Working hours end after they begin.' } })
  if (!able) throw new Refusal('input.invalid', { fields: { reviewer: 'They do not oversee the ledger.' } })
}
