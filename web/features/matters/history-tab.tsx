import { useHistory } from './api.ts'
import { useHere } from './matter-page.tsx'
import { Earlier } from '../ledger/earlier.tsx'
import { History } from '../ledger/entries.tsx'
import { FilterBar } from '../ledger/filter-bar.tsx'
import { useAsked } from '../ledger/filter-state.ts'
import { None } from '../ledger/none.tsx'
import { MakeEvidence } from '../evidence/make-evidence.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'

export function HistoryTab() {
  const { matter } = useHere()
  return matter.may.history ? <OfMatter /> : <Nothing />
}

function OfMatter() {
  const { matter } = useHere()
  const [asked, askFor, clear] = useAsked()
  const history = useHistory(matter.id, asked)
  if (history.isPending) return <Lines />
  if (history.error && !history.data) return <Fault fault={history.error} retry={() => void history.refetch()} />
  const entries = history.data.pages.flatMap((page) => page.entries)
  return (
    <section className="entries" aria-label="History">
      <div className="entrytools row spread wrap top">
        <FilterBar asked={asked} ask={askFor} clear={clear} ofMatter />
        <MakeEvidence of={{ matter: matter.id }} what="this matter" />
      </div>
      {entries.length === 0 ? (
        <None narrowed={Object.keys(asked).length > 0} clear={clear} />
      ) : (
        <History entries={entries} matter={matter.id} />
      )}
      <Earlier of={history} />
    </section>
  )
}
