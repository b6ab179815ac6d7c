import { IconArchive } from '@tabler/icons-react'
import type { MatterStatus } from '../../../src/contract/matter.ts'
import { line } from '../../ui/icons.ts'
import { State } from '../../ui/state.tsx'
import { STATUS } from './words.ts'

/** An open matter is the ordinary one and says nothing of it. */
export function Status({ of, always = false }: { of: MatterStatus; always?: boolean }) {
  if (of === 'intake') return <State kind="wait">{STATUS.intake}</State>
  if (of === 'open') return always ? <span className="state">{STATUS.open}</span> : null
  return (
    <span className="state off">
      <IconArchive {...line} size={14} />
      {STATUS.closed}
    </span>
  )
}
