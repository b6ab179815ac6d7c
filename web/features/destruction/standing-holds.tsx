import { IconFlame, IconLock } from '@tabler/icons-react'
import type { HoldView } from '../../../src/contract/destruction.ts'
import type { MatterId } from '../../../src/contract/ids.ts'
import { counted, dateOf } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { STANDS, useDestructions, useHolds } from './api.ts'
import { standing } from './held.ts'
import { LiftHold } from './lift-hold.tsx'

/** On a matter: the holds that stand, and a destruction that waits or is under way. */
export function StandingHolds({ matter }: { matter: MatterId }) {
  const holds = useHolds(matter)
  const waiting = (useDestructions(matter).data ?? []).filter((one) => STANDS.includes(one.state))
  const stand = standing(holds.data ?? [])
  if (holds.error && !holds.data) return <Wrong>Whether a legal hold stands could not be read. Load the page again.</Wrong>
  if (stand.length === 0 && waiting.length === 0) return null
  return (
    <ul className="standing4" aria-label="Holds and destruction">
      {stand.map((hold) => (
        <li key={hold.id}>
          <IconLock {...line} />
          <p>
            <b>On hold since {dateOf(hold.placedAt)}.</b> {whatOf(hold)} {hold.trigger}; {hold.scope}
          </p>
          <LiftHold hold={hold} />
        </li>
      ))}
      {waiting.map((one) => (
        <li key={one.id}>
          <IconFlame {...line} />
          <p>
            {one.state === 'asked'
              ? `${one.askedBy.name} asks for the destruction of ${one.kind === 'matter.destroy' ? 'the matter' : counted(one.documents, 'document')}. It waits for a second person.`
              : `${one.kind === 'matter.destroy' ? 'The matter' : counted(one.documents, 'document')} is being destroyed.`}
          </p>
        </li>
      ))}
    </ul>
  )
}

const whatOf = ({ whole, count, number }: HoldView) =>
  `Hold ${number}${whole ? ' on the whole matter' : ` on ${counted(count, 'document')}`}:`
