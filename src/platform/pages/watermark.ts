import { placesOfFaces, readFaces } from '../pdf-fonts.ts'
import { opened, withMemory, type Pdfium } from '../scans/pdfium.ts'
import { rowsOf } from './mark-letters.ts'
import type { Pixels } from './page.ts'
import { onBitmap } from './pdf-page.ts'
import { typefaceOf, type Typeface } from './typeface.ts'

/** Up to the right. */
const ANGLE = Math.PI / 6
/** In the letters' height: from row to row, between two of the same, and how far each row stands beside the last. */
const PITCH = 2.4
const GAP = 2.5
const STAGGER = 0.37
/** So many letters' heights are across a page; none is smaller than this, in pixels. */
const ACROSS = 46
const SMALLEST = 9
/** Red, green, blue and how much it covers, of 255. Light beside dark, so that one of them is seen on whatever stands there. */
const LIGHT = [255, 255, 255, 110] as const
const DARK = [70, 20, 35, 72] as const
const BESIDE = 0.05

/**
 * The same pixels with the lines drawn over all of them, row by row and again and again. The letters are shapes that are set on a
 * page by number: no line is read as anything else, whatever stands in it.
 *
 * @throws Error when no line shows anything: nothing leaves without a mark
 */
export async function marked({ width, height, rgba }: Pixels, lines: readonly string[]): Promise<Pixels> {
  const pen = await penOf()
  const rows = rowsOf(lines, (point) => pen.face.glyphOf(point) !== 0)
  if (rows.length === 0) throw new Error('couldn’t draw a page: it has no watermark')
  const { pdfium } = pen
  const page = pdfium.FPDFPage_New(pen.document, 0, width, height)
  try {
    layOut(pen, page, rows, width, height)
    const redFirst = 0x10
    return onBitmap(pdfium, width, height, (bitmap, at) => {
      pdfium.pdfium.HEAPU8.set(rgba, at)
      pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, redFirst)
    })
  } finally {
    pdfium.FPDF_ClosePage(page)
    pdfium.FPDFPage_Delete(pen.document, 0)
  }
}

/** In a plane turned by the angle: `u` along the rows, `v` across them. */
function layOut(pen: Pen, page: number, rows: string[], width: number, height: number): void {
  const size = Math.max(SMALLEST, Math.min(width, height * 1.5) / ACROSS)
  const [cos, sin] = [Math.cos(ANGLE), Math.sin(ANGLE)]
  const lowest = -width * sin - size
  const rightmost = width * cos + height * sin
  for (let v = lowest, n = 0; v < height * cos + size; v += size * PITCH, n += 1) {
    const glyphs = glyphsOf(pen.face, rows[n % rows.length]!)
    const length = size * glyphs.reduce((sum, glyph) => sum + pen.face.widthOf(glyph), 0)
    const period = length + size * GAP
    // each turn of the rows begins elsewhere, so that no gap stands above another
    const begin = -period * ((n * STAGGER) % 1) - period
    for (let u = begin; u < rightmost; u += period) {
      const [x, y] = [u * cos - v * sin, u * sin + v * cos]
      const [endX, endY] = [x + length * cos, y + length * sin]
      if (endX < -size || x > width + size || endY < -size || y > height + size) continue
      const aside = Math.max(1, size * BESIDE)
      put(pen, page, glyphs, size, x + aside, y - aside, LIGHT)
      put(pen, page, glyphs, size, x, y, DARK)
    }
  }
}

type Colour = readonly [number, number, number, number]
function put({ pdfium, document, font }: Pen, page: number, glyphs: number[], size: number, x: number, y: number, colour: Colour): void {
  const text = pdfium.FPDFPageObj_CreateTextObj(document, font, size)
  withMemory(pdfium, glyphs.length * 4, (at) => {
    new Uint32Array(pdfium.pdfium.HEAPU8.buffer, at, glyphs.length).set(glyphs)
    pdfium.FPDFText_SetCharcodes(text, at, glyphs.length)
  })
  pdfium.FPDFPageObj_SetFillColor(text, ...colour)
  const [cos, sin] = [Math.cos(ANGLE), Math.sin(ANGLE)]
  pdfium.FPDFPageObj_Transform(text, cos, sin, -sin, cos, x, y)
  pdfium.FPDFPage_InsertObject(page, text)
}

const glyphsOf = (face: Typeface, row: string): number[] => [...row].map((letter) => face.glyphOf(letter.codePointAt(0)!))

type Pen = { pdfium: Pdfium; /** holds the typeface, and a page while it is drawn */ document: number; font: number; face: Typeface }
let pen: Promise<Pen> | undefined
const penOf = (): Promise<Pen> => (pen ??= takePen())
async function takePen(): Promise<Pen> {
  const pdfium = await opened()
  const file = readFaces(placesOfFaces()).bold
  const document = pdfium.FPDF_CreateNewDocument()
  const trueType = 2
  const font = withMemory(pdfium, file.length, (at) => {
    pdfium.pdfium.HEAPU8.set(file, at)
    // by number of the shape (Identity-H), not by letter
    return pdfium.FPDFText_LoadFont(document, at, file.length, trueType, true)
  })
  if (font === 0) throw new Error('couldn’t draw a page: the typeface of the watermark cannot be loaded')
  return { pdfium, document, font, face: typefaceOf(file) }
}
