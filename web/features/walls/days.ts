import { instantOf } from '../people/leaving-time.ts'

/** The instant that a `datetime-local` input holds, or undefined while it holds none. */
export const momentAt = (local: string) => (Number.isNaN(Date.parse(local)) ? undefined : instantOf(local))
/** Where such inputs end, so that a year has four digits. */
export const LATEST = '9999-12-31T23:59'

/** The first and the last moment of a day on this device, from what a date input holds: `2026-11-30`. */
export const dayBegins = (day: string) => new Date(`${day}T00:00`).toISOString()
export const dayEnds = (day: string) => new Date(`${day}T23:59:59.999`).toISOString()

/** The day of an instant on this device, as a date input holds it. */
export function dayAt(instant: string | number): string {
  const at = new Date(instant)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
