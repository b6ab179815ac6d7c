import { IconFolder, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { MatterView } from '../../../src/contract/matter.ts'
import { CLASSES } from '../../../src/contract/words.ts'
import { naturally } from '../../lib/format.ts'
import { Cite } from '../../ui/cite.tsx'
import { Class } from '../../ui/class.tsx'
import { line } from '../../ui/icons.ts'
import { When } from '../../ui/values.tsx'
import { expectMatter } from './api.ts'
import { Status } from './status.tsx'

const STATUSES: MatterView['status'][] = ['intake', 'open', 'closed']
type Compare = (a: MatterView, b: MatterView) => number
const COLUMNS: Record<string, { name: string; compare: Compare; falls?: true }> = {
  number: { name: 'Number', compare: (a, b) => naturally(b.number, a.number), falls: true },
  title: { name: 'Matter', compare: (a, b) => naturally(a.title, b.title) },
  client: { name: 'Client', compare: (a, b) => naturally(a.client.name, b.client.name) },
  responsible: { name: 'Responsible', compare: (a, b) => naturally(a.responsible?.name ?? '', b.responsible?.name ?? '') },
  class: { name: 'Class', compare: (a, b) => CLASSES.indexOf(b.class) - CLASSES.indexOf(a.class), falls: true },
  status: { name: 'Status', compare: (a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) },
  opened: { name: 'Begun', compare: (a, b) => (a.openedAt < b.openedAt ? 1 : -1), falls: true },
}

export function MattersTable({ matters }: { matters: MatterView[] }) {
  const [by, setBy] = useState('opened')
  const go = useNavigate()
  return (
    <section className="panel clip" aria-label="Matters">
      <table className="table matters">
        <thead>
          <tr>
            {Object.entries(COLUMNS).map(([column, { name, falls }]) => (
              <th key={column} scope="col" aria-sort={by === column ? (falls ? 'descending' : 'ascending') : undefined}>
                <button type="button" className="sort" onClick={() => setBy(column)}>
                  {name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matters.toSorted(COLUMNS[by]?.compare).map((matter) => (
            <tr
              key={matter.id}
              className="goes"
              onPointerDown={() => expectMatter(matter.id)}
              onClick={() => {
                expectMatter(matter.id)
                void go(`/matters/${matter.id}`)
              }}
            >
              <td className="dim nowrap">{matter.number}</td>
              <th scope="row">
                <span className="name">
                  {matter.isLocked ? <IconLock {...line} /> : <IconFolder {...line} />}
                  <Link
                    to={`/matters/${matter.id}`}
                    onFocus={() => expectMatter(matter.id)}
                    onClick={(event) => {
                      event.stopPropagation()
                      expectMatter(matter.id)
                    }}
                  >
                    {matter.isLocked ? <span className="soft">{matter.title}</span> : <Cite>{matter.title}</Cite>}
                  </Link>
                  <span className="only-s">
                    <Status of={matter.status} />
                  </span>
                </span>
              </th>
              <td>{matter.client.name}</td>
              <td className="dim">{matter.responsible?.name}</td>
              <td>
                <Class of={matter.class} />
              </td>
              <td>
                <Status of={matter.status} always />
              </td>
              <td className="dim">
                <When at={matter.openedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
