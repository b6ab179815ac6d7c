import { IconWall } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { WhoSeesView } from '../../../src/contract/grant.ts'
import type { MatterId } from '../../../src/contract/ids.ts'
import type { z } from 'zod'
import { counted, fullTime, naturally } from '../../lib/format.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Fault } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWhoSees } from './api.ts'
import { Moment } from './moment.tsx'
import { Paths } from './paths.tsx'

type WhoSees = z.infer<typeof WhoSeesView>

/** Who can see a matter and why, now or at a moment; for those who keep walls, also what stops whom. */
export function AccessTab({ matter }: { matter: { id: MatterId } }) {
  const [at, setAt] = useState<string | null>(null)
  const who = useWhoSees(matter.id, at)
  const all = (who.data ?? []).toSorted((one, other) => naturally(one.person.name, other.person.name))
  const seeing = all.filter((one) => one.sees)
  const stopped = all.filter((one) => !one.sees && one.stopped.length > 0)
  return (
    <div className="page accesspage">
      <div className="row spread wrap accesshead">
        <div className="stack xs">
          <h2 className="head">{at === null ? 'Who can see this, and why' : `Who had access on ${fullTime(at)}, and why`}</h2>
          <p className="soft" role="status">
            {who.data && headWords(seeing.length, at)}
          </p>
        </div>
        <Moment label="Who had access on" at={at} onChange={setAt} />
      </div>
      {who.isPending && <Lines />}
      {who.error && !who.data && <Fault fault={who.error} retry={() => void who.refetch()} />}
      {seeing.length > 0 && <Seeing of={seeing} />}
      {stopped.length > 0 && <Stopped of={stopped} then={at !== null} />}
      {who.data && <p className="meta">This is what the database itself decides by; nobody reaches the matter in another way.</p>}
    </div>
  )
}

const headWords = (seeing: number, at: string | null) =>
  seeing === 0
    ? at === null
      ? 'Nobody reaches it now.'
      : 'Nobody reached it then.'
    : `${counted(seeing, 'person', 'people')} ${at === null ? (seeing === 1 ? 'reaches' : 'reach') : 'reached'} it${at === null ? '' : ' then'}.`

function Seeing({ of }: { of: WhoSees[] }) {
  return (
    <section className="panel clip" aria-label="Who sees it">
      <table className="table accesstable">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Reaches it</th>
          </tr>
        </thead>
        <tbody>
          {of.map((one) => (
            <tr key={one.person.id}>
              <th scope="row">
                <Person of={one} />
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

const Person = ({ of }: { of: WhoSees }) => (
  <span className="name">
    <Avatar name={of.person.name} />
    <span>
      <Link to={`/people/${of.person.id}`}>{of.person.name}</Link>
      <span className="meta">{of.roles.join(', ')}</span>
    </span>
  </span>
)

/** Those whom a wall or something else stops although there would be a way. */
function Stopped({ of, then }: { of: WhoSees[]; then: boolean }) {
  return (
    <Panel id="stopped" title={then ? 'Who was stopped' : 'Who is stopped'} clip>
      <table className="table accesstable">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Stopped by</th>
            <th scope="col">Would reach it</th>
          </tr>
        </thead>
        <tbody>
          {of.map((one) => (
            <tr key={one.person.id}>
              <th scope="row">
                <Person of={one} />
              </th>
              <td>
                <ul className="paths">
                  {one.stopped.map((stop) => (
                    <li key={stop.text} className="row">
                      {stop.by === 'wall' && <IconWall {...line} className="rosy" />}
                      {stop.wall ? <Link to={`/walls/${stop.wall}`}>{stop.text}</Link> : stop.text}
                    </li>
                  ))}
                </ul>
              </td>
              <td>{one.paths.length > 0 ? <Paths of={one.paths} /> : <span className="dim">No other way either</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
