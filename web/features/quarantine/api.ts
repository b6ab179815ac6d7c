import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { HeldView } from '../../../src/contract/quarantine.ts'
import { ask } from '../../lib/ask.ts'

const quarantineKey = ['quarantine']

/** The versions that nobody opens; asked for again each minute, since the scanner goes on by itself. */
export const useQuarantine = () =>
  useQuery({
    queryKey: quarantineKey,
    queryFn: ({ signal }) => ask('quarantine.list', { signal }),
    refetchInterval: 60_000,
  })

export function useRelease({ document, version }: Pick<HeldView, 'document' | 'version'>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) => ask('quarantine.release', { params: { document }, body: { version, reason } }),
    // a refusal may say that somebody was quicker: the list is asked for again either way
    onSettled: () => Promise.all([quarantineKey, ['entries'], ['documents']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
