import { Empty } from '../../ui/empty.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { MakeEvidence } from '../evidence/make-evidence.tsx'
import { Earlier } from '../ledger/earlier.tsx'
import { History } from '../ledger/entries.tsx'
import { usePersonHistory } from './api.ts'
import { usePersonHere } from './person-page.tsx'

export function PersonHistoryTab() {
  const { me } = usePersonHere()
  return me.may.includes('person.read') || me.may.includes('ledger.read') ? <OfPerson /> : <Nothing />
}

function OfPerson() {
  const { person } = usePersonHere()
  const history = usePersonHistory(person.id)
  if (history.isPending) return <Lines />
  if (history.error && !history.data) return <Fault fault={history.error} retry={() => void history.refetch()} />
  const entries = history.data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) return <Empty title="Nothing yet">What is done to {person.name}’s account will stand here.</Empty>
  return (
    <section className="entries unnumbered" aria-label="History">
      <div className="entrytools">
        <MakeEvidence of={{ person: person.id }} what={person.name} />
      </div>
      <History entries={entries} />
      <Earlier of={history} />
    </section>
  )
}
