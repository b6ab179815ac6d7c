import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { EntryId } from '../../../src/contract/ids.ts'
import { ask } from '../../lib/ask.ts'

export const useCheckpoint = () => useQuery({ queryKey: ['checkpoint'], queryFn: ({ signal }) => ask('checkpoint.latest', { signal }) })

export const useLedger = () =>
  useInfiniteQuery({
    queryKey: ['ledger'],
    queryFn: ({ pageParam, signal }) => ask('entry.all', { query: { before: pageParam, limit: 100 }, signal }),
    initialPageParam: undefined as EntryId | undefined,
    getNextPageParam: (page) => page.next,
    refetchOnMount: 'always',
  })
