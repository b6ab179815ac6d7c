import { Button, Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { SessionView } from '../../../src/contract/session.ts'
import { counted, fullTime, momentOf } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { State } from '../../ui/state.tsx'
import { Asks } from '../people/asks.tsx'
import { useEndOthers, useEndSession, useRevokeToken, useSessions } from './api.ts'
import { Devices } from './devices.tsx'
import { Panel } from './panel.tsx'

export function SessionsTab() {
  const sessions = useSessions()
  if (sessions.isPending) return <Lines count={4} />
  if (!sessions.data) return <Fault fault={sessions.error} retry={() => void sessions.refetch()} />
  return (
    <>
      <Sessions sessions={sessions.data.sessions} />
      <Devices devices={sessions.data.devices} sessions={sessions.data.sessions} />
    </>
  )
}

function Sessions({ sessions }: { sessions: SessionView[] }) {
  const endOthers = useEndOthers()
  const [asks, setAsks] = useState(false)
  const [tokens, setTokens] = useState(false)
  const others = sessions.filter((session) => !session.current)
  return (
    <Panel
      id="sessions"
      title="Sessions"
      acts={
        others.length > 0 && (
          <Button size="xs" onClick={() => setAsks(true)}>
            End all others
          </Button>
        )
      }
    >
      <ul className="items">
        {asks && (
          <li>
            <Asks
              act="End all others"
              keep="Keep them"
              run={async () => {
                const { ended } = await endOthers.mutateAsync(tokens)
                setAsks(false)
                notifications.show({ message: `Ended ${counted(ended, 'session')}. Only this one goes on.` })
              }}
              onKeep={() => setAsks(false)}
            >
              <span className="stack sm">
                Wherever else you are signed in, work stops at once.
                <Checkbox label="Access tokens too" checked={tokens} onChange={(event) => setTokens(event.target.checked)} />
              </span>
            </Asks>
          </li>
        )}
        {sessions.map((session) => (
          <Session key={session.id} session={session} />
        ))}
      </ul>
    </Panel>
  )
}

const KINDS = { browser: null, command: 'Command line', token: 'Access token' } as const

function Session({ session }: { session: SessionView }) {
  const end = useEndSession()
  const revoke = useRevokeToken()
  const isToken = session.kind === 'token'
  const [asks, setAsks] = useState(false)
  if (asks)
    return (
      <li>
        <Asks
          act={isToken ? 'Revoke the token' : 'End the session'}
          keep="Keep it"
          run={() => (isToken ? revoke : end).mutateAsync(session.id)}
          onKeep={() => setAsks(false)}
        >
          {isToken ? `Scripts that use ${session.description} stop working at once.` : `${session.description} is signed out at once.`}
        </Asks>
      </li>
    )
  return (
    <li>
      <div>
        <span className="row wrap">
          <b>{session.description}</b>
          {KINDS[session.kind] && <span className="meta">{KINDS[session.kind]}</span>}
          {session.current && <State kind="ok">This one</State>}
        </span>
        <p className="meta">
          {session.place ? `From ${session.place}, begun` : 'Begun'} {momentOf(session.createdAt)}, last used {momentOf(session.usedAt)}.
          Ends by {fullTime(session.endsAt)}.
        </p>
      </div>
      {!session.current && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => setAsks(true)}
          aria-label={`${isToken ? 'Revoke' : 'End'} ${session.description}`}
        >
          {isToken ? 'Revoke' : 'End'}
        </Button>
      )}
    </li>
  )
}
