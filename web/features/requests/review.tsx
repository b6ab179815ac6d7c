import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { counted, fullTime, momentOf } from '../../lib/format.ts'
import { line } from '../../ui/icons.ts'
import { State } from '../../ui/state.tsx'
import { isPast } from '../people/leaving-time.ts'
import { useMe } from '../session/api.ts'
import type { ReviewView } from './api.ts'
import { CloseReview } from './close-review.tsx'
import { MatterName } from './matter-name.tsx'

/** An emergency: who went in, why, what was done, and how its review stands. */
export function Review({ review, inReach }: { review: ReviewView; inReach: boolean }) {
  const { person, matter } = review
  return (
    <li className="stack sm">
      <div className="row top does">
        <div>
          <p>
            <b>{person.name}</b> went into <MatterName of={matter} about="" /> by emergency
          </p>
          <p className="meta">
            {fullTime(review.from)} to {fullTime(review.until)}
            {!isPast(review.until) && ', still running'}. {review.entries === 0 ? 'No entry' : counted(review.entries, 'entry', 'entries')}{' '}
            of {person.name} on the matter in that time.{' '}
            {inReach && <Link to={`/matters/${matter.id}/history`}>See the matter’s history</Link>}
          </p>
        </div>
        <span className="tail push">
          <Standing of={review} />
        </span>
      </div>
      <p className="reason">{review.reason}</p>
      {review.closedAt ? <Closed of={review} /> : <Closing review={review} />}
    </li>
  )
}

function Standing({ of: { finding, dueAt } }: { of: ReviewView }) {
  if (finding === 'justified') return <State kind="ok">Justified</State>
  const refused = finding === 'not justified' ? 'Not justified' : isPast(dueAt) ? `Overdue since ${momentOf(dueAt)}` : null
  if (!refused) return <State kind="wait">Due {momentOf(dueAt)}</State>
  return (
    <span className="state no">
      <IconCircleX {...line} size={14} />
      {refused}
    </span>
  )
}

const Closed = ({ of }: { of: ReviewView }) => (
  <p>
    {of.words}{' '}
    <span className="meta">
      {of.closedBy}, {fullTime(of.closedAt as string)}
    </span>
  </p>
)

function Closing({ review }: { review: ReviewView }) {
  const isMine = useMe().data?.id === review.person.id
  const [closes, setCloses] = useState(false)
  if (isMine) return <p className="meta">Someone else closes this review, because you went in.</p>
  if (!review.mayClose) return null
  if (closes)
    return (
      <CloseReview
        review={review}
        onKeep={() => setCloses(false)}
        onDone={() => notifications.show({ message: `The review of ${review.person.name}’s emergency is closed.` })}
      />
    )
  return (
    <div>
      <Button size="xs" onClick={() => setCloses(true)} aria-label={`Close the review: ${review.person.name}, ${review.matter.title}`}>
        Close the review
      </Button>
    </div>
  )
}
