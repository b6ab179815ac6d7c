/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessible, hasBrowser, lookAround, lookAt, shot } from './browser.ts'
import { button, dialog, heading, press, said, useStage } from './stage.ts'

const stage = useStage()
const { come, found, go, pageOf, faults } = stage
/** The name of what has the focus, or what stands in it. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? (document.activeElement as HTMLElement | null)?.innerText)

test.skipIf(!hasBrowser)(
  'the ledger is narrowed, an entry opened and the view taken as a file; a review of the access log is looked through and signed',
  async () => {
    const ada = await found()
    const ruth = await come(ada, 'Ruth Okafor', 'compliance')
    const ben = await come(ada, 'Ben Ames', 'lawyer')
    const client = await ada.ok('client.create', { body: { name: 'Orchard Ltd' } })
    const matter = await ada.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })
    await ada.ok('team.join', { params: { matter: matter.id }, body: { person: (await ben.ok('person.me')).id, role: 'member' } })
    const document = await ben.upload(matter.id, 'Report of Dr Falk.txt', '', Buffer.from('What stands in it'))
    await ben.ok('document.open', { params: { document: document.id } })

    const kept = (await ada.ok('checkpoint.latest')).note
    const page = await pageOf(ada)
    await go(page, '/ledger')
    await heading(page, 'Ledger').waitFor()
    await page.getByRole('combobox', { name: 'Person' }).click()
    await page.getByRole('option', { name: 'Ben Ames' }).click()
    await page.getByRole('combobox', { name: 'Deed' }).click()
    await page.getByRole('option', { name: 'Files opened or taken' }).click()
    const row = page.locator('tr[data-entry]')
    await expect.poll(() => row.count()).toBe(1)
    expect(new URL(page.url()).searchParams.get('deed')).toBe('looked')
    await shot(page, 'ledger-narrowed')

    // by keyboard: to the entry, into it, and out again
    await row.first().focus()
    await page.keyboard.press('Enter')
    const pane = page.getByRole('complementary', { name: /^Entry \d/ })
    await said(pane, 'Report of Dr Falk.txt')
    await said(pane, /127\.0\.0\.1/)
    await said(pane, 'a place on the team')
    await said(pane, /In the tree\./)
    await said(pane, 'The signature is right.')
    await expect.poll(() => focused(page)).toBe('Close the entry')
    await shot(page, 'ledger-entry')
    await accessible(page)
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'hidden' })
    expect(await focused(page)).toContain('Ben Ames')

    await press(page, 'Export')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Table (CSV)' }).click()])
    expect(download.suggestedFilename()).toBe('ledger.csv')
    const text = Buffer.concat(await Array.fromAsync(await download.createReadStream(), (part) => Buffer.from(part as Buffer))).toString()
    expect(text.trim().split('\r\n').length).toBe(2)
    expect(text).toContain('Report of Dr Falk.txt')

    // a checkpoint that was kept, beside the ledger of now, which another key signs
    await stage.server.fresh()
    await ada.ok('key.rotate', { body: { what: 'ledger' } })
    await expect.poll(async () => (await ada.ok('checkpoint.latest')).epochs.length, { timeout: 20_000 }).toBe(1)
    await go(page, '/ledger?person=' + (await ben.ok('person.me')).id + '&deed=looked')
    const newest = page.getByRole('complementary', { name: 'The newest checkpoint' })
    await press(newest, 'Compare an earlier note')
    const compared = async (note: string, says: string | RegExp) => {
      await newest.getByLabel('A signed note that you kept').fill(note)
      await press(newest, 'Compare it with the ledger of now')
      await said(newest, says)
    }
    const lines = kept.split('\n')
    const withLine = (at: number, text: string) => lines.with(at, text).join('\n')
    await compared('a letter', /This is no signed note of a ledger/)
    await compared(withLine(0, 'another.example/ledger'), 'This is a note of another ledger, another.example/ledger.')
    await compared(withLine(1, '999999'), /counts 999,999 entries, and the ledger does not hold as many/)
    await compared(
      withLine(2, `${lines[2]!.startsWith('A') ? 'B' : 'A'}${lines[2]!.slice(1)}`),
      /does not begin with the \d+ entries of your note/,
    )
    await compared(kept, 'Nothing under your note was changed or taken away.')
    await said(newest, /this browser worked it out from \d+ hash(es)?\. The note is signed with the key that the ledger had then\./)
    await said(newest, /Epoch 1 began .*, after entry \d+: the key was replaced\./)
    await lookAround(page, 'ledger-compare')
    await press(newest, 'Compare an earlier note')

    await press(page, 'Show all')
    await expect.poll(() => row.count()).toBeGreaterThan(10)
    await row.first().focus()
    await page.keyboard.press('Enter')
    const number = async () => Number((await pane.getByRole('heading', { level: 2 }).textContent())!.replace('Entry ', ''))
    await pane.waitFor()
    const first = await number()
    await page.keyboard.press('j')
    await expect.poll(number).toBeLessThan(first)
    await page.keyboard.press('k')
    await expect.poll(number).toBe(first)
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'hidden' })
    // or beside it: what is open goes along with the row
    await row.first().locator('td').first().click()
    await expect.poll(number).toBe(first)
    await page.keyboard.press('ArrowDown')
    await expect.poll(number).toBeLessThan(first)
    await page.keyboard.press('Escape')
    await pane.waitFor({ state: 'hidden' })

    // on a phone it opens over the page
    await page.setViewportSize({ width: 390, height: 844 })
    await row.first().click()
    await said(dialog(page), /In the tree\./)
    await accessible(page)
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'hidden' })
    await page.setViewportSize({ width: 1440, height: 900 })
    await lookAt(page, `${stage.server.url}/ledger`, 'ledger')
    await lookAt(page, `${stage.server.url}/ledger?from=2020-01-01T00:00:00.000Z`, 'ledger-dates')
    await go(page, `/ledger?address=192.0.2.1`)
    await said(page, 'No entry that you may see answers to that')

    const his = await pageOf(ben)
    await go(his, `/matters/${matter.id}/documents/${document.id}`)
    await his.getByRole('tab', { name: 'Read' }).press('ArrowLeft')
    const history = his.getByRole('region', { name: 'History of the file' })
    await said(history, /added/)
    expect(await history.locator('tr[data-entry]').count()).toBeGreaterThanOrEqual(2)
    await shot(his, 'document-history')
    await accessible(his)
    await lookAt(his, `${stage.server.url}/matters/${matter.id}/history`, 'matter-history')
    const all = await his.locator('tr[data-entry]').count()
    await his.getByRole('combobox', { name: 'Deed' }).fill('Files opened')
    await his.getByRole('option', { name: 'Files opened or taken' }).click()
    await expect.poll(() => his.locator('tr[data-entry]').count()).toBeLessThan(all)
    expect(new URL(his.url()).searchParams.get('deed')).toBe('looked')
    await said(his, /opened Report of Dr Falk\.txt/)
    // addresses are for those who read the firm’s ledger, and the matter is this one
    expect(
      (await his.getByRole('textbox', { name: 'Address' }).count()) + (await his.getByRole('combobox', { name: 'Matter' }).count()),
    ).toBe(0)
    await shot(his, 'matter-history-narrowed')
    await press(his, 'Show all')
    await expect.poll(() => his.locator('tr[data-entry]').count()).toBe(all)
    expect(await his.getByRole('button', { name: 'Make evidence' }).count()).toBe(1)

    // the seeds are there soon; the weekly one's period ends now
    const hers = await pageOf(ruth)
    await expect.poll(async () => (await ruth.ok('log-review.list')).reviews.length, { timeout: 90_000, interval: 1000 }).toBe(3)
    const table = 'alter table app.log_reviews'
    await stage.server.sql(
      `${table} no force row level security; update app.log_reviews set next_at = now() where cadence = 'weekly'; ${table} force row level security`,
    )
    await expect.poll(async () => (await ruth.ok('log-review.list')).tasks.length, { timeout: 90_000, interval: 1000 }).toBe(1)
    await go(hers, '/ledger')
    await said(hers, 'a file, sealed to you')
    expect(await hers.getByText('Report of Dr Falk').count()).toBe(0)
    // she lists no matters, and is not offered a choice of none
    expect(await hers.getByRole('combobox', { name: 'Person' }).count()).toBe(1)
    expect(await hers.getByRole('combobox', { name: 'Matter' }).count()).toBe(0)
    await hers.getByRole('link', { name: 'Reviews' }).press('Enter')
    await heading(hers, 'Reviews of the access log').waitFor()
    await lookAt(hers, `${stage.server.url}/ledger/reviews`, 'log-reviews')
    await hers.getByRole('link', { name: 'The weekly access-log review' }).first().click()
    await press(hers, 'Take it on')
    await button(hers, /as in order$/).waitFor()
    await said(hers, /Mark each before you sign/)
    await lookAt(hers, hers.url(), 'log-review')
    await button(hers, 'Asks for an answer').first().press('Enter')
    await hers.getByRole('textbox', { name: 'What asks for an answer' }).first().fill('Ben: for which hearing?')
    await hers.keyboard.press('Enter')
    const noted = async () => (await ruth.ok('log-review.read', { params: { task: hers.url().split('/').at(-1)! } })).items
    await expect.poll(async () => (await noted()).map(({ mark, note }) => `${mark} ${note}`)).toContain('question Ben: for which hearing?')
    expect(await hers.getByRole('radio', { name: /Nothing found/ }).isDisabled()).toBe(true)
    await shot(hers, 'log-review-asked')
    await accessible(hers)
    await hers.getByRole('button', { name: 'The entry and its proof' }).first().press('Enter')
    await said(dialog(hers), /In the tree\./)
    await hers.keyboard.press('Escape')
    await button(hers, 'In order').first().press('Enter')
    await expect.poll(async () => (await noted()).filter(({ mark }) => mark === 'question').length).toBe(0)
    if ((await button(hers, /as in order$/).count()) > 0) await press(hers, /as in order$/)
    await expect.poll(async () => (await noted()).every(({ mark }) => mark === 'fine')).toBe(true)
    await stage.server.fresh()
    await hers.getByRole('radio', { name: /Nothing found/ }).check()
    await hers.getByRole('textbox', { name: 'Findings' }).fill('Ben opened a report on his own matter. Nothing else was opened.')
    await press(hers, 'Sign the review')
    await said(hers, /Signed by Ruth Okafor/)
    await shot(hers, 'log-review-signed')
    await accessible(hers)
    expect((await ruth.ok('log-review.list')).tasks[0]).toMatchObject({ state: 'signed', outcome: 'clean' })
    await lookAt(hers, `${stage.server.url}/ledger/reviews`, 'log-reviews-signed')
    await said(hers, '1 review: 1 signed, 0 of them late; 0 to sign, 0 overdue.')
    await said(hers, '1 with nothing found, 0 with findings.')
    expect(faults).toEqual([])
  },
  600_000,
)
