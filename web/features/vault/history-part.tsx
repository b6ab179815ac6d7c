import { useInfiniteQuery } from '@tanstack/react-query'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { DocumentId, EntryId } from '../../../src/contract/ids.ts'
import { ask } from '../../lib/ask.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { MakeEvidence } from '../evidence/make-evidence.tsx'
import { Earlier } from '../ledger/earlier.tsx'
import { History } from '../ledger/entries.tsx'

const useDocumentHistory = (document: DocumentId) =>
  useInfiniteQuery({
    queryKey: ['document', document, 'entries'],
    queryFn: ({ pageParam, signal }) =>
      ask('entry.of-document', { params: { document }, query: { before: pageParam, limit: 100 }, signal }),
    initialPageParam: undefined as EntryId | undefined,
    getNextPageParam: (page) => page.next,
    refetchOnMount: 'always',
    // the opening that is on the screen has its place in the tree within a second
    refetchInterval: ({ state }) => (state.data?.pages[0]?.entries.some(({ proof }) => proof === 'recorded') ? 2000 : false),
  })

/** What was done to one file, newest first. */
export function HistoryPart({ document: { id, matter } }: { document: DocumentView }) {
  const history = useDocumentHistory(id)
  if (history.isPending) return <Lines />
  if (!history.data) return <Fault fault={history.error} retry={() => void history.refetch()} />
  return (
    <section className="entries" aria-label="History of the file">
      <div className="entrytools">
        <MakeEvidence of={{ document: id }} what="this file" />
      </div>
      <History entries={history.data.pages.flatMap((page) => page.entries)} matter={matter} />
      <Earlier of={history} />
    </section>
  )
}
