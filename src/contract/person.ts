import { z } from 'zod'
import { call } from './call.ts'
import { Code } from './firm.ts'
import { PersonId, SessionId } from './ids.ts'
import { Permission, Role } from './roles.ts'
import { Email, Instant, Name } from './words.ts'

export const PersonView = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
  state: z.enum(['invited', 'active']),
  createdAt: Instant,
})
export type PersonView = z.infer<typeof PersonView>

export const Me = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
  /** What the roles allow, less what an access token's scope leaves out. */
  may: z.array(Permission),
  firm: z.string(),
  session: z.object({ id: SessionId, kind: z.enum(['browser', 'command', 'token']), endsAt: Instant }),
})
export type Me = z.infer<typeof Me>

export const TokenView = z.object({
  id: SessionId,
  name: z.string(),
  scope: z.array(Permission),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  endsAt: Instant,
})
export type TokenView = z.infer<typeof TokenView>

/** A factor fresh at this moment: the password with a code or with a recovery code. */
const Proof = { password: z.string().min(1).max(1000), code: Code.optional(), recoveryCode: z.string().max(40).optional() }

export const calls = {
  'session.create': call('POST /sessions', 'Sign in with password and second factor', {
    status: 201,
    body: z.object({
      email: Email,
      ...Proof,
      /** `bearer` answers the session’s secret instead of setting a cookie. */ as: z.enum(['cookie', 'bearer']).default('cookie'),
    }),
    answer: z.object({ person: PersonId, name: z.string(), endsAt: Instant, token: z.string().optional() }),
  }),
  'session.end': call('DELETE /sessions/current', 'Sign out', { status: 204 }),
  'person.me': call('GET /me', 'The person who asks', { answer: Me }),
  'person.list': call('GET /people', 'Who works in the firm', { answer: z.object({ people: z.array(PersonView) }) }),
  'person.create': call('POST /people', 'Invite a person into the firm', {
    status: 201,
    body: z.object({ name: Name, email: Email, roles: z.array(Role).min(1) }),
    answer: PersonView.extend({ invitation: z.object({ secret: z.string(), url: z.string(), endsAt: Instant }) }),
  }),
  'token.create': call('POST /tokens', 'Make an access token for scripts; its secret is shown this once', {
    status: 201,
    body: z.object({
      name: Name,
      scope: z.array(Permission).min(1).optional(),
      days: z.number().int().min(1).max(366).default(30),
      ...Proof,
    }),
    answer: TokenView.extend({ token: z.string() }),
  }),
  'token.issue': call(
    'POST /tokens/issue',
    'Make an access token without a session, with the same proof as a sign-in: for the command line',
    {
      status: 201,
      body: z.object({
        email: Email,
        name: Name,
        scope: z.array(Permission).min(1).optional(),
        days: z.number().int().min(1).max(366).default(30),
        ...Proof,
      }),
      answer: TokenView.extend({ token: z.string() }),
    },
  ),
  'token.list': call('GET /tokens', 'One’s own access tokens', { answer: z.object({ tokens: z.array(TokenView) }) }),
  'token.revoke': call('DELETE /tokens/:token', 'Revoke an access token', { status: 204, params: z.object({ token: SessionId }) }),
}
