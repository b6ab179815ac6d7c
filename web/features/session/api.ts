import { useMutation, useQuery } from '@tanstack/react-query'
import { queries } from '../../app/queries.ts'
import { ask } from '../../lib/ask.ts'

export const useFirm = () => useQuery({ queryKey: ['firm'], queryFn: ({ signal }) => ask('firm.state', { signal }) })

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: ({ signal }) => ask('person.me', { signal }), staleTime: 60_000 })

export type Credentials = { email: string; password: string; code?: string; recoveryCode?: string }

/** Signs in by cookie. Whatever an earlier session had read is dropped first. */
export async function signIn(given: Credentials): Promise<void> {
  await ask('session.create', { body: { ...given, as: 'cookie' } })
  queries.clear()
}

/** Signs out and leaves the page as a whole: whatever was opened goes with its memory, and nothing asks again for it. */
export const useSignOut = () =>
  useMutation({
    mutationFn: () => ask('session.end'),
    onSettled: () => window.location.replace('/sign-in'),
  })
