import { z } from 'zod'
import { call } from './call.ts'
import { deedGroups } from './deed-groups.ts'
import { deedNames } from './deeds.ts'
import { NumberedEntry } from './entry.ts'
import { EntryId, LogReviewId, LogReviewTaskId, MatterId, PersonId } from './ids.ts'
import { Instant, Name, Words } from './words.ts'

/** Plain rules by which an access is put before its reviewer besides those drawn at random. */
export const ANOMALIES = {
  'outside-hours': 'Outside working hours, the first of a person on a day',
  'new-address': 'From an address that this person had not used before the period',
  'emergency': 'By emergency',
  'refused': 'Many refusals of one person on one day',
  'leaver': 'In the last thirty days of someone who left or is to leave, the first of a day',
  'bulk': 'Many files opened or taken by one person within an hour',
} as const
export type Anomaly = keyof typeof ANOMALIES
export const anomalies = Object.keys(ANOMALIES) as [Anomaly, ...Anomaly[]]
const Why = z.enum(['sample', ...anomalies])

export const CADENCES = ['weekly', 'monthly', 'quarterly'] as const
export type Cadence = (typeof CADENCES)[number]

const hour = z.number().int().min(0).max(24)
export const ReviewRules = z.object({
  /** IANA name of the zone in which hours and days are meant, such as `Europe/Rome`. */
  zone: z.string().min(1).max(60).default('UTC'),
  /** Working hours of a weekday, Monday to Friday: from this hour, to before that one. */
  from: hour.default(7),
  to: hour.default(20),
  /** So many refusals of one person on one day are many. */ refusals: z.number().int().min(2).max(1000).default(10),
  /** So many files of one person within an hour are many. */ bulk: z.number().int().min(2).max(10_000).default(50),
})
export type ReviewRules = z.infer<typeof ReviewRules>

/** Which accesses a review looks at; what is left out holds of any. */
export const ReviewFilter = z.object({
  deeds: z
    .array(z.enum([...deedNames, ...deedGroups]))
    .max(200)
    .default([]),
  person: PersonId.optional(),
  matter: MatterId.optional(),
})
export type ReviewFilter = z.infer<typeof ReviewFilter>

const wish = z.object({
  name: Name,
  filter: ReviewFilter,
  rules: ReviewRules,
  cadence: z.enum(CADENCES),
  /** Who reviews; null: whoever of those who oversee takes it on. */ reviewer: PersonId.nullable(),
  /** Accesses drawn at random for each period. */ sample: z.number().int().min(1).max(200),
  /** Days from the end of a period until its review is overdue. */ days: z.number().int().min(1).max(90),
})
const Who = z.object({ id: PersonId, name: z.string() })

export const LogReviewView = wish.extend({
  id: LogReviewId,
  reviewer: Who.nullable(),
  /** When the period under way ends. */ next: Instant,
  version: z.number().int(),
  retiredAt: Instant.nullable(),
})
export type LogReviewView = z.infer<typeof LogReviewView>

export const LogReviewTaskView = z.object({
  id: LogReviewTaskId,
  review: LogReviewId,
  name: z.string(),
  from: Instant,
  to: Instant,
  due: Instant,
  state: z.enum(['waiting', 'under way', 'signed']),
  overdue: z.boolean(),
  reviewer: Who.nullable(),
  signedBy: Who.nullable(),
  signedAt: Instant.nullable(),
  outcome: z.enum(['clean', 'findings']).nullable(),
  /** Accesses in the period that fit the review. */ entries: z.number().int(),
})
export type LogReviewTaskView = z.infer<typeof LogReviewTaskView>

export const LogReviewItem = z.object({
  entry: NumberedEntry,
  why: z.array(Why),
  mark: z.enum(['fine', 'question']).nullable(),
  note: z.string(),
  /** Done by whoever looks at it now. */ own: z.boolean(),
})
export type LogReviewItem = z.infer<typeof LogReviewItem>

export const LogReviewTaskPage = LogReviewTaskView.extend({
  filter: ReviewFilter,
  rules: ReviewRules,
  items: z.array(LogReviewItem),
  findings: z.string().nullable(),
  /** An access in it is one’s own: someone else must sign. */ inSample: z.boolean(),
  may: z.object({ start: z.boolean(), mark: z.boolean(), sign: z.boolean(), assign: z.boolean() }),
})
export type LogReviewTaskPage = z.infer<typeof LogReviewTaskPage>

const review = z.object({ review: LogReviewId })
const task = z.object({ task: LogReviewTaskId })
const Findings = z.string().trim().min(10).pipe(Words)

export const calls = {
  'log-review.list': call('GET /log-reviews', 'The reviews of the access log, those that wait, and the last 200 that were signed', {
    answer: z.object({
      reviews: z.array(LogReviewView),
      tasks: z.array(LogReviewTaskView),
      may: z.object({ keep: z.boolean() }),
    }),
  }),
  'log-review.create': call('POST /log-reviews', 'Set up a review of the access log at intervals', {
    status: 201,
    body: wish,
    answer: LogReviewView,
  }),
  'log-review.change': call('PUT /log-reviews/:review', 'Change a review; what waits already stays as it was drawn', {
    params: review,
    body: wish.extend({ version: z.number().int() }),
    answer: LogReviewView,
  }),
  'log-review.retire': call('POST /log-reviews/:review/retirement', 'End a review; what waits already stays', {
    status: 204,
    params: review,
    body: z.object({ reason: Words }),
  }),
  'log-review.read': call('GET /log-review-tasks/:task', 'One review of one period, with the accesses to look at', {
    params: task,
    answer: LogReviewTaskPage,
  }),
  'log-review.start': call('POST /log-review-tasks/:task/start', 'Take a review on', { status: 204, params: task }),
  'log-review.assign': call('PUT /log-review-tasks/:task/reviewer', 'Give a review to someone else', {
    status: 204,
    params: task,
    body: z.object({ reviewer: PersonId, reason: Words }),
  }),
  'log-review.mark': call('PUT /log-review-tasks/:task/marks', 'Say of accesses that they are in order, or that they ask for an answer', {
    status: 204,
    params: task,
    body: z.object({
      entries: z.array(EntryId).min(1).max(500),
      mark: z.enum(['fine', 'question']),
      note: z.string().trim().max(500).default(''),
    }),
  }),
  'log-review.sign': call(
    'POST /log-review-tasks/:task/signature',
    'Sign the outcome, with findings; by a reviewer who is not in the sample',
    {
      status: 204,
      params: task,
      body: z.object({ outcome: z.enum(['clean', 'findings']), findings: Findings }),
    },
  ),
  'log-review.report': call(
    'GET /log-reviews/report',
    'Reviews planned, done, late and open over a time, their outcomes, and how long they took',
    {
      query: z.object({ from: Instant, to: Instant }),
      answer: z.object({
        planned: z.number().int(),
        signed: z.number().int(),
        late: z.number().int(),
        overdue: z.number().int(),
        open: z.number().int(),
        clean: z.number().int(),
        findings: z.number().int(),
        /** accesses put before a reviewer, and those that asked for an answer */ items: z.number().int(),
        questions: z.number().int(),
        /** from the end of a period to its signature; null where none was signed */ medianHours: z.number().nullable(),
      }),
    },
  ),
}
