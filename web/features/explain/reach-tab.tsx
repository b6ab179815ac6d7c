import { useState } from 'react'
import { Link } from 'react-router'
import type { ReachedMatter } from '../../../src/contract/grant.ts'
import type { z } from 'zod'
import { counted, fullTime, naturally } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { Lines } from '../../ui/lines.tsx'
import { mayReach, usePersonHere } from '../people/person-page.tsx'
import { useOwnReach, useReach } from './api.ts'
import { Moment } from './moment.tsx'
import { Paths } from './paths.tsx'

type Reached = z.infer<typeof ReachedMatter>

export function ReachTab() {
  const here = usePersonHere()
  return mayReach(here) ? <Reach /> : <Nothing />
}

/** What a person can see and why, now or at a moment. */
function Reach() {
  const { person, me } = usePersonHere()
  const [at, setAt] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const reach = useReach(person.id, at)
  const all = reach.data ?? []
  const found = all
    .filter((one) => `${one.title} ${one.number} ${one.client}`.toLowerCase().includes(typed.trim().toLowerCase()))
    .toSorted((one, other) => naturally(one.title, other.title))
  const who = person.id === me.id ? 'you' : person.name
  return (
    <div className="page accesspage">
      <div className="row spread wrap accesshead">
        <div className="stack xs">
          <h2 className="head">{at === null ? `What ${who} can see, and why` : `What ${who} could see on ${fullTime(at)}, and why`}</h2>
          <p className="soft" role="status">
            {reach.data && (all.length === 0 ? 'No matter.' : `${counted(all.length, 'matter')}.`)}
          </p>
        </div>
        <Moment label="What was within reach on" at={at} onChange={setAt} />
      </div>
      {all.length > 8 && <Filter label="Filter the matters" placeholder="Title, client or number" value={typed} onChange={setTyped} />}
      {reach.isPending && <Lines />}
      {reach.error && !reach.data && <Fault fault={reach.error} retry={() => void reach.refetch()} />}
      {found.length > 0 && <Table matters={found} />}
      {all.length > 0 && found.length === 0 && <p className="soft none">No matter here answers to “{typed.trim()}”.</p>}
    </div>
  )
}

function Table({ matters }: { matters: Reached[] }) {
  const reached = useOwnReach()
  return (
    <section className="panel clip" aria-label="Matters">
      <table className="table accesstable">
        <thead>
          <tr>
            <th scope="col">Matter</th>
            <th scope="col">Reached</th>
          </tr>
        </thead>
        <tbody>
          {matters.map((one) => (
            <tr key={one.matter}>
              <th scope="row">
                {reached.has(one.matter) ? (
                  <Link to={`/matters/${one.matter}`}>
                    <Cite>{one.title}</Cite>
                  </Link>
                ) : (
                  <Cite>{one.title}</Cite>
                )}
                <span className="meta under">
                  {one.number} · {one.client}
                </span>
              </th>
              <td>
                <Paths of={one.paths} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
