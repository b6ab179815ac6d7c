import { act, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import type { Guard } from '../../platform/ways.ts'
import { check, decide, list, mayRead, read } from './checks.ts'

/** Whoever asks for checks sees theirs; whoever decides them, all. */
const reads: Guard = (me) => {
  if (!mayRead(me)) may('conflict.check')(me)
}

export const routes: Route[] = [
  own('conflict.check', may('conflict.check'), check),
  look('conflict.list', reads, list),
  look('conflict.read', reads, read),
  act('conflict.decide', sensitive('conflict.decide'), 'conflict.decided', decide),
]
