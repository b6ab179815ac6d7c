import { notifications } from '@mantine/notifications'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MatterId, PersonId, RequestId } from '../../../src/contract/ids.ts'
import type { TeamRole as Part } from '../../../src/contract/roles.ts'
import type { z } from 'zod'
import { type Answer, ask } from '../../lib/ask.ts'
import { Refused } from '../../lib/refused.ts'

export type MyRequest = Answer<'grant.mine'>['requests'][number]
export type { RequestView, ReviewView } from '../../../src/contract/grant.ts'
export type TeamRole = z.infer<typeof Part>

const requestsKey = ['requests']

export const useMyRequests = (wanted: boolean) =>
  useQuery({
    queryKey: [...requestsKey, 'mine'],
    queryFn: async ({ signal }) => (await ask('grant.mine', { signal })).requests,
    enabled: wanted,
  })

export const useRequests = (wanted: boolean) =>
  useQuery({
    queryKey: [...requestsKey, 'all'],
    queryFn: async ({ signal }) => (await ask('grant.list', { signal })).requests,
    enabled: wanted,
  })

export const useReviews = (wanted: boolean) =>
  useQuery({
    queryKey: [...requestsKey, 'reviews'],
    queryFn: async ({ signal }) => (await ask('grant.reviews', { signal })).reviews,
    enabled: wanted,
  })

/** Clients and matters by name and number; nothing of what was looked for stays in memory. */
export const useRegister = (find: string) =>
  useQuery({
    queryKey: ['register', 'requests', find],
    queryFn: async ({ signal }) => (await ask('wall.register', { query: { find, limit: 50 }, signal })).matters,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

/** What stands elsewhere on the page after an act on access. */
const TOUCHED = [requestsKey, ['matters'], ['matter'], ['entries']]

function useGranting<G, A>(act: (given: G) => Promise<A>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all(TOUCHED.map((queryKey) => queries.invalidateQueries({ queryKey }))),
    onError: (fault) => {
      // someone else was first: what they decided is shown in the place of the form
      if (!(fault instanceof Refused) || fault.code !== 'grant.state') return
      notifications.show({ message: fault.text })
      void queries.invalidateQueries({ queryKey: requestsKey })
    },
    gcTime: 0,
  })
}

export const useAskAccess = () =>
  useGranting((body: { about: string; reason: string; days: number; urgent: boolean }) => ask('grant.request', { body }))
export const useBreakGlass = () =>
  useGranting((body: { about: string; reason: string; hours: number }) => ask('grant.break-glass', { body }))
export const useGrant = (request: RequestId) =>
  useGranting((body: { days: number; role: TeamRole }) => ask('grant.approve', { params: { request }, body }))
export const useRefuse = (request: RequestId) =>
  useGranting((reason: string) => ask('grant.refuse', { params: { request }, body: { reason } }))
export const useRoute = (request: RequestId) =>
  useGranting((matter: MatterId) => ask('grant.route', { params: { request }, body: { matter } }))
export const useCloseReview = (request: RequestId) =>
  useGranting((body: { finding: 'justified' | 'not justified'; words: string }) => ask('grant.review', { params: { request }, body }))
export const useRenew = (matter: MatterId, person: PersonId) =>
  useGranting((body: { days: number; reason: string }) => ask('grant.renew', { params: { matter, person }, body }))
