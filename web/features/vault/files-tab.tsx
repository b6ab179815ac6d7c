import { useEffect, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { DocumentView } from '../../../src/contract/document.ts'
import { useEscape } from '../../lib/escape.ts'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useHere } from '../matters/matter-page.tsx'
import { useMe } from '../session/api.ts'
import { useDocuments } from './api.ts'
import { useFolders } from './filing.ts'
import { EARLY_FROM, useEarly } from './early.ts'
import { Files } from './files.tsx'
import type { What } from './list-acts.ts'
import { Moving } from './moving.tsx'
import { Pane } from './pane.tsx'
import { NOTHING, type Selection, still } from './selection.ts'
import { BY_NAME } from './tree.ts'
import { TrashView } from './trash-view.tsx'
import { Tray } from './tray.tsx'

export function FilesTab() {
  const { matter } = useHere()
  const { document: openId } = useParams()
  const [query] = useSearchParams()
  const isLong = matter.documents > EARLY_FROM
  const [order, setOrder] = useState(BY_NAME)
  const cached = useDocuments(matter.id, false).data !== undefined
  const { early, isPending } = useEarly(matter.id, isLong && !cached, order)
  const later = useLater(!isLong || cached, !isPending)
  const documents = useDocuments(matter.id, later)
  const known = documents.data ?? early?.documents
  const folders = useFolders(matter.id, later)
  const mayFile = (useMe().data?.may.includes('document.change') ?? false) && matter.status !== 'closed'
  const [chosen, setSelection] = useState<Selection>(NOTHING)
  const [moving, setMoving] = useState<What | null>(null)
  const go = useNavigate()
  const selection = documents.data ? still(chosen, documents.data) : chosen
  const open = known?.find((document) => document.id === openId)
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
            {documents.isPending && !early && <Lines count={12} />}
            {documents.error && !documents.data && <Fault fault={documents.error} retry={() => void documents.refetch()} />}
            {folders.error && !folders.data && documents.data && (
              <p className="meta listwrong">
                Empty folders could not be read.{' '}
                <button type="button" className="plainlink" onClick={() => void folders.refetch()}>
                  Ask again
                </button>
              </p>
            )}
            {known && (
              <Files
                documents={known}
                early={documents.data ? null : early}
                order={order}
                onOrder={setOrder}
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
      {openId && (documents.data || open) && (
        <Pane key={openId} document={open ?? null} matter={matter} mayFile={mayFile} onMove={moveOne} onClose={close} />
      )}
      <Moving what={moving} documents={known ?? []} folders={folders.data ?? []} onClose={() => setMoving(null)} />
    </div>
  )
}

/** The first rows come first, and are drawn before the rest is asked for. */
function useLater(atOnce: boolean, after: boolean): boolean {
  const [now, setNow] = useState(false)
  useEffect(() => {
    if (atOnce || !after) return
    const timer = window.setTimeout(() => setNow(true), 250)
    return () => window.clearTimeout(timer)
  }, [atOnce, after])
  return atOnce || now
}
