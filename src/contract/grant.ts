import { z } from 'zod'
import { call } from './call.ts'
import { GroupId, MatterId, PersonId, RequestId, WallId } from './ids.ts'
import { TeamRole } from './roles.ts'
import { Instant, Words } from './words.ts'

export const GrantState = z.enum(['waiting', 'granted', 'refused', 'lapsed'])
/** One's own: it says no more of what was asked for than one said oneself, until there is a grant. */
export const MyRequestView = z.object({
  id: RequestId,
  kind: z.enum(['access', 'break-glass']),
  about: z.string(),
  reason: z.string(),
  madeAt: Instant,
  state: GrantState,
})
/** For whoever decides. */
export const RequestView = MyRequestView.extend({
  person: z.object({ id: PersonId, name: z.string() }),
  matter: z.object({ id: MatterId, number: z.string(), title: z.string() }).nullable(),
  /** Days asked for, or hours of an emergency. */ days: z.number().int().nullable(),
  hours: z.number().int().nullable(),
  urgent: z.boolean(),
  /** From when the deputy, and whoever oversees, may decide as well. */ widensAt: Instant,
  until: Instant.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  mayDecide: z.boolean(),
  /** Names no matter that could be found for it: whoever oversees finds it, or refuses. */ mayRoute: z.boolean(),
})
export type RequestView = z.infer<typeof RequestView>
/** An emergency, open until someone else than who used it has closed its review. */
export const ReviewView = z.object({
  request: RequestId,
  person: z.object({ id: PersonId, name: z.string() }),
  matter: z.object({ id: MatterId, number: z.string(), title: z.string() }),
  reason: z.string(),
  from: Instant,
  until: Instant,
  /** What was done on the matter by this person while it ran. */ entries: z.number().int(),
  dueAt: Instant,
  closedBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  finding: z.enum(['justified', 'not justified']).nullable(),
  words: z.string().nullable(),
  mayClose: z.boolean(),
})
export type ReviewView = z.infer<typeof ReviewView>

/** Always the same answer, whatever there is. */
const Sent = z.object({ sent: z.literal(true) })

/** One way by which someone reaches a matter. */
export const PathView = z.object({
  via: z.enum(['team', 'grant', 'break-glass', 'group']),
  role: TeamRole.nullable(),
  group: z.string().nullable(),
  since: Instant,
  until: Instant.nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
})
export const WhoSeesView = z.object({
  person: z.object({ id: PersonId, name: z.string() }),
  roles: z.array(z.string()),
  sees: z.boolean(),
  paths: z.array(PathView),
  /** Why not, although there is a path; for those who keep the wall only. */
  stopped: z.array(z.object({ by: z.enum(['wall', 'memorandum', 'left', 'role', 'class']), wall: WallId.nullable(), text: z.string() })),
})
export type WhoSeesView = z.infer<typeof WhoSeesView>
export const ReachedMatter = z.object({
  matter: MatterId,
  number: z.string(),
  title: z.string(),
  client: z.string(),
  paths: z.array(PathView),
})

const one = z.object({ request: RequestId })
export const calls = {
  'grant.request': call('POST /requests', 'Ask for access, in free words or by a number; the answer is always the same', {
    status: 201,
    body: z.object({
      about: Words.max(300),
      reason: Words,
      days: z.number().int().min(1).max(365).default(7),
      urgent: z.boolean().default(false),
    }),
    answer: Sent,
  }),
  'grant.break-glass': call('POST /requests/break-glass', 'Go in at once in an emergency; the answer is always the same', {
    status: 201,
    body: z.object({ about: Words.max(300), reason: Words, hours: z.number().int().min(1).max(24).default(1) }),
    answer: Sent,
  }),
  'grant.mine': call('GET /requests/mine', 'What one asked for oneself', { answer: z.object({ requests: z.array(MyRequestView) }) }),
  'grant.list': call('GET /requests', 'Requests that are one’s to decide, and those that were', {
    answer: z.object({ requests: z.array(RequestView) }),
  }),
  'grant.route': call('POST /requests/:request/matter', 'Say which matter a request means; its approver hears of it', {
    status: 204,
    params: one,
    body: z.object({ matter: MatterId }),
  }),
  'grant.approve': call('POST /requests/:request/grant', 'Grant access for a time', {
    params: one,
    body: z.object({ days: z.number().int().min(1).max(365), role: TeamRole.default('assistant') }),
    answer: RequestView,
  }),
  'grant.refuse': call('POST /requests/:request/refusal', 'Refuse access', {
    params: one,
    body: z.object({ reason: Words }),
    answer: RequestView,
  }),
  'grant.renew': call('POST /matters/:matter/grants/:person', 'Renew a grant before it ends', {
    params: z.object({ matter: MatterId, person: PersonId }),
    body: z.object({ days: z.number().int().min(1).max(365), reason: Words }),
    answer: z.object({ until: Instant }),
  }),
  'grant.reviews': call('GET /reviews', 'Emergencies, the open ones first', { answer: z.object({ reviews: z.array(ReviewView) }) }),
  'grant.review': call('POST /reviews/:request', 'Close the review of an emergency that someone else used', {
    params: one,
    body: z.object({ finding: z.enum(['justified', 'not justified']), words: Words }),
    answer: ReviewView,
  }),
  'access.explain': call('GET /matters/:matter/access', 'Who can see this matter, and why', {
    params: z.object({ matter: MatterId }),
    answer: z.object({ people: z.array(WhoSeesView) }),
  }),
  'access.as-of': call('GET /matters/:matter/access/at', 'Who had access at a moment', {
    params: z.object({ matter: MatterId }),
    query: z.object({ at: Instant }),
    answer: z.object({ at: Instant, people: z.array(WhoSeesView) }),
  }),
  'access.reach': call('GET /people/:person/reach', 'What a person can see, and why', {
    params: z.object({ person: PersonId }),
    query: z.object({ at: Instant.optional() }),
    answer: z.object({ matters: z.array(ReachedMatter) }),
  }),
  'access.wide': call('GET /access/wide', 'Matters that are open beyond their teams, and to how many', {
    answer: z.object({
      matters: z.array(
        z.object({
          matter: MatterId,
          number: z.string(),
          title: z.string(),
          client: z.string(),
          groups: z.array(z.object({ id: GroupId, name: z.string() })),
          people: z.number().int(),
        }),
      ),
    }),
  }),
}
