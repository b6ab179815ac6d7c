import { counted, naturally } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useWide } from './api.ts'

/** Matters that a practice group may see besides the team, the most open first. */
export function WidePage() {
  const wide = useWide()
  if (wide.isPending) return <Lines />
  if (!wide.data) return <Fault fault={wide.error} retry={() => void wide.refetch()} />
  if (wide.data.length === 0)
    return (
      <section className="panel">
        <Empty title="Every matter is open to its team alone">
          A matter that someone opens to a practice group stands here, with how many people then reach it.
        </Empty>
      </section>
    )
  const matters = wide.data.toSorted((one, other) => other.people - one.people || naturally(one.title, other.title))
  return (
    <>
      <p className="soft">
        {counted(matters.length, 'matter is', 'matters are')} open beyond {matters.length === 1 ? 'its team' : 'their teams'}.
      </p>
      <section className="panel clip" aria-label="Matters open beyond their teams">
        <table className="table widetable">
          <thead>
            <tr>
              <th scope="col">Matter</th>
              <th scope="col">Open to</th>
              <th scope="col" className="num">
                People who reach it
              </th>
            </tr>
          </thead>
          <tbody>
            {matters.map((one) => (
              <tr key={one.matter}>
                <th scope="row">
                  <Cite>{one.title}</Cite>
                  <span className="meta under">
                    {one.number} · {one.client}
                  </span>
                </th>
                <td>{one.groups.map(({ name }) => name).join(', ')}</td>
                <td className="num">{one.people}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
