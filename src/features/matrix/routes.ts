import { act, look, may, sensitive, type Route } from '../../platform/route.ts'
import { change, history, read } from './keep.ts'

export const routes: Route[] = [
  look('matrix.read', may('matrix.read'), read),
  look('matrix.history', may('matrix.read'), history),
  act('matrix.change', sensitive('matrix.change'), 'matrix.changed', change),
]
