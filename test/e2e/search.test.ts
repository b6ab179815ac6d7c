/// <reference lib="dom" />
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pdfOf } from '../world/pages.ts'
import { accessible, hasBrowser, lookAround, shot } from './browser.ts'
import { dialog, press, said, useStage } from './stage.ts'

const stage = useStage()
const { come, faults, found, go, pageOf } = stage
const MAIL = `From: Marta Conti <m.conti@conti.test>\r\nTo: ada@wren-ames.test\r\nSubject: The outfall\r\nDate: Tue, 2 Jun 2026 10:00:00 +0000\r\n\r\nNobody warned us that outfall 3 was moved upstream.\r\n`
const REPORT = ['An introduction without much in it.', 'The shift leader warned the control room of solids at outfall 3.', 'Annex.']

const answers = (page: Page) => page.locator('.answer h3')
const box = (page: Page) => page.getByRole('combobox', { name: 'Search' })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')
/** All that a browser keeps beyond the page’s memory: its history, its stores, its title and its address. */
const kept = (page: Page) =>
  page.evaluate(() => JSON.stringify([history.state, { ...localStorage }, { ...sessionStorage }, document.title, location.href]))

async function searchFor(page: Page, words: string): Promise<void> {
  await box(page).fill(words)
  await page.keyboard.press('Enter')
  await page.getByText(/^Looked through/).waitFor()
  await expect.poll(() => page.locator('.searchcols[aria-busy="true"]').count()).toBe(0)
}

/** The status that a call of the page is answered with, by the end of its address. */
async function doing(page: Page, end: string, act: () => Promise<void>): Promise<number> {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith(end))
  await act()
  return (await answered).status()
}

/** The firm of these tests: two matters of Ada’s, four documents that can all be found by what they say. */
async function build() {
  const ada = await found()
  const client = (await ada.ok('client.create', { body: { name: 'Dan Orchard' } })).id
  const orchard = (await ada.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })).id
  const hallam = (await ada.ok('matter.create', { body: { client, title: 'In re Hallam Estate' } })).id
  const report = await ada.upload(orchard, 'Report.pdf', 'Experts', pdfOf(REPORT))
  await ada.upload(orchard, 'Conti.eml', '', Buffer.from(MAIL))
  await ada.upload(orchard, 'Lease.txt', '', Buffer.from('The lease runs for ten years and says nothing of water.\n'))
  await ada.upload(hallam, 'Letter.txt', '', Buffer.from('The late Mr Hallam was warned of outfall 3 in 2025.\n'))
  for (const matter of [orchard, hallam])
    await expect
      .poll(async () => (await ada.ok('index.status', { params: { matter } })).waiting, { timeout: 60_000, interval: 500 })
      .toBe(0)
  return { ada, orchard, report: report.id }
}
let built: ReturnType<typeof build> | undefined
const firm = () => (built ??= build())

test.skipIf(!hasBrowser)(
  'a search is made, narrowed, looked into and gone back to, by keyboard, and no word of it stays',
  { timeout: 300_000 },
  async () => {
    const { ada, report } = await firm()
    const page = await pageOf(ada)
    const made: string[] = []
    page.on('request', (request) => void (request.url().endsWith('/api/search') && made.push(request.url())))
    await go(page, '/matters')
    await page.getByRole('heading', { name: 'Matters' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await said(page, 'What can be searched')
    await lookAround(page, 'search-begin')

    await searchFor(page, '"outfall 3" /s warn*')
    await expect.poll(() => answers(page).allInnerTexts()).toHaveLength(3)
    expect(await page.locator('.readas').innerText()).toContain('outfall 3')
    expect(await page.locator('.answer mark').allInnerTexts()).toContain('outfall 3')
    await said(page, '3 results')
    await lookAround(page, 'search-results')

    // one facet, and away with it
    await page.keyboard.press('e')
    await page.getByRole('checkbox', { name: /In re Hallam Estate/ }).press('Space')
    await expect.poll(() => answers(page).allInnerTexts()).toEqual(['Letter.txt'])
    await page.getByRole('list', { name: 'Narrowed to' }).getByRole('button').press('Enter')
    await expect.poll(() => answers(page).allInnerTexts()).toHaveLength(3)

    // every passage, beside the list and back
    await page.getByRole('link', { name: 'Report.pdf' }).focus()
    await page.keyboard.press('Space')
    const passages = page.getByRole('complementary', { name: 'Every passage' })
    await said(passages, 'p. 2')
    await lookAround(page, 'search-passages')
    await page.keyboard.press('Escape')
    await expect.poll(() => passages.count()).toBe(0)
    await expect.poll(() => focused(page)).toBe('Report.pdf')

    // the file opens where it was found, and back is where one was
    expect(made.length).toBeGreaterThan(0)
    const before = made.length
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/documents/${report}`)
    await page.getByRole('textbox', { name: 'Page, of 3' }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Page, of 3' }).inputValue()).toBe('2')
    await expect.poll(() => page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String))).toContain('outfall 3')
    await shot(page, 'search-opened')
    expect(await kept(page)).not.toMatch(/outfall|warn/i)
    await page.goBack()
    await expect.poll(() => answers(page).count()).toBe(3)
    await expect.poll(() => focused(page)).toBe('Report.pdf')
    expect(await box(page).inputValue()).toBe('"outfall 3" /s warn*')
    // going back makes no search: each is recorded
    expect(made.length).toBe(before)
    expect(await kept(page)).not.toMatch(/outfall|warn/i)
    await page.reload()
    await said(page, 'What can be searched')
    expect(await box(page).inputValue()).toBe('')

    await searchFor(page, 'outfall zeppelin')
    await said(page, 'No document answers it')
    await lookAround(page, 'search-none')
    await box(page).fill('word '.repeat(2500))
    await page.keyboard.press('Enter')
    await said(page, 'a search takes 10,000 at most')
    await accessible(page)
    expect(faults).toEqual([])
  },
)

test.skipIf(!hasBrowser)(
  'a search is saved, run again, forgotten and taken back; its list is exported; the palette hands words over',
  { timeout: 300_000 },
  async () => {
    const { ada } = await firm()
    const page = await pageOf(ada)
    await go(page, '/search')
    await searchFor(page, 'outfall')
    await press(page, /^Save/)
    await dialog(page).getByLabel('Name').fill('What was said of the outfall')
    await dialog(page).getByLabel('Tell me when something new answers it').check()
    await accessible(page)
    await press(dialog(page), 'Save')
    await said(page, 'is saved.')
    expect((await ada.ok('search.saved')).searches).toMatchObject([
      { name: 'What was said of the outfall', words: 'outfall', isTold: true },
    ])

    const [download] = await Promise.all([page.waitForEvent('download'), press(page, /^Export/)])
    const list = await readFile(await download.path(), 'utf8')
    expect(list.trim().split('\n')).toHaveLength(4)
    expect(list).toContain('Report.pdf')
    // names and facts, and nothing that a document says
    expect(list).not.toContain('shift leader')

    await press(page, 'Begin a new search')
    await press(page, 'What was said of the outfall')
    await expect.poll(() => answers(page).count()).toBe(3)
    await press(page, 'Begin a new search')
    await press(page, 'More to do with What was said of the outfall')
    await page.getByRole('menuitem', { name: 'Forget' }).press('Enter')
    await expect.poll(async () => (await ada.ok('search.saved')).searches).toHaveLength(0)
    await press(page, 'Undo')
    await expect.poll(async () => (await ada.ok('search.saved')).searches).toMatchObject([{ words: 'outfall', isTold: true }])

    // what begins so
    await box(page).pressSequentially('Orch')
    await page.getByRole('option', { name: /Orchard v. Mill/ }).waitFor()
    await accessible(page)
    await page.keyboard.press('Escape')

    await go(page, '/matters')
    await page.getByRole('heading', { name: 'Matters' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Find or do').fill('upstream')
    await page.getByText('Search for “upstream” in everything').click()
    await expect.poll(() => answers(page).allInnerTexts()).toEqual(['Conti.eml'])
    expect(await kept(page)).not.toContain('upstream')
    expect(faults).toEqual([])
  },
)

test.skipIf(!hasBrowser)(
  'who is not on the team finds nothing, and it is there; the state of a text is told and asked for anew',
  { timeout: 300_000 },
  async () => {
    const { ada, orchard, report } = await firm()
    await ada.upload(orchard, 'Broken.docx', '', Buffer.from('PK\u0003\u0004 and nothing that could be read'))
    await expect.poll(async () => (await ada.ok('index.status', { params: { matter: orchard } })).unreadable, { timeout: 60_000 }).toBe(1)
    const ben = await come(ada, 'Ben Ames', 'lawyer')
    const his = await pageOf(ben)
    await go(his, '/search')
    await searchFor(his, 'outfall')
    await said(his, 'No document answers it')
    await said(his, 'Looked through 0 sealed documents')
    const suggested = async (of: Page): Promise<number> => {
      await box(of).fill('')
      const answered = of.waitForResponse((answer) => answer.url().endsWith('/search/suggestions'))
      await box(of).fill('Orchard')
      expect((await answered).status()).toBe(200)
      await of.waitForTimeout(300)
      return of.getByRole('option').count()
    }
    expect(await suggested(his)).toBe(0)
    const page = await pageOf(ada)
    await go(page, '/search')
    expect(await suggested(page)).toBeGreaterThan(0)

    await go(page, `/matters/${orchard}`)
    await press(page, /^1 of 4 documents cannot be found by what they say/)
    await said(dialog(page), 'Broken.docx')
    await said(dialog(page), /^Cannot be read/)
    await lookAround(page, 'search-unfound')
    expect(await doing(page, '/reading', () => press(dialog(page), /^Read it again/))).toBe(200)
    await go(page, `/matters/${orchard}/documents/${report}`)
    await page.getByRole('tab', { name: 'About' }).press('Enter')
    await said(page, 'Can be found by what it says.')
    await accessible(page)

    await go(page, '/integrity')
    await said(page, 'The index of search')
    expect(await doing(page, '/api/index', () => press(page, 'Index anew'))).toBe(200)
    await expect.poll(async () => (await ada.ok('index.progress')).left, { timeout: 60_000 }).toBe(0)
    await accessible(page)
    expect(faults).toEqual([])
  },
)
