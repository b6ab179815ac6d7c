import { Button, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { MatterView } from '../../../src/contract/matter.ts'
import { useAct } from '../../app/acts.ts'
import { counted } from '../../lib/format.ts'
import { useSection } from '../../lib/section.ts'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { AskLink } from '../requests/ask-link.tsx'
import { useMe } from '../session/api.ts'
import { useMatterPages } from './api.ts'
import { BeginMatter } from './begin-matter.tsx'
import { Handovers } from './handovers.tsx'
import { MattersTable } from './matters-table.tsx'
import { STATUS } from './words.ts'

const VIEWS = ['all', 'intake', 'open', 'closed'] as const
type View = (typeof VIEWS)[number]

export function MattersPage() {
  useSection('Matters')
  const may = useMe().data?.may ?? []
  const mayBegin = may.includes('matter.create')
  const matters = useMatterPages()
  const all = matters.data?.pages.flatMap((page) => page.matters)
  const [beginning, drawer] = useDisclosure()
  const [filter, setFilter] = useState('')
  useAct(mayBegin, 'Begin a matter', drawer.open)
  const some = all && all.length > 0

  return (
    <div className="page">
      <div className="row spread wrap">
        <div className="stack xs">
          <h1 className="title">Matters</h1>
          {some && (
            <p className="soft">
              {matters.hasNextPage ? `The newest ${counted(all.length, 'matter')}` : counted(all.length, 'matter')} within your reach.
            </p>
          )}
        </div>
        {mayBegin && some && (
          <div className="row wrap acts">
            <Button variant="filled" leftSection={<IconPlus {...line} />} onClick={drawer.open}>
              Begin a matter
            </Button>
          </div>
        )}
      </div>
      {may.includes('team.join') && <Handovers />}
      {matters.isPending && <Lines />}
      {matters.error && !matters.data && <Fault fault={matters.error} retry={() => void matters.refetch()} />}
      {all?.length === 0 && (
        <section className="panel">
          {mayBegin ? (
            <Empty
              title="No matter is within your reach yet"
              act={
                <div className="row wrap">
                  <Button variant="filled" onClick={drawer.open}>
                    Begin the first matter
                  </Button>
                  <AskLink />
                </div>
              }
            >
              The matters whose team you are on will stand here. Whoever begins a matter is its first team.
            </Empty>
          ) : (
            <Empty title="No matter is within your reach" act={<AskLink />}>
              It will stand here as soon as someone brings you onto its team.
            </Empty>
          )}
        </section>
      )}
      {some && <List matters={all} filter={filter} onFilter={setFilter} />}
      {matters.hasNextPage && (
        <div className="row wrap">
          <Button loading={matters.isFetchingNextPage} onClick={() => void matters.fetchNextPage()}>
            Show earlier matters
          </Button>
          {filter.trim() && <span className="meta">Only what is shown is looked through.</span>}
        </div>
      )}
      <BeginMatter opened={beginning} onClose={drawer.close} />
    </div>
  )
}

type ListProps = { matters: MatterView[]; filter: string; onFilter: (text: string) => void }

function List({ matters, filter, onFilter }: ListProps) {
  const [at, setAt] = useSearchParams()
  const view = VIEWS.find((name) => name === at.get('status')) ?? 'all'
  const wanted = filter.trim().toLowerCase()
  const inView = matters.filter((matter) => view === 'all' || matter.status === view)
  const found = inView.filter((matter) => `${matter.title} ${matter.number} ${matter.client.name}`.toLowerCase().includes(wanted))
  const numberOf = (name: View) => matters.filter((matter) => name === 'all' || matter.status === name).length
  return (
    <>
      <div className="row spread wrap listbar">
        <SegmentedControl
          size="xs"
          aria-label="Status"
          value={view}
          onChange={(name) => setAt(name === 'all' ? {} : { status: name }, { replace: true })}
          data={VIEWS.map((name) => ({ value: name, label: `${name === 'all' ? 'All' : STATUS[name]} ${numberOf(name)}` }))}
        />
        <Filter label="Filter the matters" placeholder="Title, client or number" value={filter} onChange={onFilter} />
      </div>
      {found.length > 0 && <MattersTable matters={found} />}
      {found.length === 0 && (
        <p className="soft none">
          {wanted
            ? `No matter here answers to “${filter.trim()}”.`
            : `No matter within your reach stands at ${STATUS[view as 'open'].toLowerCase()}.`}
        </p>
      )}
    </>
  )
}
