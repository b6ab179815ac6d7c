import { QueryClient } from '@tanstack/react-query'
import { Refused } from '../lib/refused.ts'

/** Answers live in memory only and are dropped with the session. A refusal is an answer: it is not asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, fault) => failures < 2 && fault instanceof Refused && fault.code === 'unreached',
      staleTime: 15_000,
      refetchOnWindowFocus: 'always',
    },
  },
})
