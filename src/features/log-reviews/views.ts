import type { LogReviewTaskView, LogReviewView } from '../../contract/log-review.ts'
import type { LogReviewId, LogReviewTaskId, PersonId } from '../../contract/ids.ts'
import { iso, now } from '../../platform/clock.ts'
import type { Here } from '../../platform/route.ts'
import { firmText } from '../keys/firm-words.ts'
import { openPlan } from './plan.ts'

export type ReviewRow = {
  id: LogReviewId
  sealed_plan: Buffer
  cadence: LogReviewView['cadence']
  sample: number
  days: number
  reviewer_id: PersonId | null
  reviewer_name: Buffer | null
  next_at: Date
  version: number
  retired_at: Date | null
}
export const REVIEW = `select r.id, r.sealed_plan, r.cadence, r.sample, r.days, r.reviewer_id, p.sealed_name as reviewer_name, r.next_at, r.version, r.retired_at
  from app.log_reviews r left join app.people p on p.id = r.reviewer_id`

export type TaskRow = {
  id: LogReviewTaskId
  review_id: LogReviewId
  period_from: Date
  period_to: Date
  due_at: Date
  sealed_plan: Buffer
  entries: number
  reviewer_id: PersonId | null
  reviewer_name: Buffer | null
  started_at: Date | null
  outcome: LogReviewTaskView['outcome']
  sealed_findings: Buffer | null
  signed_by: PersonId | null
  signer_name: Buffer | null
  signed_at: Date | null
}
export const TASK = `select t.id, t.review_id, t.period_from, t.period_to, t.due_at, t.sealed_plan, t.entries, t.reviewer_id, p.sealed_name as reviewer_name,
  t.started_at, t.outcome, t.sealed_findings, t.signed_by, s.sealed_name as signer_name, t.signed_at
  from app.log_review_tasks t left join app.people p on p.id = t.reviewer_id left join app.people s on s.id = t.signed_by`

const whoIs = ({ house }: Here, id: PersonId | null, name: Buffer | null) =>
  id && name ? { id, name: firmText(house.keys, 'people', 'sealed_name', id, name) } : null

export const reviewView = (here: Here, row: ReviewRow): LogReviewView => ({
  id: row.id,
  ...openPlan(here.house.keys, 'log_reviews', row.id, row.sealed_plan),
  cadence: row.cadence,
  sample: row.sample,
  days: row.days,
  reviewer: whoIs(here, row.reviewer_id, row.reviewer_name),
  next: iso(row.next_at),
  version: row.version,
  retiredAt: row.retired_at && iso(row.retired_at),
})

export const taskView = (here: Here, row: TaskRow): LogReviewTaskView => ({
  id: row.id,
  review: row.review_id,
  name: openPlan(here.house.keys, 'log_review_tasks', row.id, row.sealed_plan).name,
  from: iso(row.period_from),
  to: iso(row.period_to),
  due: iso(row.due_at),
  state: row.signed_at ? 'signed' : row.started_at ? 'under way' : 'waiting',
  overdue: !row.signed_at && row.due_at.getTime() <= now(),
  reviewer: whoIs(here, row.reviewer_id, row.reviewer_name),
  signedBy: whoIs(here, row.signed_by, row.signer_name),
  signedAt: row.signed_at && iso(row.signed_at),
  outcome: row.outcome,
  entries: row.entries,
})
