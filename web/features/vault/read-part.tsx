import { lazy, Suspense, useState } from 'react'
import type { DocumentView } from '../../../src/contract/document.ts'
import type { Handling } from '../../../src/contract/matrix.ts'
import { timeOf } from '../../lib/format.ts'
import { Refused } from '../../lib/refused.ts'
import { className } from '../../ui/class.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Lines } from '../../ui/lines.tsx'
import { useHandling } from '../matrix/api.ts'
import { HowHandledHere } from '../matrix/how-handled.tsx'
import { useMe } from '../session/api.ts'
import { Found, LoweringWaits } from './about-class.tsx'
import { useOpening } from './api.ts'
import { TakeCopy } from './copy.tsx'
import { PasskeyAsked } from './passkey-asked.tsx'
import { heldFor, isHeld, scanMark } from './scan-words.ts'
import { ShownImage } from './shown-image.tsx'
import { ShownRead } from './shown-read.tsx'
import { ShownText } from './shown-text.tsx'
import { Watermark } from './watermark.tsx'

const ShownPdf = lazy(() => import('./shown-pdf.tsx'))

/** The document under the rules of its class, which are read before anything is shown. */
export function ReadPart({ document, mayDownload }: { document: DocumentView; mayDownload: boolean }) {
  const handling = useHandling(document.class)
  if (handling === null) return <Lines count={3} />
  if (isHeld(document.scan))
    return (
      <div className="ruled stack xs" role="status">
        <b>{scanMark(document.scan)}</b>
        <p>{heldFor(document.scan)}</p>
      </div>
    )
  return (
    <>
      <div className="ruled stack xs">
        <Found document={document} />
        <LoweringWaits document={document} />
        <Forbidden document={document} mayDownload={mayDownload} handling={handling} />
        {handling && <HowHandledHere class={document.class} handling={handling} />}
      </div>
      {!handling?.print && <p className="notprinted">{className(document.class)} is not printed here.</p>}
      {document.shown === 'no' ? (
        <NotShown document={document} mayDownload={mayDownload} handling={handling} />
      ) : (
        <Opened key={`${document.class} ${document.version}`} document={document} mayDownload={mayDownload} handling={handling} />
      )}
    </>
  )
}

/** What the class forbids, in words, beside what it would be done with. */
function Forbidden({ document, mayDownload, handling }: PartProps) {
  const acts = [mayDownload && handling?.download === false && 'no copy is taken', handling?.print === false && 'it is not printed'].filter(
    Boolean,
  )
  if (acts.length === 0) return null
  return (
    <p className="meta">
      {className(document.class)}: {acts.join(' and ')}.
    </p>
  )
}

type PartProps = {
  document: DocumentView
  mayDownload: boolean
  /** Undefined: not known to this reader. */ handling: Handling | undefined
}

function Opened({ document, mayDownload, handling }: PartProps) {
  const opening = useOpening(document)
  const reader = useMe().data?.name ?? ''
  const [broken, setBroken] = useState(false)
  if (opening.isPending) return <Lines count={3} />
  if (opening.error instanceof Refused && opening.error.code === 'factor.passkey')
    return <PasskeyAsked class={document.class} onProved={() => void opening.refetch()} />
  if (opening.error) return <Fault fault={opening.error} retry={() => void opening.refetch()} />
  if (broken) return <NotShown document={document} mayDownload={mayDownload} handling={handling} isBroken />
  const { content, shown } = opening.data
  const at = new Date(opening.dataUpdatedAt).toISOString()
  // where the rule is not known, the stricter one is kept
  const mark = handling?.watermark === false ? null : <Watermark name={reader} at={at} />
  const tools = (
    <>
      <span className="meta opened">Opened for you at {timeOf(at)}</span>
      {mayDownload && handling?.download !== false && <TakeCopy document={document} handling={handling} />}
    </>
  )
  if (shown === 'pdf')
    return (
      <Suspense fallback={<Lines count={3} />}>
        <ShownPdf content={content} size={document.size} tools={tools} mark={mark} onBroken={() => setBroken(true)} />
      </Suspense>
    )
  return (
    <>
      <div className="bar2 row">{tools}</div>
      {shown === 'text' && <ShownText content={content} size={document.size} mark={mark} />}
      {shown === 'read' && <ShownRead document={document} opening={opening.data.opening} mark={mark} />}
      {shown === 'image' && <ShownImage content={content} name={document.name} mark={mark} onBroken={() => setBroken(true)} />}
    </>
  )
}

function NotShown({ document, mayDownload, handling, isBroken = false }: PartProps & { isBroken?: boolean }) {
  return (
    <div className="well">
      <div className="stack sm">
        <p>{isBroken ? 'This file could not be shown. It may be damaged.' : 'This kind of file cannot be shown here.'}</p>
        {mayDownload && handling?.download === false && <p className="soft">No copy is taken of what is {className(document.class)}.</p>}
        {mayDownload && handling?.download !== false && (
          <>
            <div>
              <TakeCopy document={document} handling={handling} wide />
            </div>
            <p className="meta">The copy is recorded in the history of the matter.</p>
          </>
        )}
      </div>
    </div>
  )
}
