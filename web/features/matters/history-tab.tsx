import { useHistory } from './api.ts'
import { useHere } from './matter-page.tsx'
import { Earlier } from '../ledger/earlier.tsx'
import { History } from '../ledger/entries.tsx'
import { MakeEvidence } from '../evidence/make-evidence.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'

export function HistoryTab() {
  const { matter } = useHere()
  return matter.may.history ? <OfMatter /> : <Nothing />
}

function OfMatter() {
  const { matter } = useHere()
  const history = useHistory(matter.id)
  if (history.isPending) return <Lines />
  if (history.error && !history.data) return <Fault fault={history.error} retry={() => void history.refetch()} />
  return (
    <section className="entries" aria-label="History">
      <div className="entrytools">
        <MakeEvidence of={{ matter: matter.id }} what="this matter" />
      </div>
      <History entries={history.data.pages.flatMap((page) => page.entries)} matter={matter.id} />
      <Earlier of={history} />
    </section>
  )
}
