import { withMemory, type Pdfium } from '../scans/pdfium.ts'

/** In the page's own units. */
export type Box = { left: number; bottom: number; right: number; top: number }
/** `order`: when it is drawn; `what`: an object of the page, or an annotation over all of them. */
export type Thing = { order: number; what: 'text' | 'path' | 'picture' | 'annotation' | 'redaction'; box: Box; object: number }
/** `object`: the text that it is drawn with; `isUnseen`: drawn in no colour at all (ISO 32000-2, 9.3.6, modes 3 and 7). */
export type Letter = { text: string; box: Box; object: number; isUnseen: boolean; isWhite: boolean }

const TEXT = 1
const PATH = 2
const IMAGE = 3
const SHADING = 4
const FORM = 5
const DEEPEST = 12
const MOST_THINGS = 200_000
const MOST_LETTERS = 400_000
const REDACTION = 28
/** Annotations (fpdf_annot.h) that draw over the page: text, line, square, circle, polygon, polyline, highlight, stamp, ink, field. */
const COVERING = new Set([3, 4, 5, 6, 7, 8, 9, 13, 15, 20])

type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number]
const SAME: Matrix = [1, 0, 0, 1, 0, 0]

/** What is drawn on a page, in its order; forms are opened. `isWhole`: none was left out. */
export function thingsOn(pdfium: Pdfium, page: number): { things: Thing[]; isWhole: boolean } {
  const things: Thing[] = []
  const gather = (count: number, get: (index: number) => number, matrix: Matrix, depth: number): void => {
    for (let n = 0; n < count && things.length < MOST_THINGS; n++) {
      const object = get(n)
      const kind = pdfium.FPDFPageObj_GetType(object)
      if (kind === FORM && depth < DEEPEST) {
        const inner = times(matrixOf(pdfium, object), matrix)
        gather(pdfium.FPDFFormObj_CountObjects(object), (at) => pdfium.FPDFFormObj_GetObject(object, at), inner, depth + 1)
      } else if (kind === TEXT || kind === IMAGE || ((kind === PATH || kind === SHADING) && isDrawn(pdfium, object, kind))) {
        const what = kind === TEXT ? 'text' : kind === IMAGE ? 'picture' : 'path'
        things.push({ order: things.length, what, box: moved(boundsOf(pdfium, object), matrix), object })
      }
    }
  }
  gather(pdfium.FPDFPage_CountObjects(page), (at) => pdfium.FPDFPage_GetObject(page, at), SAME, 0)
  const count = Math.min(pdfium.FPDFPage_GetAnnotCount(page), 10_000)
  for (let n = 0; n < count; n++) things.push(...annotationThings(pdfium, page, n))
  return { things, isWhole: things.length < MOST_THINGS }
}

function isDrawn(pdfium: Pdfium, object: number, kind: number): boolean {
  if (kind === SHADING) return true
  return withMemory(pdfium, 8, (at) => {
    if (!pdfium.FPDFPath_GetDrawMode(object, at, at + 4)) return false
    const [fill, stroke] = new Int32Array(pdfium.pdfium.HEAPU8.slice(at, at + 8).buffer) as unknown as [number, number]
    return fill !== 0 || stroke !== 0
  })
}

function annotationThings(pdfium: Pdfium, page: number, index: number): Thing[] {
  const annotation = pdfium.FPDFPage_GetAnnot(page, index)
  if (annotation === 0) return []
  try {
    const kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    const order = MOST_THINGS + index
    if (kind === REDACTION) return quadsOf(pdfium, annotation).map((box) => ({ order, what: 'redaction' as const, box, object: 0 }))
    return COVERING.has(kind) ? [{ order, what: 'annotation', box: rectOf(pdfium, annotation), object: 0 }] : []
  } finally {
    pdfium.FPDFPage_CloseAnnot(annotation)
  }
}

/** FS_RECTF: left, top, right, bottom. */
const rectOf = (pdfium: Pdfium, annotation: number): Box =>
  withMemory(pdfium, 16, (at) => {
    pdfium.FPDFAnnot_GetRect(annotation, at)
    const [left, top, right, bottom] = floats(pdfium, at, 4)
    return ordered(left!, bottom!, right!, top!)
  })

/** The places that a redaction marks: its quads, or its rectangle where it has none. */
function quadsOf(pdfium: Pdfium, annotation: number): Box[] {
  const count = Math.min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), 1000)
  if (count === 0) return [rectOf(pdfium, annotation)]
  return Array.from({ length: count }, (_, n) =>
    withMemory(pdfium, 32, (at) => {
      pdfium.FPDFAnnot_GetAttachmentPoints(annotation, n, at)
      const points = floats(pdfium, at, 8)
      const [xs, ys] = [points.filter((_, k) => k % 2 === 0), points.filter((_, k) => k % 2 === 1)]
      return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) }
    }),
  )
}

const floats = ({ pdfium }: Pdfium, at: number, count: number): number[] => [
  ...new Float32Array(pdfium.HEAPU8.slice(at, at + count * 4).buffer),
]
const ordered = (left: number, bottom: number, right: number, top: number): Box => ({
  left: Math.min(left, right),
  right: Math.max(left, right),
  bottom: Math.min(bottom, top),
  top: Math.max(bottom, top),
})

const boundsOf = (pdfium: Pdfium, object: number): Box =>
  withMemory(pdfium, 16, (at) => {
    if (!pdfium.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12)) return ordered(0, 0, 0, 0)
    const [left, bottom, right, top] = floats(pdfium, at, 4)
    return ordered(left!, bottom!, right!, top!)
  })

const matrixOf = (pdfium: Pdfium, object: number): Matrix =>
  withMemory(pdfium, 24, (at) => (pdfium.FPDFPageObj_GetMatrix(object, at) ? (floats(pdfium, at, 6) as Matrix) : SAME))

function times([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F]
}

function moved({ left, bottom, right, top }: Box, [a, b, c, d, e, f]: Matrix): Box {
  const corners = [
    [left, bottom],
    [left, top],
    [right, bottom],
    [right, top],
  ].map(([x, y]) => [a * x! + c * y! + e, b * x! + d * y! + f] as const)
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) }
}

/** How text is drawn, by its object: most of a page needs no closer look. */
export type Manner = Pick<Letter, 'isUnseen' | 'isWhite'>

export function mannerOf(pdfium: Pdfium, object: number): Manner {
  const mode = pdfium.FPDFTextObj_GetTextRenderMode(object) as number
  const isWhite = withMemory(pdfium, 16, (at) => {
    if (!pdfium.FPDFPageObj_GetFillColor(object, at, at + 4, at + 8, at + 12)) return false
    const [red, green, blue, opacity] = new Uint32Array(pdfium.pdfium.HEAPU8.slice(at, at + 16).buffer) as unknown as [
      number,
      number,
      number,
      number,
    ]
    return Math.min(red, green, blue) >= 240 || opacity < 16
  })
  return { isUnseen: mode === 3 || mode === 7, isWhite }
}

/** The letters of a page in the order of reading, without spaces, of the text that `mannerIn` wants; null: it does not. */
export function lettersOn(
  pdfium: Pdfium,
  page: number,
  mannerIn: (object: number) => Manner | null,
): { letters: Letter[]; isWhole: boolean } {
  const text = pdfium.FPDFText_LoadPage(page)
  if (text === 0) return { letters: [], isWhole: false }
  try {
    return withMemory(pdfium, 32, (memory) => {
      const count = pdfium.FPDFText_CountChars(text)
      const letters: Letter[] = []
      for (let n = 0; n < Math.min(count, MOST_LETTERS); n++) {
        const object = pdfium.FPDFText_GetTextObject(text, n)
        const manner = mannerIn(object)
        if (!manner) continue
        const code = pdfium.FPDFText_GetUnicode(text, n)
        if (code <= 32 || code === 0xa0 || pdfium.FPDFText_IsGenerated(text, n) === 1) continue
        letters.push({ text: String.fromCodePoint(Math.min(code, 0x10ffff)), box: letterBox(pdfium, text, n, memory), object, ...manner })
      }
      return { letters, isWhole: count <= MOST_LETTERS }
    })
  } finally {
    pdfium.FPDFText_ClosePage(text)
  }
}

function letterBox(pdfium: Pdfium, text: number, index: number, at: number): Box {
  pdfium.FPDFText_GetCharBox(text, index, at, at + 8, at + 16, at + 24)
  const view = new DataView(pdfium.pdfium.HEAPU8.buffer, at, 32)
  return ordered(view.getFloat64(0, true), view.getFloat64(16, true), view.getFloat64(8, true), view.getFloat64(24, true))
}
