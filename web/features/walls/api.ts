import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Call } from '../../../src/contract/call.ts'
import type { calls } from '../../../src/contract/calls.ts'
import type { ConfirmationId, WallId } from '../../../src/contract/ids.ts'
import { type Answer, address, ask } from '../../lib/ask.ts'

type BodyOf<C> = C extends Call<infer _P, infer _Q, infer B, infer _A> ? B : never
/** Who would be kept from what: enough for a dry run. */
export type Shape = BodyOf<(typeof calls)['wall.preview']>
/** A wall with all its papers. */
export type Wish = BodyOf<(typeof calls)['wall.raise']>
export type Certificate = BodyOf<(typeof calls)['wall.certify']>
export type Note = BodyOf<(typeof calls)['wall.note']>
export type Confirmation = Answer<'confirmation.list'>['confirmations'][number]

const wallKey = (wall: WallId) => ['wall', wall]

export const useWalls = () =>
  useQuery({ queryKey: ['walls'], queryFn: async ({ signal }) => (await ask('wall.list', { signal })).walls, refetchOnMount: 'always' })

export const useWall = (wall: WallId) =>
  useQuery({ queryKey: wallKey(wall), queryFn: ({ signal }) => ask('wall.read', { params: { wall }, signal }) })

/** The dry run. It names what is behind other walls too, so nothing of it stays in memory once the page is left. */
export const usePreview = (shape: Shape | null) =>
  useQuery({
    queryKey: ['wall-preview', shape],
    queryFn: ({ signal }) => ask('wall.preview', { body: shape as Shape, signal }),
    enabled: shape !== null,
    placeholderData: shape === null ? undefined : keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** Clients and matters of the whole firm by name and number, for those who may choose from all. */
export const useRegister = (find: string, wanted: boolean) =>
  useQuery({
    queryKey: ['register', find],
    queryFn: ({ signal }) => ask('wall.register', { query: { find, limit: 50 }, signal }),
    enabled: wanted,
    placeholderData: keepPreviousData,
  })

/** What may look different after an act on a wall: whatever anyone reaches. */
const TOUCHED = ['walls', 'wall', 'confirmations', 'memoranda', 'matters', 'matter', 'documents', 'entries', 'access', 'me'].map((name) => [
  name,
])

function useKeeping<G, A>(act: (given: G) => Promise<A>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all(TOUCHED.map((queryKey) => queries.invalidateQueries({ queryKey }))),
    gcTime: 0,
  })
}

export const useRaise = () => useKeeping((body: Wish) => ask('wall.raise', { body }))
export const useAskToLift = (wall: WallId) => useKeeping((reason: string) => ask('wall.lift', { params: { wall }, body: { reason } }))
export const useNote = (wall: WallId) => useKeeping((body: Note) => ask('wall.note', { params: { wall }, body }))
export const useCertify = (wall: WallId) => useKeeping((body: Certificate) => ask('wall.certify', { params: { wall }, body }))

export const packAddress = (wall: WallId, period: { from?: string; to?: string }) => address('wall.pack', { wall }, period)

export const useMemoranda = () =>
  useQuery({ queryKey: ['memoranda'], queryFn: async ({ signal }) => (await ask('wall.memoranda', { signal })).memoranda })
export const useAcknowledge = () => useKeeping((wall: WallId) => ask('wall.acknowledge', { params: { wall } }))

/** What two people decide on matters and walls; everyone sees what concerns them. */
export const useConfirmations = () =>
  useQuery({ queryKey: ['confirmations'], queryFn: async ({ signal }) => (await ask('confirmation.list', { signal })).confirmations })
export const useConfirm = () =>
  useKeeping(({ confirmation, approve }: { confirmation: ConfirmationId; approve: boolean }) =>
    ask('confirmation.decide', { params: { confirmation }, body: { approve } }),
  )
