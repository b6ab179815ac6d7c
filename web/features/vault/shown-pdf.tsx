import { useElementSize } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { getDocument, GlobalWorkerOptions, PDFDataRangeTransport, type PDFDocumentProxy, TextLayer } from 'pdfjs-dist'
import workerUrl from './pdf-worker.ts?worker&url'
import { useEffect, useRef, useState } from 'react'
import { line } from '../../ui/icons.ts'
import { Lines } from '../../ui/lines.tsx'
import { readPart } from './api.ts'
import { useFirstPage } from './at-page.ts'
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
  // a page of a large file is opened by the parts that it needs, and by no others
  disableStream: true,
  disableAutoFetch: true,
  rangeChunkSize: 32 * 1024,
}

type Props = { content: string; /** bytes */ size: number; tools: React.ReactNode; mark: React.ReactNode; onBroken: () => void }

/** Gives the reader the parts that it asks for: the whole is never asked for, as it would be to learn its length. */
class Parts extends PDFDataRangeTransport {
  readonly #read: (start: number, end: number) => void
  constructor(content: string, size: number, signal: AbortSignal, onBroken: () => void) {
    super(size, null)
    this.#read = (start, end) => {
      readPart(content, start, Math.min(end, size), signal)
        .then((part) => this.onDataRange(start, part))
        .catch(() => {
          if (!signal.aborted) onBroken()
        })
    }
  }
  override requestDataRange(start: number, end: number): void {
    this.#read(start, end)
  }
}

/** A PDF, page by page, as wide as the pane. */
export default function ShownPdf({ content, size, tools, mark, onBroken }: Props) {
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null)
  const [page, setPage] = useState(useFirstPage())
  const { ref, width } = useElementSize()
  const broken = useRef(onBroken)
  broken.current = onBroken

  useEffect(() => {
    const gone = new AbortController()
    const range = new Parts(content, size, gone.signal, () => broken.current())
    const task = getDocument({ range, ...OPTIONS })
    const show = (opened: PDFDocumentProxy) => {
      setPage((wanted) => Math.min(wanted, opened.numPages))
      setPdf(opened)
    }
    task.promise.then(show).catch(() => {
      if (!task.destroyed) broken.current()
    })
    return () => {
      gone.abort()
      void task.destroy()
    }
  }, [content, size])

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
            <PageNumber key={page} page={page} pages={pages} onGo={setPage} />
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

/** Which page it is, and the way to another by its number. */
function PageNumber({ page, pages, onGo }: { page: number; pages: number; onGo: (page: number) => void }) {
  const [asked, setAsked] = useState(String(page))
  const go = () => {
    const wanted = Math.round(Number(asked))
    if (Number.isFinite(wanted) && asked.trim() !== '') onGo(Math.min(Math.max(wanted, 1), pages))
    setAsked(String(page))
  }
  return (
    <form
      className="row nowrap"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <input
        className="pagenumber"
        aria-label={`Page, of ${pages}`}
        inputMode="numeric"
        autoComplete="off"
        value={asked}
        onChange={(event) => setAsked(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={go}
      />
      <span className="meta nowrap">of {pages}</span>
      <span className="vh" role="status">
        Page {page} of {pages}
      </span>
    </form>
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
