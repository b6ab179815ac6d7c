import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { MatterPage } from '../../../src/contract/matter.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Wrong } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { useChecks } from '../conflicts/api.ts'
import { useMe } from '../session/api.ts'
import { useOpenMatter } from './api.ts'

type Gate = MatterPage['gates'][number]
const GATES: Record<Gate['gate'], string> = { class: 'Class', team: 'Team', conflicts: 'Conflicts of interest' }

/** What must stand before the matter opens, and the one next step. */
export function Intake({ matter, onChange }: { matter: MatterPage; onChange: () => void }) {
  const missing = matter.gates.find((gate) => !gate.ok)
  return (
    <section className="intake" aria-labelledby="intake">
      <div className="stack sm">
        <h2 className="sub" id="intake">
          {missing ? 'Before this matter opens' : 'Ready to open'}
        </h2>
        <ul>
          {matter.gates.map((gate) => (
            <li key={gate.gate} data-ok={gate.ok || undefined}>
              {gate.ok ? <IconCircleCheck {...line} /> : <IconCircleDashed {...line} />}
              <span>
                <b>{GATES[gate.gate]}</b>
                <span className="vh">{gate.ok ? ', done: ' : ', missing: '}</span> <span className="soft">{gate.text}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Next matter={matter} missing={missing?.gate ?? null} onChange={onChange} />
    </section>
  )
}

type NextProps = { matter: MatterPage; missing: Gate['gate'] | null; onChange: () => void }

function Next({ matter, missing, onChange }: NextProps) {
  const mayCheck = useMe().data?.may.includes('conflict.check') ?? false
  const waiting = useChecks(mayCheck && missing === 'conflicts').data?.find(
    (check) => check.matter?.id === matter.id && check.state === 'open',
  )
  const open = useOpenMatter(matter.id)
  const [wrong, setWrong] = useState<string | null>(null)
  const openIt = async () => {
    setWrong(null)
    try {
      await open.mutateAsync()
      notifications.show({ message: `${matter.number} is open.` })
    } catch (fault) {
      setWrong(placeRefusal(fault, []).text)
    }
  }
  if (missing === 'class' && matter.may.change)
    return (
      <Button variant="filled" onClick={onChange}>
        Set the class
      </Button>
    )
  if (missing === 'team' && matter.may.join)
    return (
      <Button variant="filled" component={Link} to={`/matters/${matter.id}/team`}>
        Set the team
      </Button>
    )
  if (missing === 'conflicts' && waiting)
    return (
      <div className="stack sm">
        <p className="meta">It waits for those who decide conflicts.</p>
        <div>
          <Button component={Link} to={`/conflicts/${waiting.id}`}>
            Look at the check
          </Button>
        </div>
      </div>
    )
  if (missing === 'conflicts' && mayCheck)
    return (
      <Button variant="filled" component={Link} to={`/conflicts?matter=${matter.id}`}>
        Check for conflicts
      </Button>
    )
  if (missing === null && matter.may.open)
    return (
      <div className="stack sm">
        <Button variant="filled" loading={open.isPending} onClick={() => void openIt()}>
          Open the matter
        </Button>
        <Wrong>{wrong}</Wrong>
      </div>
    )
  return (
    <p className="meta">
      {matter.responsible ? `${matter.responsible.name} can take the next step.` : 'Whoever leads the matter can take the next step.'}
    </p>
  )
}
