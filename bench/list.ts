/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { hasBrowser, inBrowser } from './browser.ts'
import type { Firm } from './firm.ts'
import { seedLongList } from './long-list.ts'
import { median, row, scatter, type Figure, type Row } from './measure.ts'

const TIMES = 9
/** Milliseconds that a hand holds a button down, and less. */
const PRESS = 60

/** 50,000 documents of one matter: what the server takes for the first rows, what a person waits for them, and what scrolling shows. */
export const list: Figure = {
  id: 'list-50k',
  unit: 'ms',
  what: 'from the click on a matter of 50,000 documents to the first of its rows on the screen (Chromium; nothing asked for before the click)',
  bar: { most: 100 },
  measure: async (stage) => {
    const firm = await stage.firm()
    const count = stage.quick ? 5000 : 50_000
    const matter = await firm.matter('A long list')
    await seedLongList(firm, matter, count)
    const ask = async (start: number, soon: boolean) => {
      const begun = performance.now()
      const answer = await firm.caller.ok('document.rows', { params: { matter }, query: { start, limit: 100, soon } as never })
      if (answer.rows.length !== 100) throw new Error(`${answer.rows.length} rows of ${answer.total} came`)
      return { took: performance.now() - begun, order: answer.order }
    }
    const many = async (times: number, soon: boolean) => {
      const took = []
      for (let n = 0; n < times; n += 1) took.push((await ask(Math.floor(((count - 100) * n) / times), soon)).took)
      return took
    }
    if ((await ask(0, true)).order !== 'newest') throw new Error('the order was known before anyone asked')
    const cold = await many(9, true)
    const first = (await ask(0, false)).took
    const again = await many(20, false)
    const rows = [
      row({ id: 'list-50k-cold', unit: 'ms', what: '100 rows over HTTP, newest first, no order known' }, median(cold), null, scatter(cold)),
      row({ id: 'list-50k-first', unit: 'ms', what: 'the first 100 rows over HTTP by name, names not opened yet' }, first),
      row({ id: 'list-50k-part', unit: 'ms', what: 'any 100 rows over HTTP, their order known' }, median(again), null, scatter(again)),
    ]
    return hasBrowser ? [...(await inThePage(firm, matter, count)), ...rows] : rows
  },
}

const inThePage = (firm: Firm, matter: string, count: number): Promise<Row[]> =>
  inBrowser(firm, async (page, url) => {
    const link = `a[href="/matters/${matter}"]`
    const open = async (press: number) => {
      await page.goto(`${url}/matters`)
      await page.locator(link).first().waitFor()
      await page.waitForLoadState('networkidle')
      return fromClick(page, link, press)
    }
    // the first click also fetches the page's own parts
    await open(0)
    const [clicks, pressed]: [number[], number[]] = [[], []]
    for (let n = 0; n < TIMES; n += 1) {
      clicks.push(await open(0))
      pressed.push(await open(PRESS))
    }
    const early = await scroll(page, count)
    await page.getByText(`${new Intl.NumberFormat('en-GB').format(count)} files`, { exact: true }).waitFor({ timeout: 120_000 })
    const whole = await scroll(page, count)
    const press = `the same after a press of ${PRESS} ms, as a hand makes it`
    const frames = (what: string, got: Scrolled) =>
      row(
        { id: `list-50k-${what}`, unit: '%', what: `frames of a scroll to the end that show a row without its name, ${got.note}` },
        got.percent,
      )
    return [
      row(list, median(clicks), null, scatter(clicks)),
      row({ id: 'list-50k-press', unit: 'ms', what: press }, median(pressed), null, scatter(pressed)),
      frames('gaps-early', early),
      frames('gaps', whole),
    ]
  })

/** Milliseconds from the click to the frame in which the first row stands. */
const fromClick = (page: Page, link: string, press: number): Promise<number> =>
  page.evaluate(
    async ([selector, held]) => {
      const target = document.querySelector<HTMLElement>(selector)!
      if (held > 0) {
        target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
        await new Promise((resolve) => setTimeout(resolve, held))
      }
      return new Promise<number>((resolve) => {
        const begun = performance.now()
        const look = () => {
          if (document.querySelector('table.files [data-index="0"] [data-go]'))
            requestAnimationFrame(() => resolve(performance.now() - begun))
          else requestAnimationFrame(look)
        }
        target.click()
        look()
      })
    },
    [link, press] as const,
  )

type Scrolled = { percent: number; note: string }
/** Scrolls from the top to the end in steps of a third of a window, then jumps to the middle and to the end; looks at every frame. */
async function scroll(page: Page, count: number): Promise<Scrolled> {
  const got = await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const blank = () => {
      const at = (y: number) => document.elementFromPoint(700, y)?.closest('tr')
      return [420, 560, 700, 840].some((y) => !at(y)?.querySelector('[data-go]'))
    }
    let [frames, blanks] = [0, 0]
    const look = async () => {
      await frame()
      await frame()
      frames += 1
      if (blank()) blanks += 1
    }
    const end = () => document.documentElement.scrollHeight - window.innerHeight - 40
    window.scrollTo(0, 300)
    for (let n = 0; n < 150; n += 1) {
      window.scrollBy(0, 300)
      await look()
    }
    const jumps: number[] = []
    for (const part of [0.5, 0.25, 1]) {
      const begun = performance.now()
      window.scrollTo(0, end() * part)
      do await frame()
      while (blank() && performance.now() - begun < 10_000)
      jumps.push(Math.round(performance.now() - begun))
    }
    const last = Math.max(...[...document.querySelectorAll('tr[data-index]')].map((tr) => Number((tr as HTMLElement).dataset.index)))
    window.scrollTo(0, 0)
    await frame()
    return { frames, blanks, jumps, last }
  })
  if (got.last !== count - 1) throw new Error(`the end showed row ${got.last} and not ${count - 1}`)
  return {
    percent: (100 * got.blanks) / got.frames,
    note: `${got.blanks} of ${got.frames}; rows after a jump to the middle, a quarter and the end: ${got.jumps.join(', ')} ms`,
  }
}
