import { useInfiniteQuery } from '@tanstack/react-query'
import type { EvidenceOf } from '../../../src/contract/evidence.ts'
import type { EntryId, MatterId } from '../../../src/contract/ids.ts'
import { ask } from '../../lib/ask.ts'
import type { ShownEntry } from '../ledger/entry-details.tsx'

type Page = { entries: ShownEntry[]; next: EntryId | null }
type Period = { from?: string; to?: string }
/** Which of several histories, and where in it. */
type At = { which: number; before?: EntryId }
const LIMIT = 100

const ofMatter = (matter: MatterId, period: Period, before?: EntryId): Promise<Page> =>
  ask('entry.list', { params: { matter }, query: { ...period, before, limit: LIMIT } })

/** Of a history that is asked for whole, what falls into the time. */
const within = ({ from, to }: Period, { entries, next }: Page): Page => ({
  entries: entries.filter(({ at }) => (!from || at >= from) && (!to || at < to)),
  next,
})

/** A page of what evidence of this shows, newest first, and whether another history follows: a client's matters come one after another. */
async function pageOf(of: EvidenceOf, period: Period, { which, before }: At): Promise<Page & { follows: boolean }> {
  const query = { before, limit: LIMIT }
  if ('matter' in of) return { ...(await ofMatter(of.matter, period, before)), follows: false }
  if ('document' in of) return { ...within(period, await ask('entry.of-document', { params: of, query })), follows: false }
  if ('person' in of) return { ...within(period, await ask('entry.of-person', { params: of, query })), follows: false }
  if ('period' in of) return { ...(await ask('entry.all', { query: { ...period, ...query } })), follows: false }
  const { matters } = await ask('client.read', { params: of })
  if (matters.length === 0) return { entries: [], next: null, follows: false }
  return { ...(await ofMatter(matters[which]!.id, period, before)), follows: which + 1 < matters.length }
}

/** The entries that evidence of this would show, page by page, as their reader sees them. */
export const useEntriesOf = (of: EvidenceOf, period: Period) =>
  useInfiniteQuery({
    queryKey: ['evidence', of, period],
    queryFn: async ({ pageParam }) => ({ ...(await pageOf(of, period, pageParam)), which: pageParam.which }),
    initialPageParam: { which: 0 } as At,
    getNextPageParam: ({ next, follows, which }): At | null => (next ? { which, before: next } : follows ? { which: which + 1 } : null),
    refetchOnMount: 'always',
  })
