/// <reference lib="dom" />
import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { accessible, hasBrowser } from './browser.ts'
import { said, useStage } from './stage.ts'

const stage = useStage()
const { found, go, pageOf } = stage

test.skipIf(!hasBrowser)(
  'a large file waits for a broken line, at its beginning and midway, and goes on by itself',
  { timeout: 240_000 },
  async () => {
    const ada = await found()
    const client = (await ada.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
    const matter = (await ada.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
    const page = await pageOf(ada)
    await go(page, `/matters/${matter}`)
    const bytes = randomBytes(24 * 1024 * 1024)
    const input = page.locator('input[type=file]').first()
    await input.waitFor({ state: 'attached' })
    await page.context().setOffline(true)
    await input.setInputFiles({ name: 'Scan.bin', mimeType: 'application/octet-stream', buffer: bytes })
    const tray = page.getByRole('region', { name: 'Adding files' })
    await said(tray, 'The line is broken; it goes on by itself')
    await accessible(page)
    let cut = 0
    await page.route('**/api/uploads/*', (route) =>
      route.request().method() === 'PATCH' && (cut += 1) === 1 ? route.abort('connectionreset') : route.continue(),
    )
    await page.context().setOffline(false)
    await expect.poll(async () => (await ada.ok('document.list', { params: { matter } })).documents, { timeout: 300_000 }).toHaveLength(1)
    const [document] = (await ada.ok('document.list', { params: { matter } })).documents
    expect(document).toMatchObject({ name: 'Scan.bin', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect(cut).toBeGreaterThan(1)
    await said(page.locator('table.files'), 'Scan.bin')
  },
)
