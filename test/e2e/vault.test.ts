/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessible, hasBrowser, lookAt, shot } from './browser.ts'
import { button, dialog, heading, press, said, useStage } from './stage.ts'

const stage = useStage()
const { faults, found, go, pageOf } = stage
const PROGRAM = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(64), Buffer.from('PE\0\0')])
const file = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content as string),
})
const row = (page: Page, name: string) => page.locator('table.files tr', { hasText: name }).locator('[data-go]')
async function choose(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await row(page, name).press('Space')
  await said(page, `${names.length} files chosen`)
}

test.skipIf(!hasBrowser)('a copy, a duplicate, a hold and what is held back, all by keyboard', { timeout: 240_000 }, async () => {
  const ada = await found()
  const ruth = await stage.come(ada, 'Ruth Okafor', 'compliance')
  const client = (await ada.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
  const matter = (await ada.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
  await ada.upload(matter, 'Answer.txt', '', Buffer.from('The answer\n'))
  await ada.upload(matter, 'Reply.txt', '', Buffer.from('The reply\n'))
  const disguised = await ada.upload(matter, 'Invoice.pdf', '', PROGRAM)

  const page = await pageOf(ada)
  await go(page, `/matters/${matter}`)
  await said(page.locator('table.files tr', { hasText: 'Invoice.pdf' }), 'Quarantine')
  await choose(page, 'Answer.txt', 'Reply.txt', 'Invoice.pdf')
  await press(page, /^Zip/)
  await said(dialog(page), /^2 files go/)
  // one that is held back takes nothing else with it
  expect(await dialog(page).getByRole('region', { name: 'What is left out' }).getByRole('listitem').allInnerTexts()).toEqual([
    'Invoice.pdf',
  ])
  await accessible(page)
  await shot(page, 'vault-zip')
  const bundle = page.waitForEvent('download')
  await press(dialog(page), 'Download')
  expect((await bundle).suggestedFilename()).toBe('3 files.zip')
  await dialog(page).waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await accessible(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await press(page, 'Choose nothing')

  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([file('Answer again.txt', 'The answer\n'), file('Statement.pdf', Buffer.concat([PROGRAM, Buffer.from('2')]))])
  const tray = page.getByRole('region', { name: 'Adding files' })
  await said(tray, /The same as Answer\.txt, already in this matter/)
  await said(tray, /It is a program under the name of something else/)
  await said(tray, /not looked at for malware: no malware scanner is set/)
  await accessible(page)
  await shot(page, 'vault-tray')
  await press(tray, /^Put this one into the trash/)
  await expect
    .poll(async () => (await ada.ok('document.trashed', { params: { matter } })).documents.map(({ name }) => name))
    .toEqual(['Answer again.txt'])
  await press(tray, 'Close')

  await choose(page, 'Answer.txt', 'Reply.txt')
  await press(page, 'Hold')
  await dialog(page).getByLabel('What made it necessary').fill('A claim was threatened')
  await dialog(page).getByLabel('When that was').fill('2026-02-03')
  await dialog(page).getByLabel('Who asks for it').fill('Superior Court')
  await dialog(page).getByLabel('What it covers, in words').fill('The pleadings')
  await dialog(page).getByLabel('Reason').fill('Rule 37(e)')
  await accessible(page)
  await press(dialog(page), 'Place the hold')
  const banner = page.getByRole('list', { name: 'Holds and destruction' })
  await said(banner, /on 2 documents: A claim was threatened; The pleadings/)
  await said(page.locator('table.files tr', { hasText: 'Reply.txt' }), 'On hold')
  await accessible(page)

  const hers = await pageOf(ruth)
  await lookAt(hers, `${stage.server.url}/quarantine`, 'vault-quarantine')
  // what stands there is told by id, without a name of a file or a matter
  const words = await hers.locator('main').innerText()
  expect(words).toContain(disguised.id)
  expect(words).not.toMatch(/Invoice|Statement|Orchard/)
  await press(hers, `Release version 1 of document ${disguised.id}`)
  await press(dialog(hers), 'Release the version')
  await said(dialog(hers), 'This is needed.')
  await dialog(hers).getByLabel('Reason').fill('A sample of the scanner’s maker')
  await accessible(hers)
  await shot(hers, 'vault-release')
  await press(dialog(hers), 'Release the version')
  await said(hers, 'Version 1 is released.')
  await expect.poll(() => button(hers, /^Release/).count()).toBe(1)
  await expect.poll(() => heading(hers, /^Quarantine/).evaluate((one) => one === document.activeElement)).toBe(true)
  expect((await ada.ok('document.read', { params: { document: disguised.id } })).scan.state).toBe('released')
  expect(faults).toEqual([])
})
