import { useElementSize } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, TextLayer } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { Well } from './well.tsx'

declare const __PDF_PARTS__: string
GlobalWorkerOptions.workerSrc = workerUrl

/** No scripts of the file are run, nothing is compiled at run time, and every part comes from our own origin. */
const OPTIONS = {
  useWasm: false,
  enableXfa: false,
  useWorkerFetch: false, // the page fetches: its policy lets it, a worker’s own may not
  useSystemFonts: false, // the same page on every machine
  cMapUrl: `${__PDF_PARTS__}cmaps/`,
  standardFontDataUrl: `${__PDF_PARTS__}standard_fonts/`,
  iccUrl: `${__PDF_PARTS__}iccs/`,
  wasmUrl: `${__PDF_PARTS__}wasm/`,
}

type Props = { content: string; tools: React.ReactNode; mark: React.ReactNode; onBroken: () => void }

/** A PDF, page by page, as wide as the pane. */
export default function ShownPdf({ content, tools, mark, onBroken }: Props) {
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null)
  const [page, setPage] = useState(1)
  const { ref, width } = useElementSize()
  const broken = useRef(onBroken)
  broken.current = onBroken

  useEffect(() => {
    const task = getDocument({ url: new URL(content, window.location.href).href, ...OPTIONS })
    task.promise.then(setPdf).catch(() => {
      if (!task.destroyed) broken.current()
    })
    return () => void task.destroy()
  }, [content])

  const pages = pdf?.numPages ?? 0
  const turn = (by: number) => setPage((now) => Math.min(Math.max(now + by, 1), pages))
  return (
    <>
      <div className="bar2 row">
        {pdf && (
          <>
            <button className="icon" type="button" aria-label="Previous page" aria-disabled={page === 1} onClick={() => turn(-1)}>
              <IconChevronLeft {...line} />
            </button>
            <span className="meta nowrap" role="status">
              {page} of {pages}
            </span>
            <button className="icon" type="button" aria-label="Next page" aria-disabled={page === pages} onClick={() => turn(1)}>
              <IconChevronRight {...line} />
            </button>
          </>
        )}
        {tools}
      </div>
      <Well
        label="Page of the file; the left and right arrows turn it"
        mark={mark}
        onKeyDown={({ key }) => {
          if (key === 'ArrowLeft' || key === 'PageUp') turn(-1)
          if (key === 'ArrowRight' || key === 'PageDown') turn(1)
        }}
      >
        <div ref={ref}>{pdf && width > 0 ? <Page key={page} pdf={pdf} number={page} width={width} /> : <Lines count={4} />}</div>
      </Well>
    </>
  )
}

function Page({ pdf, number, width }: { pdf: PDFDocumentProxy; number: number; width: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    let stop = () => {}
    let gone = false
    const draw = async () => {
      const page = await pdf.getPage(number)
      if (gone || !canvas.current || !text.current) return
      const scale = width / page.getViewport({ scale: 1 }).width
      const viewport = page.getViewport({ scale })
      const dense = window.devicePixelRatio || 1
      const sheet = canvas.current
      sheet.width = Math.floor(viewport.width * dense)
      sheet.height = Math.floor(viewport.height * dense)
      sheet.style.height = `${viewport.height}px`
      const drawing = page.render({ canvas: sheet, viewport, transform: [dense, 0, 0, dense, 0, 0] })
      const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text.current, viewport })
      stop = () => {
        drawing.cancel()
        layer.cancel()
      }
      text.current.replaceChildren()
      text.current.style.setProperty('--total-scale-factor', String(scale))
      await Promise.all([drawing.promise, layer.render()])
    }
    draw().catch(() => {
      if (!gone) setFailed(true)
    })
    return () => {
      gone = true
      stop()
    }
  }, [pdf, number, width])

  return (
    <div className="sheet pdfpage">
      <canvas ref={canvas} aria-hidden="true" />
      <div className="textLayer" ref={text} />
      {failed && <p className="failed">This page could not be drawn.</p>}
    </div>
  )
}
