import type { PageText } from '../reading/extracted.ts'
import { hyphens } from './hyphens.ts'
import { withMemory, type Pdfium } from './pdfium.ts'
import { pictureShare } from './pdf-pictures.ts'
import { LIMITS, type TextLimits } from './scan.ts'

/** Annotation subtypes (fpdf_annot.h) whose words are drawn: free text, a stamp, a field of a form. */
const DRAWN = [3, 13, 20]
/** And those that hold a remark: a note, a mark on the text, a drawing, a file. */
const REMARKS = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 17]
const ANNOTATIONS = 2000

/** Page by page. @returns whether there is more than was read */
export function* textOf(pdfium: Pdfium, document: number, limits: TextLimits): Generator<PageText, boolean> {
  const count = pdfium.FPDF_GetPageCount(document)
  const whole = hyphens()
  let isCut = count > limits.pages
  let left = limits.text
  for (let index = 0; index < Math.min(count, limits.pages); index += 1) {
    if (left <= 0) return true
    const { page, remarks } = openPage(pdfium, document, index)
    if (page === 0) {
      // its place is kept: the pages after it have their numbers
      isCut = true
      yield { text: '', hasPictures: false }
      continue
    }
    try {
      const most = Math.min(left, LIMITS.pageText)
      const raw = lettersOf(pdfium, page, most + 1) + remarks
      isCut ||= raw.length > most
      const text = tidy(whole(raw.slice(0, most)))
      left -= Math.max(1, text.length)
      yield { text, hasPictures: isPicture(text, pictureShare(pdfium, page)) }
    } finally {
      pdfium.FPDF_ClosePage(page)
    }
  }
  return isCut
}

/**
 * A page that is a picture. Courts and copiers stamp a line or two of text on a scanned page, so that few letters beside a large
 * picture are none; a page of a letter with its head and a short text is text.
 */
function isPicture(text: string, share: number): boolean {
  const letters = text.replace(/\s+/g, '').length
  return letters < 100 ? share > 0.1 : letters < 300 && share > 0.5
}

/** What stands in its forms and stamps becomes a part of it, and the remarks that this takes away are told apart. 0: it cannot be opened. */
function openPage(pdfium: Pdfium, document: number, index: number): { page: number; remarks: string } {
  const page = pdfium.FPDF_LoadPage(document, index)
  if (page === 0) return { page, remarks: '' }
  const kinds = kindsOf(pdfium, page)
  const remarks = kinds.flatMap(([kind, at]) => (REMARKS.includes(kind) ? remarkOf(pdfium, page, at) : '')).join('')
  if (!kinds.some(([kind]) => DRAWN.includes(kind))) return { page, remarks }
  const forDisplay = 0
  pdfium.FPDFPage_Flatten(page, forDisplay)
  pdfium.FPDF_ClosePage(page)
  return { page: pdfium.FPDF_LoadPage(document, index), remarks }
}

function kindsOf(pdfium: Pdfium, page: number): [kind: number, index: number][] {
  const count = Math.min(pdfium.FPDFPage_GetAnnotCount(page), ANNOTATIONS)
  return Array.from({ length: count }, (_, index) => {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index)
    if (annotation === 0) return [0, index]
    const kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    pdfium.FPDFPage_CloseAnnot(annotation)
    return [kind, index]
  })
}

function lettersOf(pdfium: Pdfium, page: number, most: number): string {
  const text = pdfium.FPDFText_LoadPage(page)
  if (text === 0) return ''
  try {
    const count = Math.min(pdfium.FPDFText_CountChars(text), most)
    if (count <= 0) return ''
    // UTF-16LE with a last 0; a character outside of the first plane takes two
    return withMemory(pdfium, (count * 2 + 1) * 2, (at) => utf16(pdfium, at, pdfium.FPDFText_GetText(text, 0, count, at) - 1))
  } finally {
    pdfium.FPDFText_ClosePage(text)
  }
}

/** What was written on the page as a remark, on lines of its own. */
function remarkOf(pdfium: Pdfium, page: number, index: number): string {
  const annotation = pdfium.FPDFPage_GetAnnot(page, index)
  try {
    // in bytes of UTF-16LE, with a last 0
    const length = pdfium.FPDFAnnot_GetStringValue(annotation, 'Contents', 0, 0)
    if (length <= 2 || length > LIMITS.pageText) return ''
    return withMemory(pdfium, length, (at) => {
      pdfium.FPDFAnnot_GetStringValue(annotation, 'Contents', at, length)
      return `\n\n${utf16(pdfium, at, length / 2 - 1)}`
    })
  } finally {
    pdfium.FPDFPage_CloseAnnot(annotation)
  }
}

function utf16({ pdfium }: Pdfium, at: number, units: number): string {
  return Buffer.from(pdfium.HEAPU8.buffer as ArrayBuffer, at, Math.max(0, units) * 2).toString('utf16le')
}

/** Lines and paragraphs, and nothing that is no letter. */
export const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff\ufeff]/g, '')
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .toWellFormed()
