import { Button } from '@mantine/core'
import { IconDownload, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import { bytes, timeOf } from '../../lib/format.ts'
import { Class } from '../../ui/class.tsx'
import { Fault, Nothing } from '../../ui/fault.tsx'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { downloadAddress, useOpening } from './api.ts'
import { ShownImage } from './shown-image.tsx'
import { ShownText } from './shown-text.tsx'

const ShownPdf = lazy(() => import('./shown-pdf.tsx'))

type Props = { /** null when the list has no such document. */ document: DocumentView | null; mayDownload: boolean; onClose: () => void }

/** One document at the right of the list; on a phone, a page of its own. */
export function Pane({ document, mayDownload, onClose }: Props) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !window.document.querySelector('[role="dialog"]')) onClose()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onClose])

  return (
    <aside className="peek" aria-label="The open file">
      <header>
        <div>
          <h2 className="sub">{document?.name ?? 'Not here'}</h2>
          {document && (
            <p className="meta row wrap">
              <Class of={document.class} />
              <span>
                Version {document.version} · {bytes(document.size)}
              </span>
            </p>
          )}
        </div>
        <button className="icon push" type="button" aria-label="Close the file" onClick={onClose}>
          <IconX {...line} />
        </button>
      </header>
      {document === null && <Nothing />}
      {document &&
        (document.shown === 'no' ? (
          <NotShown document={document} mayDownload={mayDownload} />
        ) : (
          <Opened document={document} mayDownload={mayDownload} />
        ))}
    </aside>
  )
}

function Opened({ document, mayDownload }: { document: DocumentView; mayDownload: boolean }) {
  const opening = useOpening(document.id)
  const [broken, setBroken] = useState(false)
  if (opening.isPending) return <Lines count={3} />
  if (opening.error) return <Fault fault={opening.error} retry={() => void opening.refetch()} />
  if (broken) return <NotShown document={document} mayDownload={mayDownload} />
  const { content, shown } = opening.data
  const tools = (
    <>
      <span className="meta opened">Opened for you at {timeOf(new Date(opening.dataUpdatedAt).toISOString())}</span>
      {mayDownload && <Download document={document} />}
    </>
  )
  if (shown === 'pdf')
    return (
      <Suspense fallback={<Lines count={3} />}>
        <ShownPdf content={content} tools={tools} onBroken={() => setBroken(true)} />
      </Suspense>
    )
  return (
    <>
      <div className="bar2 row">{tools}</div>
      {shown === 'text' ? (
        <ShownText content={content} size={document.size} />
      ) : (
        <ShownImage content={content} name={document.name} onBroken={() => setBroken(true)} />
      )}
    </>
  )
}

function Download({ document }: { document: DocumentView }) {
  return (
    <a
      className="icon"
      href={downloadAddress(document.id)}
      download
      aria-label="Download a copy; it is recorded"
      title="Download a copy; it is recorded"
    >
      <IconDownload {...line} />
    </a>
  )
}

function NotShown({ document, mayDownload }: { document: DocumentView; mayDownload: boolean }) {
  return (
    <div className="well">
      <div className="stack sm">
        <p>This kind of file cannot be shown here.</p>
        {mayDownload && (
          <>
            <div>
              <Button component="a" href={downloadAddress(document.id)} download leftSection={<IconDownload {...line} />}>
                Download a copy
              </Button>
            </div>
            <p className="meta">The copy is recorded in the history of the matter.</p>
          </>
        )}
      </div>
    </div>
  )
}
