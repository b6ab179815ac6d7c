/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { pdf, png } from '../drawing/made.ts'
import { accessible, hasBrowser, shot } from './browser.ts'
import type { Caller } from '../world/caller.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const { faults, found, go, pageOf } = stage
let founder: Caller
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-index]')?.querySelector('[data-go]')?.textContent)
const shown = (page: Page) =>
  page.locator('.cardpicture img').evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length)

test.skipIf(!hasBrowser)('the files of a matter as a grid of pictures, all by keyboard', { timeout: 240_000 }, async () => {
  const who = (founder = await found())
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

  await page.getByRole('group', { name: 'In order of' }).getByRole('button', { name: /^Name/ }).press('Enter')
  await expect.poll(() => page.locator('.filecard [data-go]').first().textContent()).toBe('Exhibit 12.pdf')
  await page.getByRole('group', { name: 'In order of' }).getByRole('button', { name: /^Name/ }).press('Enter')

  // what stands in no folder does not seem to be in the last of them
  await page.setViewportSize({ width: 1280, height: 2600 })
  await page.locator('.cardline', { hasText: 'In no folder' }).getByText('Notes.txt').waitFor()
  expect(await page.locator('.cardline', { hasText: 'Outfall 1.jpg' }).locator('.filecard').count()).toBe(3)
  await page.setViewportSize({ width: 1280, height: 900 })

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
  await page.evaluate(() => window.scrollTo(0, 0))
  await accessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.setViewportSize({ width: 340, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(340)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Show as list' }).press('Enter')
  await expect.poll(() => page.locator('table.files tbody tr').count()).toBe(19)
  expect(faults).toEqual([])
})

test.skipIf(!hasBrowser)(
  'of many only the cards near the window are there, and at most four pictures are asked for at a time',
  { timeout: 240_000 },
  async () => {
    const who = founder
    const page = await pageOf(who)
    const client = (await who.ok('client.create', { body: { name: 'Mill Paper' } })).id
    const matter = (await who.ok('matter.create', { body: { client, title: 'Scans' } })).id
    const many = 600
    for (let n = 0; n < many; n += 10)
      await Promise.all(
        Array.from({ length: 10 }, (_, at) => who.upload(matter, `Scan ${String(n + at).padStart(3, '0')}.png`, '', png(40 + n, 50 + at))),
      )
    // in the page itself: what it has asked for and has no answer to yet
    await page.addInitScript(() => {
      const counts = { running: 0, most: 0, all: 0 }
      const { fetch } = window
      Object.assign(window, {
        counts,
        fetch: async (...given: Parameters<typeof fetch>) => {
          if (!String(given[0]).includes('/thumbnail')) return fetch(...given)
          counts.all += 1
          counts.most = Math.max(counts.most, (counts.running += 1))
          return fetch(...given).finally(() => (counts.running -= 1))
        },
      })
    })
    await go(page, `/matters/${matter}`)
    await page.getByRole('button', { name: 'Show as grid' }).press('Enter')
    await expect.poll(() => shown(page), { timeout: 30_000 }).toBeGreaterThan(5)
    expect(await page.locator('.filecard').count()).toBeLessThan(80)
    // through the middle without a stop
    for (let at = 0; at < 20; at += 1) await page.mouse.wheel(0, 1500)
    // the wheel may still be turning
    const last = page.locator('.filecard', { hasText: 'Scan 599.png' })
    const toTheEnd = async () => {
      await page.keyboard.press('End')
      return last.count()
    }
    await expect.poll(toTheEnd, { timeout: 60_000, interval: 500 }).toBe(1)
    await expect.poll(() => last.locator('img').count(), { timeout: 60_000 }).toBe(1)
    expect(await page.locator('.filecard').count()).toBeLessThan(80)
    const { most, all } = await page.evaluate(() => (window as unknown as { counts: { most: number; all: number } }).counts)
    expect(most).toBeLessThanOrEqual(4)
    expect(all).toBeLessThan(300)
    // and by key from what is not in the page any more
    await page.locator('.filecard', { hasText: 'Scan 599.png' }).locator('[data-go]').focus()
    for (let up = 0; up < 12; up += 1) await page.keyboard.press('ArrowUp')
    const across = await page.locator('.cardline').first().locator('.filecard').count()
    await expect.poll(() => focused(page)).toBe(`Scan ${599 - 12 * across}.png`)
    expect(faults).toEqual([])
  },
)
