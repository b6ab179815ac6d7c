import type { Overdue, PersonView } from '../../../src/contract/person.ts'
import type { z } from 'zod'

type SignIn = NonNullable<PersonView['signIn']>
type Overdue = z.infer<typeof Overdue>

export const FACTORS: Record<SignIn['factors'][number], string> = {
  passkey: 'passkey',
  totp: 'authenticator app',
  identity: 'identity provider',
  recovery: 'recovery codes',
}

/** `Passkey, authenticator app`. Recovery codes stand in for a factor and are none by themselves. */
export function factorWords(factors: SignIn['factors']): string | null {
  const words = factors.filter((factor) => factor !== 'recovery').map((factor) => FACTORS[factor])
  return words.length ? capital(words.join(', ')) : null
}

/** What is out of the ordinary: a few words for a list, and what to do about it. */
export const OVERDUE: Record<Overdue, { short: string; todo: string }> = {
  'invitation.lapsed': { short: 'Invitation has run out', todo: 'The link works no more. Send the invitation again.' },
  'factor.none': {
    short: 'No second factor',
    todo: 'They can reach nothing before they have one. A second person can let them enrol anew.',
  },
  'password.due': { short: 'Password is due', todo: 'A new password is asked for at the next sign-in.' },
  'unseen.long': { short: 'Not here for long', todo: 'They have not signed in for a long time. Ask whether they still work in the firm.' },
  'recovery.none': { short: 'No recovery codes left', todo: 'They make new ones themselves, under My account.' },
}

export const capital = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`

/** `Ada, Ben and Cora`. */
export const listed = (names: readonly string[]) => new Intl.ListFormat('en-GB').format(names)
