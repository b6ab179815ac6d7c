/// <reference lib="dom" />
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../world/build.ts'
import { Caller } from '../world/caller.ts'
import { makeFolder, remove, serve, type Served } from '../world/process.ts'
import { accessible, hasBrowser, launch, openPage, shot } from './browser.ts'

let home: string
let server: Served
let browser: Browser
const faults: string[] = []
const MAIL = `From: h.pryce@halden.test\r\nTo: ada@wren-ames.test\r\nSubject: The terms\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n--b\r\nContent-Type: text/plain; name="draft.txt"\r\nContent-Disposition: attachment; filename="draft.txt"\r\n\r\nThe draft\r\n--b--\r\n`

beforeAll(async () => {
  if (!hasBrowser) return
  home = await makeFolder('e2e-between')
  server = await serve(home, join(home, 'data'))
  browser = await launch()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (home) await remove(home)
})

async function ada(userAgent: string): Promise<Caller> {
  const made = new Caller(server.url)
  made.userAgent = userAgent
  const secret = new URLSearchParams(new URL(server.setup!).hash.slice(1)).get('s')!
  const email = 'ada@wren-ames.test'
  const { totpSecret } = await made.ok('setup.enrol', { body: { secret, email } })
  const account = { secret, firm: 'Wren & Ames LLP', name: 'Ada Wren', email, password: 'a long enough pass phrase' }
  await made.ok('setup.finish', { body: { ...account, totpSecret, code: codeOf(totpSecret) } })
  return made
}

test.skipIf(!hasBrowser)(
  'attachments are filed, the same content is offered to the trash, and a file goes to another matter, with a reason',
  { timeout: 240_000 },
  async () => {
    const page = await openPage(browser, faults)
    const who = await ada(await page.evaluate(() => navigator.userAgent))
    for (const cookie of [who.cookie!, ...[...who.jar].map(([name, value]) => `${name}=${value}`)]) {
      const [name, value] = cookie.split('=', 2) as [string, string]
      await page.context().addCookies([{ name, value, url: server.url }])
    }
    const client = (await who.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
    const matter = (await who.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
    const other = (await who.ok('matter.create', { body: { client, title: 'Orchard v. Weir' } })).id
    const mail = await who.upload(matter, 'Terms.eml', '', Buffer.from(MAIL))

    await page.goto(`${server.url}/matters/${matter}/documents/${mail.id}`)
    await page.getByRole('button', { name: 'File its attachment' }).click()
    await page.getByText('1 file put into Terms.').waitFor()
    await page.getByRole('tab', { name: 'About' }).click()
    await page.getByRole('link', { name: 'draft.txt' }).waitFor()
    await accessible(page)
    await shot(page, 'between-parts')

    await page.goto(`${server.url}/matters/${matter}`)
    const input = page.getByLabel('Files to add')
    await input.setInputFiles({ name: 'Again.txt', mimeType: 'text/plain', buffer: Buffer.from('The draft') })
    await page.getByText('already in this matter').waitFor()
    await accessible(page)
    await shot(page, 'between-same')
    await page.getByRole('button', { name: /^Put this one into the trash/ }).click()
    await expect.poll(async () => (await who.ok('document.trashed', { params: { matter } })).documents.length).toBe(1)

    await page.goto(`${server.url}/matters/${matter}/documents/${mail.id}`)
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
