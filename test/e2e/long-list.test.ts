/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { accessible, hasBrowser, shot } from './browser.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const { faults, found, go, pageOf } = stage
const COUNT = 1050

test.skipIf(!hasBrowser)(
  'a long list that is still on its way is worked with, and nothing done in it is undone when it is here',
  { timeout: 300_000 },
  async () => {
    const who = await found()
    const page = await pageOf(who)
    const client = (await who.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
    const matter = (await who.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
    for (let at = 0; at < COUNT; at += 10)
      await Promise.all(Array.from({ length: 10 }, (_, n) => who.upload(matter, `Exhibit ${at + n}.txt`, '', Buffer.from(`${at + n}`))))
    await who.ok('folder.create', { params: { matter }, body: { path: 'Kept' } })

    // the answers that would complete it wait, with what they said before anything was done
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    await page.route(`**/api/matters/${matter}/documents?*`, async (route) => {
      const answer = await route.fetch()
      await released
      await route.fulfill({ response: answer })
    })
    const left = page.waitForRequest(`**/api/matters/${matter}/documents?*`)
    await go(page, `/matters/${matter}`)
    const row = (name: string) => page.locator('table.files tr', { hasText: name }).locator('[data-go]')
    const tools = page.locator('.listtools')
    await row('Exhibit 0.txt').waitFor()
    await expect.poll(() => tools.innerText()).toContain('1,051 rows; the list is being completed')
    await left
    await shot(page, 'long-list-early')
    await accessible(page)

    await row('Exhibit 1.txt').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('2 files chosen').waitFor()
    await page.keyboard.press('Control+a')
    await page.getByText('The list is still being completed.').waitFor()
    await page.getByText('2 files chosen').waitFor()
    await page.keyboard.press('Escape')

    await row('Exhibit 0.txt').focus()
    await page.keyboard.press('F2')
    await page.keyboard.type('Affidavit')
    await page.keyboard.press('Enter')
    await expect.poll(() => row('Affidavit.txt').count()).toBe(1)
    await row('Exhibit 3.txt').focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => row('Exhibit 3.txt').count()).toBe(0)

    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await row(`Exhibit ${COUNT - 1}.txt`).waitFor()
    await page.evaluate(() => window.scrollTo(0, 0))
    await row('Exhibit 1.txt').waitFor()
    await row('Exhibit 1.txt').focus()
    await page.keyboard.press('Space')

    release()
    await expect.poll(() => tools.innerText()).toContain('1,049 files in 1 folder')
    await page.getByText('1 file chosen').waitFor()
    expect(await row('Affidavit.txt').count()).toBe(1)
    expect(await row('Exhibit 0.txt').count()).toBe(0)
    expect(await row('Exhibit 3.txt').count()).toBe(0)
    expect(faults).toEqual([])
  },
)
