import { Link } from 'react-router'
import { fullTime } from '../../lib/format.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMatrixHistory } from './api.ts'
import { ruleWords } from './cells.ts'

const SHOWN = 4

/** Every version, newest first: who, when, why, and what changed. */
export function Versions({ shown }: { shown: number }) {
  const history = useMatrixHistory()
  const versions = (history.data ?? []).toSorted((a, b) => b.version - a.version)
  return (
    <Panel id="versions" title="Versions">
      {history.isPending && <Lines count={2} />}
      {history.error && !history.data && <Fault fault={history.error} retry={() => void history.refetch()} />}
      {history.data && versions.length === 0 && (
        <p className="body soft">It stands as it came. Each change will stand here with its reason.</p>
      )}
      <ul className="facts">
        {versions.map((version) => (
          <li key={version.version} className="row top does">
            <div className="stack xs">
              <p>
                <b>Version {version.version}</b>{' '}
                <span className="meta">
                  {version.setBy}, {fullTime(version.setAt)}
                </span>
              </p>
              <p>{version.reason}</p>
              {version.changed.length > 0 && <p className="meta">{changedWords(version.changed)}</p>}
            </div>
            {version.version === shown ? (
              <span className="meta push nowrap">Shown</span>
            ) : (
              <Link className="push nowrap" to={`/handling?version=${version.version}`} aria-label={`Read version ${version.version}`}>
                Read it
              </Link>
            )}
          </li>
        ))}
        {versions.length > 0 && shown !== 0 && (
          <li className="row does">
            <span>As it came</span>
            <Link className="push nowrap" to="/handling?version=0" aria-label="Read the matrix as it came">
              Read it
            </Link>
          </li>
        )}
      </ul>
    </Panel>
  )
}

function changedWords(changed: string[]): string {
  const shown = changed.slice(0, SHOWN).map(ruleWords).join('; ')
  return changed.length > SHOWN ? `${shown} and ${changed.length - SHOWN} more` : shown
}
