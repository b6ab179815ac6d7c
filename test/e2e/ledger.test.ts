/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { accessible, hasBrowser, lookAt, shot } from './browser.ts'
import { button, dialog, heading, press, said, useStage } from './stage.ts'

const stage = useStage()
const { come, found, go, pageOf, faults } = stage

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
    await said(dialog(page), 'Report of Dr Falk.txt')
    await said(dialog(page), /127\.0\.0\.1/)
    await said(dialog(page), 'a place on the team')
    await said(dialog(page), /In the tree\./)
    await shot(page, 'ledger-entry')
    await accessible(page)
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'hidden' })

    await press(page, 'Export')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Table (CSV)' }).click()])
    expect(download.suggestedFilename()).toBe('ledger.csv')
    const text = Buffer.concat(await Array.fromAsync(await download.createReadStream(), (part) => Buffer.from(part as Buffer))).toString()
    expect(text.trim().split('\r\n').length).toBe(2)
    expect(text).toContain('Report of Dr Falk.txt')

    await press(page, 'Show all')
    await expect.poll(() => row.count()).toBeGreaterThan(10)
    await lookAt(page, `${stage.server.url}/ledger`, 'ledger')
    await go(page, `/ledger?address=192.0.2.1`)
    await said(page, 'No entry that you may see answers to that')

    // the seeds are there soon; the weekly one's period ends now
    const hers = await pageOf(ruth)
    await expect.poll(async () => (await ruth.ok('log-review.list')).reviews.length, { timeout: 90_000, interval: 1000 }).toBe(3)
    const table = 'alter table app.log_reviews'
    await stage.server.sql(
      `${table} no force row level security; update app.log_reviews set next_at = now() where cadence = 'weekly'; ${table} force row level security`,
    )
    await expect.poll(async () => (await ruth.ok('log-review.list')).tasks.length, { timeout: 90_000, interval: 1000 }).toBe(1)
    await lookAt(hers, `${stage.server.url}/ledger/reviews`, 'log-reviews')
    await hers.getByRole('link', { name: 'The weekly access-log review' }).first().click()
    await press(hers, 'Take it on')
    await button(hers, /not marked are in order/).waitFor()
    await lookAt(hers, hers.url(), 'log-review')
    await press(hers, /not marked are in order/)
    await stage.server.fresh()
    await hers.getByRole('radio', { name: /Nothing found/ }).check()
    await hers.getByRole('textbox', { name: 'Findings' }).fill('Ben opened a report on his own matter. Nothing else was opened.')
    await press(hers, 'Sign the review')
    await said(hers, /Signed by Ruth Okafor/)
    await shot(hers, 'log-review-signed')
    await accessible(hers)
    expect((await ruth.ok('log-review.list')).tasks[0]).toMatchObject({ state: 'signed', outcome: 'clean' })
    expect(faults).toEqual([])
  },
  600_000,
)
