import type { Span, Words } from '../../platform/pdf-document.ts'
import type { PackFacts } from './pack-facts.ts'

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const shortDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'UTC' })
const whole = new Intl.NumberFormat('en-GB')

/** 22 November 2026 */
export const dayOf = (at: string): string => date.format(new Date(at))
/** 22 November 2026, 10:42 UTC */
export const timeOf = (at: string): string => `${dayOf(at)}, ${clock.format(new Date(at))} UTC`
/** 22 Nov 2026; in tables. */
export const cellDay = (at: string): string => shortDate.format(new Date(at))
/** 22 Nov 2026, 10:42:07; in tables whose head says UTC. */
export const cellTime = (at: string): string => `${cellDay(at)}, ${seconds.format(new Date(at))}`

export const number = (n: number): string => whole.format(n)
/** `1 entry`, `40 entries`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`
/** `A`, `A and B`, `A, B and C`. */
export const together = (names: string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

export const screenedNames = ({ screened }: PackFacts): string =>
  screened.length === 0 ? 'nobody' : together(screened.map(({ name }) => name))
export const isAre = (n: number): string => (n === 1 ? 'is' : 'are')
export const orNone = (text: string): string => (text.trim() === '' ? 'Nothing is written down here.' : text)

/** *Orchard v. Mill* (2026-014), and so on. */
export function matterSpans({ matters }: PackFacts): Span[] {
  if (matters.length === 0) return ['no matter']
  return matters.flatMap(({ title, number: no }, at): Span[] => {
    const before = at === 0 ? '' : at === matters.length - 1 ? ' and ' : ', '
    return [before, { text: title, as: 'cite' }, ` (${no})`]
  })
}
export const spans = (...parts: (Words | Span)[]): Span[] => parts.flatMap((part) => (Array.isArray(part) ? part : [part]))
