import { z } from 'zod'
import { call } from './call.ts'
import { DeviceId, PersonId, SessionId } from './ids.ts'
import { As, Factor, PasskeyAnswer, PasskeyOptions, PasswordProof, SignedIn } from './proof.ts'
import { Permission, Role } from './roles.ts'
import { Email, Instant } from './words.ts'

export const Me = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
  roleNames: z.array(z.string()),
  /** What the roles allow, less what an access token's scope leaves out. */
  may: z.array(Permission),
  firm: z.string(),
  session: z.object({
    id: SessionId,
    kind: z.enum(['browser', 'command', 'token']),
    endsAt: Instant,
    /** Until when acts that ask for a fresh factor go through; null when it has run out. */ freshUntil: Instant.nullable(),
  }),
  factors: z.array(z.enum(['totp', 'passkey', 'recovery'])),
  /** Standing notices for whoever can do something about them. */
  standing: z.array(z.enum(['administrator.alone', 'administrator.needs_passkey', 'recovery.few', 'password.due_soon', 'password.year'])),
  /** How many notices are unread, and how many acts wait for this person as the second. */
  unread: z.number().int(),
  waiting: z.number().int(),
})
export type Me = z.infer<typeof Me>

export const SessionView = z.object({
  id: SessionId,
  kind: z.enum(['browser', 'command', 'token']),
  /** `Firefox on Windows`, as the browser says of itself; an access token's name. */ description: z.string(),
  /** The address that it was begun from. */ place: z.string(),
  device: DeviceId.nullable(),
  createdAt: Instant,
  usedAt: Instant,
  endsAt: Instant,
  current: z.boolean(),
})
export type SessionView = z.infer<typeof SessionView>
export const DeviceView = z.object({
  id: DeviceId,
  description: z.string(),
  firstSeenAt: Instant,
  seenAt: Instant,
  lostAt: Instant.nullable(),
  current: z.boolean(),
})
export type DeviceView = z.infer<typeof DeviceView>
export const NoticeView = z.object({
  id: z.uuid(),
  at: Instant,
  text: z.string(),
  todo: z.string(),
  /** the page where something can be done about it */ page: z
    .enum(['approvals', 'requests', 'conflicts', 'memoranda', 'walls', 'matters', 'ledger/reviews', 'receivers', 'search'])
    .nullable(),
  seen: z.boolean(),
})
export type NoticeView = z.infer<typeof NoticeView>

export const calls = {
  'session.create': call('POST /sessions', 'Sign in: with password and second factor, or with a passkey alone', {
    status: 201,
    body: z.union([z.object({ email: Email, ...PasswordProof, as: As }), z.object({ passkey: PasskeyAnswer, as: As })]),
    answer: SignedIn,
  }),
  'session.end': call('DELETE /sessions/current', 'Sign out', { status: 204 }),
  'session.list': call('GET /sessions', 'One’s own sessions and devices', {
    answer: z.object({ sessions: z.array(SessionView), devices: z.array(DeviceView) }),
  }),
  'session.revoke': call('DELETE /sessions/:session', 'End one of one’s own sessions', {
    status: 204,
    params: z.object({ session: SessionId }),
  }),
  'session.revokeAll': call('POST /sessions/revocation', 'End all of one’s own sessions but this one; access tokens too when asked', {
    body: z.object({ tokens: z.boolean().default(false) }),
    answer: z.object({ ended: z.number().int() }),
  }),
  'session.challenge': call('POST /sessions/current/challenge', 'What asks for one of one’s own passkeys, for a fresh factor', {
    answer: z.object({ passkeyOptions: PasskeyOptions.nullable() }),
  }),
  'session.prove': call('POST /sessions/current/proof', 'Prove a factor afresh: sensitive acts go through for five minutes', {
    body: z.object(Factor),
    answer: z.object({ freshUntil: Instant }),
  }),
  'device.lost': call('POST /devices/:device/loss', 'Report one’s own device as lost: its sessions and access tokens end at once', {
    params: z.object({ device: DeviceId }),
    answer: z.object({ ended: z.number().int(), reportedAt: Instant, endedAt: Instant }),
  }),
  'person.me': call('GET /me', 'The person who asks', { answer: Me }),
  'notice.list': call('GET /notices', 'One’s own notices, newest first', { answer: z.object({ notices: z.array(NoticeView) }) }),
  'notice.see': call('POST /notices/seen', 'Mark one’s notices as read', { status: 204 }),
}
