/// <reference lib="dom" />
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../world/build.ts'
import { accessible as accessibleOf, hasBrowser, launch, openPage, shot as shotOf } from './browser.ts'
import { makeFolder, remove, serve, type Served } from '../world/process.ts'

let home: string
let server: Served
let browser: Browser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  if (!hasBrowser) return
  home = await makeFolder('e2e')
  server = await serve(home, join(home, 'data'))
  browser = await launch()
  page = await openPage(browser, faults)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (home) await remove(home)
})

const shot = (name: string) => shotOf(page, name)
const accessible = () => accessibleOf(page)

const key = (name: string) => page.keyboard.press(name)
const typeCode = async (secret: string) => {
  await page.getByLabel('Digit 1').click()
  await page.keyboard.type(codeOf(secret))
}

/** A folder of files as a lawyer would drop it. */
async function makeFiles(): Promise<string> {
  const folder = join(home, 'Pleadings')
  await mkdir(join(folder, 'Exhibits'), { recursive: true })
  await writeFile(join(folder, 'Particulars of claim.txt'), 'Outfall 3 discharges to the left bank of the Wren.\n'.repeat(50))
  await writeFile(join(folder, 'Exhibits', 'Exhibit 1.pdf'), PDF)
  await writeFile(join(folder, 'Exhibits', 'Exhibit 2.bin'), Buffer.from([0, 1, 2, 3, 4, 5]))
  await writeFile(join(folder, 'nothing in it.txt'), '')
  return folder
}
/** One page that says one thing, written by hand. */
const PDF = (() => {
  const content = 'BT /F1 24 Tf 72 720 Td (Permit for outfall 3) Tj ET'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, i) => {
    const at = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  return `${text}xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
})()

test.skipIf(!hasBrowser)(
  'a newcomer sets the firm up, opens a matter, adds a folder, reads a file and sees who did what',
  async () => {
    // set-up, by keyboard alone
    const enrolled = page.waitForResponse((answer) => answer.url().endsWith('/api/setup/enrolment'))
    const founded = page.waitForResponse((answer) => answer.url().endsWith('/api/setup') && answer.request().method() === 'POST')
    await page.goto(server.setup!)
    await page.getByLabel('Name of the firm').waitFor()
    expect(page.url()).not.toContain('subrosa_')
    await accessible()
    await page.keyboard.type('Wren & Ames LLP')
    await key('Enter')
    await page.getByLabel('Your name').waitFor()
    await page.keyboard.type('Ada Wren')
    await key('Tab')
    await page.keyboard.type('ada@wren-ames.test')
    await key('Tab')
    await page.keyboard.type('a long enough pass phrase')
    await accessible()
    await key('Enter')
    const { totpSecret } = (await (await enrolled).json()) as { totpSecret: string }
    await page.getByRole('img', { name: 'Code for your authenticator' }).waitFor()
    await shot('set-up-3')
    await accessible()
    await typeCode(totpSecret)
    await key('Enter')
    const { recoverySheet } = (await (await founded).json()) as { recoverySheet: { words: string[] } }
    await page.getByLabel('I have stored them').check()
    await page.getByRole('button', { name: 'Go on to the recovery sheet' }).click()
    await page.getByRole('button', { name: 'I have the sheet on paper' }).waitFor()
    await shot('set-up-5')
    await accessible()
    await page.getByRole('button', { name: 'I have the sheet on paper' }).click()
    for (const label of await page.getByLabel(/^Word \d+$/).all()) {
      const word = Number((await label.evaluate((input: HTMLInputElement) => input.labels![0]!.textContent))!.match(/\d+/)![0])
      await label.fill(recoverySheet.words[word - 1]!)
    }
    await page.getByRole('button', { name: 'Enter the firm' }).click()

    // a client and a matter
    await page.getByRole('button', { name: 'Begin the first matter' }).click()
    await page.getByLabel('New client').fill('Orchard Growers Ltd')
    await page.getByLabel('Title').fill('Orchard v. Mill')
    await shot('open-matter')
    await page.getByRole('button', { name: 'Begin the matter' }).click()
    await page.getByRole('heading', { name: 'Orchard v. Mill' }).waitFor()
    expect(await page.title()).not.toContain('Orchard')

    // a folder of files; the empty one is refused by name and the others go in
    await page.getByLabel('Folder to add').setInputFiles(await makeFiles())
    await page.getByText('3 files sealed, 1 not taken').waitFor()
    await shot('matter-added')
    await page.getByText('Exhibit 1.pdf').first().click()
    await page.getByRole('region', { name: /Page of the file/ }).waitFor()
    await page.locator('canvas').first().waitFor()
    await expect.poll(() => inkOf(page), { timeout: 20_000 }).toBeGreaterThan(100)
    await shot('matter-pdf')
    await accessible()
    await page.getByText('Particulars of claim.txt').first().click()
    await page.getByText('Outfall 3 discharges').first().waitFor()
    await shot('matter-text')

    // a copy, byte for byte
    const [copy] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /Download a copy/ })
        .first()
        .click(),
    ])
    expect(copy.suggestedFilename()).toBe('Particulars of claim.txt')
    expect(await readFile(await copy.path())).toEqual(await readFile(join(home, 'Pleadings', 'Particulars of claim.txt')))

    // who, what, when
    await page.getByRole('link', { name: 'History' }).click()
    await expect
      .poll(async () => (await page.getByRole('region', { name: 'History' }).innerText()).replace(/\s+/g, ' '))
      .toMatch(/took a copy of.*opened.*added.*began the matter/)
    await shot('history')
    await accessible()

    // dark, phone, and out again
    await page.setViewportSize({ width: 390, height: 844 })
    await shot('history-phone')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await accessible()
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const place of ['Matters', 'Ledger', 'People']) {
      await page.getByRole('link', { name: place, exact: true }).first().click()
      await page.getByRole('heading', { name: place, level: 1 }).waitFor()
      await accessible()
      await shot(`dark-${place}`)
    }
    await page.getByRole('link', { name: /My account/ }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    await accessible()

    // out again, and nothing is left
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('E-mail').waitFor()
    await accessible()
    const kept = await page.evaluate(() => ({
      cookie: document.cookie,
      storage: Object.keys(localStorage).filter((name) => !/scheme|keys/i.test(name)),
    }))
    expect(kept).toEqual({ cookie: '', storage: [] })
    expect(faults).toEqual([])
  },
  240_000,
)

/** How many dark points the first canvas holds: a page that was drawn, not a blank one. */
const inkOf = (of: Page): Promise<number> =>
  of.evaluate(() => {
    const canvas = document.querySelector('canvas')!
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    let dark = 0
    for (let i = 0; i < data.length; i += 4) if (data[i + 3]! > 0 && data[i]! + data[i + 1]! + data[i + 2]! < 200) dark += 1
    return dark
  })
