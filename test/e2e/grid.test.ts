/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { pdf } from '../drawing/made.ts'
import { accessible, hasBrowser, shot } from './browser.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const { faults, found, go, pageOf } = stage
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-index]')?.querySelector('[data-go]')?.textContent)
const shown = (page: Page) =>
  page.locator('.cardpicture img').evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length)

test.skipIf(!hasBrowser)('the files of a matter as a grid of pictures, all by keyboard', { timeout: 240_000 }, async () => {
  const who = await found()
  const page = await pageOf(who)
  const client = (await who.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
  const matter = (await who.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
  const photo = (background: string) =>
    sharp({ create: { width: 640, height: 420, channels: 3, background } })
      .jpeg()
      .toBuffer()
  for (let n = 1; n <= 12; n += 1) await who.upload(matter, `Exhibit ${n}.pdf`, 'Exhibits', pdf({ words: `No ${n}` }))
  for (const [at, colour] of ['#7a9', '#a67', '#57a'].entries())
    await who.upload(matter, `Outfall ${at + 1}.jpg`, 'Photos', await photo(colour))
  await who.upload(matter, 'Notes.txt', '', Buffer.from('To be kept\n'))
  await who.upload(matter, 'Damaged.pdf', '', Buffer.from('%PDF-1.4\nno more of it'))

  await go(page, `/matters/${matter}`)
  await page.getByRole('button', { name: 'Show as grid' }).press('Enter')
  const card = (name: string) => page.locator('.filecard', { hasText: name })
  const name = (text: string) => page.locator('.filegrid').getByRole('button', { name: text, exact: true })
  await expect.poll(() => shown(page), { timeout: 30_000 }).toBe(15)
  await page.setViewportSize({ width: 1280, height: 900 })
  await shot(page, 'grid-light')
  await accessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, 'grid-dark')
  await accessible(page)
  await page.emulateMedia({ colorScheme: 'light' })

  // on and back, down and up in its column, from line to line
  const across = await page.locator('.cardline').first().locator('.filecard').count()
  expect(across).toBeGreaterThan(2)
  await name('Exhibit 1.pdf').focus()
  await page.keyboard.press('ArrowRight')
  expect(await focused(page)).toBe('Exhibit 2.pdf')
  await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toBe(`Exhibit ${2 + across}.pdf`)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowLeft')
  expect(await focused(page)).toBe('Exhibit 1.pdf')
  // so high that no card is cut in two by what stands at the bottom
  await page.setViewportSize({ width: 1280, height: 1500 })

  // chosen by Space, a range by Shift; what is chosen is trashed together, and comes back
  await page.keyboard.press('Space')
  await expect.poll(() => page.getByRole('region', { name: 'The chosen files' }).innerText()).toContain('1 file chosen')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => page.getByRole('region', { name: 'The chosen files' }).innerText()).toContain('3 files chosen')
  await accessible(page)
  await page.keyboard.press('Delete')
  await expect.poll(() => page.locator('.filecard').count()).toBe(14)
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect.poll(() => page.locator('.filecard').count()).toBe(17)

  await name('Notes.txt').focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('Minutes')
  await page.keyboard.press('Enter')
  await expect.poll(() => card('Minutes.txt').count()).toBe(1)
  await name('Outfall 1.jpg').press('Enter')
  await expect.poll(() => page.url()).toContain('/documents/')
  await shot(page, 'grid-open')
  await accessible(page)
  await page.keyboard.press('Escape')

  // a phone; and the next time it is a grid still
  await page.setViewportSize({ width: 390, height: 844 })
  await page.reload()
  await expect.poll(() => shown(page), { timeout: 30_000 }).toBeGreaterThan(1)
  await card('Exhibit 3.pdf').scrollIntoViewIfNeeded()
  await shot(page, 'grid-phone')
  await accessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: 'Show as list' }).press('Enter')
  await expect.poll(() => page.locator('table.files tbody tr').count()).toBe(19)
  expect(faults).toEqual([])
})
