import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { EntryId } from '../../../src/contract/ids.ts'
import { ask } from '../../lib/ask.ts'
import type { Asked } from './filter-state.ts'

export const useCheckpoint = () => useQuery({ queryKey: ['checkpoint'], queryFn: ({ signal }) => ask('checkpoint.latest', { signal }) })

/** The entries asked for, page by page; what was shown before stays while others are asked for. */
export const useLedger = (asked: Asked) =>
  useInfiniteQuery({
    queryKey: ['ledger', asked],
    queryFn: ({ pageParam, signal }) => ask('entry.all', { query: { ...(asked as object), before: pageParam, limit: 100 }, signal }),
    placeholderData: keepPreviousData,
    initialPageParam: undefined as EntryId | undefined,
    getNextPageParam: (page) => page.next,
    refetchOnMount: 'always',
  })

export const WITNESSES = ['witnesses']
/** Who signs the ledger outside of the firm, and where else its checkpoints are. */
export const useWitnesses = () =>
  useQuery({ queryKey: WITNESSES, queryFn: ({ signal }) => ask('witness.list', { signal }), refetchInterval: 15_000 })
