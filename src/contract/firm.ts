import { z } from 'zod'
import { call } from './call.ts'
import { Instant, Email, Name } from './words.ts'

/** At least 12 characters; how strong it is beyond that is judged by the server. */
export const Password = z.string().min(12, 'A password has at least 12 characters.').max(1000)
/** Six digits of a TOTP authenticator (RFC 6238: SHA-1, 30 s). */
export const Code = z.string().regex(/^\d{6}$/, 'A code has six digits.')
/** Base32, 160 bits. */
const TotpSecret = z.string().regex(/^[A-Z2-7]{32}$/)
/** 43 characters of base64url: 32 random bytes. */
const OneTimeSecret = z.string().min(20).max(100)

const Enrolment = z.object({ totpSecret: TotpSecret, totpUri: z.string() })
const RecoveryCodes = z.array(z.string())
export const RecoverySheet = z.object({
  firm: z.string(),
  /** 24 words (BIP 39, English): the root key and its checksum. */
  words: z.array(z.string()),
  /** The root key's id: the first 8 bytes of its SHA-256 under a label, in hex, spaced in fours. */
  check: z.string(),
  printedAt: Instant,
})
export type RecoverySheet = z.infer<typeof RecoverySheet>

export const FirmState = z.object({ state: z.enum(['new', 'ready']), name: z.string().nullable() })

export const calls = {
  'firm.state': call('GET /firm', 'Whether the firm is set up, and its name', { answer: FirmState }),
  'setup.enrol': call('POST /setup/enrolment', 'Begin set-up: a fresh TOTP secret', {
    body: z.object({ secret: OneTimeSecret, email: Email }),
    answer: Enrolment,
  }),
  'setup.finish': call('POST /setup', 'Found the firm and its first person, and sign in', {
    status: 201,
    body: z.object({ secret: OneTimeSecret, firm: Name, name: Name, email: Email, password: Password, totpSecret: TotpSecret, code: Code }),
    answer: z.object({ recoveryCodes: RecoveryCodes, recoverySheet: RecoverySheet }),
  }),
  'invitation.read': call('POST /invitations/reading', 'What an invitation says, and a fresh TOTP secret', {
    body: z.object({ secret: OneTimeSecret }),
    answer: Enrolment.extend({ firm: z.string(), name: z.string(), email: z.string() }),
  }),
  'invitation.accept': call('POST /invitations/acceptance', 'Accept an invitation and sign in', {
    status: 201,
    body: z.object({ secret: OneTimeSecret, password: Password, totpSecret: TotpSecret, code: Code }),
    answer: z.object({ recoveryCodes: RecoveryCodes }),
  }),
}
