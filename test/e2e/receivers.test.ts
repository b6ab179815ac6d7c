/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { Hook, SECRET } from '../world/hooked.ts'
import { accessible, hasBrowser, lookAt, shot } from './browser.ts'
import { dialog, press, said, useStage } from './stage.ts'
const stage = useStage()
test.skipIf(!hasBrowser)(
  'a receiver is asked for, agreed to by a second person, tried, found failing and retired',
  { timeout: 300_000 },
  async () => {
    const ada = await stage.found()
    const ben = await stage.come(ada, 'Ben Ames', 'partner')
    const hook = await new Hook().open()
    const page = await stage.pageOf(ada)
    await stage.go(page, '/settings/receivers')
    await said(page, 'The ledger is sent nowhere.')
    await accessible(page)
    await press(page, 'Add a receiver')
    await dialog(page).getByLabel('Name', { exact: true }).fill('Watch post')
    await accessible(page)
    await shot(page, 'rec-add')
    await dialog(page).getByRole('radio', { name: 'Webhook' }).check()
    await dialog(page).getByLabel('Address').fill('http://siem.example/x')
    await dialog(page).getByLabel('Shared secret').fill(SECRET)
    await dialog(page).getByLabel('Reason').fill('The insurer asks for it')
    await shot(page, 'rec-add-hook')
    await press(dialog(page), 'Ask for it')
    await said(dialog(page), /An https address/)
    await dialog(page).getByLabel('Address').fill(hook.url)
    await press(dialog(page), 'Ask for it')
    await said(page, 'Waits for a second person')
    await lookAt(page, `${stage.server.url}/settings/receivers`, 'rec-asked')
    const other = await stage.pageOf(ben)
    await stage.go(other, '/approvals')
    await said(other, 'One act waits for you.')
    await said(other, /Send the ledger to Watch post/)
    await said(other, 'The insurer asks for it')
    await accessible(other)
    await shot(other, 'rec-approvals')
    await press(other, 'Agree: Watch post')
    await said(other, 'Nothing waits for you.')
    expect(await other.getByText(/Send the ledger to/).count()).toBe(0)
    await stage.go(other, '/receivers')
    await said(other, 'Up to date')
    // of seven tabs a phone shows some: the one that is open is among them
    await other.setViewportSize({ width: 390, height: 844 })
    await stage.go(other, '/settings/receivers')
    const tab = other.getByRole('navigation', { name: 'Parts of the settings' }).getByRole('link', { name: 'Receivers' })
    await expect.poll(async () => (await tab.boundingBox())!.x + (await tab.boundingBox())!.width).toBeLessThanOrEqual(390)
    await press(page, 'Send a test message: Watch post')
    await said(page, /took the test message/)
    hook.ill = 'fails'
    await ada.ok('client.create', { body: { name: 'X' } })
    await said(page, 'Not taking it')
    await said(page, /The receiver answered with HTTP 500\./)
    await lookAt(page, `${stage.server.url}/settings/receivers`, 'rec-failing')
    await press(page, 'Retire: Watch post')
    await dialog(page).getByLabel('Reason').fill('No more')
    await press(dialog(page), 'Retire it')
    await said(page, 'Not sent to any more')
    await shot(page, 'rec-over')
    await lookAt(page, `${stage.server.url}/ledger`, 'rec-ledger')
    // the address that was not https
    expect(stage.faults).toEqual([expect.stringContaining('400')])
    await hook.close()
  },
)
