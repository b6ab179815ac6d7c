import type { Writable } from 'node:stream'
import { Refusal } from './refusal.ts'

/** Each stream that nobody reads holds some megabytes; so many at once are a page and a script, more are neither. */
const MOST_STREAMS = 16
const streams = new Map<string, number>()

/** Counts a stream against its session until its connection ends. @throws Refusal `streams.too_many` */
export function takeStream(session: string, raw: Pick<Writable, 'destroyed' | 'once'>): void {
  // whoever has gone already is not heard going again, and would be counted for good
  if (raw.destroyed) return
  const running = streams.get(session) ?? 0
  if (running >= MOST_STREAMS) throw new Refusal('streams.too_many')
  streams.set(session, running + 1)
  raw.once('close', () => {
    const left = streams.get(session)! - 1
    if (left > 0) streams.set(session, left)
    else streams.delete(session)
  })
}

/** RFC 8187: percent-encoded UTF-8. */
export const encodeRfc8187 = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
