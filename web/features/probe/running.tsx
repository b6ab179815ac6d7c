import type { ProbeView } from '../../../src/contract/probe.ts'
import { count, counted, fullTime } from '../../lib/format.ts'

/** A probe under way, with how far it is. */
export function Running({ probe }: { probe: ProbeView }) {
  const percent = Math.floor(probe.progress * 100)
  return (
    <section className="panel" aria-labelledby="probe-runs">
      <header>
        <h2 className="sub" id="probe-runs">
          A probe runs
        </h2>
        <span className="meta push">{percent} %</span>
      </header>
      <div className="body stack sm">
        <span
          className="progress"
          role="progressbar"
          aria-labelledby="probe-runs"
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ width: `${percent}%` }} />
        </span>
        <p className="soft">
          With a twin of {probe.twinOf}: {counted(probe.asked, 'question')} asked
          {probe.routes > 0 && ` over ${count(probe.routes)} routes`}.
        </p>
        <p className="meta">
          {probe.by} started it on {fullTime(probe.startedAt)}. It goes on when you leave this page.
        </p>
      </div>
    </section>
  )
}
