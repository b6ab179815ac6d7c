import { useQuery } from '@tanstack/react-query'
import type { MatterId, PersonId } from '../../../src/contract/ids.ts'
import { ask } from '../../lib/ask.ts'
import { useMatters } from '../matters/api.ts'
import { useMe } from '../session/api.ts'

/** Each look is written down, so it is asked for once and not again by itself. */
const once = { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false } as const

/** Who can see a matter and why: now, or at a moment. */
export const useWhoSees = (matter: MatterId, at: string | null) =>
  useQuery({
    queryKey: ['access', matter, at],
    queryFn: async ({ signal }) =>
      at === null
        ? (await ask('access.explain', { params: { matter }, signal })).people
        : (await ask('access.as-of', { params: { matter }, query: { at }, signal })).people,
    ...once,
  })

/** What a person can see and why: now, or at a moment. */
export const useReach = (person: PersonId, at: string | null) =>
  useQuery({
    queryKey: ['access', 'reach', person, at],
    queryFn: async ({ signal }) => (await ask('access.reach', { params: { person }, query: { at: at ?? undefined }, signal })).matters,
    ...once,
  })

/** The matters that the reader reaches: only those are links. */
export function useOwnReach(): ReadonlySet<string> {
  const may = useMe().data?.may ?? []
  return new Set((useMatters(may.includes('matter.list')).data ?? []).map((matter) => matter.id))
}

export const useWide = () =>
  useQuery({ queryKey: ['access', 'wide'], queryFn: async ({ signal }) => (await ask('access.wide', { signal })).matters })
