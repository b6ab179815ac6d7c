import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ClientId, EntryId, MatterId, PersonId } from '../../../src/contract/ids.ts'
import type { TeamRole } from '../../../src/contract/roles.ts'
import type { z } from 'zod'
import { ask } from '../../lib/ask.ts'

const mattersKey = ['matters']
const clientsKey = ['clients']
const matterKey = (matter: MatterId) => ['matter', matter]
const entriesKey = (matter: MatterId) => ['entries', matter]

export const useMatters = (wanted = true) =>
  useQuery({ queryKey: mattersKey, queryFn: async ({ signal }) => (await ask('matter.list', { signal })).matters, enabled: wanted })

export const useMatter = (matter: MatterId) =>
  useQuery({ queryKey: matterKey(matter), queryFn: ({ signal }) => ask('matter.read', { params: { matter }, signal }) })

export const useClients = (wanted: boolean) =>
  useQuery({ queryKey: clientsKey, queryFn: async ({ signal }) => (await ask('client.list', { signal })).clients, enabled: wanted })

export function useTakeOnClient() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => ask('client.create', { body: { name } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: clientsKey }),
  })
}

export function useOpenMatter() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { client: ClientId; title: string; class: 'confidential' | 'privileged' | 'restricted' }) =>
      ask('matter.create', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: mattersKey }),
  })
}

export function useBringOn(matter: MatterId) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { person: PersonId; role: z.infer<typeof TeamRole>; reason?: string }) =>
      ask('team.join', { params: { matter }, body: { reason: undefined, ...body } }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: matterKey(matter) }),
        queries.invalidateQueries({ queryKey: entriesKey(matter) }),
      ]),
  })
}

/** Ends a membership. One’s own ends the reach with it, so nothing of the matter stays in memory. */
export function useEndMembership(matter: MatterId, myself: PersonId | undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (person: PersonId) => ask('team.leave', { params: { matter, person } }),
    onSuccess: (_, person) => {
      if (person === myself) {
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(matter) })
        return queries.invalidateQueries({ queryKey: mattersKey })
      }
      return Promise.all([
        queries.invalidateQueries({ queryKey: matterKey(matter) }),
        queries.invalidateQueries({ queryKey: entriesKey(matter) }),
      ])
    },
  })
}

export const useHistory = (matter: MatterId) =>
  useInfiniteQuery({
    queryKey: entriesKey(matter),
    queryFn: ({ pageParam, signal }) => ask('entry.list', { params: { matter }, query: { before: pageParam, limit: 100 }, signal }),
    initialPageParam: undefined as EntryId | undefined,
    getNextPageParam: (page) => page.next,
    refetchOnMount: 'always',
  })
