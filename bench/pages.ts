import { openPages } from '../src/platform/pages/pages.ts'
import { drawPage } from '../src/platform/pages/pdf-page.ts'
import { webpOf } from '../src/platform/pages/image-page.ts'
import { openReaders } from '../src/platform/reading/readers.ts'
import { withPdf } from '../src/platform/scans/pdfium.ts'
import { scanPdf, source, textPdf } from '../test/scans/made.ts'
import { alternate, median, row, scatter, type Figure, type Row } from './measure.ts'

const WIDTH = 1200
const MARK = ['Zoë Müller', 'zoe@example.com', '24 November 2026, 03:54 UTC', 'Share 1042']
const WORDS = Array.from(
  { length: 42 },
  (_, n) => `${n}. The parties agree that nothing of this leaves the room in which it was said.`,
).join('\n')

const figure = (id: string, what: string, make: () => Promise<Buffer>): Figure => {
  const own = { id, unit: 'ms', what: `a page of ${what} as a picture ${WIDTH} pixels wide with its watermark, in its process` }
  return {
    ...own,
    measure: async (stage) => {
      const bytes = await make()
      const readers = openReaders()
      const pages = openPages({ readers })
      stage.closing(() => Promise.all([pages.close(), readers.close()]))
      const file = { ...source(bytes), of: 'a matter' }
      const ours = () =>
        timed(async () => {
          const drawn = await pages.draw(file, '', { page: 1, width: WIDTH, watermark: MARK })
          if ('none' in drawn) throw new Error(`no page: ${drawn.none}`)
        })
      const plain = () => timed(() => unmarked(bytes))
      const first = { ours: await ours(), theirs: await plain() }
      const warm = await alternate(stage.quick ? 5 : 25, ours, plain)
      const rows: Row[] = [
        row(
          own,
          median(warm.ours),
          median(warm.theirs),
          `beside the unmarked drawing without a process; ${scatter(warm.ours.slice(0, 5))}`,
        ),
        row({ ...own, id: `${id}-first` }, first.ours, first.theirs, 'the first one, with the start of what draws'),
      ]
      return rows
    },
  }
}

export const pages: Figure[] = [
  figure('pages-text', 'a text', async () => textPdf([WORDS])),
  figure('pages-scan', 'a scan', () => scanPdf(WORDS.split('\n').slice(0, 20).join('\n'))),
]

async function unmarked(bytes: Buffer): Promise<void> {
  const file = { size: bytes.length, at: (start: number, end: number) => bytes.subarray(start, end) }
  await webpOf(await withPdf(file, (pdfium, document) => drawPage(pdfium, document, 1, WIDTH)))
}

async function timed(run: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await run()
  return performance.now() - began
}
