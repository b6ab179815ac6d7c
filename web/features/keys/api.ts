import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RotationView } from '../../../src/contract/key.ts'
import { type Answer, ask } from '../../lib/ask.ts'
import { sentence } from '../../lib/form.ts'
import { Refused } from '../../lib/refused.ts'

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

export type OwnRoots = Answer<'root.list'>
export type OwnRoot = OwnRoots['roots'][number]
const ownRootsKey = ['own-roots']

/** The keys that clients bring; asked for again while a matter is on its way to one that is given out. */
export const useOwnRoots = () =>
  useQuery({
    queryKey: ownRootsKey,
    queryFn: ({ signal }) => ask('root.list', { signal }),
    refetchInterval: ({ state }) => (state.data?.roots.some((one) => one.due > 0 && one.state !== 'withheld') ? 2000 : false),
  })

/** An act on one of them; what it refuses stands beside it as a sentence. */
function useOnOwnRoots<G, A>(act: (given: G) => Promise<A>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: G) =>
      act(given).catch((fault: unknown) => {
        throw fault instanceof Refused ? new Error(sentence(fault)) : fault
      }),
    // what stands under it may open, or no longer
    onSettled: () => Promise.all([ownRootsKey, ['matters'], ['matter']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
export const useAddOwnRoot = () => useOnOwnRoots((name: string) => ask('root.add', { body: { name } }))
export const useTestOwnRoot = () => useOnOwnRoots((root: string) => ask('root.test', { params: { root } }))
