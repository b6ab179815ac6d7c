import { useMutation, useQuery } from '@tanstack/react-query'
import { queries } from '../../app/queries.ts'
import { type Answer, ask } from '../../lib/ask.ts'
import type { Passkey } from '../../lib/passkey.ts'

export const useFirm = () => useQuery({ queryKey: ['firm'], queryFn: ({ signal }) => ask('firm.state', { signal }) })

const meKey = ['me']
export const useMe = () => useQuery({ queryKey: meKey, queryFn: ({ signal }) => ask('person.me', { signal }), staleTime: 60_000 })
/** After an act of one's own that changes what `me` says: factors, notices, what stands open. */
export const askMeAgain = () => queries.invalidateQueries({ queryKey: meKey })

export type SignedIn = Answer<'session.create'>
export type Next = NonNullable<SignedIn['next']>
export type FactorName = Next['factors'][number]
/** A factor that one has, shown: exactly one of these. */
export type Proof = { code: string } | { recoveryCode: string } | { passkey: Passkey }
/** What asks a browser for a passkey. */
export type PasskeyOptions = Answer<'passkey.challenge'>['passkeyOptions']

export type Credentials = { email: string; password: string; code?: string; recoveryCode?: string }
export const signIn = (given: Credentials | { passkey: Passkey }) => ask('session.create', { body: { ...given, as: 'cookie' } })
export const challenge = async () => (await ask('passkey.challenge')).passkeyOptions

export const showSecond = (secret: string, proof: Proof) => ask('sso.second', { body: { secret, ...proof, as: 'cookie' } })
export const renewPassword = (secret: string, password: string) => ask('password.renew', { body: { secret, password, as: 'cookie' } })
export const forget = (email: string) => ask('password.forget', { body: { email } })

/** Leaves for the firm's identity provider. */
export async function goToProvider(): Promise<void> {
  window.location.assign((await ask('sso.begin')).url)
}

/** Signs out and leaves the page as a whole: whatever was opened goes with its memory, and nothing asks again for it. */
export const useSignOut = () =>
  useMutation({
    mutationFn: () => ask('session.end'),
    onSettled: () => window.location.replace('/sign-in'),
  })
