import { dateOf, fullTime, since } from '../../lib/format.ts'
import { State } from '../../ui/state.tsx'
import type { Address } from './api.ts'
import { LEVEL_WORDS } from './words.ts'

const FELL = { expired: 'Confirmed too long ago', changed: 'Changed', bounced: 'Letters come back' } as const

/** How sure the firm is of an address, in a word, with its level and until when. */
export function LevelState({ address }: { address: Address }) {
  const { level, levelEnds, fell, coolsUntil, bouncedAt } = address
  if (bouncedAt && level === 'V0') return <State kind="bad">{FELL.bounced}</State>
  if (coolsUntil && coolsUntil > since(0)) return <State kind="wait">New: not used before {fullTime(coolsUntil)}</State>
  if (level === 'V0') return <State kind={fell ? 'bad' : 'wait'}>{fell ? FELL[fell] : LEVEL_WORDS.V0}</State>
  return (
    <State kind="ok">
      {LEVEL_WORDS[level]} ({level}){levelEnds && ` until ${dateOf(levelEnds)}`}
    </State>
  )
}
