import { createHash } from 'node:crypto'
import type { Lately } from '../platform/route.ts'
import type { Secret } from '../platform/ways.ts'

const WITHIN_MS = 5000
const MOST = 10_000
const noted = new Map<string, number>()

export function latelyOf(secret: Secret): Lately {
  const key = (what: string) => createHash('sha256').update(secret).update(' ').update(what).digest('base64')
  return {
    was: (what) => performance.now() - (noted.get(key(what)) ?? -Infinity) < WITHIN_MS,
    note: (what) => {
      if (noted.size >= MOST) noted.clear()
      noted.set(key(what), performance.now())
    },
  }
}
