import { z } from 'zod'
import { call } from './call.ts'
import { PasskeyId, SessionId } from './ids.ts'
import {
  As,
  Code,
  Enrolment,
  Factor,
  OneTimeSecret,
  PasskeyAnswer,
  PasskeyOptions,
  Password,
  PasswordProof,
  RecoveryCodes,
  SignedIn,
  TotpSecret,
} from './proof.ts'
import { Permission } from './roles.ts'
import { Email, Instant, Name } from './words.ts'

export const PasskeyView = z.object({
  id: PasskeyId,
  name: z.string(),
  createdAt: Instant,
  usedAt: Instant.nullable(),
  /** Kept in step between a person's devices by their maker (WebAuthn: backup eligible). */ synced: z.boolean(),
})
export type PasskeyView = z.infer<typeof PasskeyView>

export const TokenView = z.object({
  id: SessionId,
  name: z.string(),
  scope: z.array(Permission),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  endsAt: Instant,
})
export type TokenView = z.infer<typeof TokenView>
const tokenWish = {
  name: Name,
  scope: z.array(Permission).min(1).optional(),
  days: z.number().int().min(1).max(366).default(30),
}

export const calls = {
  'passkey.challenge': call('POST /passkeys/challenge', 'What asks a browser for a passkey at sign-in; names nobody', {
    answer: z.object({ passkeyOptions: PasskeyOptions }),
  }),
  'factor.list': call('GET /me/factors', 'One’s own password, authenticator app, passkeys and recovery codes', {
    answer: z.object({
      password: z.object({ changedAt: Instant, dueAt: Instant.nullable() }).nullable(),
      totp: z.object({ createdAt: Instant }).nullable(),
      passkeys: z.array(PasskeyView),
      recoveryCodesLeft: z.number().int(),
      identity: z.object({ label: z.string(), linkedAt: Instant }).nullable(),
    }),
  }),
  'passkey.begin': call('POST /me/passkeys/challenge', 'What asks a browser to make a passkey', {
    answer: z.object({ passkeyOptions: PasskeyOptions }),
  }),
  'passkey.create': call('POST /me/passkeys', 'Add a passkey', {
    status: 201,
    body: z.object({ name: Name, passkey: PasskeyAnswer }),
    answer: PasskeyView,
  }),
  'passkey.rename': call('POST /me/passkeys/:passkey', 'Name a passkey', {
    params: z.object({ passkey: PasskeyId }),
    body: z.object({ name: Name }),
    answer: PasskeyView,
  }),
  'passkey.revoke': call('DELETE /me/passkeys/:passkey', 'Revoke a passkey', { status: 204, params: z.object({ passkey: PasskeyId }) }),
  'totp.begin': call('POST /me/totp/enrolment', 'A fresh secret for an authenticator app', {
    answer: Enrolment.omit({ passkeyOptions: true }),
  }),
  'totp.create': call('POST /me/totp', 'Use this authenticator app from now on', {
    status: 204,
    body: z.object({ totpSecret: TotpSecret, code: Code }),
  }),
  'totp.remove': call('DELETE /me/totp', 'Sign in without an authenticator app; a passkey must be there', { status: 204 }),
  'recovery.create': call('POST /me/recovery-codes', 'New recovery codes; those from before serve no more', {
    status: 201,
    answer: z.object({ recoveryCodes: RecoveryCodes }),
  }),
  'password.judge': call('POST /passwords/judgement', 'How strong a password is, before it is chosen', {
    body: z.object({ password: z.string().max(1000), name: z.string().max(200).default(''), email: z.string().max(254).default('') }),
    answer: z.object({ score: z.number().int().min(0).max(4), fault: z.string().nullable() }),
  }),
  'password.change': call('POST /me/password', 'Change one’s password; every other session ends', {
    status: 204,
    body: z.object({ current: z.string().min(1).max(1000).optional(), password: Password }),
  }),
  'password.forget': call('POST /passwords/forgotten', 'Ask for a link that renews a password, by e-mail; the answer is always the same', {
    body: z.object({ email: Email }),
    answer: z.object({ sent: z.literal(true) }),
  }),
  'password.reset': call(
    'POST /passwords/reset',
    'Choose a new password by a link, with a second factor; every session ends, and a new one begins',
    {
      status: 201,
      body: z.object({ secret: OneTimeSecret, password: Password, ...Factor, as: As }),
      answer: SignedIn,
    },
  ),
  'password.renew': call('POST /passwords/renewal', 'Choose the new password that was due at this sign-in', {
    status: 201,
    body: z.object({ secret: OneTimeSecret, password: Password, as: As }),
    answer: SignedIn,
  }),
  'token.create': call('POST /tokens', 'Make an access token for scripts; its secret is shown this once', {
    status: 201,
    body: z.object(tokenWish),
    answer: TokenView.extend({ token: z.string() }),
  }),
  'token.issue': call(
    'POST /tokens/issue',
    'Make an access token without a session, with the same proof as a sign-in: for the command line',
    {
      status: 201,
      body: z.object({ email: Email, ...tokenWish, ...PasswordProof }),
      answer: TokenView.extend({ token: z.string() }),
    },
  ),
  'token.list': call('GET /tokens', 'One’s own access tokens', { answer: z.object({ tokens: z.array(TokenView) }) }),
  'token.revoke': call('DELETE /tokens/:token', 'Revoke an access token', { status: 204, params: z.object({ token: SessionId }) }),
}
