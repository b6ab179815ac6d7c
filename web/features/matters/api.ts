import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ClientId, ConfirmationId, EntryId, GroupId, MatterId, PartyId, PersonId } from '../../../src/contract/ids.ts'
import type { MatterView, PartyView } from '../../../src/contract/matter.ts'
import type { TeamRole } from '../../../src/contract/roles.ts'
import { queries } from '../../app/queries.ts'
import { ask } from '../../lib/ask.ts'
import { isWithheld } from '../../lib/refused.ts'
import type { Asked } from '../ledger/filter-state.ts'
import { expectRows } from '../vault/early-parts.ts'
import type { WhoWish } from './who.ts'

const mattersKey = ['matters']
const clientsKey = ['clients']
const clientKey = (client: ClientId) => ['client', client]
const matterKey = (matter: MatterId) => ['matter', matter]
const partiesKey = (matter: MatterId) => ['parties', matter]
const entriesKey = (matter: MatterId) => ['entries', matter]
const confirmationsKey = ['confirmations']

export type MatterClass = MatterView['class']

/** The newest matters within reach, as many as one answer holds. */
export const useMatters = (wanted = true) =>
  useQuery({ queryKey: mattersKey, queryFn: async ({ signal }) => (await ask('matter.list', { signal })).matters, enabled: wanted })

/** All matters within reach, page by page, newest first. */
export const useMatterPages = () =>
  useInfiniteQuery({
    queryKey: [...mattersKey, 'pages'],
    queryFn: ({ pageParam, signal }) => ask('matter.list', { query: { before: pageParam, limit: 200 }, signal }),
    initialPageParam: undefined as MatterId | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

const oneMatter = (matter: MatterId) => ({
  queryKey: matterKey(matter),
  queryFn: ({ signal }: { signal: AbortSignal }) => ask('matter.read', { params: { matter }, signal }),
})
/** While its client withholds its key, or it is on the way to one, it is asked for again by itself. */
export const useMatter = (matter: MatterId) =>
  useQuery({
    ...oneMatter(matter),
    refetchInterval: ({ state: { error, data } }) => (isWithheld(error) ? 10_000 : data?.ownRoot.changing ? 2000 : false),
  })

/** Asks for what the page of a matter shows first: when a link to it is pressed, or has the focus. */
export function expectMatter(matter: MatterId): void {
  void queries.prefetchQuery(oneMatter(matter))
  expectRows(matter)
}

export const useClients = (wanted: boolean) =>
  useQuery({ queryKey: clientsKey, queryFn: async ({ signal }) => (await ask('client.list', { signal })).clients, enabled: wanted })

export const useClient = (client: ClientId) =>
  useQuery({ queryKey: clientKey(client), queryFn: ({ signal }) => ask('client.read', { params: { client }, signal }) })

export const useParties = (matter: MatterId, wanted: boolean) =>
  useQuery({
    queryKey: partiesKey(matter),
    queryFn: async ({ signal }) => (await ask('party.list', { params: { matter }, signal })).parties,
    enabled: wanted,
  })

/** An act, after which what it touches is asked for again. */
function useActing<G, A>(act: (given: G) => Promise<A>, touched: readonly (readonly unknown[])[]) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all(touched.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
const ofMatter = (matter: MatterId) => [matterKey(matter), entriesKey(matter), mattersKey]

type ClientWish = WhoWish & { class: MatterClass }
export const useTakeOnClient = () => useActing((body: ClientWish) => ask('client.create', { body }), [clientsKey])
export const useChangeClient = (client: ClientId) =>
  useActing(
    (body: ClientWish & { version: number }) => ask('client.change', { params: { client }, body }),
    [clientKey(client), clientsKey, mattersKey, ['matter']],
  )
export const useMergeClient = (client: ClientId) =>
  useActing(
    (body: { into: ClientId; reason: string }) => ask('client.merge', { params: { client }, body }),
    [['client'], clientsKey, mattersKey, ['matter'], ['walls']],
  )
/** The firm’s clients by name, for those who may see its register. */
export const useRegister = (find: string, wanted: boolean) =>
  useQuery({
    queryKey: ['register', 'clients', find],
    queryFn: ({ signal }) => ask('wall.register', { query: { find, limit: 50 }, signal }),
    enabled: wanted,
    gcTime: 0,
  })

type MatterWish = { client: ClientId; title: string; class: MatterClass; type: string; jurisdiction: string }
export const useBeginMatter = () => useActing((body: MatterWish) => ask('matter.create', { body }), [mattersKey])
export const useChangeMatter = (matter: MatterId) =>
  useActing(
    (body: Omit<MatterWish, 'client'> & { version: number }) => ask('matter.change', { params: { matter }, body }),
    [...ofMatter(matter), ['documents', matter]],
  )
export const useLowerClass = (matter: MatterId) =>
  useActing(
    (body: { class: MatterClass; reason: string }) => ask('matter.lower', { params: { matter }, body }),
    [...ofMatter(matter), confirmationsKey],
  )
export const useOpenMatter = (matter: MatterId) => useActing(() => ask('matter.open', { params: { matter } }), ofMatter(matter))
export const useCloseMatter = (matter: MatterId) =>
  useActing((reason: string) => ask('matter.close', { params: { matter }, body: { reason } }), ofMatter(matter))
export const useReopenMatter = (matter: MatterId) =>
  useActing((reason: string) => ask('matter.reopen', { params: { matter }, body: { reason } }), ofMatter(matter))

/** What a client’s key is asked for; it waits for a second person. */
const ofKey = (matter: MatterId) => [...ofMatter(matter), confirmationsKey, ['me']]
export const usePutUnder = (matter: MatterId) =>
  useActing((body: { name: string; reason: string }) => ask('root.put', { params: { matter }, body }), ofKey(matter))
export const useTakeOff = (matter: MatterId) =>
  useActing((body: { reason: string }) => ask('root.take', { params: { matter }, body }), ofKey(matter))

export const useConfirmations = (wanted: boolean) =>
  useQuery({
    queryKey: confirmationsKey,
    queryFn: async ({ signal }) => (await ask('confirmation.list', { signal })).confirmations,
    enabled: wanted,
  })
export const useDecideLowering = (matter: MatterId) =>
  useActing(
    ({ confirmation, approve }: { confirmation: ConfirmationId; approve: boolean }) =>
      ask('confirmation.decide', { params: { confirmation }, body: { approve } }),
    [...ofMatter(matter), ['documents', matter], confirmationsKey, ['me']],
  )

export type PartyWish = WhoWish & Pick<PartyView, 'role' | 'actsFor'>
const ofParties = (matter: MatterId) => [partiesKey(matter), matterKey(matter), entriesKey(matter)]
export const useKeepParty = (matter: MatterId, party?: PartyView) =>
  useActing(
    (body: PartyWish) =>
      party
        ? ask('party.change', { params: { matter, party: party.id }, body: { ...body, version: party.version } })
        : ask('party.add', { params: { matter }, body }),
    ofParties(matter),
  )
export const useRemoveParty = (matter: MatterId) =>
  useActing((party: PartyId) => ask('party.remove', { params: { matter, party } }), ofParties(matter))

export const useOpenTo = (matter: MatterId) =>
  useActing(
    (body: { group: GroupId; reason: string; until?: string }) => ask('matter.openTo', { params: { matter }, body }),
    ofMatter(matter),
  )
export const useCloseTo = (matter: MatterId) =>
  useActing((group: GroupId) => ask('matter.closeTo', { params: { matter, group } }), ofMatter(matter))

type Joining = { person: PersonId; role: TeamRole; reason?: string; from?: string; until?: string }
export const useBringOn = (matter: MatterId) =>
  useActing((body: Joining) => ask('team.join', { params: { matter }, body }), ofMatter(matter))
export const useChangePart = (matter: MatterId) =>
  useActing(
    ({ person, role }: { person: PersonId; role: TeamRole }) => ask('team.change', { params: { matter, person }, body: { role } }),
    ofMatter(matter),
  )
/** Ends a membership. One’s own ends the reach with it, so nothing of the matter stays in memory. */
export function useEndMembership(matter: MatterId, myself: PersonId | undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (person: PersonId) => ask('team.leave', { params: { matter, person } }),
    onSuccess: (_, person) => {
      if (person === myself) {
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(matter) || queryKey[0] === 'search' })
        return queries.invalidateQueries({ queryKey: mattersKey })
      }
      return Promise.all(ofMatter(matter).map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
  })
}

/** What was done in a matter, narrowed as asked; what was shown before stays while other entries are asked for. */
export const useHistory = (matter: MatterId, { matter: _, ...asked }: Asked) =>
  useInfiniteQuery({
    queryKey: [...entriesKey(matter), asked],
    queryFn: ({ pageParam, signal }) =>
      ask('entry.list', { params: { matter }, query: { ...(asked as object), before: pageParam, limit: 100 }, signal }),
    placeholderData: keepPreviousData,
    initialPageParam: undefined as EntryId | undefined,
    getNextPageParam: (page) => page.next,
    refetchOnMount: 'always',
  })
