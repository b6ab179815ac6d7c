import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReceiverSettings } from '../../../src/contract/receiver.ts'
import { ask } from '../../lib/ask.ts'

const receiversKey = ['receivers']

/** Where the ledger is sent to. What it says of lag changes by itself. */
export const useReceivers = (wanted = true) =>
  useQuery({
    queryKey: receiversKey,
    queryFn: async ({ signal }) => (await ask('receiver.list', { signal })).receivers,
    enabled: wanted,
    refetchInterval: 5000,
  })

function useOnReceivers<G, A>(act: (given: G) => Promise<A>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all([receiversKey, ['me']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
type Asked = { settings: ReceiverSettings; reason: string }
export const useAddReceiver = () =>
  useOnReceivers((body: Asked & { name: string; from: 'now' | 'beginning' }) => ask('receiver.add', { body }))
export const useChangeReceiver = (receiver: string) =>
  useOnReceivers((body: Asked) => ask('receiver.change', { params: { receiver }, body }))
export const useDecideReceiver = (receiver: string, asked: string) =>
  useOnReceivers((approve: boolean) => ask('receiver.decide', { params: { receiver }, body: { asked, approve } }))
export const useTestReceiver = (receiver: string) => useOnReceivers((_: null) => ask('receiver.test', { params: { receiver } }))
export const useRetireReceiver = (receiver: string) =>
  useOnReceivers((reason: string) => ask('receiver.retire', { params: { receiver }, body: { reason } }))
