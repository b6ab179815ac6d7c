/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { accessible, hasBrowser, shot } from './browser.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const { faults, found, go, pageOf } = stage
const MAIL = `From: h.pryce@halden.test\r\nTo: ada@wren-ames.test\r\nSubject: The terms\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n--b\r\nContent-Type: text/plain; name="draft.txt"\r\nContent-Disposition: attachment; filename="draft.txt"\r\n\r\nThe draft\r\n--b--\r\n`

test.skipIf(!hasBrowser)(
  'attachments are filed, the same content is offered to the trash, and a file goes to another matter, with a reason',
  { timeout: 240_000 },
  async () => {
    const who = await found()
    const page = await pageOf(who)
    const client = (await who.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
    const matter = (await who.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
    const other = (await who.ok('matter.create', { body: { client, title: 'Orchard v. Weir' } })).id
    const mail = await who.upload(matter, 'Terms.eml', '', Buffer.from(MAIL))

    await go(page, `/matters/${matter}/documents/${mail.id}`)
    await page.getByRole('button', { name: 'File its attachment' }).click()
    await page.getByText('1 file put into Terms.').waitFor()
    await page.getByRole('tab', { name: 'About' }).click()
    await page.getByRole('link', { name: 'draft.txt' }).waitFor()
    await accessible(page)
    await shot(page, 'between-parts')

    await go(page, `/matters/${matter}`)
    const input = page.getByLabel('Files to add')
    await input.setInputFiles({ name: 'Again.txt', mimeType: 'text/plain', buffer: Buffer.from('The draft') })
    await page.getByText('already in this matter').waitFor()
    await accessible(page)
    await shot(page, 'between-same')
    await page.getByRole('button', { name: /^Put this one into the trash/ }).click()
    await expect.poll(async () => (await who.ok('document.trashed', { params: { matter } })).documents.length).toBe(1)

    await go(page, `/matters/${matter}/documents/${mail.id}`)
    await page.getByRole('button', { name: 'More to do with this file' }).click()
    await page.getByRole('menuitem', { name: 'Move' }).click()
    await page.getByText('Another matter').click()
    await page.getByRole('combobox', { name: 'Matter' }).fill('Weir')
    await page.getByRole('option', { name: /Orchard v. Weir/ }).click()
    await page.locator('input[data-path="folder"]').fill('From the mill')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Move there' }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('Misfiled')
    await accessible(page)
    await shot(page, 'between-move')
    await page.setViewportSize({ width: 390, height: 844 })
    await shot(page, 'between-move-phone')
    await page.getByRole('button', { name: 'Move there' }).click()
    await page.getByText('1 file moved to Orchard v. Weir.').waitFor()
    const there = (await who.ok('document.list', { params: { matter: other } })).documents
    expect(there.map(({ id, folder }) => [id, folder])).toEqual([[mail.id, 'From the mill']])
    expect(faults).toEqual([])
  },
)
