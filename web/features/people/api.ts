import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EntryId, HandoverId, PersonId, SessionId } from '../../../src/contract/ids.ts'
import type { Role } from '../../../src/contract/roles.ts'
import { ask } from '../../lib/ask.ts'

const peopleKey = ['people']
const handoversKey = ['handovers']
const personKey = (person: PersonId) => ['person', person]

export const usePeople = (wanted = true) =>
  useQuery({ queryKey: peopleKey, queryFn: async ({ signal }) => (await ask('person.list', { signal })).people, enabled: wanted })

export const usePerson = (person: PersonId) =>
  useQuery({ queryKey: personKey(person), queryFn: ({ signal }) => ask('person.read', { params: { person }, signal }) })

export const usePersonHistory = (person: PersonId) =>
  useInfiniteQuery({
    queryKey: ['person', person, 'entries'],
    queryFn: ({ pageParam, signal }) => ask('entry.of-person', { params: { person }, query: { before: pageParam, limit: 100 }, signal }),
    initialPageParam: undefined as EntryId | undefined,
    getNextPageParam: (page) => page.next,
    refetchOnMount: 'always',
  })

/** What stands elsewhere on the page after an act on people, roles or groups. */
const TOUCHED = [peopleKey, ['person'], ['roles'], ['groups'], ['approvals'], ['me']]

/** An act on people, roles or groups. What it answers may be a link, so nothing of it stays in memory. */
export function useActing<G, A>(act: (given: G) => Promise<A>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all(TOUCHED.map((queryKey) => queries.invalidateQueries({ queryKey }))),
    gcTime: 0,
  })
}

export const useInvite = () => useActing((body: { name: string; email: string; roles: Role[] }) => ask('person.invite', { body }))
export const useInviteAgain = () => useActing((person: PersonId) => ask('person.inviteAgain', { params: { person } }))
export const useEdit = (person: PersonId) =>
  useActing((body: { name: string; email: string }) => ask('person.edit', { params: { person }, body }))
export const useChangeRoles = (person: PersonId) =>
  useActing((body: { roles: Role[]; reason: string }) => ask('person.change', { params: { person }, body }))
export const useReset = (person: PersonId) =>
  useActing((body: { what: 'password' | 'factor' | 'account'; reason: string }) => ask('person.reset', { params: { person }, body }))
/** Ends one session or access token, or all of them. */
export const useEndSessions = (person: PersonId) =>
  useActing((session: SessionId | null) => ask('person.endSessions', { params: { person }, body: session ? { session } : {} }))
export const useLeave = (person: PersonId) =>
  useActing((body: { at?: string; successor: PersonId; reason?: string }) => ask('person.leave', { params: { person }, body }))
export const useStay = (person: PersonId) => useActing(() => ask('person.stay', { params: { person } }))
export const useTakeBack = (person: PersonId) =>
  useActing((body: { roles: Role[]; reason: string }) => ask('person.return', { params: { person }, body }))

export const useHandovers = (wanted: boolean) =>
  useQuery({ queryKey: handoversKey, queryFn: async ({ signal }) => (await ask('handover.list', { signal })).handovers, enabled: wanted })

export function useTakeHandover() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ handover, person }: { handover: HandoverId; person: PersonId }) =>
      ask('handover.take', { params: { handover }, body: { person } }),
    onSuccess: () =>
      Promise.all([queries.invalidateQueries({ queryKey: handoversKey }), queries.invalidateQueries({ queryKey: ['matter'] })]),
  })
}
