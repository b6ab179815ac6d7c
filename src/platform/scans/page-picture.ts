import type { Pdfium } from './pdfium.ts'
import { LIMITS, NotRead } from './scan.ts'

/** What is read: grey, a byte a pixel, row by row, white 255. */
export type Picture = { width: number; height: number; grey: Uint8Array }

const DPI = 300
const GREY = 1
const ANNOTATIONS = 0x01

/** A page of a PDF (from 1), upright as it is shown, at 300 dots an inch or as many as fit. @throws NotRead */
export function pagePicture(pdfium: Pdfium, document: number, number: number): Picture {
  const page = pdfium.FPDF_LoadPage(document, number - 1)
  if (page === 0) throw new NotRead('broken', 'it has no such page')
  try {
    const [across, down] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)]
    if (!(across > 0 && down > 0)) throw new NotRead('broken', 'the page has no size')
    if (Math.max(across, down) > LIMITS.points) throw new NotRead('too-much', 'the page is too large')
    const scale = Math.min(DPI / 72, Math.sqrt(LIMITS.pixels / (across * down)))
    const [width, height] = [across, down].map((points) => Math.max(1, Math.floor(points * scale))) as [number, number]
    return draw(pdfium, page, width, height)
  } finally {
    pdfium.FPDF_ClosePage(page)
  }
}

function draw(pdfium: Pdfium, page: number, width: number, height: number): Picture {
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, GREY, 0, 0)
  if (bitmap === 0) throw new NotRead('too-much', 'there is no memory for the page')
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS)
    const [start, stride] = [pdfium.FPDFBitmap_GetBuffer(bitmap), pdfium.FPDFBitmap_GetStride(bitmap)]
    const grey = new Uint8Array(width * height)
    for (let y = 0; y < height; y += 1) {
      grey.set(pdfium.pdfium.HEAPU8.subarray(start + y * stride, start + y * stride + width), y * width)
    }
    return { width, height, grey }
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap)
  }
}
