import { useEffect, useRef, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { DocumentView } from '../../../src/contract/document.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useHere } from '../matters/matter-page.tsx'
import { useMe } from '../session/api.ts'
import { useDocuments } from './api.ts'
import { useFolders } from './filing.ts'
import { EarlyList, EARLY_FROM, useFirstPart } from './early-list.tsx'
import { Files } from './files.tsx'
import type { What } from './list-acts.ts'
import { Moving } from './moving.tsx'
import { Pane } from './pane.tsx'
import { NOTHING, type Selection, still } from './selection.ts'
import { TrashView } from './trash-view.tsx'
import { Tray } from './tray.tsx'

export function FilesTab() {
  const { matter } = useHere()
  const { document: openId } = useParams()
  const [query] = useSearchParams()
  const isLong = matter.documents > EARLY_FROM
  const first = useFirstPart(matter.id, isLong)
  // the first rows come first
  const documents = useDocuments(matter.id, !isLong || !first.isPending)
  const folders = useFolders(matter.id)
  const mayFile = (useMe().data?.may.includes('document.change') ?? false) && matter.status !== 'closed'
  const [chosen, setSelection] = useState<Selection>(NOTHING)
  const [moving, setMoving] = useState<What | null>(null)
  const go = useNavigate()
  const selection = still(chosen, documents.data ?? [])
  const open = documents.data?.find((document) => document.id === openId)
  const close = () => void go(`/matters/${matter.id}`, { preventScrollReset: true })
  useEscape(() => {
    if (selection.ids.size > 0) setSelection(NOTHING)
    else if (openId) close()
  })
  const moveOne = (document: DocumentView) => setMoving({ kind: 'files', files: [document] })

  return (
    <div className="split" data-open={openId ? true : undefined}>
      <section className="list" aria-label="Files">
        {query.get('show') === 'trash' ? (
          <TrashView matter={matter} mayFile={mayFile} />
        ) : (
          <>
            {documents.isPending &&
              (first.data ? <EarlyList matter={matter.id} total={first.data.total} openId={openId ?? null} /> : <Lines count={12} />)}
            {documents.error && !documents.data && <Fault fault={documents.error} retry={() => void documents.refetch()} />}
            {folders.error && !folders.data && documents.data && (
              <p className="meta listwrong">
                Empty folders could not be read.{' '}
                <button type="button" className="plainlink" onClick={() => void folders.refetch()}>
                  Ask again
                </button>
              </p>
            )}
            {documents.data && (
              <Files
                documents={documents.data}
                folders={folders.data ?? []}
                mayFile={mayFile}
                openId={openId ?? null}
                selection={selection}
                onSelect={setSelection}
                onMove={setMoving}
              />
            )}
          </>
        )}
        <Tray />
      </section>
      {openId && documents.data && (
        <Pane key={openId} document={open ?? null} matter={matter} mayFile={mayFile} onMove={moveOne} onClose={close} />
      )}
      <Moving what={moving} documents={documents.data ?? []} folders={folders.data ?? []} onClose={() => setMoving(null)} />
    </div>
  )
}

/** Escape closes the nearest thing; what has a use of its own for it, such as a name being written, has it first. */
function useEscape(run: () => void): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || window.document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')) return
      if (event.target instanceof Element && event.target.closest('[data-escapes]')) return
      latest.current()
    }
    // before a menu or a dialog that is open hears it, and is gone
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])
}
