import { isPast } from '../people/leaving-time.ts'

/** From what a date input holds, `2026-12-01`: the first moment of that day on this device, or undefined for none and for now. */
export const fromDay = (day: string): string | undefined => {
  const start = day && `${day}T00:00`
  return !start || isPast(start) ? undefined : new Date(start).toISOString()
}

/** The last second of that day on this device, or undefined for none. */
export const untilDay = (day: string): string | undefined => (day ? new Date(`${day}T23:59:59`).toISOString() : undefined)

/** Why these days cannot be, or null. */
export function daysFault(from: string, until: string): string | null {
  if (!until) return null
  if (isPast(`${until}T23:59:59`)) return 'That day has passed. Choose a later one.'
  return from && until < from ? 'It ends before it begins.' : null
}

export const isAhead = (instant: string) => !isPast(instant)
