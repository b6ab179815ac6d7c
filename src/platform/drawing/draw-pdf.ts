import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'
import { LIMITS, NotDrawn } from './drawing.ts'
import { drawPixels } from './draw-image.ts'

const WRONG_PASSWORD = 4
const RGBA = 4
/** Annotations; red first. */
const FLAGS = 0x01 | 0x10
/** A page is drawn larger and made small after, for the sake of its letters. */
const OVER = 2

/** Its first page. @throws NotDrawn */
export async function drawPdf(bytes: Buffer): Promise<Buffer> {
  const pdfium = await opened()
  const { malloc, free } = pdfium.pdfium.wasmExports
  const at = malloc(bytes.length)
  if (at === 0) throw new NotDrawn('too-much', 'there is no memory for the file')
  memoryOf(pdfium).set(bytes, at)
  const document = pdfium.FPDF_LoadMemDocument(at, bytes.length, '')
  try {
    if (document === 0) throw refused(pdfium.FPDF_GetLastError())
    const page = pdfium.FPDF_LoadPage(document, 0)
    if (page === 0) throw new NotDrawn('broken', 'it has no first page')
    try {
      return await drawPage(pdfium, page)
    } finally {
      pdfium.FPDF_ClosePage(page)
    }
  } finally {
    if (document !== 0) pdfium.FPDF_CloseDocument(document)
    free(at)
  }
}

const refused = (code: number) =>
  code === WRONG_PASSWORD ? new NotDrawn('encrypted', 'it is under a password') : new NotDrawn('broken', `it is no PDF (${code})`)

async function drawPage(pdfium: WrappedPdfiumModule, page: number): Promise<Buffer> {
  const [across, down] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)]
  const side = Math.max(across, down)
  if (!(across > 0 && down > 0)) throw new NotDrawn('broken', 'its first page has no size')
  if (side > LIMITS.points) throw new NotDrawn('too-much', 'its first page is too large')
  const [width, height] = [across, down].map((points) => Math.max(1, Math.round((points / side) * LIMITS.side * OVER))) as [number, number]
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, RGBA, 0, 0)
  if (bitmap === 0) throw new NotDrawn('too-much', 'there is no memory for its first page')
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, FLAGS)
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap)
    const stride = pdfium.FPDFBitmap_GetStride(bitmap)
    if (stride !== width * RGBA) throw new NotDrawn('broken', 'its first page was drawn in another form')
    return await drawPixels(Buffer.from(memoryOf(pdfium).slice(start, start + stride * height)), width, height)
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap)
  }
}

/** As it is now: it moves when it grows. */
const memoryOf = ({ pdfium }: WrappedPdfiumModule): Uint8Array => (pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8

let module: Promise<WrappedPdfiumModule> | undefined
/** Made when the first PDF comes. */
const opened = (): Promise<WrappedPdfiumModule> => (module ??= open())
async function open(): Promise<WrappedPdfiumModule> {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')))
  const pdfium = await init({ wasmBinary: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) })
  pdfium.PDFiumExt_Init()
  return pdfium
}
