import { queries } from '../../app/queries.ts'
import { type Answer, ask } from '../../lib/ask.ts'

export type Enrolment = Answer<'setup.enrol'>
export type Founded = Answer<'setup.finish'>

export const enrol = (body: { secret: string; email: string }) => ask('setup.enrol', { body })

type Founding = { secret: string; firm: string; name: string; email: string; password: string; totpSecret: string; code: string }
/** Founds the firm and signs in by cookie. */
export async function found(body: Founding): Promise<Founded> {
  const founded = await ask('setup.finish', { body })
  queries.clear()
  return founded
}

export const readInvitation = (secret: string) => ask('invitation.read', { body: { secret } })

export async function accept(body: { secret: string; password: string; totpSecret: string; code: string }): Promise<string[]> {
  const { recoveryCodes } = await ask('invitation.accept', { body })
  queries.clear()
  return recoveryCodes
}
