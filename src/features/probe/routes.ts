import { look, may, own, sensitive, type Route } from '../../platform/route.ts'
import { list, report, start } from './probes.ts'

export const routes: Route[] = [
  own('probe.start', sensitive('probe.run'), start),
  look('probe.list', may('probe.run'), list),
  own('probe.report', may('probe.run'), report),
]
