import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconUrgent } from '@tabler/icons-react'
import { useState } from 'react'
import { fullTime, momentOf } from '../../lib/format.ts'
import { line } from '../../ui/icons.ts'
import { isPast } from '../people/leaving-time.ts'
import type { RequestView } from './api.ts'
import { lasting } from './decided-request.tsx'
import { FindMatter } from './find-matter.tsx'
import { GrantForm } from './grant-form.tsx'
import { MatterName } from './matter-name.tsx'
import { RefuseForm } from './refuse-form.tsx'

/** A request that waits, with what the reader may do about it. */
export function WaitingRequest({ request }: { request: RequestView }) {
  const { person, matter, about } = request
  return (
    <li className="stack sm">
      <div className="row top does">
        <div>
          <p>
            <b>{person.name}</b> {request.kind === 'access' ? 'asks for access to' : 'asked by emergency for'}{' '}
            <MatterName of={matter} about={about} />
            {lasting(request)}
          </p>
          <p className="meta">
            {fullTime(request.madeAt)}. {widens(request)}
          </p>
        </div>
        {request.urgent && (
          <span className="tail push">
            <span className="state wait">
              <IconUrgent {...line} size={14} />
              Urgent
            </span>
          </span>
        )}
      </div>
      <p className="reason">{request.reason}</p>
      {matter && about !== matter.number && <p className="meta">Asked in these words: “{about}”</p>}
      <Acts request={request} />
    </li>
  )
}

function widens({ widensAt, mayRoute }: RequestView): string {
  if (mayRoute) return 'It names no matter that could be found for it.'
  return isPast(widensAt)
    ? `The deputy and those who oversee access may decide it too, since ${momentOf(widensAt)}.`
    : `From ${momentOf(widensAt)} the deputy and those who oversee access may decide it too.`
}

function Acts({ request }: { request: RequestView }) {
  const [doing, setDoing] = useState<'grant' | 'refuse' | 'find' | null>(null)
  const { mayDecide, mayRoute, matter, person } = request
  const say = (message: string) => notifications.show({ message })
  const onKeep = () => setDoing(null)
  if (doing === 'grant') return <GrantForm request={request} onKeep={onKeep} onDone={() => say(`${person.name} has access now.`)} />
  if (doing === 'refuse')
    return <RefuseForm request={request} onKeep={onKeep} onDone={() => say(`The request of ${person.name} is refused.`)} />
  if (doing === 'find')
    return <FindMatter request={request} onKeep={onKeep} onDone={() => say('Whoever decides on that matter is told.')} />
  if (!mayDecide && !mayRoute) return null
  return (
    <div className="row wrap">
      {mayRoute && (
        <Button size="xs" variant="filled" onClick={() => setDoing('find')} aria-label={`Find the matter: ${person.name}`}>
          Find the matter
        </Button>
      )}
      {mayDecide && matter && (
        <Button size="xs" variant="filled" onClick={() => setDoing('grant')} aria-label={`Grant access: ${person.name}, ${matter.title}`}>
          Grant access
        </Button>
      )}
      <Button size="xs" onClick={() => setDoing('refuse')} aria-label={`Refuse: ${person.name}, ${matter?.title ?? request.about}`}>
        Refuse
      </Button>
    </div>
  )
}
