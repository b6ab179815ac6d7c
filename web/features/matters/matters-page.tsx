import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFolder, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { MatterView } from '../../../src/contract/matter.ts'
import { useAct } from '../../app/acts.ts'
import { counted, naturally } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Cite } from '../../ui/cite.tsx'
import { Class } from '../../ui/class.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { When } from '../../ui/values.tsx'
import { useMe } from '../session/api.ts'
import { useMatters } from './api.ts'
import { Handovers } from './handovers.tsx'
import { OpenMatter } from './open-matter.tsx'

export function MattersPage() {
  useSection('Matters')
  const may = useMe().data?.may ?? []
  const mayOpen = may.includes('matter.create')
  const matters = useMatters()
  const [opening, drawer] = useDisclosure()
  const [filter, setFilter] = useState('')
  useAct(mayOpen, 'Open a matter', drawer.open)
  const found =
    matters.data?.filter((matter) =>
      `${matter.title} ${matter.number} ${matter.client.name}`.toLowerCase().includes(filter.trim().toLowerCase()),
    ) ?? []

  return (
    <div className="page">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">Matters</h1>
          {matters.data && matters.data.length > 0 && <p className="soft">{counted(matters.data.length, 'matter')} within your reach.</p>}
        </div>
        <div className="row wrap acts">
          {matters.data && matters.data.length > 0 && (
            <Filter label="Filter the matters" placeholder="Title, client or number" value={filter} onChange={setFilter} />
          )}
          {mayOpen && matters.data && matters.data.length > 0 && (
            <Button variant="filled" leftSection={<IconPlus {...line} />} onClick={drawer.open}>
              Open a matter
            </Button>
          )}
        </div>
      </div>
      {may.includes('team.join') && <Handovers />}
      {matters.isPending && <Lines />}
      {matters.error && <Fault fault={matters.error} retry={() => void matters.refetch()} />}
      {matters.data?.length === 0 && (
        <section className="panel">
          {mayOpen ? (
            <Empty
              title="No matter is open yet"
              act={
                <Button variant="filled" onClick={drawer.open}>
                  Open the first matter
                </Button>
              }
            >
              The matters whose team you are on will stand here. Whoever opens a matter is its first team.
            </Empty>
          ) : (
            <Empty title="No matter is within your reach">It will stand here as soon as someone brings you onto its team.</Empty>
          )}
        </section>
      )}
      {found.length > 0 && <MattersTable matters={found} />}
      {matters.data && matters.data.length > 0 && found.length === 0 && (
        <p className="soft">No matter within your reach answers to “{filter.trim()}”.</p>
      )}
      <OpenMatter opened={opening} onClose={drawer.close} />
    </div>
  )
}

const COLUMNS = {
  number: { name: 'Number', compare: (a: MatterView, b: MatterView) => naturally(b.number, a.number) },
  title: { name: 'Matter', compare: (a: MatterView, b: MatterView) => naturally(a.title, b.title) },
  client: { name: 'Client', compare: (a: MatterView, b: MatterView) => naturally(a.client.name, b.client.name) },
  class: { name: 'Class', compare: (a: MatterView, b: MatterView) => naturally(a.class, b.class) },
  opened: { name: 'Opened', compare: (a: MatterView, b: MatterView) => (a.openedAt < b.openedAt ? 1 : -1) },
}
type Column = keyof typeof COLUMNS

function MattersTable({ matters }: { matters: MatterView[] }) {
  const [by, setBy] = useState<Column>('opened')
  const go = useNavigate()
  return (
    <section className="panel clip" aria-label="Matters">
      <table className="table matters">
        <thead>
          <tr>
            {(Object.keys(COLUMNS) as Column[]).map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={by === column ? (column === 'opened' || column === 'number' ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" className="sort" onClick={() => setBy(column)}>
                  {COLUMNS[column].name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matters.toSorted(COLUMNS[by].compare).map((matter) => (
            <tr key={matter.id} className="goes" onClick={() => void go(`/matters/${matter.id}`)}>
              <td className="dim nowrap">{matter.number}</td>
              <th scope="row">
                <span className="name">
                  <IconFolder {...line} />
                  <Link to={`/matters/${matter.id}`} onClick={(event) => event.stopPropagation()}>
                    <Cite>{matter.title}</Cite>
                  </Link>
                </span>
              </th>
              <td>{matter.client.name}</td>
              <td>
                <Class of={matter.class} />
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
