import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Link, useMatch } from 'react-router'
import type { WallPage as Wall } from '../../../src/contract/wall.ts'
import { counted, dateOf, fullTime } from '../../lib/format.ts'
import { placeRefusal } from '../../lib/form.ts'
import { Fact, Wrong } from '../../ui/fact.tsx'
import { isPast } from '../people/leaving-time.ts'
import { useConfirm } from './api.ts'

/** Where a wall waits for someone. */
export function WallNotices({ wall }: { wall: Wall }) {
  const isOnPapers = useMatch('/walls/:wall') !== null
  const due = wall.certificationDueAt
  const open = wall.acknowledgements.filter((one) => one.acknowledgedAt === null)
  return (
    <>
      {wall.lifting && <Lifting lifting={wall.lifting} />}
      {isOnPapers && due && isPast(due) && (
        <Fact>
          <p>
            <b>A certification is overdue.</b> It was due on {dateOf(due)}. <Link to={`/walls/${wall.id}/kept`}>Certify the screen</Link>
          </p>
        </Fact>
      )}
      {isOnPapers && wall.state !== 'lifted' && wall.state !== 'ended' && wall.unacknowledged > 0 && (
        <Fact>
          <p>
            <b>{counted(wall.unacknowledged, 'person has', 'people have')} not acknowledged the memorandum</b>
            {open.length > 0 && open.length < 4 && `: ${open.map(({ person }) => person.name).join(', ')}`}.{' '}
            {wall.withholds && 'Those on the team reach nothing of it until they do. '}
            <Link to={`/walls/${wall.id}/kept`}>Who is missing</Link>
          </p>
        </Fact>
      )}
    </>
  )
}

function Lifting({ lifting }: { lifting: NonNullable<Wall['lifting']> }) {
  const confirm = useConfirm()
  const [wrong, setWrong] = useState<string | null>(null)
  const decide = (approve: boolean) => {
    setWrong(null)
    confirm.mutate(
      { confirmation: lifting.id, approve },
      {
        onSuccess: () => void notifications.show({ message: approve ? 'The wall is lifted.' : 'The wall stays.' }),
        onError: (fault) => setWrong(placeRefusal(fault, []).text),
      },
    )
  }
  return (
    <Fact>
      <p>
        <b>Lifting it waits for a second person.</b> {lifting.askedBy} asked on {fullTime(lifting.askedAt)}.
      </p>
      <p className="reason">{lifting.reason}</p>
      <Wrong>{wrong}</Wrong>
      {lifting.mayDecide && (
        <div className="row wrap">
          <Button size="xs" variant="filled" loading={confirm.isPending && confirm.variables.approve} onClick={() => decide(true)}>
            Lift the wall
          </Button>
          <Button size="xs" loading={confirm.isPending && !confirm.variables.approve} onClick={() => decide(false)}>
            Let it stand
          </Button>
        </div>
      )}
    </Fact>
  )
}
