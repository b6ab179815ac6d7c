import { withMemory, type Pdfium } from '../scans/pdfium.ts'
import { inPdfium } from './pdf-open.ts'
import { NotCleaned } from './wish.ts'

/** What is compared, page by page: size and letters in their order. */
type Shape = { width: number; height: number; text: string }
const MOST_PAGES = 5_000

/**
 * Two programs may read a strange file in two ways: the copy must show the same pages as the file did.
 *
 * @throws NotCleaned `changes-meaning` where it does not
 */
export async function samePages(before: Buffer, after: Buffer): Promise<void> {
  const [was, is] = [await inPdfium(before, shapes), await inPdfium(after, shapes)]
  if (was.length !== is.length || was.some((one, n) => JSON.stringify(one) !== JSON.stringify(is[n])))
    throw new NotCleaned('changes-meaning')
}

function shapes(pdfium: Pdfium, document: number): Shape[] {
  const count = Math.min(pdfium.FPDF_GetPageCount(document), MOST_PAGES)
  return Array.from({ length: count }, (_, index) => {
    const page = pdfium.FPDF_LoadPage(document, index)
    if (page === 0) return { width: 0, height: 0, text: '' }
    try {
      return { width: pdfium.FPDF_GetPageWidthF(page), height: pdfium.FPDF_GetPageHeightF(page), text: textOn(pdfium, page) }
    } finally {
      pdfium.FPDF_ClosePage(page)
    }
  })
}

function textOn(pdfium: Pdfium, page: number): string {
  const text = pdfium.FPDFText_LoadPage(page)
  if (text === 0) return ''
  try {
    const count = Math.min(pdfium.FPDFText_CountChars(text), 1_000_000)
    if (count <= 0) return ''
    return withMemory(pdfium, (count * 2 + 1) * 2, (at) => {
      const length = pdfium.FPDFText_GetText(text, 0, count, at) - 1
      return Buffer.from(pdfium.pdfium.HEAPU8.slice(at, at + Math.max(0, length) * 2)).toString('utf16le')
    })
  } finally {
    pdfium.FPDFText_ClosePage(text)
  }
}
