import { withMemory, type Pdfium } from './pdfium.ts'

/** Kinds of objects on a page (fpdf_edit.h). */
const PATH = 2
const IMAGE = 3
const FORM = 5
const DEEPEST = 3
/** Objects that are looked at; a scan has few, in strips some hundred. */
const OBJECTS = 5000
/** So many paths may be letters that were drawn as outlines. */
const OUTLINES = 400

/** How much of a page is covered by pictures, 0 to 1; 1 too where it is drawn of very many outlines. */
export function pictureShare(pdfium: Pdfium, page: number): number {
  const whole = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
  if (!(whole > 0)) return 0
  let left = OBJECTS
  let paths = 0
  const covered = (count: number, get: (index: number) => number, depth: number): number => {
    let sum = 0
    for (let index = 0; index < count && left > 0; index += 1) {
      left -= 1
      const object = get(index)
      const kind = pdfium.FPDFPageObj_GetType(object)
      if (kind === PATH) paths += 1
      else if (kind === IMAGE) sum += areaOf(pdfium, object)
      else if (kind === FORM && depth < DEEPEST) {
        const within = covered(pdfium.FPDFFormObj_CountObjects(object), (at) => pdfium.FPDFFormObj_GetObject(object, at), depth + 1)
        // what stands in a form is measured in its own units: the form is counted
        if (within > 0) sum += areaOf(pdfium, object)
      }
    }
    return sum
  }
  const share = covered(pdfium.FPDFPage_CountObjects(page), (index) => pdfium.FPDFPage_GetObject(page, index), 0) / whole
  return paths > OUTLINES ? 1 : Math.min(1, share)
}

function areaOf(pdfium: Pdfium, object: number): number {
  return withMemory(pdfium, 16, (at) => {
    if (!pdfium.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12)) return 0
    const [left, bottom, right, top] = new Float32Array(pdfium.pdfium.HEAPU8.buffer, at, 4) as unknown as [number, number, number, number]
    const area = (right - left) * (top - bottom)
    return Number.isFinite(area) ? Math.abs(area) : 0
  })
}
