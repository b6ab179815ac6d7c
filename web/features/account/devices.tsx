import { Button } from '@mantine/core'
import { IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { DeviceView, SessionView } from '../../../src/contract/session.ts'
import { type Answer } from '../../lib/ask.ts'
import { counted, dateOf, fullTime, momentOf, timeOf } from '../../lib/format.ts'
import { Fact } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { State } from '../../ui/state.tsx'
import { Asks } from '../people/asks.tsx'
import { useReportLost } from './api.ts'
import { Panel } from './panel.tsx'

type Loss = Answer<'device.lost'>
const lossWords = ({ ended, reportedAt, endedAt }: Loss) =>
  `Reported at ${timeOf(reportedAt, true)}. Ended ${counted(ended, 'session')} at ${timeOf(endedAt, true)}.`

/** The devices that one has signed in on. */
export function Devices({ devices, sessions }: { devices: DeviceView[]; sessions: SessionView[] }) {
  const [loss, setLoss] = useState<{ device: string; words: string } | null>(null)
  return (
    <Panel id="devices" title="Devices">
      {loss && (
        <div className="body" role="status">
          <Fact title={`${loss.device} is reported as lost`}>
            <p>{loss.words} If it holds a passkey of yours, revoke that one too, under How I sign in.</p>
          </Fact>
        </div>
      )}
      {devices.length === 0 && <p className="body soft">None is known yet. A browser that you sign in with stands here from then on.</p>}
      <ul className="items">
        {devices.map((device) => (
          <Device
            key={device.id}
            device={device}
            open={sessions.filter((session) => session.device === device.id).length}
            onLost={(given) => setLoss({ device: device.description, words: lossWords(given) })}
          />
        ))}
      </ul>
    </Panel>
  )
}

function Device({ device, open, onLost }: { device: DeviceView; open: number; onLost: (loss: Loss) => void }) {
  const go = useNavigate()
  const report = useReportLost()
  const [asks, setAsks] = useState(false)
  const reportIt = async () => {
    const loss = await report.mutateAsync(device.id)
    // the session that asked has ended with the others
    if (device.current) return go('/sign-in', { replace: true, state: { why: lossWords(loss) } })
    setAsks(false)
    onLost(loss)
  }
  if (asks)
    return (
      <li>
        <Asks act="Report it as lost" keep="I have it" run={reportIt} onKeep={() => setAsks(false)}>
          {open > 0
            ? `${counted(open, 'session')} on ${device.description} ${open === 1 ? 'ends' : 'end'} at once`
            : `Nothing is open on ${device.description} now`}
          , and so do the access tokens made there.
          {device.current && ' It is the device that you are using: you are signed out.'}
        </Asks>
      </li>
    )
  return (
    <li>
      <div>
        <span className="row wrap">
          <b>{device.description}</b>
          {device.current && <State kind="ok">This one</State>}
          {device.lostAt && (
            <span className="state no">
              <IconCircleX {...line} size={14} />
              Lost, reported {fullTime(device.lostAt)}
            </span>
          )}
        </span>
        <p className="meta">
          First seen {dateOf(device.firstSeenAt)}, last here {momentOf(device.seenAt)}.
        </p>
      </div>
      {!device.lostAt && (
        <Button size="xs" variant="subtle" onClick={() => setAsks(true)} aria-label={`Report as lost: ${device.description}`}>
          Report as lost
        </Button>
      )}
    </li>
  )
}
