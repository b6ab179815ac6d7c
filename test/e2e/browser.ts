/// <reference lib="dom" />
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { expect } from 'vitest'

const CHROMIUM = '/usr/bin/chromium'
export const hasBrowser = existsSync(CHROMIUM)
// the pictures are for people to look at: SHOTS=folder keeps them
const SHOTS = process.env.SHOTS

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** A page of its own, that collects what goes wrong in it. */
export async function openPage(browser: Browser, faults: string[]): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })).newPage()
  page.setDefaultTimeout(60_000)
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (fault) => faults.push(fault.message))
  return page
}

export const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

export async function accessible(page: Page): Promise<void> {
  // without frames, one page is enough to look through
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).setLegacyMode(true)
  const { violations } = await axe.analyze()
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
}

/** Light, dark and on a phone: nothing is out of reach, and nothing runs out of the page. */
export async function lookAt(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await expect.poll(() => page.locator('.lines, [aria-busy="true"]').count()).toBe(0)
  await lookAround(page, name)
}

/** What is shown now, on paper and screens of every kind: everyone can use it, and it is not wider than a phone. */
export async function lookAround(page: Page, name: string): Promise<void> {
  await shot(page, `${name}-light`)
  await accessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, `${name}-dark`)
  await page.setViewportSize({ width: 390, height: 844 })
  await accessible(page)
  await shot(page, `${name}-phone-dark`)
  await page.emulateMedia({ colorScheme: 'light' })
  await shot(page, `${name}-phone`)
  expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, 390])
  await page.setViewportSize({ width: 1440, height: 900 })
}
