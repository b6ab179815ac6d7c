import { z } from 'zod'
import { call } from './call.ts'
import { Enrolment, NewFactor, OneTimeSecret, Password, RecoveryCodes } from './proof.ts'
import { Email, Instant, Name } from './words.ts'

export const RecoverySheet = z.object({
  firm: z.string(),
  /** 24 words (BIP 39, English): the root key and its checksum. */
  words: z.array(z.string()),
  /** The root key's id: the first 8 bytes of its SHA-256 under a label, in hex, spaced in fours. */
  check: z.string(),
  printedAt: Instant,
})
export type RecoverySheet = z.infer<typeof RecoverySheet>

export const FirmState = z.object({
  state: z.enum(['new', 'ready']),
  name: z.string().nullable(),
  /** The words of the sign-in page's second way in; null where the firm has no identity provider. */
  sso: z.object({ label: z.string() }).nullable(),
  /** Whether a forgotten password can be renewed by e-mail. */
  mail: z.boolean(),
})

export const calls = {
  'firm.state': call('GET /firm', 'Whether the firm is set up, and its name', { answer: FirmState }),
  'setup.enrol': call('POST /setup/enrolment', 'Begin set-up: a fresh TOTP secret', {
    body: z.object({ secret: OneTimeSecret, email: Email }),
    answer: Enrolment,
  }),
  'setup.finish': call('POST /setup', 'Found the firm and its first person, and sign in', {
    status: 201,
    body: z.object({ secret: OneTimeSecret, firm: Name, name: Name, email: Email, password: Password, ...NewFactor }),
    answer: z.object({ recoveryCodes: RecoveryCodes, recoverySheet: RecoverySheet }),
  }),
  'invitation.read': call('POST /invitations/reading', 'What a one-time link says and asks for, and what enrols a factor', {
    body: z.object({ secret: OneTimeSecret }),
    answer: Enrolment.extend({
      firm: z.string(),
      name: z.string(),
      email: z.string(),
      /**
       * `invitation`: choose a password, enrol a factor. `account`: the same, for someone who has lost both.
       * `factor`: the password one has, and a new factor. `password`: a new password, with a factor one has.
       * `sso`: the identity provider has answered; a first factor is enrolled.
       */
      kind: z.enum(['invitation', 'account', 'factor', 'password', 'sso']),
      /** For `password`: which factors there are, and what asks for a passkey. */
      factors: z.array(z.enum(['totp', 'passkey', 'recovery'])),
      proofOptions: Enrolment.shape.passkeyOptions,
      endsAt: Instant,
    }),
  }),
  'invitation.accept': call('POST /invitations/acceptance', 'Accept an invitation, or enrol a new factor by its link, and sign in', {
    status: 201,
    body: z.object({
      secret: OneTimeSecret,
      /** The new password, or for `factor` the one there is; may be left out where a passkey is enrolled or the provider has answered. */
      password: z.string().min(1).max(1000).optional(),
      ...NewFactor,
    }),
    answer: z.object({ recoveryCodes: RecoveryCodes }),
  }),
}
