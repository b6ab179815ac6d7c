import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../../lib/ask.ts'

const scrubKey = ['scrub']

/** The check of every stored file; asked for again while one is asked for or runs. */
export const useScrub = () =>
  useQuery({
    queryKey: scrubKey,
    queryFn: ({ signal }) => ask('scrub.read', { signal }),
    refetchInterval: ({ state }) => (state.data && ['asked', 'running'].includes(state.data.state) ? 2000 : false),
  })

export function useStartScrub() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask('scrub.start', {}),
    onSuccess: (view) => queries.setQueryData(scrubKey, view),
  })
}

const checkKey = ['ledger-check']
/** The check of the whole ledger, for those who keep integrity; asked for again while one is asked for or runs. */
export const useLedgerCheck = (may = true) =>
  useQuery({
    queryKey: checkKey,
    queryFn: ({ signal }) => ask('ledger-check.read', { signal }),
    enabled: may,
    refetchInterval: ({ state }) => (state.data && ['asked', 'running'].includes(state.data.state) ? 2000 : false),
  })

export function useStartLedgerCheck() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask('ledger-check.start', {}),
    onSuccess: (view) => queries.setQueryData(checkKey, view),
  })
}

/** Where sealed files lie; for whoever may move them. */
export const useStorage = (may: boolean) =>
  useQuery({
    queryKey: ['storage'],
    queryFn: ({ signal }) => ask('storage.read', { signal }),
    enabled: may,
    refetchInterval: ({ state }) => (state.data?.move?.state === 'running' ? 2000 : false),
  })
