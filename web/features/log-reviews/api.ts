import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EntryId, LogReviewId, LogReviewTaskId, PersonId } from '../../../src/contract/ids.ts'
import type { LogReviewView } from '../../../src/contract/log-review.ts'
import { ask } from '../../lib/ask.ts'
import { useRoles } from '../access/api.ts'
import { usePeople } from '../people/api.ts'

const key = ['log-reviews']
export const REPORT = [...key, 'report']
export type Wish = Omit<LogReviewView, 'id' | 'reviewer' | 'next' | 'version' | 'retiredAt'> & { reviewer: PersonId | null }

export const useLogReviews = () => useQuery({ queryKey: key, queryFn: ({ signal }) => ask('log-review.list', { signal }) })
export const useLogReviewTask = (task: LogReviewTaskId) =>
  useQuery({ queryKey: [...key, task], queryFn: ({ signal }) => ask('log-review.read', { params: { task }, signal }) })

function useActing<G, A>(act: (given: G) => Promise<A>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: act, onSuccess: () => queries.invalidateQueries({ queryKey: key }) })
}
export const useCreateReview = () => useActing((body: Wish) => ask('log-review.create', { body }))
export const useChangeReview = (review: LogReviewId, version: number) =>
  useActing((body: Wish) => ask('log-review.change', { params: { review }, body: { ...body, version } }))
export const useRetireReview = (review: LogReviewId) =>
  useActing((reason: string) => ask('log-review.retire', { params: { review }, body: { reason } }))
export const useStart = (task: LogReviewTaskId) => useActing(() => ask('log-review.start', { params: { task } }))
export const useAssign = (task: LogReviewTaskId) =>
  useActing((body: { reviewer: PersonId; reason: string }) => ask('log-review.assign', { params: { task }, body }))
export const useMark = (task: LogReviewTaskId) =>
  useActing((body: { entries: EntryId[]; mark: 'fine' | 'question'; note: string }) => ask('log-review.mark', { params: { task }, body }))
export const useSign = (task: LogReviewTaskId) =>
  useActing((body: { outcome: 'clean' | 'findings'; findings: string }) => ask('log-review.sign', { params: { task }, body }))

/** Those who may review, who oversee the ledger; everyone, where the reader sees no roles. */
export function useReviewers(): { value: PersonId; label: string }[] {
  const people = (usePeople().data ?? []).filter(({ state }) => state !== 'left')
  const overseeing = useRoles().data?.roles.filter(({ permissions }) => permissions.includes('ledger.oversee'))
  const ids = new Set(overseeing?.flatMap(({ holders }) => holders.map(({ id }) => id)))
  return people.filter(({ id }) => !overseeing || ids.has(id)).map(({ id, name }) => ({ value: id, label: name }))
}
