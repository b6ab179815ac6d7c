import { chromium, type Page } from 'playwright-core'
import { existsSync } from 'node:fs'
import { USER_AGENT } from '../test/world/caller.ts'
import type { Firm } from './firm.ts'

const CHROMIUM = '/usr/bin/chromium'
export const hasBrowser = existsSync(CHROMIUM)

/** Does `work` in a page of a Chromium of its own, signed in as whoever founded the firm. `url`: the firm's. */
export async function inBrowser<T>(firm: Firm, work: (page: Page, url: string) => Promise<T>): Promise<T> {
  const url = `http://localhost:${firm.port}`
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, userAgent: USER_AGENT })
    const [name, value] = firm.caller.cookie!.split('=', 2) as [string, string]
    await context.addCookies([{ name, value, url }])
    return await work(await context.newPage(), url)
  } finally {
    await browser.close()
  }
}
