import { Button } from '@mantine/core'
import { useState } from 'react'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type RequestView, useRequests } from './api.ts'
import { DecidedRequest } from './decided-request.tsx'
import { WaitingRequest } from './waiting-request.tsx'

/** Requests that are one's to decide, those whose matter has to be found, and what became of the others. */
export function DecideTab() {
  const requests = useRequests(true)
  if (requests.isPending) return <Lines />
  if (requests.error && !requests.data) return <Fault fault={requests.error} retry={() => void requests.refetch()} />
  const waiting = requests.data.filter((request) => request.state === 'waiting').toSorted(soonest)
  const forMe = waiting.filter((request) => request.mayDecide && !request.mayRoute)
  const unfound = waiting.filter((request) => request.mayRoute)
  const others = waiting.filter((request) => !request.mayDecide && !request.mayRoute)
  const decided = requests.data
    .filter((request) => request.state !== 'waiting')
    .toSorted((a, b) => (b.decidedAt ?? b.madeAt).localeCompare(a.decidedAt ?? a.madeAt))
  return (
    <>
      {forMe.length + unfound.length === 0 && (
        <section className="panel" aria-label="Waits for you">
          <Empty title="Nothing waits for you">
            Requests for matters that are yours to decide on stand here until someone decides them.
          </Empty>
        </section>
      )}
      <Part id="forme" title="Waits for you" of={forMe} />
      <Part id="unfound" title="Find the matter" of={unfound} />
      <Part id="others" title="Waits for someone else" of={others} />
      <Decided of={decided} />
    </>
  )
}

/** What is urgent first; then whoever has waited longest. */
const soonest = (a: RequestView, b: RequestView) => Number(b.urgent) - Number(a.urgent) || a.madeAt.localeCompare(b.madeAt)

function Part({ id, title, of }: { id: string; title: string; of: RequestView[] }) {
  if (of.length === 0) return null
  return (
    <Panel id={id} title={title}>
      <ul className="facts">
        {of.map((request) => (
          <WaitingRequest key={request.id} request={request} />
        ))}
      </ul>
    </Panel>
  )
}

const AT_FIRST = 20

function Decided({ of }: { of: RequestView[] }) {
  const [all, setAll] = useState(false)
  if (of.length === 0) return null
  return (
    <Panel id="decided" title="Decided">
      <ul className="facts">
        {of.slice(0, all ? undefined : AT_FIRST).map((request) => (
          <DecidedRequest key={request.id} request={request} />
        ))}
      </ul>
      {!all && of.length > AT_FIRST && (
        <div className="setby">
          <Button size="xs" onClick={() => setAll(true)}>
            Show earlier ones
          </Button>
        </div>
      )}
    </Panel>
  )
}
