import { act, all, fresh, look, mayEither, own, sensitive, type Route } from '../../platform/route.ts'
import { add, change, decide, list, retire, test } from './receivers.ts'

export const routes: Route[] = [
  look('receiver.list', mayEither('receiver.keep', 'approval.give'), list),
  act('receiver.add', sensitive('receiver.keep'), 'receiver.asked', add),
  act('receiver.change', sensitive('receiver.keep'), 'receiver.asked', change),
  own('receiver.decide', all(mayEither('receiver.keep', 'approval.give'), fresh), decide),
  own('receiver.test', sensitive('receiver.keep'), test),
  act('receiver.retire', sensitive('receiver.keep'), 'receiver.retired', retire),
]
