import { act, inPerson, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import { acknowledge, shares, split } from './custodians.ts'
import { list, rotate } from './keys.ts'
import * as roots from './own-roots.ts'

export const routes: Route[] = [
  look('key.list', may('key.rotate'), list),
  own('key.rotate', sensitive('key.rotate'), rotate),
  act('key.split', sensitive('key.rotate'), 'key.split', split),
  look('key.shares', inPerson, shares),
  act('key.acknowledge', inPerson, 'key.acknowledged', acknowledge),
  own('root.list', may('key.rotate'), roots.list),
  own('root.add', sensitive('key.rotate'), roots.add),
  own('root.test', sensitive('key.rotate'), roots.test),
  act('root.put', sensitive('matter.change'), 'root.asked', roots.put),
  act('root.take', sensitive('matter.change'), 'root.asked', roots.take),
]
