import { bytesOf, say, take, wholeOf, type Bytes } from '../scans/pipes.ts'
import { NotRead } from '../scans/scan.ts'
import { LIMITS, MISSING, NO_PAGES, NotShown, SAYS, type Job, type Pixels } from './page.ts'

// The other process of pages.ts: draws the pages of what strangers made, one after the other, and opens no file. What it draws
// leaves it with its watermark or not at all.

/** Texts that were laid out, the last one last: a reader turns the pages of one. */
const laidOut = new Map<string, Buffer>()
const KEPT = 3

for (;;) {
  const job = JSON.parse(take(take(4).readUInt32BE(0)).toString('utf8')) as Job
  try {
    if (!(await answer(job))) say(SAYS.unknown)
  } catch (fault) {
    const why = fault instanceof NotShown || fault instanceof NotRead ? fault.why : null
    if (why === null) throw fault
    say(SAYS.none, Buffer.of(why === 'missing' ? MISSING : NO_PAGES.indexOf(why)))
  }
}

async function answer(job: Job): Promise<boolean> {
  const bytes = job.what === 'text' ? await layOut(job) : bytesOf(job.size)
  if (bytes === null) return false
  if (job.work === 'count') tell(SAYS.pages, [await count(job, bytes)])
  else {
    const { marked } = await present(import('./watermark.ts'))
    const { webpOf } = await present(import('./image-page.ts'))
    const page = await marked(await draw(job, bytes), job.watermark)
    tell(SAYS.picture, [page.width, page.height], await webpOf(page))
  }
  return true
}

async function count(job: Job, bytes: Bytes): Promise<number> {
  if (job.what === 'image') return (await present(import('./image-page.ts'))).imagePages(held(bytes))
  const [{ withPdf }, { pagesOf }] = await present(Promise.all([import('../scans/pdfium.ts'), import('./pdf-page.ts')]))
  return withPdf(bytes, pagesOf)
}

async function draw(job: Job & { work: 'draw' }, bytes: Bytes): Promise<Pixels> {
  if (job.what === 'image') return (await present(import('./image-page.ts'))).drawImagePage(held(bytes), job.page, job.width)
  const [{ withPdf }, { drawPage }] = await present(Promise.all([import('../scans/pdfium.ts'), import('./pdf-page.ts')]))
  return withPdf(bytes, (pdfium, document) => drawPage(pdfium, document, job.page, job.width))
}

/** The text as a PDF, which never leaves; null where it is not kept and did not come along. */
async function layOut({ size, key }: Job & { what: 'text' }): Promise<Bytes | null> {
  const kept = laidOut.get(key)
  if (!kept && size === 0) return null
  const { printedOf } = await present(import('./text-print.ts'))
  const pdf = kept ?? (await printedOf(wholeOf(bytesOf(size))))
  laidOut.delete(key)
  laidOut.set(key, pdf)
  if (laidOut.size > KEPT) laidOut.delete(laidOut.keys().next().value!)
  return { size: pdf.length, at: (start, end) => pdf.subarray(start, end) }
}

function held(bytes: Bytes): Buffer {
  if (bytes.size > LIMITS.picture) throw new NotShown('too-much', 'the picture is larger than is shown')
  return wholeOf(bytes)
}

function tell(kind: (typeof SAYS)[keyof typeof SAYS], numbers: number[], bytes: Buffer = Buffer.alloc(0)): void {
  const told = Buffer.alloc(numbers.length * 4)
  for (const [at, number] of numbers.entries()) told.writeUInt32BE(number, at * 4)
  say(kind, told, bytes)
}

/** A package that cannot be loaded on this machine says nothing of the file. */
async function present<T>(imported: Promise<T>): Promise<T> {
  return await imported.catch(() => {
    throw new NotShown('missing', 'what draws it cannot be loaded')
  })
}
