import { z } from 'zod'
import { Instant, Name } from './words.ts'

/** At least 12 characters; how strong it is beyond that is judged by the server. */
export const Password = z.string().min(12, 'A password has at least 12 characters.').max(1000)
/** Six digits of a TOTP authenticator (RFC 6238: SHA-1, 30 s). */
export const Code = z.string().regex(/^\d{6}$/, 'A code has six digits.')
/** Base32, 160 bits. */
export const TotpSecret = z.string().regex(/^[A-Z2-7]{32}$/)
/** 43 characters of base64url: 32 random bytes. */
export const OneTimeSecret = z.string().min(20).max(100)
const RecoveryCode = z.string().max(40)

/** What a browser's WebAuthn call wants and gives (W3C WebAuthn Level 3, the JSON forms); checked by the server's library. */
export const PasskeyOptions = z.record(z.string(), z.unknown())
export const PasskeyAnswer = z.looseObject({ id: z.string().max(2000), response: z.record(z.string(), z.unknown()) })

export const Enrolment = z.object({
  totpSecret: TotpSecret,
  totpUri: z.string(),
  /** For enrolling a passkey instead: `navigator.credentials.create`. */ passkeyOptions: PasskeyOptions.nullable(),
})
export type Enrolment = z.infer<typeof Enrolment>
/** Ten codes, each serves once; none when the person holds some from before. */
export const RecoveryCodes = z.array(z.string())

/** A new factor, proved: an authenticator app's secret with its code, or a passkey with its name. */
export const NewFactor = {
  totpSecret: TotpSecret.optional(),
  code: Code.optional(),
  passkey: PasskeyAnswer.optional(),
  passkeyName: Name.optional(),
}
/** A factor that one has: exactly one of these. */
export const Factor = { code: Code.optional(), recoveryCode: RecoveryCode.optional(), passkey: PasskeyAnswer.optional() }
/** What a password guards: the password with a code or with a recovery code. */
export const PasswordProof = { password: z.string().min(1).max(1000), code: Code.optional(), recoveryCode: RecoveryCode.optional() }

/**
 * A sign-in's end. With `token` the session's secret, where it was asked for. With `next`, no session yet: a new
 * password is due (`password`), the firm asks for a second factor after its identity provider (`second`), or there is
 * none yet to ask for (`factor`); `next.secret` stands for what was proved so far, once, for some minutes.
 */
export const SignedIn = z.object({
  name: z.string(),
  endsAt: Instant.nullable(),
  token: z.string().optional(),
  next: z
    .object({
      step: z.enum(['password', 'second', 'factor']),
      secret: z.string(),
      why: z.string(),
      /** For `second`: which factors there are. */ factors: z.array(z.enum(['totp', 'passkey', 'recovery'])),
      passkeyOptions: PasskeyOptions.nullable(),
    })
    .nullable(),
})
export type SignedIn = z.infer<typeof SignedIn>
/** `bearer` answers the session’s secret instead of setting a cookie. */
export const As = z.enum(['cookie', 'bearer']).default('cookie')
