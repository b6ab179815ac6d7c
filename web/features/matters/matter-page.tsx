import { IconChevronRight } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Link, NavLink, Outlet, useMatch, useOutletContext, useParams } from 'react-router'
import { MatterId } from '../../../src/contract/ids.ts'
import type { MatterPage as Matter } from '../../../src/contract/matter.ts'
import { useAct } from '../../app/acts.ts'
import { count, dateOf } from '../../lib/format.ts'
import { useKeys } from '../../lib/keys.ts'
import { isWithheld } from '../../lib/refused.ts'
import { useSection } from '../../lib/section.ts'
import { AfterPaint } from '../../ui/after-paint.tsx'
import { Class } from '../../ui/class.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { StandingHolds } from '../destruction/standing-holds.tsx'
import { HowHandled } from '../matrix/how-handled.tsx'
import { useMe } from '../session/api.ts'
import { useDocuments } from '../vault/api.ts'
import { expectRows } from '../vault/early-parts.ts'
import { DropTarget } from '../vault/drop-target.tsx'
import { usePicker } from '../vault/picker.tsx'
import { AddActs } from './add-acts.tsx'
import { useMatter } from './api.ts'
import { Intake } from './intake.tsx'
import { Locked } from './locked.tsx'
import { type Doing, MatterActs } from './matter-acts.tsx'
import { Standing } from './standing.tsx'
import { Status } from './status.tsx'
import { WhoIsWho } from './who-is-who.tsx'

type Here = { matter: Matter; filter: string; clearFilter: () => void; addFiles: () => void; addFolder: () => void }
export const useHere = () => useOutletContext<Here>()

export function MatterPage() {
  useSection('Matters')
  const id = MatterId.safeParse(useParams().matter)
  return id.success ? <Reading id={id.data} key={id.data} /> : <Nothing />
}

function Reading({ id }: { id: MatterId }) {
  const atFiles = useAtFiles()
  useEffect(() => {
    if (atFiles) expectRows(id)
  }, [id, atFiles])
  const matter = useMatter(id)
  if (matter.isPending) return <Lines count={3} />
  if (matter.data && !matter.error) return <Page matter={matter.data} />
  const retry = () => void matter.refetch()
  if (isWithheld(matter.error)) return <Locked id={id} text={matter.error.text} retry={retry} />
  return <Fault top fault={matter.error} retry={retry} />
}

function Page({ matter }: { matter: Matter }) {
  const [filter, setFilter] = useState('')
  const [doing, setDoing] = useState<Doing | null>(null)
  const picker = usePicker(matter.id)
  const { inputs, addFiles, addFolder } = picker
  const { upload } = matter.may
  const documents = useDocuments(matter.id, false).data?.length ?? matter.documents
  const atFiles = useAtFiles()
  useAct(upload, 'Add files', addFiles, 'a')
  useAct(upload, 'Add a folder', addFolder)
  useKeys(upload ? { a: addFiles } : {})

  return (
    <>
      <div className="mhead">
        <div className="row spread wrap">
          <Crumbs matter={matter} />
          <span className="meta">
            {[matter.number, matter.type, matter.jurisdiction].filter(Boolean).join(' · ')} ·{' '}
            {matter.status === 'intake' ? 'begun' : 'opened'} {dateOf(matter.openedAt)}
          </span>
        </div>
        <div className="row spread wrap">
          <div className="row wrap titleline">
            <h1 className="title cite">{matter.title}</h1>
            <Class of={matter.class} box />
            <AfterPaint>
              <HowHandled class={matter.class} />
            </AfterPaint>
            <Status of={matter.status} />
          </div>
          {upload && inputs}
          <div className="row acts">
            <MatterActs matter={matter} doing={doing} onDo={setDoing} />
            {upload && documents > 0 && <AddActs matter={matter} picker={picker} />}
          </div>
        </div>
        <WhoIsWho matter={matter} />
        <Standing matter={matter} />
        <AfterPaint>
          <StandingHolds matter={matter.id} />
        </AfterPaint>
        {matter.status === 'intake' && <Intake matter={matter} onChange={() => setDoing('change')} />}
        <div className="row spread wrap tabline">
          <Tabs matter={matter} documents={documents} atFiles={atFiles} />
          {atFiles && documents > 0 && (
            <Filter label="Filter the files" placeholder="Name of a file or folder" value={filter} onChange={setFilter} />
          )}
        </div>
      </div>
      <Outlet context={{ matter, filter, clearFilter: () => setFilter(''), addFiles, addFolder } satisfies Here} />
      {upload && <DropTarget matter={matter.id} />}
    </>
  )
}

const useAtFiles = () => [useMatch('/matters/:matter'), useMatch('/matters/:matter/documents/:document')].some(Boolean)

function Crumbs({ matter }: { matter: Matter }) {
  const mayRead = useMe().data?.may.includes('client.list')
  return (
    <nav className="crumbs" aria-label="Path">
      <Link to="/matters">Matters</Link>
      <IconChevronRight {...line} size={12} />
      {mayRead ? <Link to={`/clients/${matter.client.id}`}>{matter.client.name}</Link> : <span>{matter.client.name}</span>}
    </nav>
  )
}

function Tabs({ matter, documents, atFiles }: { matter: Matter; documents: number; atFiles: boolean }) {
  const base = `/matters/${matter.id}`
  return (
    <nav className="tabs" aria-label="Parts of the matter">
      <Link to={base} aria-current={atFiles ? 'page' : undefined}>
        Files<span className="n">{count(documents)}</span>
      </Link>
      <NavLink to={`${base}/team`}>Parties and team</NavLink>
      {matter.may.recipients && <NavLink to={`${base}/recipients`}>Recipients</NavLink>}
      {matter.may.explain && <NavLink to={`${base}/access`}>Who sees it</NavLink>}
      {matter.may.history && <NavLink to={`${base}/history`}>History</NavLink>}
    </nav>
  )
}
