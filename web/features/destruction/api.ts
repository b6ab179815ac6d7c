import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DestructionId, DocumentId, HoldId, MatterId, PersonId } from '../../../src/contract/ids.ts'
import { address, ask } from '../../lib/ask.ts'

const holdsKey = ['holds']
const destructionsKey = ['destructions']

/** The holds on a matter; without one, all that the reader may know of. */
export const useHolds = (matter?: MatterId, wanted = true) =>
  useQuery({
    queryKey: [...holdsKey, matter ?? null],
    queryFn: async ({ signal }) => (await ask('hold.list', { query: { matter }, signal })).holds,
    enabled: wanted,
  })
const GOES_ON = ['approved', 'ended', 'erased']
/** Waits for a second person, or is under way. */
export const STANDS = ['asked', ...GOES_ON]
/** What was destroyed, or is to be; asked for again while one is under way. */
export const useDestructions = (matter?: MatterId) =>
  useQuery({
    queryKey: [...destructionsKey, matter ?? null],
    queryFn: async ({ signal }) => (await ask('certificate.list', { query: { matter }, signal })).destructions,
    refetchInterval: ({ state }) => (state.data?.some((one) => GOES_ON.includes(one.state)) ? 2000 : false),
  })
/** One of them, with what it is of. */
const oneOf = (destruction: DestructionId) => ({
  queryKey: [...destructionsKey, 'one', destruction],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask('certificate.read', { params: { destruction }, signal }),
})
export const useDestruction = (destruction: DestructionId) => useQuery(oneOf(destruction))
/** Whether the destruction of a document of the matter was asked for, and waits or is under way. */
export function useIsAsked(matter: MatterId): (document: DocumentId) => boolean {
  const waiting = (useDestructions(matter).data ?? []).filter((one) => one.kind === 'document.destroy' && STANDS.includes(one.state))
  const ids = useQueries({
    queries: waiting.map(({ id }) => oneOf(id)),
    combine: (all) => new Set(all.flatMap(({ data }) => data?.items.map(({ id }) => id) ?? [])),
  })
  return (document) => ids.has(document)
}

function useActing<G, A>(act: (given: G) => Promise<A>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () =>
      Promise.all(
        [holdsKey, destructionsKey, ['entries'], ['confirmations'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  })
}

export type HoldWish = {
  documents: DocumentId[]
  trigger: string
  triggeredOn: string
  issuer: string
  scope: string
  custodians: PersonId[]
  reason: string
}
export const usePlaceHold = (matter: MatterId) => useActing((body: HoldWish) => ask('hold.place', { params: { matter }, body }))
export const useLiftHold = (hold: HoldId) => useActing((reason: string) => ask('hold.lift', { params: { hold }, body: { reason } }))
export const useDestroyDocuments = (matter: MatterId) =>
  useActing((body: { documents: DocumentId[]; reason: string; basis?: string }) => ask('document.destroy', { params: { matter }, body }))
export const useEmptyTrash = (matter: MatterId) =>
  useActing((body: { reason: string; basis?: string }) => ask('trash.empty', { params: { matter }, body }))
export const useDestroyMatter = (matter: MatterId) =>
  useActing((body: { reason: string; basis: string }) => ask('matter.destroy', { params: { matter }, body }))
export const printedAddress = (destruction: DestructionId) => address('certificate.print', { destruction })
