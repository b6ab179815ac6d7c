import type { z } from 'zod'
import type { PathView } from '../../../src/contract/grant.ts'
import { dateOf, fullTime } from '../../lib/format.ts'
import { isPast } from '../people/leaving-time.ts'

type Path = z.infer<typeof PathView>

/** The ways by which someone reaches a matter, each a sentence. */
export function Paths({ of }: { of: Path[] }) {
  return (
    <ul className="paths">
      {of.map((path, index) => (
        <li key={index}>
          {wayWords(path)}
          <span className="meta"> {detailWords(path)}</span>
          {path.reason && <span className="soft why">{path.reason}</span>}
        </li>
      ))}
    </ul>
  )
}

const ROLES = { responsible: 'as responsible', deputy: 'as deputy', member: 'as member', assistant: 'as assistant' } as const

function wayWords({ via, role, group }: Path): string {
  if (via === 'team') return `On the team${role ? ` ${ROLES[role]}` : ''}`
  if (via === 'grant') return 'Was granted access for a time'
  if (via === 'break-glass') return 'Went in by emergency'
  return `In the group ${group ?? 'that it is open to'}, to which it is open`
}

function detailWords({ via, since, until, by }: Path): string {
  const exact = via === 'break-glass' ? fullTime : dateOf
  const end = until === null ? '' : isPast(until) ? `, ended ${exact(until)}` : `, until ${exact(until)}`
  return `since ${exact(since)}${end}${by ? `, by ${by}` : ''}`
}
