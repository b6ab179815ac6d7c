import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PersonId, ProbeId } from '../../../src/contract/ids.ts'
import { address, ask } from '../../lib/ask.ts'

const probesKey = ['probes']

/** The probes, newest first; asked for again while one runs. */
export const useProbes = () =>
  useQuery({
    queryKey: probesKey,
    queryFn: async ({ signal }) =>
      (await ask('probe.list', { signal })).probes.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt)),
    refetchInterval: ({ state }) => (state.data?.some((probe) => probe.state === 'running') ? 1500 : false),
  })

export function useStartProbe() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { person: PersonId; tries: number }) => ask('probe.start', { body }),
    onSettled: () => queries.invalidateQueries({ queryKey: probesKey }),
  })
}

export const reportAddress = (probe: ProbeId) => address('probe.report', { probe })
