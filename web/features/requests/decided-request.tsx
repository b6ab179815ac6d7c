import { counted, dateOf, fullTime } from '../../lib/format.ts'
import { MatterName } from './matter-name.tsx'
import type { RequestView } from './api.ts'
import { RequestState } from './words.tsx'

/** What became of a request, by whom and when. */
export function DecidedRequest({ request }: { request: RequestView }) {
  return (
    <li className="row top does">
      <div>
        <p>
          <b>{request.person.name}</b>
          {request.kind === 'break-glass' && ', by emergency'}: <MatterName of={request.matter} about={request.about} />
        </p>
        <p className="meta">
          Asked on {fullTime(request.madeAt)}
          {lasting(request)}: {request.reason}
        </p>
      </div>
      <span className="tail push">
        <RequestState of={request.state} />
        {request.decidedAt && <span className="meta">{byWhom(request)}</span>}
      </span>
    </li>
  )
}

const byWhom = ({ decidedBy, decidedAt, state, until }: RequestView) =>
  [decidedBy, decidedAt && fullTime(decidedAt), state === 'granted' && until && `until ${dateOf(until)}`].filter(Boolean).join(', ')

export function lasting({ days, hours }: RequestView): string {
  if (days !== null) return ` for ${counted(days, 'day')}`
  return hours === null ? '' : ` for ${counted(hours, 'hour')}`
}
