/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessible, hasBrowser, shot } from './browser.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const { faults, found, go, pageOf } = stage
const MAIL = `From: Halden Pryce <h.pryce@halden.test>\r\nTo: ada@wren-ames.test\r\nSubject: The terms\r\n\r\nWe hold to what was said.\r\n`
const names = (page: Page) => page.locator('table.files tbody tr:not(.folder) th').allInnerTexts()

test.skipIf(!hasBrowser)(
  'files are renamed, trashed and taken back, read and compared, all by keyboard',
  { timeout: 240_000 },
  async () => {
    const who = await found()
    const page = await pageOf(who)
    const client = (await who.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
    const matter = (await who.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
    const mail = await who.upload(matter, 'Terms.eml', '', Buffer.from(MAIL))
    const draft = await who.upload(matter, 'Draft.txt', '', Buffer.from('One\nTwo\nThree\n'))
    const added = await who.send(
      'POST',
      `/api/documents/${draft.id}/versions?from=1`,
      { 'content-type': 'application/octet-stream', 'x-reason': encodeURIComponent('Counsel’s comments') },
      Buffer.from('One\nTwo and a half\nThree\n'),
    )
    expect(added.status).toBe(201)

    await go(page, `/matters/${matter}`)
    await expect.poll(() => names(page), { timeout: 20_000 }).toHaveLength(2)
    const row = (name: string) => page.locator('table.files tr', { hasText: name }).locator('[data-go]')
    await row('Draft.txt').focus()
    await page.keyboard.press('F2')
    await page.keyboard.type('Settlement')
    await page.keyboard.press('Enter')
    await expect.poll(() => names(page)).toContainEqual(expect.stringContaining('Settlement.txt'))
    expect((await who.ok('document.read', { params: { document: draft.id } })).name).toBe('Settlement.txt')

    await row('Terms.eml').focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => names(page)).toHaveLength(1)
    expect((await who.ok('document.trashed', { params: { matter } })).documents.map((one) => one.id)).toEqual([mail.id])
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect.poll(() => names(page)).toHaveLength(2)
    await shot(page, 'files-list')
    await accessible(page)

    // a file that was let fall in the wrong place is put back
    await who.ok('folder.create', { params: { matter }, body: { path: 'Orders' } })
    await page.reload()
    await row('Settlement.txt').dragTo(page.locator('tr.folder', { hasText: 'Orders' }))
    await page.getByText('1 file moved to Orders.').waitFor()
    expect((await who.ok('document.read', { params: { document: draft.id } })).folder).toBe('Orders')
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByText('1 file moved back.').waitFor()
    expect((await who.ok('document.read', { params: { document: draft.id } })).folder).toBe('')

    await row('Terms.eml').press('Enter')
    await expect.poll(() => page.getByRole('region', { name: 'What the file says' }).innerText()).toContain('We hold to what was said.')
    await shot(page, 'files-mail')
    await accessible(page)

    await row('Settlement.txt').press('Enter')
    await page.getByText('We hold to what was said.').waitFor({ state: 'hidden' })
    await page.getByRole('tab', { name: /Versions/ }).press('Enter')
    await page.getByText('Counsel’s comments').waitFor()
    await accessible(page)
    await page
      .getByRole('button', { name: /Compare/ })
      .first()
      .press('Enter')
    const compared = page.getByRole('dialog')
    await expect.poll(() => compared.innerText()).toContain('Two and a half')
    expect(await compared.innerText()).toMatch(/1 line added and 1 removed/)
    await shot(page, 'files-compare')
    await accessible(page)
    expect(faults).toEqual([])
  },
)
