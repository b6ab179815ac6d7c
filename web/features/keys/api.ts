import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RotationView } from '../../../src/contract/key.ts'
import { ask } from '../../lib/ask.ts'

const keysKey = ['keys']

/** The keys and their rotations; asked for again while one is under way. */
export const useKeyring = () =>
  useQuery({
    queryKey: keysKey,
    queryFn: ({ signal }) => ask('key.list', { signal }),
    refetchInterval: ({ state }) => (state.data?.rotations.some((one) => one.endedAt === null) ? 1000 : false),
  })

/** Replaces a key, or the keys of all matters. */
export function useRotate() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (what: RotationView['what']) => ask('key.rotate', { body: { what } }),
    onSettled: () => queries.invalidateQueries({ queryKey: keysKey }),
  })
}
