import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { SessionView } from '../../../src/contract/session.ts'
import { counted, fullTime } from '../../lib/format.ts'
import { When } from '../../ui/values.tsx'
import { useEndSessions } from './api.ts'
import { Asks } from './asks.tsx'
import { usePersonHere } from './person-page.tsx'

const KINDS: Record<SessionView['kind'], string> = { browser: '', command: 'Command line', token: 'Access token' }

/** Sessions and access tokens; one or all of them can be ended. */
export function Sessions() {
  const { person, me } = usePersonHere()
  const mayEnd = me.may.includes('person.reset') && person.id !== me.id
  const [endsAll, setEndsAll] = useState(false)
  const end = useEndSessions(person.id)
  const endAll = async () => {
    const { ended } = await end.mutateAsync(null)
    notifications.show({ message: `${counted(ended, 'session')} of ${person.name} ended.` })
    setEndsAll(false)
  }
  return (
    <section className="panel clip" aria-labelledby="sessions">
      <header>
        <h2 className="sub" id="sessions">
          Sessions and access tokens
        </h2>
        {mayEnd && person.sessions.length > 0 && !endsAll && (
          <Button className="push" size="xs" onClick={() => setEndsAll(true)}>
            End all
          </Button>
        )}
      </header>
      {endsAll && (
        <div className="body line">
          <Asks act="End all" keep="Keep them" run={endAll} onKeep={() => setEndsAll(false)}>
            {person.name} is signed out everywhere at once, and scripts with their access tokens stop working.
          </Asks>
        </div>
      )}
      {person.sessions.length === 0 && <p className="body soft">None is open.</p>}
      {person.sessions.length > 0 && (
        <table className="table sessiontable">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" className="hide-s">
                From
              </th>
              <th scope="col" className="hide-s">
                Began
              </th>
              <th scope="col">Last used</th>
              <th scope="col" className="hide-s">
                Ends
              </th>
              {mayEnd && (
                <th scope="col">
                  <span className="vh">Do</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {person.sessions.map((session) => (
              <Session key={session.id} session={session} mayEnd={mayEnd} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Session({ session, mayEnd }: { session: SessionView; mayEnd: boolean }) {
  const { person } = usePersonHere()
  const end = useEndSessions(person.id)
  const [asks, setAsks] = useState(false)
  const endIt = async () => {
    await end.mutateAsync(session.id)
    notifications.show({ message: `${session.description} of ${person.name} is ended.` })
  }
  if (asks)
    return (
      <tr>
        <td colSpan={6}>
          <Asks act="End it" keep="Keep it" run={endIt} onKeep={() => setAsks(false)}>
            {session.kind === 'token'
              ? `Scripts that use ${session.description} stop working at once.`
              : `${session.description} is signed out at once.`}
          </Asks>
        </td>
      </tr>
    )
  return (
    <tr>
      <th scope="row">
        {session.description} <span className="meta">{KINDS[session.kind]}</span>
      </th>
      <td className="dim hide-s">{session.place}</td>
      <td className="dim hide-s">
        <When at={session.createdAt} />
      </td>
      <td className="dim">
        <When at={session.usedAt} />
      </td>
      <td className="dim nowrap hide-s">{fullTime(session.endsAt)}</td>
      {mayEnd && (
        <td className="num">
          <Button size="xs" variant="subtle" onClick={() => setAsks(true)} aria-label={`End ${session.description}`}>
            End
          </Button>
        </td>
      )}
    </tr>
  )
}
