import { parentPort, workerData } from 'node:worker_threads'
import { PdfTooLong, type PdfDocument } from './pdf-document.ts'
import { readFaces, type Faces } from './pdf-fonts.ts'
import { print } from './pdf-print.ts'

// The other thread of pdf.ts: prints. Documents are kept nowhere.

export type Told = { pdf: Uint8Array<ArrayBuffer> } | { tooLong: string } | { fault: string }

const faces = readFaces(workerData as Faces)

parentPort!.on('message', (document: PdfDocument) => void answer(document))

async function answer(document: PdfDocument): Promise<void> {
  try {
    const pdf = new Uint8Array(await print(document, faces))
    parentPort!.postMessage({ pdf } satisfies Told, [pdf.buffer])
  } catch (fault) {
    // of an error only the name: its message could quote the document
    const told: Told = fault instanceof PdfTooLong ? { tooLong: fault.message } : { fault: (fault as Error).name }
    parentPort!.postMessage(told)
  }
}
