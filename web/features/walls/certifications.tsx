import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { WallPage as Wall } from '../../../src/contract/wall.ts'
import { counted, dateOf, fullTime } from '../../lib/format.ts'
import { State } from '../../ui/state.tsx'
import { isPast } from '../people/leaving-time.ts'
import { useMe } from '../session/api.ts'
import { Certify } from './certify.tsx'

/** Which certifications are due, and those that were given. */
export function Certifications({ wall, readAt }: { wall: Wall; readAt: number }) {
  const [certifying, dialog] = useDisclosure()
  const me = useMe().data?.id
  const capacity = me !== undefined && wall.screened.some(({ person }) => person === me) ? 'screened' : 'partner'
  const given = wall.certifications.toSorted((one, other) => other.at.localeCompare(one.at))
  const partners = given.filter((one) => one.capacity === 'partner')
  // a partner’s certificate covers every day up to its last
  const due = wall.certificationsDue.filter((day) => !partners.some((one) => one.to >= day))
  const [before] = capacity === 'partner' ? partners : given.filter((one) => one.capacity === 'screened' && one.person.id === me)
  return (
    <section className="panel" aria-labelledby="certified">
      <header>
        <h2 className="sub" id="certified">
          Certifications
        </h2>
        {wall.may.certify && (
          <Button className="push" size="xs" onClick={dialog.open}>
            Certify the screen
          </Button>
        )}
      </header>
      <ul className="facts">
        {due.map((day) => (
          <li key={day} className="row wrap does">
            <span>Due on {dateOf(day)}</span>
            <span className="push">{isPast(day) ? <State kind="wait">Overdue</State> : <span className="meta">to come</span>}</span>
          </li>
        ))}
        {given.map((one) => (
          <li key={one.id} className="stack xs">
            <div className="row wrap does">
              <span>
                <b>{one.person.name}</b>{' '}
                <span className="meta">{one.capacity === 'partner' ? 'as partner' : 'as one who is screened'}</span>
              </span>
              <span className="tail push">
                <State kind="ok">
                  {dateOf(one.from)} to {dateOf(one.to)}
                </State>
              </span>
            </div>
            <p className="soft">{one.words}</p>
            <p className="meta">
              {fullTime(one.at)}. The ledger has {one.attempts ? counted(one.attempts, 'refused try', 'refused tries') : 'no refused try'}{' '}
              of theirs in that time.
            </p>
          </li>
        ))}
      </ul>
      {given.length === 0 && due.length === 0 && <p className="body soft">None is due, and none was given.</p>}
      <Certify
        wall={wall.id}
        capacity={capacity}
        from={before?.to ?? wall.startsAt}
        until={wall.liftedAt ?? new Date(readAt).toISOString()}
        opened={certifying}
        onClose={dialog.close}
      />
    </section>
  )
}
