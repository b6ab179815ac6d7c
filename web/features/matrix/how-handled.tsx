import { Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Handling } from '../../../src/contract/matrix.ts'
import type { Class } from '../../../src/contract/words.ts'
import { KeyLines } from '../../ui/key-lines.tsx'
import { className } from '../../ui/class.tsx'
import { line } from '../../ui/icons.ts'
import { useHandling } from './api.ts'
import { channelWords, copyWords, LEVEL, retentionWords } from './cells.ts'

/** The rules of a class where one works with it; behind a mark beside its name. */
export function HowHandled({ class: its }: { class: Class }) {
  const handling = useHandling(its)
  if (!handling) return null
  return (
    <Popover width="22rem" position="bottom-start" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <button type="button" className="icon" aria-label={`How ${className(its)} is handled`} title={`How ${className(its)} is handled`}>
          <IconInfoCircle {...line} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack sm">
          <h2 className="sub">How {className(its)} is handled</h2>
          <Rules of={handling} />
          <Link className="meta" to="/handling">
            All of it, class by class
          </Link>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The same, folded below the head of an open document. */
export function HowHandledHere({ class: its, handling }: { class: Class; handling: Handling }) {
  return (
    <details className="howhandled">
      <summary className="meta">How {className(its)} is handled</summary>
      <Rules of={handling} />
    </details>
  )
}

function Rules({ of }: { of: Handling }) {
  const rows = [
    ['Leaves by', channelWords(of.channels)],
    ['To recipients', `${of.recipientLevel}, ${LEVEL[of.recipientLevel]}`],
    ['Copy', copyWords(of)],
    ['Print', of.print ? 'yes' : 'no'],
    ['Kept', retentionWords(of)],
  ] as const
  return <KeyLines of={rows} className="rules" />
}
