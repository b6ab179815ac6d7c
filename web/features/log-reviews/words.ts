import { ANOMALIES, type Anomaly, type Cadence, type LogReviewTaskView } from '../../../src/contract/log-review.ts'
import { dateOf, fullTime } from '../../lib/format.ts'

export const CADENCE: Record<Cadence, string> = { weekly: 'each week', monthly: 'each month', quarterly: 'each quarter' }
export const whyWords = (why: 'sample' | Anomaly): string => (why === 'sample' ? 'Drawn at random' : ANOMALIES[why])
/** The last moment of a period is in it; its end is the first of the next. */
export const periodOf = ({ from, to }: Pick<LogReviewTaskView, 'from' | 'to'>): string =>
  `${dateOf(from)} to ${dateOf(new Date(Date.parse(to) - 1).toISOString())}`
export function standingOf({ state, overdue, due, outcome, signedBy, signedAt }: LogReviewTaskView): string {
  if (state === 'signed')
    return `Signed by ${signedBy?.name ?? 'someone'} on ${fullTime(signedAt!)}: ${outcome === 'clean' ? 'nothing found' : 'with findings'}`
  return overdue ? `Overdue since ${dateOf(due)}` : `${state === 'under way' ? 'Under way, due' : 'Due'} on ${dateOf(due)}`
}
