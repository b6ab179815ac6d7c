import { Button, Drawer } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { LogReviewTaskView, LogReviewView } from '../../../src/contract/log-review.ts'
import { counted, dateOf } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMe } from '../session/api.ts'
import { useLogReviews } from './api.ts'
import { KeepReview } from './keep-review.tsx'
import { Report } from './report.tsx'
import { Standing } from './standing.tsx'
import { CADENCE, periodOf } from './words.ts'

export function LogReviewsPage() {
  useSection('Reviews of the access log')
  return useMe().data?.may.includes('ledger.oversee') ? <Reviews /> : <Nothing />
}

function Reviews() {
  const found = useLogReviews()
  const [kept, setKept] = useState<LogReviewView | 'new' | null>(null)
  if (!found.data)
    return (
      <div className="page">
        <h1 className="title">Reviews of the access log</h1>
        {found.isPending ? <Lines count={8} /> : <Fault fault={found.error} retry={() => void found.refetch()} />}
      </div>
    )
  const { reviews, tasks, may } = found.data
  const open = tasks.filter((task) => task.state !== 'signed')
  const signed = tasks.filter((task) => task.state === 'signed')
  const overdue = open.filter((task) => task.overdue).length
  return (
    <div className="page">
      <div className="row spread wrap">
        <div className="stack xs">
          <p className="meta">
            <Link to="/ledger">Ledger</Link>
          </p>
          <h1 className="title">Reviews of the access log</h1>
          <p className="soft">
            {open.length === 0 ? 'Nothing waits' : `${counted(open.length, 'review')} to sign`}
            {overdue > 0 && `, ${overdue} overdue`}.
          </p>
        </div>
        {may.keep && (
          <Button variant="filled" leftSection={<IconPlus {...line} />} onClick={() => setKept('new')}>
            Set up a review
          </Button>
        )}
      </div>
      <Panel id="waiting" title="To sign" clip>
        {open.length === 0 ? (
          <Empty title="No review waits">When a period ends, its accesses are drawn and stand here to be looked at.</Empty>
        ) : (
          <Tasks tasks={open} />
        )}
      </Panel>
      <Panel id="kept" title="What is reviewed" clip>
        {reviews.length > 0 && (
          <div className="body">
            <p className="meta">
              Of each period some accesses are drawn at random, besides those that the rules find. Someone who oversees the ledger looks at
              each and signs what was found.
            </p>
          </div>
        )}
        {reviews.length === 0 && <Empty title="Nothing is reviewed">Set up a review: who looks at which accesses, and how often.</Empty>}
        <ul className="plainlist">
          {reviews.map((review) => (
            <li key={review.id} className="row spread">
              <span className="stack xs">
                <b>{review.name}</b>
                <span className="meta">
                  {CADENCE[review.cadence]}, {counted(review.sample, 'access', 'accesses')} at random and what the rules find, by{' '}
                  {review.reviewer?.name ?? 'whoever takes it on'}. The period under way ends on {dateOf(review.next)}.
                </span>
              </span>
              {may.keep && (
                <Button size="xs" onClick={() => setKept(review)} aria-label={`Change: ${review.name}`}>
                  Change
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {signed.length > 0 && (
        <Panel id="signed" title="Signed" clip>
          <Tasks tasks={signed} />
        </Panel>
      )}
      <Report />
      <Drawer opened={kept !== null} onClose={() => setKept(null)} title={kept === 'new' ? 'Set up a review' : 'Change the review'}>
        {kept && <KeepReview review={kept === 'new' ? null : kept} onDone={() => setKept(null)} />}
      </Drawer>
    </div>
  )
}

const Tasks = ({ tasks }: { tasks: LogReviewTaskView[] }) => (
  <table className="table taskstable">
    <thead>
      <tr>
        <th scope="col">Review</th>
        <th scope="col">Period</th>
        <th scope="col">Reviewer</th>
        <th scope="col">Standing</th>
      </tr>
    </thead>
    <tbody>
      {tasks.map((task) => (
        <tr key={task.id}>
          <td>
            <Link to={`/ledger/reviews/${task.id}`}>
              <b>{task.name}</b>
            </Link>
          </td>
          <td className="dim">{periodOf(task)}</td>
          <td>{task.reviewer?.name ?? 'Nobody yet'}</td>
          <td>
            <Standing of={task} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
