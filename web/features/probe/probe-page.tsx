import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useProbes } from './api.ts'
import { Earlier, Result } from './result.tsx'
import { Running } from './running.tsx'
import { StartProbe } from './start-probe.tsx'

/** Whether the walls hold, tried by a walled twin of a person. */
export function ProbePage() {
  const probes = useProbes()
  if (probes.isPending) return <Lines />
  if (!probes.data) return <Fault fault={probes.error} retry={() => void probes.refetch()} />
  const [newest, ...earlier] = probes.data
  const runs = newest?.state === 'running'
  return (
    <div className="wallcols probecols">
      <div className="stack">
        {!runs && <StartProbe />}
        {newest && runs && <Running probe={newest} />}
        <Panel id="probe-how" title="What a probe does">
          <ol className="body probesteps">
            <li>It makes a twin of the person: the same roles and groups, and a wall that keeps it out.</li>
            <li>The twin asks every route of the program about what it must not see, and about what does not exist.</li>
            <li>Each pair of answers is compared: status, headers, bytes and, if asked for, how long they took.</li>
            <li>What it found goes into a signed report.</li>
          </ol>
        </Panel>
      </div>
      <div className="stack">
        {newest && !runs && <Result probe={newest} />}
        {newest === undefined && (
          <section className="panel">
            <p className="body soft">No probe has run yet. What the first one finds stands here.</p>
          </section>
        )}
        {earlier.length > 0 && <Earlier probes={earlier} />}
      </div>
    </div>
  )
}
