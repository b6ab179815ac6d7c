/// <reference lib="dom" />
import { chromium, type Page } from 'playwright-core'
import { existsSync } from 'node:fs'
import { USER_AGENT } from '../test/world/caller.ts'
import type { Firm } from './firm.ts'
import { seedLongList } from './long-list.ts'
import { median, row, scatter, type Figure } from './measure.ts'

const CHROMIUM = '/usr/bin/chromium'
const TIMES = 5

/** 50,000 documents of one matter: what the server takes for the first rows, and what a person waits for them. */
export const list: Figure = {
  id: 'list-50k',
  unit: 'ms',
  what: 'from the click on a matter of 50,000 documents to the first of its rows on the screen (Chromium)',
  bar: { most: 100 },
  measure: async (stage) => {
    const firm = await stage.firm()
    const count = stage.quick ? 5000 : 50_000
    const matter = await firm.matter('A long list')
    await seedLongList(firm, matter, count)
    const ask = async (start: number) => {
      const begun = performance.now()
      const answer = await firm.caller.ok('document.rows', { params: { matter }, query: { start, limit: 100 } })
      if (answer.rows.length !== 100) throw new Error(`${answer.rows.length} rows of ${answer.total} came`)
      return performance.now() - begun
    }
    const first = await ask(0)
    const again = []
    for (let n = 0; n < 20; n += 1) again.push(await ask(Math.floor(((count - 100) * n) / 20)))
    const rows = [
      row({ id: 'list-50k-first', unit: 'ms', what: 'the first 100 rows over HTTP, names not opened yet' }, first),
      row({ id: 'list-50k-part', unit: 'ms', what: 'any 100 rows over HTTP, their order known' }, median(again), null, scatter(again)),
    ]
    if (!existsSync(CHROMIUM)) return rows
    const clicks = await inThePage(firm, matter)
    return [row(list, median(clicks), null, scatter(clicks)), ...rows]
  },
}

async function inThePage(firm: Firm, matter: string): Promise<number[]> {
  const url = `http://localhost:${firm.port}`
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, userAgent: USER_AGENT })
    const [name, value] = firm.caller.cookie!.split('=', 2) as [string, string]
    await context.addCookies([{ name, value, url }])
    const page = await context.newPage()
    const clicks: number[] = []
    // the first click also fetches the page's own parts
    for (let n = 0; n <= TIMES; n += 1) {
      await page.goto(`${url}/matters`)
      const link = page.locator(`a[href="/matters/${matter}"]`).first()
      await link.waitFor()
      await page.waitForLoadState('networkidle')
      const took = await fromClick(page, `a[href="/matters/${matter}"]`)
      if (n > 0) clicks.push(took)
    }
    return clicks
  } finally {
    await browser.close()
  }
}

/** Milliseconds from the press to the frame in which the first row stands. */
const fromClick = (page: Page, link: string): Promise<number> =>
  page.evaluate(
    (selector) =>
      new Promise<number>((resolve) => {
        const begun = performance.now()
        const look = () => {
          if (document.querySelector('table.files [data-index="0"] [data-go]'))
            requestAnimationFrame(() => resolve(performance.now() - begun))
          else requestAnimationFrame(look)
        }
        document.querySelector<HTMLElement>(selector)!.click()
        look()
      }),
    link,
  )
