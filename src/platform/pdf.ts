import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { PdfTooLong, type PdfDocument } from './pdf-document.ts'
import { placesOfFaces } from './pdf-fonts.ts'
import type { Told } from './pdf-worker.ts'

/** Four hundred pages take some seconds; what takes longer than this hangs. */
const LIMIT_MS = 120_000
const MOST_WAITING = 8
/** The typeface and its tables take tens of megabytes: an idle thread gives them back. */
const IDLE_MS = 30_000

let worker: Worker | null = null
let idle: NodeJS.Timeout | undefined
let waiting = 0
let last: Promise<void> = Promise.resolve()

/**
 * Prints a document: PDF 1.7, tagged (a structure tree of headings, paragraphs, lists and tables), with title, author,
 * language and page numbers. In memory and in a thread of its own, one at a time; no file is written and nothing fetched.
 * The same document gives the same bytes.
 *
 * @throws PdfTooLong when it is longer than may be printed, PdfBusy when too many wait, and an Error when the thread died
 *   or hung. No message quotes the document.
 */
export async function makePdf(document: PdfDocument): Promise<Buffer> {
  if (waiting >= MOST_WAITING) throw new PdfBusy()
  waiting += 1
  const turn = last.then(() => exchange(document)).finally(() => (waiting -= 1))
  last = turn.then(
    () => {},
    () => {},
  )
  return turn
}

export class PdfBusy extends Error {
  override name = 'PdfBusy'
  constructor() {
    super('Too many documents are being printed at once. Try again in a minute.')
  }
}

async function exchange(document: PdfDocument): Promise<Buffer> {
  clearTimeout(idle)
  const asking = (worker ??= start())
  const { promise, resolve, reject } = Promise.withResolvers<Told>()
  const limit = setTimeout(() => {
    reject(new Error('couldn’t print a document: the thread hung'))
    stop()
  }, LIMIT_MS)
  const fail = (fault: Error | number) =>
    reject(new Error(`couldn’t print a document: the thread ended (${typeof fault === 'number' ? fault : fault.name})`))
  asking.once('message', resolve).once('error', fail).once('exit', fail)
  try {
    asking.postMessage(document)
    const told = await promise
    if ('tooLong' in told) throw new PdfTooLong(told.tooLong)
    if ('fault' in told) throw new Error(`couldn’t print a document: ${told.fault}`)
    return Buffer.from(told.pdf.buffer)
  } finally {
    clearTimeout(limit)
    asking.off('message', resolve).off('error', fail).off('exit', fail)
    idle = setTimeout(stop, IDLE_MS).unref()
  }
}

function start(): Worker {
  const compiled = getCompileCacheDir()
  const started = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    name: 'pdf',
    workerData: placesOfFaces(),
    // beyond it the thread ends, and not the process
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
    // compiled code is kept for it as for us; nothing else of our environment is its business
    env: compiled ? { NODE_COMPILE_CACHE: dirname(compiled) } : {},
  })
  // the limit of a document that is printed keeps the process alive, the thread itself does not
  started.unref()
  const forget = () => {
    if (worker === started) worker = null
  }
  started.on('error', forget)
  started.on('exit', forget)
  return started
}

function stop(): void {
  const gone = worker
  worker = null
  void gone?.terminate()
}
