import type { Cadence } from '../../contract/log-review.ts'
import { deedsOf } from '../../contract/deed-groups.ts'
import { uuidv7 } from '../../core/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import type { Db } from '../../platform/postgres.ts'
import { Rounds } from '../../platform/rounds.ts'
import { rememberAsClerk } from '../ledger/ledger.ts'
import { notify } from '../notices/notices.ts'
import { periodAt, periodBefore } from './periods.ts'
import { deedsIn, openPlan, sealPlan, type Plan } from './plan.ts'
import { SEEDS } from './seeds.ts'

/** Makes the task of each period that has ended, and tells of what is overdue. */
export const openReviewer = (house: House): Rounds =>
  new Rounds(10_000, () => reviewRound(house), { log: house.log, fault: 'couldn’t see to the reviews of the access log' })

/** One round. Each task is a transaction of its own; two processes at it make each once, and what a crash interrupted comes the next time. */
export async function reviewRound(house: House): Promise<void> {
  await house.clerk({ name: 'log reviews' }, (db) => seed(house, db))
  while (await house.clerk({ name: 'log reviews' }, (db) => makeNext(house, db)));
  await house.clerk({ name: 'log reviews' }, (db) => tellOfOverdue(house, db))
}

/** A firm that has never had a review begins with those that come along. */
async function seed(house: House, db: Db): Promise<void> {
  // one process at a time; two would each find none
  await db.run('select pg_advisory_xact_lock(1919904870)')
  const { ok } = (await db.row<{ ok: boolean }>('select hidden.is_founded() and not exists (select from app.log_reviews) as ok'))!
  if (!ok) return
  for (const { cadence, sample, days, ...plan } of SEEDS) {
    const id = uuidv7(now())
    await db.run('insert into app.log_reviews (id, sealed_plan, cadence, sample, days, next_at) values ($1, $2, $3, $4, $5, $6)', [
      id,
      sealPlan(house.keys, 'log_reviews', id, plan),
      cadence,
      sample,
      days,
      periodAt(cadence, new Date(now())).to,
    ])
    await rememberAsClerk(house, db, 'review.made', null, null, { object: id, details: { object: plan.name, cadence, sample } })
  }
}

type Due = { id: string; sealed_plan: Buffer; cadence: Cadence; sample: number; days: number; reviewer_id: string | null; next_at: Date }
type Picked = { entry: string | null; why: string[] | null; total: number | null }

/** Makes the task of one period that has ended; false when there is none. */
async function makeNext(house: House, db: Db): Promise<boolean> {
  const due = await db.row<Due>(
    `select id, sealed_plan, cadence, sample, days, reviewer_id, next_at from app.log_reviews
     where retired_at is null and next_at <= clock_timestamp() order by next_at limit 1 for update skip locked`,
  )
  if (!due) return false
  const plan = openPlan(house.keys, 'log_reviews', due.id, due.sealed_plan)
  const { from, to } = periodBefore(due.cadence, due.next_at)
  const picked = await pick(db, plan, from, to, due.sample)
  const items = picked.filter((one) => one.entry !== null)
  const id = uuidv7(now())
  await db.run(
    `insert into app.log_review_tasks (id, review_id, period_from, period_to, due_at, sealed_plan, entries, reviewer_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      due.id,
      from,
      to,
      new Date(to.getTime() + due.days * 86_400_000),
      sealPlan(house.keys, 'log_review_tasks', id, plan),
      picked.find((one) => one.entry === null)!.total,
      due.reviewer_id,
    ],
  )
  for (const { entry, why } of items)
    await db.run('insert into app.log_review_items (task_id, entry_id, why) values ($1, $2, $3)', [id, entry, why])
  await db.run('update app.log_reviews set next_at = $2 where id = $1', [due.id, periodAt(due.cadence, to).to])
  await rememberAsClerk(house, db, 'review.due', null, null, {
    object: id,
    details: { object: plan.name, since: iso(from), before: iso(to), items: items.length },
  })
  const people = await db.rows<{ person: string }>('select person from hidden.reviewers_of($1)', [id])
  await notify(
    house,
    db,
    people.map((one) => one.person),
    {
      text: 'A review of the access log waits.',
      todo: 'Look at what was drawn and sign the outcome, under Ledger, Reviews.',
      page: 'ledger/reviews',
    },
  )
  return true
}

const pick = (db: Db, { filter, rules }: Plan, from: Date, to: Date, sample: number): Promise<Picked[]> =>
  db.rows<Picked>('select * from hidden.pick_log_review($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)', [
    from,
    to,
    deedsIn(filter),
    filter.person ?? null,
    filter.matter ?? null,
    rules.zone,
    rules.from,
    rules.to,
    rules.refusals,
    rules.bulk,
    deedsOf('looked'),
    deedsOf('refused'),
    sample,
  ])

async function tellOfOverdue(house: House, db: Db): Promise<void> {
  const rows = await db.rows<{ person: string }>('select person from hidden.overdue_log_reviews()')
  await notify(
    house,
    db,
    rows.map((one) => one.person),
    {
      text: 'A review of the access log is overdue.',
      todo: 'Look at what was drawn and sign the outcome, under Ledger, Reviews. It can be given to someone else who oversees.',
      page: 'ledger/reviews',
    },
  )
}
