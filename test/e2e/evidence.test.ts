/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageWith } from '../../src/core/evidence-page.ts'
import { CORE_FILES, MANIFEST, type Claim } from '../../src/core/evidence.ts'
import { readStoredZip } from '../../src/core/stored-zip.ts'
import { cosignerOf } from '../../src/core/cosignature.ts'
import {
  DEEDS,
  instant,
  madeBundle,
  madeEpochs,
  madeHead,
  madeLog,
  OF_ORCHARD,
  ORCHARD,
  shown,
  shut,
  signer,
} from '../world/made-evidence.ts'
import { accessible, hasBrowser, launch, lookAt, openPage } from './browser.ts'

const BUILT = readFileSync(join(import.meta.dirname, '../../web/dist/evidence/verify.html'), 'utf8')
const log = madeLog(DEEDS)
const claims: Claim[] = [{ kind: 'matter', matter: ORCHARD, first: 1, last: 5 }]
const lines = OF_ORCHARD.map((n) => shown(log, n))
const zip = madeBundle(log, madeHead({ claims }), lines)

let browser: Browser
let folder: string
const faults: string[] = []
const asked: string[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'subrosa-evidence-'))
  if (hasBrowser) browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The page of these files in a folder, opened without a network; what it asks for beyond itself is noted. */
async function opened(files: readonly { name: string; bytes: Uint8Array }[] | null): Promise<Page> {
  const held = files?.filter(({ name }) => [MANIFEST, ...CORE_FILES].includes(name))
  const path = join(folder, 'verify.html')
  writeFileSync(path, held ? pageWith(BUILT, held) : BUILT)
  const page = await openPage(browser, faults)
  await page.context().setOffline(true)
  page.on('request', (request) => void (request.url().startsWith('file://') || asked.push(request.url())))
  await page.goto(`file://${path}`)
  return page
}
const verdict = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()

test.skipIf(!hasBrowser)(
  'opened from a folder, without a network: it holds, and after an edit it does not',
  { timeout: 300_000 },
  async () => {
    const files = readStoredZip(zip)
    const page = await opened(files)
    expect(await verdict(page)).toBe('It holds')
    await page.getByText('Every entry of the matter Orchard v. Mill that was numbered until this was made is here.').waitFor()
    expect(await page.locator('.entries > li').count()).toBe(5)
    await page.getByText('made evidence of the ledger').click()
    await page.getByText('entries: 5').waitFor()
    await page.getByLabel('The key you have').fill(signer.vkey)
    await page.getByText('It is the same key.').waitFor()
    await page.getByLabel('The key you have').fill(`${signer.vkey}x`)
    await page.getByText('It is another key').waitFor()
    await accessible(page)
    await lookAt(page, page.url(), 'evidence')

    for (const [which, file] of files.entries()) {
      if (file.name === 'report.pdf') continue
      const bytes = Buffer.from(file.bytes)
      bytes[Math.floor(bytes.length / 2)]! ^= 1
      const edited = await opened(files.with(which, { ...file, bytes }))
      expect([file.name, await verdict(edited)]).toEqual([file.name, 'It does not hold'])
      if (which === 0) await lookAt(edited, edited.url(), 'evidence-broken')
      await edited.context().close()
    }
    expect(asked).toEqual([])
    expect(faults).toEqual([])
  },
)

test.skipIf(!hasBrowser)('it says who witnessed, what was destroyed and when, and takes an earlier key', { timeout: 300_000 }, async () => {
  const witness = cosignerOf('witness.notary.example', Buffer.alloc(32, 9))
  const { signers, head } = madeEpochs(log, [2, 5])
  const told = madeHead({ claims, witnesses: [witness.vkey], destroyed: [{ matter: ORCHARD, at: instant(58) }], log: head })
  const gone = OF_ORCHARD.map((n) => ({ ...shown(log, n, ['details']), hidden: { details: 'destroyed' as const } }))
  const by = { lists: signers[2]!, checkpoint: signers[2]! }
  const files = readStoredZip(madeBundle(log, told, gone, null, (text) => witness.cosign(text, 1_772_445_600), by))
  const page = await opened(files)
  expect(await verdict(page)).toBe('It holds')
  await page.getByText('witness.notary.example, 2026-03-02 10:00:00 UTC').waitFor()
  await page.getByText('Orchard v. Mill, 2026-03-02 09:58:00 UTC: details open no more').waitFor()
  await page.getByText('opened (details destroyed on 2026-03-02)').first().waitFor()
  await page.locator('.entries summary').nth(1).press('Enter')
  await page.getByText('not shown: destroyed on 2026-03-02').nth(1).waitFor()
  await page.getByLabel('The key you have').fill(signer.vkey)
  await page.getByText('It is an earlier key of the same log, and vouches for this one.').waitFor()
  await lookAt(page, page.url(), 'evidence-destroyed')
  const edited = files.map((file) => {
    if (file.name !== 'checkpoint') return file
    const bytes = Buffer.from(file.bytes)
    const at = bytes.length - 10
    bytes[at] = bytes[at] === 65 ? 66 : 65
    return { ...file, bytes }
  })
  expect(await verdict(await opened(edited))).toBe('It does not hold')
  expect(faults).toEqual([])
})

test.skipIf(!hasBrowser)('a file that is chosen is checked the same', { timeout: 300_000 }, async () => {
  const page = await opened(null)
  expect(await verdict(page)).toBe('Evidence')
  await page.getByLabel('An evidence file').setInputFiles({ name: 'good.zip', mimeType: 'application/zip', buffer: zip })
  await page.getByRole('heading', { name: 'It holds' }).waitFor()
  const cut = zip.subarray(0, zip.length - 1)
  await page.getByLabel('An evidence file').setInputFiles({ name: 'cut.zip', mimeType: 'application/zip', buffer: cut })
  await page.getByRole('heading', { name: 'It does not hold' }).waitFor()
  const range = madeHead({ subject: { kind: 'period', id: null }, claims: [] })
  const some = madeBundle(log, range, [shown(log, 1), shut(log, 2), shown(log, 3)])
  await page.getByLabel('An evidence file').setInputFiles({ name: 'some.zip', mimeType: 'application/zip', buffer: some })
  await page.getByText('A place of which nothing is shown').waitFor()
  await page.getByText('These entries, and not that there are no others of their kind.').waitFor()
  expect(faults).toEqual([])
})
