import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CheckId, MatterId } from '../../../src/contract/ids.ts'
import { type Answer, ask } from '../../lib/ask.ts'
import { Refused } from '../../lib/refused.ts'

export type { CheckPage, CheckView, HitView } from '../../../src/contract/conflict.ts'

const checksKey = ['conflicts']
const checkKey = (check: CheckId) => ['conflict', check]

export const useChecks = (wanted = true) =>
  useQuery({ queryKey: checksKey, queryFn: async ({ signal }) => (await ask('conflict.list', { signal })).checks, enabled: wanted })

/** One check. The register is looked through after it was asked for: until then it is asked again every second. */
export const useCheck = (check: CheckId) =>
  useQuery({
    queryKey: checkKey(check),
    queryFn: ({ signal }) => ask('conflict.read', { params: { check }, signal }),
    refetchInterval: ({ state }) => (state.data && !state.data.searched ? 1000 : false),
  })

/** The matter that a check was asked for from; nothing where it is out of reach. */
export const useGiven = (matter: MatterId | null) =>
  useQuery({
    queryKey: ['matter', matter],
    queryFn: ({ signal }) => ask('matter.read', { params: { matter: matter as MatterId }, signal }),
    enabled: matter !== null,
  }).data

type Wish = { names: string[]; emails: string[]; matter?: MatterId; note: string }
export function useCheckNames() {
  const keep = useKept()
  return useMutation({
    mutationFn: (body: Wish) => ask('conflict.check', { body: { matter: undefined, ...body } }),
    onSuccess: keep,
  })
}

export type Decision = { decision: 'cleared' | 'waived' | 'refused'; reasoning: string; waiver?: string }
export function useDecideCheck(check: CheckId) {
  const keep = useKept()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Decision) => ask('conflict.decide', { params: { check }, body: { waiver: undefined, ...body } }),
    onSuccess: keep,
    onError: (fault) => {
      // someone else was first: their decision is shown in the place of the form
      if (!(fault instanceof Refused) || fault.code !== 'conflict.state') return
      notifications.show({ message: fault.text })
      void queries.invalidateQueries({ queryKey: checkKey(check) })
    },
  })
}

/** What an act answered is the check as it stands now. A decision may open the gate of a matter. */
function useKept() {
  const queries = useQueryClient()
  return (page: Answer<'conflict.read'>) => {
    queries.setQueryData(checkKey(page.id), page)
    return Promise.all([checksKey, ['matter']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
}
