/** Days as ISO 8601, both within it. */
export type Days = { from: string; to: string }
/** Days as a search asks for them, open on the side that is null. */
type Asked = { from: string | null; to: string | null }

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
/** Empty: the days themselves. */
export type Compared = '>' | '>=' | '<' | '<=' | ''

/**
 * The days that a search names: `2024`, `2024-03`, `2024-03-05`, `1 March 2025`, `2023..2024-06`, `last month`, compared as in
 * `date>2025-03`. `null`: it names no day that there is. `isTurned`: a range was written from the later day to the earlier.
 */
export function datesOf(text: string, compared: Compared, today: string): (Asked & { isTurned: boolean }) | null {
  const ends = text.split(/\.\.+|…|\bto\b/)
  if (ends.length > 2) return null
  if (ends.length === 1) {
    const days = daysOf(text, today)
    const asked = days && comparedWith(days, compared)
    return asked && { ...asked, isTurned: false }
  }
  const [first, last] = ends.map((end) => end.trim()) as [string, string]
  if (compared !== '' || (!first && !last)) return null
  const [one, other] = [first && daysOf(first, today), last && daysOf(last, today)]
  if (one === null || other === null) return null
  if (one && other && one.from > other.to) return { from: other.from, to: one.to, isTurned: true }
  return { from: one ? one.from : null, to: other ? other.to : null, isTurned: false }
}

/** `1 March 2025` */
export const dayInWords = (day: string): string => `${Number(day.slice(8))} ${monthInWords(day)}`

/** Days as the sentence of a search says them: the words before them, and they themselves. */
export function datesInWords({ from, to }: Asked): [before: string, days: string] {
  if (from !== null && to !== null) {
    if (from === to) return ['dated ', dayInWords(from)]
    const year = from.slice(0, 4)
    if (from === `${year}-01-01` && to === `${year}-12-31`) return ['dated in ', year]
    if (from.endsWith('-01') && monthOf(from)?.to === to) return ['dated in ', monthInWords(from)]
    return ['dated ', `${dayInWords(from)} to ${dayInWords(to)}`]
  }
  // who asks for a month or a year says its first day, who asks for what is after a day says that day
  if (from !== null) {
    const before = from.endsWith('-01') ? null : shifted(from, -1)
    return before === null ? ['dated from ', dayInWords(from)] : ['dated after ', dayInWords(before)]
  }
  if (to === null) return ['dated ', 'at any time']
  const after = monthOf(to)?.to === to ? null : shifted(to, 1)
  return after === null ? ['dated up to ', dayInWords(to)] : ['dated before ', dayInWords(after)]
}

/** The days of one date; `null` where there is no such day. */
function daysOf(text: string, today: string): Days | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
  const [, year, month, day] = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(plain) ?? []
  if (year) return ofCalendar(Number(year), month ? Number(month) : null, day ? Number(day) : null)
  return inWords(plain) ?? sinceToday(plain, today)
}

function ofCalendar(year: number, month: number | null, day: number | null): Days | null {
  const first = dayOf(year, month ?? 1, day ?? 1)
  if (first === null) return null
  if (day !== null) return { from: first, to: first }
  return month === null ? { from: first, to: `${first.slice(0, 4)}-12-31` } : monthOf(first)
}

/** `1 March 2025`, `March 1, 2025`, `March 2025`; a month by its first three letters at least. */
function inWords(plain: string): Days | null {
  const [, dayBefore, name, dayAfter, year] = /^(?:(\d{1,2})\.? )?([a-z]{3,9})\.? (?:(\d{1,2}),? )?(\d{4})$/.exec(plain) ?? []
  if (!name || (dayBefore && dayAfter)) return null
  const month = MONTHS.findIndex((known) => known.toLowerCase().startsWith(name)) + 1
  const day = dayBefore ?? dayAfter
  return month === 0 ? null : ofCalendar(Number(year), month, day ? Number(day) : null)
}

/** `today`, `last week`, `last 30 days`; a week begins on Monday. */
function sinceToday(plain: string, today: string): Days | null {
  const [year, month, day] = today.split('-').map(Number)
  if (dayOf(year ?? 0, month ?? 0, day ?? 0) !== today) return null
  if (plain === 'today') return { from: today, to: today }
  if (plain === 'yesterday') return both(shifted(today, -1), shifted(today, -1))
  const [, count, unit] = /^(?:last|past) (\d{1,4}) (day|week)s?$/.exec(plain) ?? []
  if (unit) return both(shifted(today, -Number(count) * (unit === 'week' ? 7 : 1)), today)
  const [, which, span] = /^(this|last)[ -](week|month|year)$/.exec(plain) ?? []
  const back = which === 'last' ? 1 : 0
  if (span === 'year') return ofCalendar(year! - back, null, null)
  if (span === 'month') return month! - back === 0 ? ofCalendar(year! - 1, 12, null) : ofCalendar(year!, month! - back, null)
  if (span !== 'week') return null
  const monday = -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7) - 7 * back
  return both(shifted(today, monday), shifted(today, monday + 6))
}

function comparedWith({ from, to }: Days, compared: Compared): Asked | null {
  if (compared === '') return { from, to }
  if (compared === '>=') return { from, to: null }
  if (compared === '<=') return { from: null, to }
  const day = compared === '>' ? shifted(to, 1) : shifted(from, -1)
  if (day === null) return null
  return compared === '>' ? { from: day, to: null } : { from: null, to: day }
}

const both = (from: string | null, to: string | null): Days | null => (from === null || to === null ? null : { from, to })
const monthInWords = (day: string): string => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`

/** The month that a day lies in. */
function monthOf(day: string): Days | null {
  const [year, month] = day.split('-').map(Number) as [number, number]
  const last = [31, 30, 29, 28].map((end) => dayOf(year, month, end)).find((end) => end !== null)
  return both(dayOf(year, month, 1), last ?? null)
}

/** A day so many days later; `null` out of the years 1 to 9999. */
function shifted(day: string, days: number): string | null {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return isYear(date.getUTCFullYear()) ? date.toISOString().slice(0, 10) : null
}

/** `null` where the calendar has no such day. */
function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (!isYear(year) || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.toISOString().slice(0, 10)
}

const isYear = (year: number): boolean => year >= 1 && year <= 9999
