import { Link } from 'react-router'
import { fullTime } from '../../lib/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { type MyRequest, useMyRequests } from './api.ts'
import { RequestState } from './words.tsx'

/** What one asked for oneself: no more than one said, and what became of it. */
export function YoursTab() {
  const requests = useMyRequests(true)
  if (requests.isPending) return <Lines />
  if (requests.error && !requests.data) return <Fault fault={requests.error} retry={() => void requests.refetch()} />
  return (
    <section className="panel" aria-label="Yours">
      {requests.data.length === 0 ? (
        <Empty title="You have asked for nothing">What you ask for stands here with what became of it.</Empty>
      ) : (
        <ul className="facts">
          {requests.data.map((request) => (
            <Mine key={request.id} request={request} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Mine({ request }: { request: MyRequest }) {
  const isAccess = request.kind === 'access'
  return (
    <li className="stack sm">
      <div className="row top does">
        <div>
          <p>
            <b>{request.about}</b>
          </p>
          <p className="meta">
            {isAccess ? 'Access' : 'Emergency'}, {fullTime(request.madeAt)}
          </p>
        </div>
        <span className="tail push">
          <RequestState of={request.state} waits="Sent" />
        </span>
      </div>
      <p className="reason">{request.reason}</p>
      {request.state === 'granted' && (
        <p className="meta">
          Its matter stands in <Link to="/matters">Matters</Link> while the access lasts.
        </p>
      )}
    </li>
  )
}
