import { fullTime } from '../../lib/format.ts'
import { State } from '../../ui/state.tsx'

/** On a matter, for whoever is there by a grant: until when. Nothing for those whose place has no end. */
export function MyGrant({ until }: { until: string | null }) {
  if (!until) return null
  return <State kind="wait">Your access ends on {fullTime(until)}</State>
}
