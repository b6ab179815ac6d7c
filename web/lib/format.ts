const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
const longDayYear = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const whole = new Intl.NumberFormat('en-GB')

export const count = (n: number) => whole.format(n)
/** `1 file`, `40 files`. */
export const counted = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`

/** 412 KB, 4.2 MB: decimal units, as file managers show them. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`
  const units = ['KB', 'MB', 'GB', 'TB']
  let value = n / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** So many days before this minute. */
export const since = (days: number): string => new Date(Math.floor(Date.now() / 60_000) * 60_000 - days * 86_400_000).toISOString()
/** Days between the calendar day of `at` and today: 0 today, 1 yesterday. */
const daysAgo = (at: Date, now = new Date()) => Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** 10:42, Yesterday, 19 Nov, 9 Feb 2025. */
export function when(instant: string): string {
  const at = new Date(instant)
  const days = daysAgo(at)
  if (days === 0) return clock.format(at)
  if (days === 1) return 'Yesterday'
  return at.getFullYear() === new Date().getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at)
}

export const timeOf = (instant: string, seconds = false) => (seconds ? clockSeconds : clock).format(new Date(instant))
export const dateOf = (instant: string) => dayMonthYear.format(new Date(instant))
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short', hour: '2-digit' })
/** To the second, and by which clock: 24 Nov 2026, 10:12:07 UTC. */
export function exactTime(instant: string): string {
  const named = zone.formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')?.value
  return `${dateOf(instant)}, ${timeOf(instant, true)} ${named ?? ''}`.trim()
}
/** 24 Nov 2026, 10:12. */
export const fullTime = (instant: string) => `${dateOf(instant)}, ${timeOf(instant)}`

/** In a sentence: `today at 10:42`, `yesterday at 08:02`, `24 Nov 2026, 10:12`. */
export function momentOf(instant: string): string {
  const day = { 0: 'today', 1: 'yesterday' }[daysAgo(new Date(instant))]
  return day ? `${day} at ${timeOf(instant)}` : fullTime(instant)
}

/** The head of a day's group: `Today, Tuesday 24 November`. */
export function dayOf(instant: string): string {
  const at = new Date(instant)
  const name = at.getFullYear() === new Date().getFullYear() ? longDay.format(at).replace(',', '') : longDayYear.format(at).replace(',', '')
  return { 0: `Today, ${name}`, 1: `Yesterday, ${name}` }[daysAgo(at)] ?? name
}

/** Ada Wren → A. Wren. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/)
  return words.length < 2 ? name : `${[...(words[0] ?? '')][0]}. ${words.at(-1)}`
}

/** Ada Wren → AW. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

/** A fingerprint in fours, from hex or base64. */
export function inFours(text: string): string {
  const hex = /^[0-9a-f]+$/i.test(text) ? text : fromBase64(text)
  return (hex.match(/.{1,4}/g) ?? []).join(' ')
}

function fromBase64(text: string): string {
  try {
    return [...atob(text.replace(/-/g, '+').replace(/_/g, '/'))].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  } catch {
    return text
  }
}

export { naturally } from '../../src/contract/order.ts'
