import { counted, dateOf } from '../../lib/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { State } from '../../ui/state.tsx'
import { SeenTable } from './seen-table.tsx'
import { useWallHere } from './wall-page.tsx'

/** The sealed list of what those screened opened before. */
export function WallSeenTab() {
  const { wall } = useWallHere()
  const titles = new Map<string, string>(wall.targets.flatMap((target) => (target.matter ? [[target.matter, target.name] as const] : [])))
  const [last] = wall.seen.map(({ at }) => at).toSorted()
  if (wall.seen.length === 0)
    return <Empty title="Nothing was seen before">The ledger has no look by those screened at what the wall covers, before it stood.</Empty>
  return (
    <section className="panel clip" aria-labelledby="seen">
      <header>
        <h2 className="sub" id="seen">
          What those screened had seen
        </h2>
        <span className="meta push">
          {counted(wall.seen.length, 'look')}
          {last && `, the first on ${dateOf(last)}`}
        </span>
      </header>
      {wall.late && (
        <div className="body line">
          <State kind="wait">Late</State>
          <p className="soft">Something was opened before the screen stood. The papers and the pack say so.</p>
        </div>
      )}
      <SeenTable seen={wall.seen} titles={titles} />
      <p className="body meta">Sealed when the wall was raised, and part of its screening pack. Those screened are not shown it.</p>
    </section>
  )
}
