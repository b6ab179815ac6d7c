import { IconClock, IconClockOff, IconWall, IconWallOff } from '@tabler/icons-react'
import type { WallView } from '../../../src/contract/wall.ts'
import { dateOf } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { line } from '../../ui/icons.ts'
import { State } from '../../ui/state.tsx'
import { isPast } from '../people/leaving-time.ts'
import { isOver, STATES } from './words.ts'

const ICONS = {
  coming: [IconClock, 'wait'],
  standing: [IconWall, 'stands'],
  ended: [IconClockOff, 'off'],
  lifted: [IconWallOff, 'off'],
} as const

export function WallState({ of }: { of: WallView['state'] }) {
  const [Icon, kind] = ICONS[of]
  return (
    <span className={`state ${kind}`}>
      <Icon {...line} size={14} />
      {STATES[of]}
    </span>
  )
}

type Named = Pick<WallView, 'kind' | 'title' | 'targets' | 'screened'>

/** `Cora Lind from Orchard v. Mill`; of two sides: `Orchard v. Mill and Mill Paper, from each other`. */
export function WallTitle({ of }: { of: Named }) {
  if (of.targets.length === 0) return of.title
  const sided = (side: 'a' | 'b') => of.targets.filter((target) => target.side === side)
  if (of.kind === 'two-sided')
    return (
      <>
        <Targets of={sided('a')} /> and <Targets of={sided('b')} />, from each other
      </>
    )
  return (
    <>
      {shortened(of.screened.map(({ name }) => name))} from <Targets of={of.targets} />
    </>
  )
}

function Targets({ of }: { of: Named['targets'] }) {
  const shown = of.slice(0, 2)
  return (
    <>
      {shown.map((target, index) => (
        <span key={`${target.matter ?? ''}${target.client ?? ''}`}>
          {index > 0 && ', '}
          {target.matter ? <Cite>{target.name}</Cite> : `${target.name} (all matters)`}
        </span>
      ))}
      {of.length > 2 && ` and ${of.length - 2} more`}
    </>
  )
}

const shortened = (names: string[]) =>
  names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')

/** What someone has to do about a wall, each with its own shape. */
export function WallTodo({ of }: { of: WallView }) {
  const due = of.certificationDueAt
  return (
    <span className="marks">
      {of.lifting && <State kind="wait">Lifting waits for a second person</State>}
      {of.unacknowledged > 0 && <State kind="wait">{of.unacknowledged} not acknowledged</State>}
      {due && isPast(due) && <State kind="wait">Certification overdue since {dateOf(due)}</State>}
      {due && !isPast(due) && <span className="meta">Certification due {dateOf(due)}</span>}
    </span>
  )
}

export const needsDoing = (wall: WallView) =>
  wall.lifting !== null ||
  (wall.unacknowledged > 0 && !isOver(wall)) ||
  (wall.certificationDueAt !== null && isPast(wall.certificationDueAt))
