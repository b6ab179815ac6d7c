import { z } from 'zod'
import { call } from './call.ts'
import { PasskeyView } from './factor.ts'
import { GroupId, HandoverId, MatterId, PersonId, SessionId } from './ids.ts'
import { Role } from './roles.ts'
import { DeviceView, SessionView } from './session.ts'
import { Email, Instant, Name, Words } from './words.ts'

/** What is out of the ordinary about how someone signs in. */
export const Overdue = z.enum(['invitation.lapsed', 'factor.none', 'password.due', 'unseen.long', 'recovery.none'])

export const PersonView = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
  /** The roles in words, those that a group brings included. */ roleNames: z.array(z.string()),
  state: z.enum(['invited', 'active', 'leaving', 'left']),
  leavesAt: Instant.nullable(),
  createdAt: Instant,
  /** For those who may see how people sign in; null for everyone else. */
  signIn: z
    .object({
      factors: z.array(z.enum(['totp', 'passkey', 'recovery', 'identity'])),
      seenAt: Instant.nullable(),
      invitationEndsAt: Instant.nullable(),
      overdue: z.array(Overdue),
    })
    .nullable(),
})
export type PersonView = z.infer<typeof PersonView>

/** A one-time link. `url` is null when it went to its person by e-mail and nobody else has seen it. */
export const Link = z.object({ url: z.string().nullable(), secret: z.string().nullable(), endsAt: Instant, sent: z.boolean() })
export type Link = z.infer<typeof Link>

/** What is left of a leaver's work and what they could know, for those who run the firm. Holds no matter, no name, no count. */
export const LeavingReport = z.object({
  leftAt: Instant,
  by: z.string(),
  reason: z.string().nullable(),
  successor: z.string(),
  sessionsEnded: z.number().int(),
  tokensEnded: z.number().int(),
  passkeysEnded: z.number().int(),
  /** Keys and secrets that this person could have seen, each with what to do. */
  rotate: z.array(z.object({ what: z.string(), todo: z.string() })),
})
export type LeavingReport = z.infer<typeof LeavingReport>

export const HandoverView = z.object({
  id: HandoverId,
  matter: MatterId,
  number: z.string(),
  title: z.string(),
  leaver: z.string(),
  at: Instant,
})
export type HandoverView = z.infer<typeof HandoverView>

const person = z.object({ person: PersonId })
export const calls = {
  'person.list': call('GET /people', 'Who works in the firm', { answer: z.object({ people: z.array(PersonView) }) }),
  'person.read': call('GET /people/:person', 'One person: roles, the matters one knows of oneself, and how they sign in', {
    params: person,
    answer: PersonView.extend({
      groups: z.array(z.object({ id: GroupId, name: z.string() })),
      matters: z.array(z.object({ id: MatterId, number: z.string(), title: z.string(), role: z.string() })),
      /** For those who may see how people sign in. */ sessions: z.array(SessionView),
      devices: z.array(DeviceView),
      passkeys: z.array(PasskeyView),
      report: LeavingReport.nullable(),
    }),
  }),
  'person.invite': call('POST /people', 'Invite a person into the firm', {
    status: 201,
    body: z.object({ name: Name, email: Email, roles: z.array(Role).min(1) }),
    answer: PersonView.extend({
      invitation: Link,
      /** Roles that wait for a second person. */ waiting: z.array(z.string()),
    }),
  }),
  'person.inviteAgain': call('POST /people/:person/invitation', 'A fresh link for someone who has not come yet; the one from before dies', {
    params: person,
    answer: Link,
  }),
  'person.edit': call('POST /people/:person', 'Change a person’s name and e-mail address', {
    params: person,
    body: z.object({ name: Name, email: Email }),
    answer: PersonView,
  }),
  'person.change': call('POST /people/:person/roles', 'Give and take roles; what needs a second person waits for one', {
    params: person,
    body: z.object({ roles: z.array(Role), reason: Words }),
    answer: PersonView.extend({ waiting: z.array(z.string()) }),
  }),
  'person.reset': call(
    'POST /people/:person/reset',
    'Renew a password by link (never past the second factor), or ask a second person to let someone enrol anew',
    {
      params: person,
      body: z.object({ what: z.enum(['password', 'factor', 'account']), reason: Words }),
      answer: z.object({
        /** For `password`. */ link: Link.nullable(),
        /** For the others: it waits for a second person. */ waiting: z.boolean(),
      }),
    },
  ),
  'person.endSessions': call('POST /people/:person/sessions/revocation', 'End a person’s sessions and access tokens, or one of them', {
    params: person,
    body: z.object({ session: SessionId.optional() }),
    answer: z.object({ ended: z.number().int() }),
  }),
  'person.leave': call('POST /people/:person/leaving', 'Let a person leave, now or at a time: sessions, tokens and memberships end', {
    params: person,
    body: z.object({ at: Instant.optional(), successor: PersonId, reason: Words.optional() }),
    answer: PersonView.extend({ report: LeavingReport }),
  }),
  'person.stay': call('DELETE /people/:person/leaving', 'Call a leaving off that has not come yet', { params: person, answer: PersonView }),
  'person.return': call('POST /people/:person/return', 'Take back someone who has left, with a fresh link', {
    params: person,
    body: z.object({ roles: z.array(Role).min(1), reason: Words }),
    answer: PersonView.extend({ invitation: Link, waiting: z.array(z.string()) }),
  }),
  'handover.list': call('GET /handovers', 'Matters within reach whose responsible person has left', {
    answer: z.object({ handovers: z.array(HandoverView) }),
  }),
  'handover.take': call('POST /handovers/:handover', 'Make someone on the team responsible in the leaver’s place', {
    params: z.object({ handover: HandoverId }),
    body: z.object({ person: PersonId }),
    status: 204,
  }),
}
