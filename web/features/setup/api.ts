import { queries } from '../../app/queries.ts'
import { type Answer, ask } from '../../lib/ask.ts'
import type { Passkey } from '../../lib/passkey.ts'
import type { Proof } from '../session/api.ts'

export type Enrolment = Answer<'setup.enrol'>
export type Founded = Answer<'setup.finish'>
export type OneTimeLink = Answer<'invitation.read'>
/** A new factor, proved: an authenticator app with its code, or a passkey with its name. */
export type NewFactor = { totpSecret: string; code: string } | { passkey: Passkey; passkeyName: string }

export const enrol = (body: { secret: string; email: string }) => ask('setup.enrol', { body })

type Founding = { secret: string; firm: string; name: string; email: string; password: string } & NewFactor
/** Founds the firm and signs in by cookie. */
export async function found(body: Founding): Promise<Founded> {
  const founded = await ask('setup.finish', { body })
  queries.clear()
  return founded
}

export const readLink = (secret: string) => ask('invitation.read', { body: { secret } })

export async function accept(body: { secret: string; password?: string } & NewFactor): Promise<string[]> {
  const { recoveryCodes } = await ask('invitation.accept', { body })
  queries.clear()
  return recoveryCodes
}

export const resetPassword = (secret: string, password: string, proof: Proof) =>
  ask('password.reset', { body: { secret, password, ...proof, as: 'cookie' } })
