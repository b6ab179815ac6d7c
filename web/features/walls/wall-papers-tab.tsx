import { Link } from 'react-router'
import type { Side, WallPage as Wall } from '../../../src/contract/wall.ts'
import { counted, fullTime } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Panel } from '../../ui/panel.tsx'
import { State } from '../../ui/state.tsx'
import { useOwnReach } from '../explain/api.ts'
import { Sheet } from './sheet.tsx'
import { useWallHere } from './wall-page.tsx'

export function WallPapersTab() {
  const { wall } = useWallHere()
  return (
    <div className="wallcols">
      <div className="stack">
        <Who wall={wall} />
        {wall.announced && (
          <section className="stack sm" aria-labelledby="memo">
            <h2 className="sub" id="memo">
              Memorandum
            </h2>
            <Sheet text={wall.memorandum} />
          </section>
        )}
      </div>
      <Papers wall={wall} />
    </div>
  )
}

function Who({ wall }: { wall: Wall }) {
  const sides: Side[] = wall.kind === 'two-sided' ? ['a', 'b'] : ['a']
  return (
    <>
      <Panel id="from" title={wall.kind === 'two-sided' ? 'Two sides, kept from each other' : 'From what'}>
        {sides.map((side) => (
          <Targets key={side} of={wall.targets.filter((target) => target.side === side)} />
        ))}
      </Panel>
      {wall.screened.length > 0 && (
        <Panel id="screened" title="Who is screened">
          <ul className="facts">
            {wall.screened.map((one) => (
              <li key={`${one.person ?? ''}${one.group ?? ''}${one.side}`} className="row wrap">
                {one.person ? <Link to={`/people/${one.person}`}>{one.name}</Link> : <span>{one.name}</span>}
                {one.group && <span className="meta">group</span>}
                {wall.kind === 'two-sided' && (
                  <span className="meta push">kept from {wall.targets.find((target) => target.side === one.side)?.name}</span>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

/** A matter is a link for whoever reaches it. */
function Targets({ of }: { of: Wall['targets'] }) {
  const reached = useOwnReach()
  return (
    <ul className="facts side">
      {of.map((target) => (
        <li key={`${target.matter ?? ''}${target.client ?? ''}`} className="row wrap">
          {target.matter && reached.has(target.matter) ? (
            <Link to={`/matters/${target.matter}`}>
              <Cite>{target.name}</Cite>
            </Link>
          ) : target.matter ? (
            <Cite>{target.name}</Cite>
          ) : (
            <span>{target.name}</span>
          )}
          {target.client && <span className="meta">all its matters, also those to come</span>}
        </li>
      ))}
    </ul>
  )
}

function Papers({ wall }: { wall: Wall }) {
  return (
    <Panel id="papers" title="Papers">
      <dl className="body papers">
        <Paper name="What made it necessary">{wall.trigger}</Paper>
        <div>
          <dt>When the firm came to know</dt>
          <dd>
            {fullTime(wall.needKnownAt)} {wall.late && <State kind="wait">Late</State>}
          </dd>
        </div>
        <Paper name="The confidential information">{wall.information}</Paper>
        <Paper name="Reason">{wall.reason}</Paper>
        <div>
          <dt>How the screen is kept</dt>
          <dd>
            <ol className="procedures">
              {wall.procedures.map((procedure) => (
                <li key={procedure}>{procedure}</li>
              ))}
            </ol>
          </dd>
        </div>
        <Paper name="Fee">{wall.fee}</Paper>
        <Paper name="Rhythm">
          {`Certified every ${counted(wall.certifyDays, 'day')}; those screened are reminded every ${counted(wall.remindDays, 'day')}.`}
        </Paper>
      </dl>
    </Panel>
  )
}

const Paper = ({ name, children }: { name: string; children: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
