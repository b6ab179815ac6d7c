import type { Pdfium } from '../scans/pdfium.ts'
import { LIMITS, NotShown, sizeWithin, type Pixels } from './page.ts'

const RGBA = 4
const ANNOTATIONS = 0x01
const RED_FIRST = 0x10
/** The subtype of a form's field (fpdf_annot.h), and how many annotations of a page are looked through for one. */
const FIELD = 20
const ANNOTATIONS_SEEN = 10_000

/** @throws NotShown */
export function pagesOf(pdfium: Pdfium, document: number): number {
  const count = pdfium.FPDF_GetPageCount(document)
  if (count < 1) throw new NotShown('broken', 'it has no pages')
  if (count > LIMITS.pages) throw new NotShown('too-much', 'it has more pages than are shown')
  return count
}

/** A page of a PDF (from 1) on white, upright as it is shown, with what is written in its forms and stamped on it. @throws NotShown */
export function drawPage(pdfium: Pdfium, document: number, number: number, wide: number): Pixels {
  if (number > pagesOf(pdfium, document)) throw new NotShown('no-page', 'it has no such page')
  const page = openPage(pdfium, document, number - 1)
  if (page === 0) throw new NotShown('broken', 'the page cannot be opened')
  try {
    const [across, down] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)]
    if (!(across > 0 && down > 0)) throw new NotShown('broken', 'the page has no size')
    if (Math.max(across, down) > LIMITS.points) throw new NotShown('too-much', 'the page is too large')
    const { width, height } = sizeWithin(across, down, wide)
    return onBitmap(pdfium, width, height, (bitmap) => {
      pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
      pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS | RED_FIRST)
    })
  } finally {
    pdfium.FPDF_ClosePage(page)
  }
}

/** What is filled into its fields becomes a part of it: PDFium draws other annotations by itself, and fields not. */
function openPage(pdfium: Pdfium, document: number, index: number): number {
  const page = pdfium.FPDF_LoadPage(document, index)
  if (page === 0 || !hasFields(pdfium, page)) return page
  const forDisplay = 0
  pdfium.FPDFPage_Flatten(page, forDisplay)
  pdfium.FPDF_ClosePage(page)
  return pdfium.FPDF_LoadPage(document, index)
}

function hasFields(pdfium: Pdfium, page: number): boolean {
  const count = Math.min(pdfium.FPDFPage_GetAnnotCount(page), ANNOTATIONS_SEEN)
  for (let index = 0; index < count; index += 1) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index)
    if (annotation === 0) continue
    const kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    pdfium.FPDFPage_CloseAnnot(annotation)
    if (kind === FIELD) return true
  }
  return false
}

/** What `draw` puts on a bitmap. */
export function onBitmap(pdfium: Pdfium, width: number, height: number, draw: (bitmap: number, at: number) => void): Pixels {
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, RGBA, 0, 0)
  if (bitmap === 0) throw new NotShown('too-much', 'there is no memory for the page')
  try {
    if (pdfium.FPDFBitmap_GetStride(bitmap) !== width * RGBA) throw new NotShown('broken', 'the page would be drawn in another form')
    const at = pdfium.FPDFBitmap_GetBuffer(bitmap)
    draw(bitmap, at)
    return { width, height, rgba: Buffer.from(pdfium.pdfium.HEAPU8.slice(at, at + width * height * RGBA)) }
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap)
  }
}
