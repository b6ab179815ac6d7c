import { bytesOf, say, take, wholeOf, type Bytes } from './pipes.ts'
import { LIMITS, NO_LETTERS, NotRead, SAYS, type Job } from './scan.ts'

// The other process of scans.ts: reads what strangers made, one file after the other, and opens none.

for (;;) {
  const job = JSON.parse(take(take(4).readUInt32BE(0)).toString('utf8')) as Job
  try {
    await (job.work === 'text' ? tellText(job) : tellLetters(job))
  } catch (fault) {
    if (!(fault instanceof NotRead)) throw fault
    say(SAYS.none, Buffer.of(NO_LETTERS.indexOf(fault.why)))
  }
}

async function tellText({ size, limits }: Job & { work: 'text' }): Promise<void> {
  const [{ withPdf }, { textOf }] = await present(Promise.all([import('./pdfium.ts'), import('./pdf-text.ts')]))
  const isCut = await withPdf(bytesOf(size), (pdfium, document) => {
    const pages = textOf(pdfium, document, limits)
    for (;;) {
      const { value, done } = pages.next()
      if (done) return value
      say(SAYS.page, Buffer.of(Number(value.hasPictures)), Buffer.from(value.text))
    }
  })
  say(SAYS.end, Buffer.of(Number(isCut)))
}

async function tellLetters({ size, page, languages }: Job & { work: 'letters' }): Promise<void> {
  const bytes = bytesOf(size)
  const isPdf = bytes.at(0, Math.min(size, 1024)).includes('%PDF-')
  const picture = isPdf ? await ofPdf(bytes, page ?? 1) : await ofImage(bytes, page ?? 1)
  const { lettersOf } = await present(import('./letters.ts'))
  const { text, sureness } = await lettersOf(picture, languages)
  const numbers = Buffer.alloc(5)
  numbers[0] = sureness
  numbers.writeUInt32BE(picture.pages, 1)
  say(SAYS.letters, numbers, Buffer.from(text))
}

async function ofPdf(bytes: Bytes, page: number) {
  const [{ withPdf }, { pagePicture }] = await present(Promise.all([import('./pdfium.ts'), import('./page-picture.ts')]))
  return await withPdf(bytes, (pdfium, document) => ({
    ...pagePicture(pdfium, document, page),
    pages: pdfium.FPDF_GetPageCount(document),
  }))
}

async function ofImage(bytes: Bytes, page: number) {
  if (bytes.size > LIMITS.picture) throw new NotRead('too-much', 'the picture is larger than is read')
  const { imagePicture } = await present(import('./image-picture.ts'))
  return await imagePicture(wholeOf(bytes), page)
}

/** A package that cannot be loaded on this machine says nothing of the file. */
async function present<T>(imported: Promise<T>): Promise<T> {
  return await imported.catch(() => {
    throw new NotRead('missing', 'what reads it cannot be loaded')
  })
}
