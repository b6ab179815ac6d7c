import { now } from '../../platform/clock.ts'

type Term = { starts_at: Date; ends_at: Date | null; lifted_at: Date | null; certify_days: number }
const DAY = 86_400_000

/** When the screen ended or will end, if it does. */
export const endOf = ({ ends_at, lifted_at }: Pick<Term, 'ends_at' | 'lifted_at'>): Date | null =>
  lifted_at && (!ends_at || lifted_at < ends_at) ? lifted_at : ends_at

/** When certifications of compliance fall due: at each interval until now, the next one, and the end (Rule 1.10(a)(2)(iii)). */
export function dueDates(wall: Term): { at: Date; isFinal: boolean }[] {
  const end = endOf(wall)
  const dates: { at: Date; isFinal: boolean }[] = []
  for (let n = 1; n <= 200; n += 1) {
    const at = new Date(wall.starts_at.getTime() + n * wall.certify_days * DAY)
    if (end && at >= end) break
    dates.push({ at, isFinal: false })
    if (at.getTime() > now()) break
  }
  if (end) dates.push({ at: end, isFinal: true })
  return dates
}

/** The first that no partner's certification covers; null when none is open. */
export const nextDue = (wall: Term, covered: Date[]): Date | null =>
  dueDates(wall).find((due) => !covered.some((until) => until.getTime() >= due.at.getTime()))?.at ?? null
