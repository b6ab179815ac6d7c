/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { accessible, hasBrowser, lookAt } from './browser.ts'
import { useStage } from './stage.ts'

const stage = useStage()

test.skipIf(!hasBrowser)('the keys page shows what stands, and replaces a key by keyboard', { timeout: 240_000 }, async () => {
  const ada = await stage.found()
  const ben = await stage.come(ada, 'Ben Ames', 'lawyer')
  const client = await ada.ok('client.create', { body: { name: 'Orchard' } })
  await ada.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })
  const page = await stage.pageOf(ada)
  await stage.go(page, '/keys')
  await page.getByText('1 matter, each with a key of its own').waitFor()
  const before = (await ada.ok('key.list')).root.id
  await page.getByText(before).waitFor()
  await accessible(page)
  await page.getByRole('button', { name: 'Replace the root key' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(/^The root key, /).waitFor()
  await page.getByText(before).waitFor({ state: 'detached' })
  await page.getByText('The keyring file also holds 1 former root key').waitFor()
  await page.getByRole('button', { name: 'Replace the keys of all matters' }).click()
  await page.getByText(/^The keys of all matters, /).waitFor()
  await page.getByText('1 matter has had it replaced before.').waitFor()
  await lookAt(page, `${stage.server.url}/keys`, 'keys')
  await stage.go(page, '/ledger')
  await page.getByText('the keys of all matters').first().waitFor()

  // whoever may not replace keys finds nothing there, and no way to it
  const other = await stage.pageOf(ben)
  await stage.go(other, '/keys')
  await other.getByRole('heading').first().waitFor()
  expect(await other.getByText('Root key').count()).toBe(0)
  expect(await other.getByRole('link', { name: 'Keys' }).count()).toBe(0)
  expect(stage.faults).toEqual([])
})
