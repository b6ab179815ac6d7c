/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { checkBundle, type Evidence } from '../../src/core/evidence-check.ts'
import { readStoredZip } from '../../src/core/stored-zip.ts'
import { hasBrowser, lookAround, lookAt, openPage } from './browser.ts'
import { button, dialog, heading, press, useStage } from './stage.ts'

const stage = useStage()
const { come, faults, found, go, pageOf } = stage
const folder = mkdtempSync(join(tmpdir(), 'subrosa-made-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the dialog makes, chosen and sent by keyboard; and that it holds. */
async function made(page: Page): Promise<Evidence & { zip: Buffer }> {
  const coming = page.waitForEvent('download')
  await press(dialog(page), 'Make it')
  const path = await (await coming).path()
  await page.getByText('Evidence is made. Its file is among your downloads.').first().waitFor()
  await dialog(page).waitFor({ state: 'hidden' })
  const zip = readFileSync(path)
  const { faults, evidence } = checkBundle(zip)
  expect(faults).toEqual([])
  return { ...evidence!, zip }
}

test.skipIf(!hasBrowser)(
  'evidence of a client and of a document is made by keyboard where they are looked at, and a stranger’s browser holds it',
  { timeout: 240_000 },
  async () => {
    const ada = await found()
    const cora = await come(ada, 'Cora Finch', 'paralegal')
    const client = (await ada.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
    const matter = (await ada.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
    await ada.ok('team.join', { params: { matter }, body: { person: (await cora.ok('person.me')).id } })
    const deed = await ada.upload(matter, 'Deed.txt', '', Buffer.from('a deed'))

    const page = await pageOf(ada)
    await lookAt(page, `${stage.server.url}/clients/${client}`, 'evidence-client')
    await press(page, 'Make evidence')
    await dialog(page).getByText('of each matter within your reach that none is left out').waitFor()
    await lookAround(page, 'evidence-client-dialog')
    // entry by entry: the details of one are left out, and what allowed it is shown of this one alone
    await press(page, 'Choose entry by entry')
    const boxes = dialog(page).getByRole('region', { name: 'Entry by entry' })
    await boxes.getByRole('checkbox', { name: /^Show Details: added Deed\.txt/ }).press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await boxes.getByText('2 fields otherwise than above').waitFor()
    const before = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    await page.keyboard.press('ArrowDown')
    const after = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect([before, after]).toEqual([
      expect.stringMatching(/^Show Allowed by: added Deed/),
      expect.stringMatching(/^Show Allowed by: (?!added Deed)/),
    ])
    await lookAround(page, 'evidence-client-entries')
    const ofClient = await made(page)
    const openOf = (deed: string) => ofClient.entries.filter((one) => one.leaf?.deed === deed).map(({ open }) => Object.keys(open).sort())
    expect(openOf('document.added')).toEqual([['actor', 'ground', 'matter', 'object']])
    expect(openOf('team.joined')[0]).toEqual(['actor', 'details', 'matter', 'object'])
    expect(ofClient.head.subject).toEqual({ kind: 'client', id: client })
    expect(ofClient.claims.map(({ claim }) => claim.kind)).toEqual(['matter'])
    // where one was, one is again
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Make evidence')

    await go(page, `/matters/${matter}`)
    await page.locator('table.files tr', { hasText: 'Deed.txt' }).locator('[data-go]').press('Enter')
    await heading(page, 'Deed.txt').waitFor()
    await press(page, 'More to do with this file')
    await page.getByRole('menuitem', { name: 'Make evidence' }).press('Enter')
    await dialog(page).getByText('Evidence of Deed.txt').waitFor()
    await lookAround(page, 'evidence-document-dialog')
    const ofDeed = await made(page)
    expect(ofDeed.head.subject).toEqual({ kind: 'document', id: deed.id })
    expect(ofDeed.entries.map((entry) => entry.leaf!.deed)).toContain('document.added')
    expect(ofDeed.head.names[deed.id]).toBe('Deed.txt')

    // the page in it, as whoever gets it opens it: from a folder, without a network
    const html = readStoredZip(ofDeed.zip).find((file) => file.name === 'verify.html')!
    writeFileSync(join(folder, 'verify.html'), html.bytes)
    const stranger = await openPage(stage.browser, faults)
    await stranger.context().setOffline(true)
    await stranger.goto(`file://${join(folder, 'verify.html')}`)
    await heading(stranger, 'It holds').waitFor()
    await heading(stranger, 'The document Deed.txt').waitFor()
    await lookAt(stranger, stranger.url(), 'evidence-document-page')

    // to whoever may not, it is not offered; and the rest is
    const hers = await pageOf(cora)
    await go(hers, `/clients/${client}`)
    await heading(hers, 'Orchard Pulp').waitFor()
    expect(await button(hers, 'Make evidence').count()).toBe(0)
    await go(hers, `/matters/${matter}`)
    await hers.locator('table.files tr', { hasText: 'Deed.txt' }).locator('[data-go]').press('Enter')
    await heading(hers, 'Deed.txt').waitFor()
    await press(hers, 'More to do with this file')
    await hers.getByRole('menuitem', { name: 'Rename' }).waitFor()
    expect(await hers.getByRole('menuitem', { name: 'Make evidence' }).count()).toBe(0)
    expect(faults).toEqual([])
  },
)
