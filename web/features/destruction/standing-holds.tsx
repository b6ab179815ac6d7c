import { IconFlame, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import type { HoldView } from '../../../src/contract/destruction.ts'
import type { MatterId } from '../../../src/contract/ids.ts'
import { counted, dateOf } from '../../lib/format.ts'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { STANDS, useDestructions, useHolds } from './api.ts'
import { standing } from './held.ts'
import { LiftHold } from './lift-hold.tsx'

/** More of them would push the files out of the window. */
const AT_ONCE = 2

/** On a matter: the holds that stand, and a destruction that waits or is under way. */
export function StandingHolds({ matter }: { matter: MatterId }) {
  const holds = useHolds(matter)
  const [all, setAll] = useState(false)
  const waiting = (useDestructions(matter).data ?? []).filter((one) => STANDS.includes(one.state))
  // what holds everything comes first
  const stand = standing(holds.data ?? []).toSorted((a, b) => Number(b.whole) - Number(a.whole))
  const few = all || stand.length <= AT_ONCE + 1
  if (holds.error && !holds.data) return <Wrong>Whether a legal hold stands could not be read. Load the page again.</Wrong>
  if (stand.length === 0 && waiting.length === 0) return null
  return (
    <ul className="standing4" aria-label="Holds and destruction">
      {(few ? stand : stand.slice(0, AT_ONCE)).map((hold) => (
        <li key={hold.id}>
          <IconLock {...line} />
          <p>
            <b>On hold since {dateOf(hold.placedAt)}.</b> {whatOf(hold)} {hold.trigger}; {hold.scope}
          </p>
          <LiftHold hold={hold} />
        </li>
      ))}
      {!few && (
        <li>
          <IconLock {...line} />
          <p>
            <button type="button" className="plainlink" onClick={() => setAll(true)}>
              Show {counted(stand.length - AT_ONCE, 'more hold')}
            </button>
          </p>
        </li>
      )}
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
