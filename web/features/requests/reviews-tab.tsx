import { Navigate } from 'react-router'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMatters } from '../matters/api.ts'
import { useMe } from '../session/api.ts'
import { type ReviewView, useReviews } from './api.ts'
import { Review } from './review.tsx'

/** Emergencies: those whose review is open, the most pressing first, and then those that are closed. */
export function ReviewsTab() {
  return useMe().data?.may.includes('grant.oversee') ? <Reviews /> : <Navigate to="/requests" replace />
}

function Reviews() {
  const may = useMe().data?.may ?? []
  const reviews = useReviews(true)
  const matters = useMatters(may.includes('matter.list'))
  if (reviews.isPending) return <Lines />
  if (reviews.error && !reviews.data) return <Fault fault={reviews.error} retry={() => void reviews.refetch()} />
  const reach = new Set<string>(matters.data?.map(({ id }) => id))
  const open = reviews.data.filter((review) => !review.closedAt).toSorted((a, b) => a.dueAt.localeCompare(b.dueAt))
  const closed = reviews.data
    .filter((review) => review.closedAt)
    .toSorted((a, b) => (b.closedAt as string).localeCompare(a.closedAt as string))
  return (
    <>
      {open.length === 0 && (
        <section className="panel" aria-label="Open">
          <Empty title="No review is open">An emergency stands here until someone else than who used it has closed its review.</Empty>
        </section>
      )}
      <Part id="open" title="Open" of={open} reach={reach} />
      <Part id="closed" title="Closed" of={closed} reach={reach} />
    </>
  )
}

function Part({ id, title, of, reach }: { id: string; title: string; of: ReviewView[]; reach: Set<string> }) {
  if (of.length === 0) return null
  return (
    <Panel id={id} title={title}>
      <ul className="facts">
        {of.map((review) => (
          <Review key={review.request} review={review} inReach={reach.has(review.matter.id)} />
        ))}
      </ul>
    </Panel>
  )
}
