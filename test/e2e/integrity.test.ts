/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { accessible, hasBrowser, lookAt, shot } from './browser.ts'
import { button, heading, press, said, useStage } from './stage.ts'

const stage = useStage()

test.skipIf(!hasBrowser)(
  'the ledger is checked by hand: whole, then red with its first fault once a row was edited in the database',
  { timeout: 240_000 },
  async () => {
    const ada = await stage.found()
    const client = await ada.ok('client.create', { body: { name: 'Orchard Ltd' } })
    await ada.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })
    const page = await stage.pageOf(ada)
    await stage.go(page, '/integrity')
    await heading(page, 'The check of the ledger').waitFor()
    await said(page, 'No check has run yet.')
    await button(page, 'Check the ledger now').focus()
    await page.keyboard.press('Enter')
    await said(page, /all of it is what was written/)
    await accessible(page)
    await lookAt(page, `${stage.server.url}/integrity`, 'integrity-whole')

    await stage.server.sql(`alter table ledger.entries no force row level security;
      update ledger.entries set deed = 'client.changed' where deed = 'client.created';
      alter table ledger.entries force row level security`)
    await press(page, 'Check the ledger now')
    await said(page, /The ledger is not what it was, known since/)
    await said(page, /The entry is not the one that was numbered here/)
    await accessible(page)
    await lookAt(page, `${stage.server.url}/integrity`, 'integrity-broken')
    await stage.go(page, '/ledger')
    await said(page, 'The ledger is not what it was.')
    await shot(page, 'ledger-broken')
    await page.getByRole('link', { name: 'What was found' }).press('Enter')
    await heading(page, 'Integrity').waitFor()
    expect(stage.faults).toEqual([])
  },
)
