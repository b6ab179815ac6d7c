import { Link } from 'react-router'
import { Panel } from '../../ui/panel.tsx'
import { useMe } from '../session/api.ts'
import { useReceivers } from './api.ts'
import { Asked } from './asked.tsx'

/** The receivers of which something waits for a second person, for those who may see them. */
export function useReceiversAsked() {
  const may = useMe().data?.may ?? []
  const all = useReceivers(may.includes('approval.give') || may.includes('receiver.keep')).data ?? []
  return all.flatMap(({ asked, ...receiver }) => (asked ? [{ ...receiver, asked }] : []))
}

/** Where the ledger is asked to be sent to, beside what else waits for a second person; nothing where nothing waits. */
export function ReceiversWaiting() {
  const waiting = useReceiversAsked().toSorted((one, other) => Number(other.asked.mayAgree) - Number(one.asked.mayAgree))
  if (waiting.length === 0) return null
  return (
    <Panel id="receivers-waiting" title="Waiting on receivers of the ledger">
      <ul className="facts">
        {waiting.map((receiver) => (
          <li key={receiver.id} className="stack sm">
            <p>
              <Link to="/settings/receivers">
                <b>Send the ledger to {receiver.name}</b>
              </Link>
            </p>
            <Asked receiver={receiver} asked={receiver.asked} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
