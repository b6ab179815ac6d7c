import { Button } from '@mantine/core'
import { IconChevronRight, IconFilePlus, IconFolderPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, NavLink, Outlet, useMatch, useOutletContext, useParams } from 'react-router'
import { MatterId } from '../../../src/contract/ids.ts'
import type { MatterPage as Matter } from '../../../src/contract/matter.ts'
import { useAct } from '../../app/acts.ts'
import { count, dateOf } from '../../lib/format.ts'
import { useKeys } from '../../lib/keys.ts'
import { useSection } from '../../lib/section.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Class } from '../../ui/class.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { Filter } from '../../ui/filter.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { useDocuments } from '../vault/api.ts'
import { DropTarget } from '../vault/drop-target.tsx'
import { usePicker } from '../vault/picker.tsx'
import { useMatter } from './api.ts'

type Here = { matter: Matter; filter: string; clearFilter: () => void; addFiles: () => void; addFolder: () => void }
export const useHere = () => useOutletContext<Here>()

export function MatterPage() {
  useSection('Matters')
  const id = MatterId.safeParse(useParams().matter)
  return id.success ? <Reading id={id.data} key={id.data} /> : <Nothing />
}

function Reading({ id }: { id: MatterId }) {
  const matter = useMatter(id)
  if (matter.isPending) return <Lines count={3} />
  if (matter.data && !matter.error) return <Page matter={matter.data} />
  return <Fault top fault={matter.error} retry={() => void matter.refetch()} />
}

function Page({ matter }: { matter: Matter }) {
  const [filter, setFilter] = useState('')
  const { inputs, addFiles, addFolder } = usePicker(matter.id)
  const { upload } = matter.may
  const documents = useDocuments(matter.id).data?.length ?? matter.documents
  const atFiles = [useMatch('/matters/:matter'), useMatch('/matters/:matter/documents/:document')].some(Boolean)
  useAct(upload, 'Add files', addFiles, 'a')
  useAct(upload, 'Add a folder', addFolder)
  useKeys(upload ? { a: addFiles } : {})

  return (
    <>
      <div className="mhead">
        <div className="row spread wrap">
          <nav className="crumbs" aria-label="Path">
            <Link to="/matters">Matters</Link>
            <IconChevronRight {...line} size={12} />
            <span>{matter.client.name}</span>
          </nav>
          <span className="meta">
            {matter.number} · opened {dateOf(matter.openedAt)}
          </span>
        </div>
        <div className="row spread wrap">
          <div className="row wrap titleline">
            <h1 className="title cite">{matter.title}</h1>
            <Class of={matter.class} box />
          </div>
          {upload && inputs}
          {upload && documents > 0 && (
            <div className="row acts">
              <Button leftSection={<IconFolderPlus {...line} />} onClick={addFolder}>
                Add a folder
              </Button>
              <Button variant="filled" leftSection={<IconFilePlus {...line} />} onClick={addFiles}>
                Add files
              </Button>
            </div>
          )}
        </div>
        <dl className="who">
          <div>
            <dt>Client</dt>
            <dd>{matter.client.name}</dd>
          </div>
          <Team matter={matter} />
        </dl>
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

function Team({ matter }: { matter: Matter }) {
  const shown = matter.team.slice(0, 4)
  const names = shown.map((member) => member.name).join(', ') + (matter.team.length > 4 ? ` and ${matter.team.length - 4} more` : '')
  return (
    <div className="teamd">
      <dt>Team</dt>
      <dd className="row">
        <span className="avs">
          {shown.map((member) => (
            <Avatar key={member.person} name={member.name} />
          ))}
        </span>
        <span>{names}</span>
      </dd>
    </div>
  )
}

function Tabs({ matter, documents, atFiles }: { matter: Matter; documents: number; atFiles: boolean }) {
  const base = `/matters/${matter.id}`
  return (
    <nav className="tabs" aria-label="Parts of the matter">
      <Link to={base} aria-current={atFiles ? 'page' : undefined}>
        Files<span className="n">{count(documents)}</span>
      </Link>
      <NavLink to={`${base}/team`}>
        Team<span className="n">{count(matter.team.length)}</span>
      </NavLink>
      {matter.may.history && <NavLink to={`${base}/history`}>History</NavLink>}
    </nav>
  )
}
