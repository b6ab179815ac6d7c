import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { DocumentView } from '../../../src/contract/document.ts'
import { Cite } from '../../ui/cite.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useHere } from '../matters/matter-page.tsx'
import { useDocuments } from './api.ts'
import { FileList } from './file-list.tsx'
import { Pane } from './pane.tsx'
import { Tray } from './tray.tsx'
import { rowsOf } from './tree.ts'

export function FilesTab() {
  const { matter } = useHere()
  const { document: openId } = useParams()
  const documents = useDocuments(matter.id)
  const go = useNavigate()
  const open = documents.data?.find((document) => document.id === openId)
  const close = () => void go(`/matters/${matter.id}`, { preventScrollReset: true })

  return (
    <div className="split" data-open={openId ? true : undefined}>
      <section className="list" aria-label="Files">
        {documents.isPending && <Lines count={12} />}
        {documents.error && !documents.data && <Fault fault={documents.error} retry={() => void documents.refetch()} />}
        {documents.data && <Files documents={documents.data} openId={openId ?? null} />}
        <Tray />
      </section>
      {openId && documents.data && <Pane key={openId} document={open ?? null} matter={matter} onClose={close} />}
    </div>
  )
}

function Files({ documents, openId }: { documents: DocumentView[]; openId: string | null }) {
  const { matter, filter, clearFilter, addFiles, addFolder } = useHere()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => rowsOf(documents, closed, filter), [documents, closed, filter])
  const go = useNavigate()
  const toggle = (path: string) =>
    setClosed(closed.has(path) ? new Set([...closed].filter((other) => other !== path)) : new Set([...closed, path]))

  if (documents.length === 0)
    return (
      <Empty
        title="No file is in this matter yet"
        act={
          matter.may.upload && (
            <div className="row wrap">
              <Button variant={matter.status === 'intake' ? 'default' : 'filled'} onClick={addFiles}>
                Add the first files
              </Button>
              <Button onClick={addFolder}>Add a folder</Button>
            </div>
          )
        }
      >
        {matter.may.upload ? (
          <>
            Drop files or a whole folder anywhere on this page. They are sealed under the key of <Cite>{matter.title}</Cite> alone.
          </>
        ) : matter.status === 'closed' ? (
          'The matter is closed, and nothing is added to it.'
        ) : (
          'What the team adds will stand here.'
        )}
      </Empty>
    )
  if (rows.length === 0) return <Empty title="No file has that in its name" act={<Button onClick={clearFilter}>Show all files</Button>} />
  return (
    <FileList
      rows={rows}
      openId={openId}
      onToggle={toggle}
      onOpen={(id) => void go(`/matters/${matter.id}/documents/${id}`, { preventScrollReset: true })}
    />
  )
}
