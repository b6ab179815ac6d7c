import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'
import type { Bytes } from './pipes.ts'
import { LIMITS, NotRead } from './scan.ts'

const WRONG_PASSWORD = 4
const UNKNOWN_LOCK = 5
export type Pdfium = WrappedPdfiumModule & { pdfium: { HEAPU8: Uint8Array } }

/** Lets `use` have the document, and closes it. @throws NotRead */
export async function withPdf<T>(bytes: Bytes, use: (pdfium: Pdfium, document: number) => T): Promise<T> {
  if (bytes.size > LIMITS.pdf) throw new NotRead('too-much', 'the PDF is larger than is read')
  const pdfium = await opened()
  const { addFunction, removeFunction, setValue, wasmExports } = pdfium.pdfium
  // FPDF_FILEACCESS (fpdfview.h): the length, who gives the bytes, and what is handed to it
  const give = addFunction((_: number, start: number, into: number, length: number): number => {
    if ((start >>> 0) + (length >>> 0) > bytes.size) return 0
    pdfium.pdfium.HEAPU8.set(bytes.at(start >>> 0, (start >>> 0) + (length >>> 0)), into)
    return 1
  }, 'iiiii')
  const access = wasmExports.malloc(12)
  setValue(access, bytes.size, 'i32')
  setValue(access + 4, give, 'i32')
  setValue(access + 8, 0, 'i32')
  const document = pdfium.FPDF_LoadCustomDocument(access, '')
  try {
    if (document === 0) throw refused(pdfium.FPDF_GetLastError())
    return use(pdfium, document)
  } finally {
    if (document !== 0) pdfium.FPDF_CloseDocument(document)
    wasmExports.free(access)
    removeFunction(give)
  }
}

const refused = (code: number) =>
  code === WRONG_PASSWORD || code === UNKNOWN_LOCK
    ? new NotRead('encrypted', 'it is under a password')
    : new NotRead('broken', `it is no PDF (${code})`)

/** Memory of its own for a while. */
export function withMemory<T>(pdfium: Pdfium, length: number, use: (at: number) => T): T {
  const at = pdfium.pdfium.wasmExports.malloc(length)
  if (at === 0) throw new NotRead('too-much', 'there is no memory for it')
  try {
    return use(at)
  } finally {
    pdfium.pdfium.wasmExports.free(at)
  }
}

let module: Promise<Pdfium> | undefined
/** Made when it is first asked for. */
export const opened = (): Promise<Pdfium> => (module ??= open())
async function open(): Promise<Pdfium> {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')))
  const pdfium = await init({ wasmBinary: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) })
  pdfium.PDFiumExt_Init()
  // its memory moves when it grows: it is looked up each time
  return pdfium as unknown as Pdfium
}
