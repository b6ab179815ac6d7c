import { act, look, may, own, sensitive, type Route } from '../../platform/route.ts'
import { split } from './custodians.ts'
import { list, rotate } from './keys.ts'

export const routes: Route[] = [
  look('key.list', may('key.rotate'), list),
  own('key.rotate', sensitive('key.rotate'), rotate),
  act('key.split', sensitive('key.rotate'), 'key.split', split),
]
