import type { LeavingReport as Report } from '../../../src/contract/person.ts'
import { count, fullTime } from '../../lib/format.ts'

/** What a leaving ended, and what the leaver could have known. Says nothing of matters. */
export function LeavingReport({ report, name }: { report: Report; name: string }) {
  return (
    <div className="stack lg">
      <dl className="kv">
        <dt>Left</dt>
        <dd>
          {fullTime(report.leftAt)}, by {report.by}
        </dd>
        {report.reason && (
          <>
            <dt>Reason</dt>
            <dd>{report.reason}</dd>
          </>
        )}
        <dt>Successor</dt>
        <dd>{report.successor} took over what nobody else was on</dd>
        <dt>Sessions ended</dt>
        <dd>{count(report.sessionsEnded)}</dd>
        <dt>Access tokens ended</dt>
        <dd>{count(report.tokensEnded)}</dd>
        <dt>Passkeys ended</dt>
        <dd>{count(report.passkeysEnded)}</dd>
      </dl>
      {report.rotate.length === 0 ? (
        <p className="soft">{name} could know no key or secret that has to be changed.</p>
      ) : (
        <div className="stack sm">
          <h3 className="sub">To change, because {name} could know it</h3>
          <ul className="rotate">
            {report.rotate.map(({ what, todo }) => (
              <li key={what}>
                <b>{what}</b>
                <p className="soft">{todo}</p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
