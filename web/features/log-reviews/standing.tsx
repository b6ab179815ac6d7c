import type { LogReviewTaskView } from '../../../src/contract/log-review.ts'
import { dateOf, fullTime } from '../../lib/format.ts'
import { State } from '../../ui/state.tsx'

/** Where a review stands: its word and its shape. */
export function Standing({ of: { state, overdue, due, outcome, signedBy, signedAt } }: { of: LogReviewTaskView }) {
  if (state === 'signed')
    return (
      <State kind={outcome === 'clean' ? 'ok' : 'wait'}>
        Signed by {signedBy?.name ?? 'someone'} on {fullTime(signedAt!)}: {outcome === 'clean' ? 'nothing found' : 'with findings'}
      </State>
    )
  if (overdue) return <State kind="bad">Overdue since {dateOf(due)}</State>
  return (
    <State kind="wait">
      {state === 'under way' ? 'Under way, due' : 'Due'} on {dateOf(due)}
    </State>
  )
}
