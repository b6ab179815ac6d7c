import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { canaries, codesIn, copyOf, told } from '../../../test/cleaning/asking.ts'
import { packedPage, page, pdf, tellingPdf, words } from '../../../test/cleaning/made-pdf.ts'
import { cleaned, inspect } from './cleaning.ts'
import { pdfFile } from './pdf-file.ts'
import { inPdfium, savedBy } from './pdf-open.ts'
import { textOf } from '../scans/pdf-text.ts'
import { STRICTEST } from './wish.ts'

const shown = (bytes: Buffer): Promise<string> =>
  inPdfium(bytes, (pdfium, document) => [...textOf(pdfium, document, { pages: 10, text: 10_000 })].map(({ text }) => text).join('\f'))

test('a plain page tells nothing, and its copy shows the same', async () => {
  const plain = page(words('Dear Ben', 50, 300))
  expect(await codesIn(plain)).toEqual([])
  const copy = await copyOf(plain)
  expect(await shown(copy)).toBe('Dear Ben')
  expect(await copyOf(copy)).toEqual(copy)
})

test('a PDF that tells everything says so', async () => {
  const found = await told(tellingPdf())
  expect(Object.keys(found).sort()).toEqual(
    [
      'annotations',
      'attachments',
      'document-properties',
      'earlier-revisions',
      'form-values',
      'hidden-layers',
      'private-data',
      'scripts',
      'thumbnails',
      'unreferenced-parts',
      'xmp',
    ].sort(),
  )
  expect(found.annotations!.examples).toEqual(['Text, CANARY-annotator: CANARY-annotation', 'Popup:'])
  expect(found['earlier-revisions']!.count).toBe(1)
  expect(found.scripts!.examples).toEqual(['app.alert("CANARY-script")'])
  expect(found.attachments!.examples).toEqual(['CANARY-attachment-name'])
  expect(found['hidden-layers']!.examples).toEqual(['CANARY-layer'])
})

test('its copy holds no word of it but the values of its form and the name of its layer', async () => {
  expect(await canaries(tellingPdf())).toHaveLength(13)
  const copy = await copyOf(tellingPdf())
  expect(await canaries(copy)).toEqual(['CANARY-layer', 'CANARY-value'])
  expect(await shown(copy)).toContain('The fee is due.')
  expect(await codesIn(copy)).toEqual(['form-values', 'hidden-layers'])
  expect(pdfFile(copy).updates).toBe(0)
  expect(copy.toString('latin1')).toContain('https://wren.example/')
})

test('attachments, scripts and remarks stay where that is wished', async () => {
  const copy = await copyOf(tellingPdf(), { attachments: 'keep', scripts: 'keep', annotations: 'keep' })
  expect(await codesIn(copy)).toEqual(['annotations', 'attachments', 'form-values', 'hidden-layers', 'scripts'])
  expect(await canaries(copy)).toEqual(
    [
      'CANARY-annotation',
      'CANARY-annotator',
      'CANARY-attached',
      'CANARY-attachment-name',
      'CANARY-layer',
      'CANARY-script',
      'CANARY-value',
    ].sort(),
  )
})

test('a link is no action, a program is; so is a form that is sent', async () => {
  const link = (action: string) => page(words('x', 50, 300), { page: `/Annots[<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A${action}>>]` })
  expect(await codesIn(link('<</S/GoTo/D[3 0 R/Fit]>>'))).toEqual([])
  expect(await codesIn(link('<</S/Launch/F(cmd.exe)>>'))).toEqual(['actions'])
  expect(await codesIn(link('<</S/SubmitForm/F(https://x.example)>>'))).toEqual(['actions'])
  expect(await codesIn(await copyOf(link('<</S/Launch/F(cmd.exe)>>')))).toEqual([])
  expect((await told(link('<</S/GoToR/F(../CANARY.pdf)>>')))['external-links']!.examples).toEqual(['../CANARY.pdf'])
})

test('a file whose table of contents is lost is put in order by PDFium, and that is said', async () => {
  const whole = page(words('Dear Ben', 50, 300))
  const lost = Buffer.from(whole.toString('latin1').replace(/startxref\s+\d+/, 'startxref\n7'), 'latin1')
  expect(await inspect(lost, '')).toMatchObject({ isKnown: true, unread: [{ reason: 'broken' }] })
  expect(await shown(await copyOf(lost))).toBe('Dear Ben')
})

test('objects behind the back of the table of contents are found and do not leave', async () => {
  const whole = page(words('x', 50, 300)).toString('latin1')
  const strange = Buffer.from(
    whole
      .replace('xref\n0 1', '77 0 obj\n(CANARY-behind)\nendobj\nxref\n0 1')
      .replace(/startxref\s+(\d+)/, (_, at: string) => `startxref\n${Number(at) + '77 0 obj\n(CANARY-behind)\nendobj\n'.length}`),
    'latin1',
  )
  expect((await told(strange))['unreferenced-parts']!.count).toBe(1)
  expect(await canaries(await copyOf(strange))).toEqual([])
})

test('objects in packs and tables of contents as streams are read', async () => {
  const bytes = packedPage(words('Dear Ben', 50, 300), { 7: '<</Stray(CANARY-stray)>>' })
  expect(await codesIn(bytes)).toEqual(['unreferenced-parts'])
  const copy = await copyOf(bytes)
  expect(await canaries(copy)).toEqual([])
  expect(await shown(copy)).toBe('Dear Ben')
})

test('a file that only its owner may change is opened, told of and cleaned; one under a password is not', async () => {
  const locked = (password: string): Promise<Buffer> =>
    inPdfium(
      page(words('Dear Ben', 50, 300), { trailer: '/Info 10 0 R', objects: { 10: '<</Author(CANARY-author)>>' } }),
      (pdfium, document) => {
        pdfium.EPDF_SetEncryption(document, password, 'owner', 0)
        return savedBy(pdfium, document, 0)
      },
    )
  expect((await locked('')).toString('latin1')).toContain('/Encrypt')
  expect((await told(await locked('')))['document-properties']!.examples).toContain('Author: CANARY-author')
  expect(await shown(await copyOf(await locked('')))).toBe('Dear Ben')
  expect(await inspect(await locked('secret'), '')).toMatchObject({ isKnown: false, reason: 'encrypted' })
})

test('bytes before the head of a file do not move its objects, and are told', async () => {
  const bytes = Buffer.concat([Buffer.from('HTTP/1.1 200 OK CANARY-before\r\n'), page(words('Dear Ben', 50, 300))])
  expect(await inspect(bytes, '')).toMatchObject({ isKnown: true, unread: [], findings: [{ code: 'trailing-data' }] })
  expect(await canaries(await copyOf(bytes))).toEqual([])
})

test('poppler reads the copy as it read the file, where it is on the machine', async ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'))
  const read = (bytes: Buffer): string => {
    writeFileSync(join(folder, 'x.pdf'), bytes)
    return execFileSync('pdftotext', [join(folder, 'x.pdf'), '-'], { encoding: 'utf8' })
  }
  try {
    if (spawnSync('pdftotext', ['-v']).error) return skip('no poppler: the copy was not read by a second program')
    for (const bytes of [tellingPdf(), packedPage(words('Dear Ben', 50, 300))]) expect(read(await copyOf(bytes))).toBe(read(bytes))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('what is no PDF, is locked or goes in circles is said and not guessed', async () => {
  expect(await inspect(Buffer.from('%PDF-1.7\nnothing'), '')).toMatchObject({ isKnown: false, reason: 'broken' })
  const locked = pdf(
    { 1: '<</Type/Catalog/Pages 2 0 R>>', 2: '<</Type/Pages/Kids[]/Count 0>>' },
    '/Root 1 0 R/Encrypt<</Filter/Strange/V 9>>',
  )
  expect(await inspect(locked, '')).toMatchObject({ isKnown: false, reason: 'encrypted' })
  expect(await cleaned(locked, '', STRICTEST)).toMatchObject({ isCleaned: false, reason: 'encrypted' })
  const ring = page(words('x', 50, 300), { objects: { 10: '11 0 R', 11: '10 0 R', 12: '[12 0 R]' }, catalogue: '/X 10 0 R/Y 12 0 R' })
  expect((await inspect(ring, '')).isKnown).toBe(true)
  const pages = page('', { objects: { 2: '<</Type/Pages/Kids[2 0 R]/Count 1>>' } })
  expect(['broken', 'changes-meaning', true]).toContain(
    await cleaned(pages, '', STRICTEST).then((made) => (made.isCleaned ? true : made.reason)),
  )
})
