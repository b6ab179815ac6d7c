import { Link } from 'react-router'
import { fullTime } from '../../lib/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { useMe } from '../session/api.ts'
import { useReceivers } from './api.ts'
import { whereTo } from './words.ts'

/** Where the ledger is asked to be sent to, beside what else waits for a second person; nothing where nothing waits. */
export function ReceiversWaiting() {
  const may = useMe().data?.may ?? []
  const waiting = (useReceivers(may.includes('approval.give') || may.includes('receiver.keep')).data ?? []).filter(
    (one) => one.asked !== null,
  )
  if (waiting.length === 0) return null
  return (
    <Panel id="receivers-waiting" title="Waiting on receivers of the ledger">
      <ul className="facts">
        {waiting.map(({ id, name, asked }) => (
          <li key={id}>
            <p>
              <Link to="/settings/receivers">
                <b>
                  Send the ledger to {name}: {whereTo(asked!.settings)}
                </b>
              </Link>
            </p>
            <p className="meta">
              {asked!.mine ? 'You' : asked!.by} asked on {fullTime(asked!.at)}.{' '}
              {asked!.mayAgree ? 'It waits for you.' : 'It waits for someone else.'}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
