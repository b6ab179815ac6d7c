import { Button } from '@mantine/core'
import { IconCircleX, IconDownload } from '@tabler/icons-react'
import type { ProbeView } from '../../../src/contract/probe.ts'
import { count, counted, fullTime } from '../../lib/format.ts'
import { Fact } from '../../ui/fact.tsx'
import { line } from '../../ui/icons.ts'
import { Panel } from '../../ui/panel.tsx'
import { State } from '../../ui/state.tsx'
import { reportAddress } from './api.ts'

const WHAT = { status: 'Status', header: 'Header', bytes: 'Bytes', timing: 'Timing' } as const

/** What a probe found, in plain words. */
export function Result({ probe }: { probe: ProbeView }) {
  return (
    <section className="panel clip" aria-labelledby={`probe-${probe.id}`}>
      <header>
        <h2 className="sub" id={`probe-${probe.id}`}>
          The newest probe
        </h2>
        <span className="meta push">{fullTime(probe.endedAt ?? probe.startedAt)}</span>
      </header>
      <div className="body">
        <Found probe={probe} />
      </div>
    </section>
  )
}

function Found({ probe }: { probe: ProbeView }) {
  return (
    <div className="stack">
      {probe.state === 'passed' && (
        <>
          <p>
            <State kind="ok">The walls hold</State>
          </p>
          <p className="say">
            A walled twin of {probe.twinOf} could not tell what is behind its wall from what does not exist, on any of{' '}
            {counted(probe.routes, 'route')}.
          </p>
        </>
      )}
      {probe.state === 'failed' && (
        <>
          <Fact kind="refuse" title={`${counted(probe.differences.length, 'difference')} found`}>
            <p>
              On {routesOf(probe)} of {counted(probe.routes, 'route')} a walled twin of {probe.twinOf} could tell that something is there.
              Report it to whoever looks after the program, with the report below.
            </p>
          </Fact>
          <Differences of={probe} />
        </>
      )}
      {probe.state === 'broken' && (
        <Fact kind="refuse" title="The probe did not come to its end">
          <p>It asked {counted(probe.asked, 'question')} and says nothing about the rest. Start it again.</p>
        </Fact>
      )}
      <p className="meta">
        {counted(probe.asked, 'question')} asked. {probe.by} started it on {fullTime(probe.startedAt)}.
      </p>
      {probe.state !== 'broken' && <Report probe={probe} />}
    </div>
  )
}

const routesOf = (probe: ProbeView) => count(new Set(probe.differences.map(({ route }) => route)).size)

const Report = ({ probe }: { probe: ProbeView }) => (
  <div>
    <Button
      component="a"
      size="xs"
      href={reportAddress(probe.id)}
      download
      leftSection={<IconDownload {...line} />}
      aria-label={`Download the signed report of ${fullTime(probe.startedAt)}`}
    >
      Download the signed report
    </Button>
  </div>
)

function Differences({ of }: { of: ProbeView }) {
  return (
    <div className="across" role="region" aria-label="Differences" tabIndex={0}>
      <table className="table difftable">
        <thead>
          <tr>
            <th scope="col">Route</th>
            <th scope="col">In</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {of.differences.map((difference, index) => (
            <tr key={index}>
              <th scope="row">{difference.route}</th>
              <td>{WHAT[difference.what]}</td>
              <td>{difference.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Probes from before, each to be opened. */
export function Earlier({ probes }: { probes: ProbeView[] }) {
  return (
    <Panel id="probe-earlier" title="Earlier probes">
      <ul className="folds">
        {probes.map((probe) => (
          <li key={probe.id}>
            <details>
              <summary>
                <span>
                  <b>{fullTime(probe.startedAt)}</b> <span className="meta">a twin of {probe.twinOf}</span>
                </span>
                <span className="tail">
                  <Outcome of={probe} />
                </span>
              </summary>
              <div className="inside">
                <Found probe={probe} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Outcome({ of }: { of: ProbeView }) {
  if (of.state === 'passed') return <State kind="ok">The walls hold</State>
  if (of.state === 'running') return <State kind="wait">Runs</State>
  return (
    <span className="state no">
      <IconCircleX {...line} size={14} />
      {of.state === 'failed' ? counted(of.differences.length, 'difference') : 'Did not end'}
    </span>
  )
}
