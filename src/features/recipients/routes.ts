import { act, look, may, own, visit, type Route } from '../../platform/route.ts'
import * as addresses from './addresses.ts'
import * as challenges from './challenges.ts'
import { find } from './finding.ts'
import * as recipients from './recipients.ts'
import * as verifying from './verifying.ts'

export const routes: Route[] = [
  look('recipient.list', may('recipient.list'), recipients.list),
  look('recipient.read', may('recipient.list'), recipients.read),
  look('recipient.find', may('recipient.keep'), find),
  act('recipient.create', may('recipient.keep'), 'recipient.added', recipients.create),
  act('recipient.place', may('recipient.keep'), 'recipient.placed', recipients.place),
  act('recipient.change', may('recipient.keep'), 'recipient.changed', recipients.change),
  act('recipient.remove', may('recipient.keep'), 'recipient.removed', recipients.remove),
  act('address.add', may('recipient.keep'), 'address.added', addresses.add),
  act('address.end', may('recipient.keep'), 'address.ended', addresses.end),
  act('recipient.verify', may('recipient.verify'), 'address.verified', verifying.verify),
  act('recipient.doubt', may('recipient.verify'), 'address.doubted', verifying.doubt),
  own('recipient.challenge', may('recipient.verify'), challenges.challenge),
  visit('challenge.answer', challenges.answer),
]
