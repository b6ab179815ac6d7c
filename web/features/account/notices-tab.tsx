import { useEffect } from 'react'
import { Link } from 'react-router'
import { ask } from '../../lib/ask.ts'
import { Refused } from '../../lib/refused.ts'
import { fullTime } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { askMeAgain } from '../session/api.ts'
import { useNotices } from './api.ts'
import { Panel } from './panel.tsx'

/** What the firm's server told this person. Opening the list marks all of it as read; the marks stay while one reads. */
export function NoticesTab() {
  const notices = useNotices()
  const fresh = notices.data?.some((notice) => !notice.seen) ?? false
  useEffect(() => {
    if (fresh) void see()
  }, [fresh])
  if (notices.isPending) return <Lines count={4} />
  if (!notices.data) return <Fault fault={notices.error} retry={() => void notices.refetch()} />
  return (
    <Panel id="notices" title="Notices">
      {notices.data.length === 0 && <p className="body soft">There are none. What happens to your account is told here.</p>}
      <ul className="items">
        {notices.data.map((notice) => (
          <li key={notice.id} data-new={!notice.seen || undefined}>
            <div className="stack xs">
              <p>
                {!notice.seen && <span className="vh">New: </span>}
                {notice.text}
              </p>
              {notice.todo && (
                <p className="soft">
                  {notice.todo} {notice.page && <Link to={`/${notice.page}`}>Look at it</Link>}
                </p>
              )}
            </div>
            <time className="meta nowrap" dateTime={notice.at}>
              {fullTime(notice.at)}
            </time>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** A mark that could not be set is set when the list is opened next. */
async function see(): Promise<void> {
  try {
    await ask('notice.see')
    await askMeAgain()
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault
  }
}
