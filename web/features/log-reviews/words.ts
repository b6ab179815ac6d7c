import { ANOMALIES, type Anomaly, type Cadence, type LogReviewTaskView } from '../../../src/contract/log-review.ts'
import { dateOf } from '../../lib/format.ts'

export const CADENCE: Record<Cadence, string> = { weekly: 'Each week', monthly: 'Each month', quarterly: 'Each quarter' }
export const whyWords = (why: 'sample' | Anomaly): string => (why === 'sample' ? 'Drawn at random' : ANOMALIES[why])
/** The last moment of a period is in it; its end is the first of the next. */
export const periodOf = ({ from, to }: Pick<LogReviewTaskView, 'from' | 'to'>): string => {
  const [first, last] = [dateOf(from), dateOf(new Date(Date.parse(to) - 1).toISOString())]
  return first === last ? first : `${first} to ${last}`
}
