import { act, may, own, sensitive, type Route } from '../../platform/route.ts'
import { change, list } from './keep.ts'

export const routes: Route[] = [
  own('setting.list', may('setting.read'), list),
  act('setting.change', sensitive('setting.change'), 'setting.changed', change),
]
