import type { Cadence } from '../../contract/log-review.ts'

/** When the period under way at `moment` began and ends, UTC: a week from Monday, a month or a quarter of the calendar. */
export function periodAt(cadence: Cadence, moment: Date): { from: Date; to: Date } {
  const [year, month, day] = [moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()]
  if (cadence === 'weekly') {
    const monday = day - ((moment.getUTCDay() + 6) % 7)
    return { from: utc(year, month, monday), to: utc(year, month, monday + 7) }
  }
  const months = cadence === 'monthly' ? 1 : 3
  const first = month - (month % months)
  return { from: utc(year, first, 1), to: utc(year, first + months, 1) }
}
const utc = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day))

/** The period that ended at this moment, or holds it where none ends just then. */
export const periodBefore = (cadence: Cadence, end: Date): { from: Date; to: Date } => ({
  from: periodAt(cadence, new Date(end.getTime() - 1)).from,
  to: end,
})
