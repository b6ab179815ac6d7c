import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SHAPES, writePdf } from '../bench/long-pdf.ts'
import { patchedWorker } from '../web/flat-pages.ts'

const PDFJS = createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.mjs')
const WORKER = createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.worker.mjs')
const PAGES = 200
let folder = ''
let [pdfjs, worker] = ['', '']
const kept = globalThis as { pdfjsWorker?: unknown }
const before = kept.pdfjsWorker
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subrosa-pdf-'))
  // a copy of its own: it keeps the first worker that it is given
  pdfjs = join(folder, 'pdf.mjs')
  await copyFile(PDFJS, pdfjs)
  worker = join(folder, 'worker.mjs')
  await writeFile(worker, patchedWorker(await readFile(WORKER, 'utf8')).replace(/^\/\/# sourceMappingURL.*$/m, ''))
})
afterAll(async () => {
  kept.pdfjsWorker = before
  await rm(folder, { recursive: true, force: true })
})

/** The words of a page and how many bytes it took, in parts of 16 KiB. */
async function read(file: Buffer, number: number): Promise<{ text: string; bytes: number; pages: number }> {
  const { getDocument, PDFDataRangeTransport } = (await import(
    pathToFileURL(pdfjs).href
  )) as typeof import('pdfjs-dist/legacy/build/pdf.mjs')
  kept.pdfjsWorker = await import(pathToFileURL(worker).href)
  let bytes = 0
  class Parts extends PDFDataRangeTransport {
    override requestDataRange(start: number, end: number): void {
      bytes += end - start
      setImmediate(() => this.onDataRange(start, new Uint8Array(file.subarray(start, end))))
    }
  }
  const range = new Parts(file.length, null)
  const task = getDocument({ range, disableStream: true, disableAutoFetch: true, rangeChunkSize: 16 * 1024, useWasm: false, verbosity: 0 })
  try {
    const pdf = await task.promise
    const { items } = await (await pdf.getPage(number)).getTextContent()
    return { text: items.map((item) => ('str' in item ? item.str : '')).join(''), bytes, pages: pdf.numPages }
  } finally {
    await task.destroy()
  }
}

test.for(SHAPES)('a page is found without reading those before it: %s', async (shape) => {
  const path = join(folder, `${shape}.pdf`)
  await writePdf(path, PAGES, 64 * 1024, shape)
  const file = await readFile(path)
  for (const number of [1, 2, 117, PAGES]) {
    const got = await read(file, number)
    expect(got).toMatchObject({ text: `This is page ${number}.`, pages: PAGES })
    expect(got.bytes).toBeLessThan(30 * 16 * 1024)
  }
})

test('where a node has more pages than kids the long way is gone', async () => {
  const path = join(folder, 'nested.pdf')
  await writePdf(path, 20, 1024, 'tree')
  const file = await readFile(path)
  for (const number of [1, 10, 11, 20]) expect((await read(file, number)).text).toBe(`This is page ${number}.`)
})

test('a pdf.js that reads otherwise stops the build', () => {
  expect(() => patchedWorker('async getPageDict() {}')).toThrow('Catalog.getPageDict')
})
