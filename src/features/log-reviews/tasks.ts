import type { LogReviewItem, LogReviewTaskPage } from '../../contract/log-review.ts'
import type { EntryId } from '../../contract/ids.ts'
import { isAllowed, type Answer, type Here, type Input } from '../../platform/route.ts'
import { remembered } from '../../platform/ways.ts'
import { refuse } from '../access/refused.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'
import { entriesById } from '../ledger/queries.ts'
import { numberedViews } from '../ledger/shown.ts'
import { notify } from '../notices/notices.ts'
import { openPlan } from './plan.ts'
import { TASK, taskView, type TaskRow } from './views.ts'

const CODES = {
  SR091: { code: 'review.state' },
  SR092: { code: 'review.reviewer' },
  SR093: { code: 'input.invalid', text: 'They do not oversee the ledger.' },
  SR094: { code: 'review.sampled' },
  SR095: { code: 'review.unmarked' },
  SR096: { code: 'review.unmarked', text: 'Something in it asks for an answer, so that it has findings. Sign it with them.' },
} as const

const rowOf = ({ db }: Here, task: string) => db.row<TaskRow>(`${TASK} where t.id = $1`, [task])

/** One task with what is to be looked at, newest access first. */
export async function read(here: Here, { params }: Input<'log-review.read'>): Promise<Answer<'log-review.read'> | null> {
  const { house, me } = here
  const row = await rowOf(here, params.task)
  if (!row) return null
  const { filter, rules } = openPlan(house.keys, 'log_review_tasks', row.id, row.sealed_plan)
  const items = await itemsOf(here, row)
  const open = row.signed_at === null
  const mine = row.reviewer_id === me.person
  const inSample = items.some((item) => item.own)
  return {
    ...taskView(here, row),
    filter,
    rules,
    items,
    findings: row.sealed_findings && firmText(house.keys, 'log_review_tasks', 'sealed_findings', row.id, row.sealed_findings),
    inSample,
    may: mayOf(here, { open, mine, inSample, free: row.reviewer_id === null || (mine && row.started_at === null) }),
  }
}

type State = { open: boolean; mine: boolean; inSample: boolean; free: boolean }
const mayOf = ({ me }: Here, { open, mine, inSample, free }: State): LogReviewTaskPage['may'] => ({
  start: open && free,
  mark: open && mine,
  sign: open && mine && !inSample,
  assign: open && isAllowed(me, 'log-review.keep'),
})

type ItemRow = { entry_id: EntryId; why: LogReviewItem['why']; mark: LogReviewItem['mark']; sealed_note: Buffer | null }
async function itemsOf(here: Here, { id }: TaskRow): Promise<LogReviewItem[]> {
  const { house, db, me } = here
  const rows = await db.rows<ItemRow>('select entry_id, why, mark, sealed_note from app.log_review_items where task_id = $1', [id])
  const byEntry = new Map(rows.map((row) => [row.entry_id as string, row]))
  const entries = await numberedViews(here, await entriesById(db, [...byEntry.keys()]))
  return entries.map((entry) => {
    const { why, mark, sealed_note } = byEntry.get(entry.id)!
    const note = sealed_note ? firmText(house.keys, 'log_review_items', 'sealed_note', `${id} ${entry.id}`, sealed_note) : ''
    return { entry, why, mark, note, own: entry.actor?.id === me.person }
  })
}

const asked = async (here: Here, sql: string, values: unknown[]): Promise<boolean> =>
  (await here.db.row<{ ok: boolean }>(`select ${sql} as ok`, values).catch(refuse(CODES)))!.ok

/** @throws Refusal `review.state`, `review.reviewer` when it is someone else’s */
export async function start(here: Here, { params }: Input<'log-review.start'>) {
  const row = await rowOf(here, params.task)
  if (!row || !(await asked(here, 'hidden.start_log_review($1)', [row.id]))) return null
  return remembered({ object: row.id, details: { object: taskView(here, row).name } }, undefined)
}

/** @throws Refusal `review.state`, `input.invalid` when they do not oversee */
export async function assign(here: Here, { params, body }: Input<'log-review.assign'>) {
  const { house, db } = here
  const row = await rowOf(here, params.task)
  if (!row || !(await asked(here, 'hidden.assign_log_review($1, $2)', [row.id, body.reviewer]))) return null
  await notify(house, db, [body.reviewer], {
    text: 'A review of the access log was given to you.',
    todo: 'Look at what was drawn and sign the outcome, under Ledger, Reviews.',
    page: 'ledger/reviews',
  })
  const details = { object: taskView(here, row).name, reviewerId: body.reviewer, reason: body.reason }
  return remembered({ object: row.id, details }, undefined)
}

/** @throws Refusal `review.state`, `review.reviewer` */
export async function mark(here: Here, { params, body }: Input<'log-review.mark'>) {
  const { house } = here
  const row = await rowOf(here, params.task)
  if (!row) return null
  const entries = [...new Set(body.entries)]
  const notes = entries.map((entry) =>
    body.note === '' ? null : sealFirmText(house.keys, 'log_review_items', 'sealed_note', `${row.id} ${entry}`, body.note),
  )
  if (!(await asked(here, 'hidden.mark_log_review($1, $2, $3, $4)', [row.id, entries, body.mark, notes]))) return null
  return remembered({ object: row.id, details: { object: taskView(here, row).name, mark: body.mark, items: entries.length } }, undefined)
}

/** @throws Refusal `review.state`, `review.reviewer`, `review.sampled` when an access in it is their own, `review.unmarked` */
export async function sign(here: Here, { params, body }: Input<'log-review.sign'>) {
  const { house } = here
  const row = await rowOf(here, params.task)
  if (!row) return null
  const sealed = sealFirmText(house.keys, 'log_review_tasks', 'sealed_findings', row.id, body.findings)
  if (!(await asked(here, 'hidden.sign_log_review($1, $2, $3)', [row.id, body.outcome, sealed]))) return null
  const { name, from, to, due } = taskView(here, row)
  return remembered({ object: row.id, details: { object: name, since: from, before: to, due, outcome: body.outcome } }, undefined)
}

type Counts = Omit<Answer<'log-review.report'>, 'medianHours'> & { median: number | null }
/** Of periods that ended within the time asked for. */
export async function report({ db }: Here, { query }: Input<'log-review.report'>): Promise<Answer<'log-review.report'>> {
  const { median, ...counts } = (await db.row<Counts>(
    `select count(*) as planned, count(t.signed_at) as signed, count(*) filter (where t.signed_at > t.due_at) as late,
       count(*) filter (where t.signed_at is null and t.due_at <= now()) as overdue, count(*) filter (where t.signed_at is null) as open,
       count(*) filter (where t.outcome = 'clean') as clean, count(*) filter (where t.outcome = 'findings') as findings,
       coalesce(sum(i.items), 0)::bigint as items, coalesce(sum(i.questions), 0)::bigint as questions,
       percentile_cont(0.5) within group (order by extract(epoch from t.signed_at - t.period_to) / 3600) as median
     from app.log_review_tasks t cross join lateral (
       select count(*) as items, count(*) filter (where x.mark = 'question') as questions from app.log_review_items x where x.task_id = t.id) i
     where t.period_to >= $1 and t.period_to < $2`,
    [query.from, query.to],
  ))!
  return { ...counts, medianHours: median === null ? null : Math.round(Number(median) * 10) / 10 }
}
