import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AddressId, MatterId, RecipientId } from '../../../src/contract/ids.ts'
import type { AddressView, Method, NewAddress, RecipientView } from '../../../src/contract/recipient.ts'
import { ask } from '../../lib/ask.ts'

export type Recipient = RecipientView
export type Address = AddressView
export type Placed = Pick<RecipientView, 'part' | 'side' | 'actsFor'>
export type Wish = Placed & Pick<RecipientView, 'kind' | 'name' | 'office'>
export type Found = Pick<RecipientView, 'id' | 'kind' | 'name' | 'office' | 'elsewhere'>

const key = (matter: MatterId) => ['recipients', matter]
export const useRecipients = (matter: MatterId) =>
  useQuery({ queryKey: key(matter), queryFn: ({ signal }) => ask('recipient.list', { params: { matter }, signal }) })

export const useFind = (matter: MatterId, text: string) =>
  useQuery({
    queryKey: ['recipients-elsewhere', matter, text],
    queryFn: async ({ signal }) => (await ask('recipient.find', { params: { matter }, body: { text }, signal })).recipients,
    enabled: text.trim().length > 1,
    gcTime: 0,
  })

/** An act, after which the matter’s recipients and its history are asked for again. */
function useActing<G, A>(matter: MatterId, act: (given: G) => Promise<A>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all([key(matter), ['entries', matter]].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
export const useKeep = (matter: MatterId, recipient?: Recipient) =>
  useActing(matter, ({ addresses, ...wish }: Wish & { addresses: NewAddress[] }) =>
    recipient
      ? ask('recipient.change', { params: { matter, recipient: recipient.id }, body: { ...wish, version: recipient.version } })
      : ask('recipient.create', { params: { matter }, body: { ...wish, addresses } }),
  )
export const usePlace = (matter: MatterId) =>
  useActing(matter, ({ recipient, ...body }: Placed & { recipient: RecipientId }) =>
    ask('recipient.place', { params: { matter, recipient }, body }),
  )
export const useRemove = (matter: MatterId) =>
  useActing(matter, (recipient: RecipientId) => ask('recipient.remove', { params: { matter, recipient } }))
export const useAddAddress = (matter: MatterId, recipient: RecipientId) =>
  useActing(matter, (body: NewAddress) => ask('address.add', { params: { matter, recipient }, body }))
export const useEndAddress = (matter: MatterId, recipient: RecipientId) =>
  useActing(matter, (address: AddressId) => ask('address.end', { params: { matter, recipient, address } }))

export type Proof = { method: Exclude<Method, 'code'>; confirmed: boolean; evidence: string; by?: AddressId }
export const useVerify = (matter: MatterId, recipient: RecipientId, address: AddressId) =>
  useActing(matter, (body: Proof) => ask('recipient.verify', { params: { matter, recipient, address }, body }))
export const useDoubt = (matter: MatterId, recipient: RecipientId, address: AddressId) =>
  useActing(matter, (reason: string) => ask('recipient.doubt', { params: { matter, recipient, address }, body: { reason } }))
export const useChallenge = (matter: MatterId, recipient: RecipientId, address: AddressId) =>
  useActing(matter, (by: AddressId) => ask('recipient.challenge', { params: { matter, recipient, address }, body: { by } }))

export const answerChallenge = (secret: string, code: string) => ask('challenge.answer', { body: { secret, code } })
