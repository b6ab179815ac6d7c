import { IconCircleX, IconClockOff } from '@tabler/icons-react'
import { line } from '../../ui/icons.ts'
import { State } from '../../ui/state.tsx'
import type { MyRequest, TeamRole } from './api.ts'

/** Parts that a grant can give; whoever is responsible comes onto the team. */
export const PARTS: Partial<Record<TeamRole, string>> = { assistant: 'Assistant', member: 'Member', deputy: 'Deputy' }
export const PART_CHOICES = Object.entries(PARTS).map(([value, label]) => ({ value, label }))

const ENDS = {
  refused: [IconCircleX, 'Refused', 'no'],
  lapsed: [IconClockOff, 'Lapsed', 'off'],
} as const

/** What became of a request; `waits` is the word while nobody has decided. */
export function RequestState({ of, waits = 'Waits' }: { of: MyRequest['state']; waits?: string }) {
  if (of === 'granted') return <State kind="ok">Granted</State>
  if (of === 'waiting') return <State kind="wait">{waits}</State>
  const [Icon, word, kind] = ENDS[of]
  return (
    <span className={`state ${kind}`}>
      <Icon {...line} size={14} />
      {word}
    </span>
  )
}
