import { ReadingFault } from '../reading/fault.ts'
import { NotRead } from '../scans/scan.ts'
import { withPdf, type Pdfium } from '../scans/pdfium.ts'
import { pdfFile, type PdfFile } from './pdf-file.ts'

/** FPDF_REMOVE_SECURITY (fpdf_save.h): in full, and without the lock. */
const UNLOCKED = 3
const MOST = 512 * 1024 * 1024

/** Lets PDFium have the file. @throws ReadingFault where PDFium cannot, or where it breaks down */
export async function inPdfium<T>(bytes: Buffer, use: (pdfium: Pdfium, document: number) => T): Promise<T> {
  try {
    return await withPdf({ size: bytes.length, at: (start, end) => bytes.subarray(start, end) }, use)
  } catch (fault) {
    if (fault instanceof NotRead)
      throw new ReadingFault(fault.why === 'encrypted' ? 'encrypted' : fault.why === 'too-much' ? 'too-much' : 'broken', fault.message)
    // its own memory has its own limits
    if (fault instanceof WebAssembly.RuntimeError || fault instanceof RangeError) throw new ReadingFault('broken', 'it cannot be drawn')
    throw fault
  }
}

/**
 * The objects of a PDF, and its bytes as they are read: where its tables of contents do not hold together, or it is locked with no
 * password to open it, these are as PDFium writes it (`isRewritten`).
 *
 * @throws ReadingFault `encrypted` for one under a password; `broken`, `hostile`, `too-much`
 */
export async function openedPdf(bytes: Buffer): Promise<{ file: PdfFile; bytes: Buffer; isRewritten: boolean }> {
  // what stands before its head does not count (ISO 32000-1, annex H, 3.4.1): places are told from the head on
  const head = Math.max(0, bytes.subarray(0, 1024).indexOf('%PDF-'))
  try {
    const file = pdfFile(bytes.subarray(head))
    // all of it is read at once: what breaks off later breaks off here
    for (const number of file.numbers()) file.get(number)
    return { file, bytes, isRewritten: false }
  } catch (fault) {
    if (!(fault instanceof ReadingFault) || (fault.code !== 'broken' && fault.code !== 'encrypted')) throw fault
    const written = await inPdfium(bytes, (pdfium, document) => savedBy(pdfium, document, UNLOCKED))
    return { file: pdfFile(written), bytes: written, isRewritten: true }
  }
}

/** The document as PDFium writes it; `flags` of fpdf_save.h. @throws ReadingFault `broken` */
export function savedBy(pdfium: Pdfium, document: number, flags: number): Buffer {
  const { addFunction, removeFunction, setValue, wasmExports } = pdfium.pdfium
  const parts: Buffer[] = []
  let size = 0
  // FPDF_FILEWRITE (fpdf_save.h): its version, and who takes the bytes
  const take = addFunction((_: number, start: number, length: number): number => {
    size += length >>> 0
    if (size > MOST) return 0
    parts.push(Buffer.from(pdfium.pdfium.HEAPU8.slice(start >>> 0, (start >>> 0) + (length >>> 0))))
    return 1
  }, 'iiii')
  const writer = wasmExports.malloc(8)
  setValue(writer, 1, 'i32')
  setValue(writer + 4, take, 'i32')
  try {
    if (!pdfium.FPDF_SaveAsCopy(document, writer, flags)) throw new ReadingFault('broken', 'it cannot be written anew')
    return Buffer.concat(parts)
  } finally {
    wasmExports.free(writer)
    removeFunction(take)
  }
}
