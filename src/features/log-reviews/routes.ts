import { act, all, inPerson, look, may, sensitive, type Route } from '../../platform/route.ts'
import { reading } from '../ledger/read-once.ts'
import * as reviews from './reviews.ts'
import * as tasks from './tasks.ts'

const keeps = all(inPerson, may('log-review.keep'))
/** Whoever oversees the ledger reviews it; no script does. */
const oversees = all(inPerson, may('ledger.oversee'))

export const routes: Route[] = [
  look('log-review.list', may('ledger.oversee'), reviews.list),
  act('log-review.create', keeps, 'review.made', reviews.create),
  act('log-review.change', keeps, 'review.changed', reviews.change),
  act('log-review.retire', keeps, 'review.retired', reviews.retire),
  reading('log-review.read', may('ledger.oversee'), ({ params }) => ({ object: params.task }), tasks.read),
  act('log-review.start', oversees, 'review.taken', tasks.start),
  act('log-review.assign', keeps, 'review.assigned', tasks.assign),
  act('log-review.mark', oversees, 'review.marked', tasks.mark),
  act('log-review.sign', sensitive('ledger.oversee'), 'review.signed', tasks.sign),
  look('log-review.report', may('ledger.oversee'), tasks.report),
]
