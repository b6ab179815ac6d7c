/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { hasBrowser, lookAround, lookAt } from './browser.ts'
import { press, said, useStage } from './stage.ts'

const stage = useStage()

test.skipIf(!hasBrowser)(
  'which languages documents are in is set by keyboard, with a reason, and read in the ledger',
  { timeout: 300_000 },
  async () => {
    const ada = await stage.found()
    const page = await stage.pageOf(ada)
    const kept = async () => {
      const { settings } = await ada.ok('setting.list', {})
      return settings.find(({ name }) => name === 'search')!
    }
    await lookAt(page, `${stage.server.url}/settings/search`, 'search-setting')
    await said(page, /A change holds for what comes in from now on/)

    await page.getByRole('button', { name: 'Change: Languages of the documents' }).press('Enter')
    await lookAround(page, 'search-setting-form')
    await page.getByRole('checkbox', { name: 'Italian' }).press('Space')
    await page.getByRole('checkbox', { name: 'German' }).press('Space')
    await page.getByRole('combobox', { name: 'Mainly' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'German' }).waitFor()
    for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key)
    // the one that was the main one stays, behind it
    expect(await page.getByRole('combobox', { name: 'Mainly' }).inputValue()).toBe('German')
    expect(await page.getByRole('checkbox', { name: 'English' }).isChecked()).toBe(true)
    await press(page, 'Save')
    await said(page, /reason|Say why|Required/i)
    expect((await kept()).version).toBe(0)
    await page.getByLabel('Reason').fill('The Berlin office joins')
    await lookAround(page, 'search-setting-chosen')
    await press(page, 'Save')
    await said(page, 'The setting is changed.')
    expect(await kept()).toMatchObject({ value: { languages: ['de', 'en', 'it'] }, version: 1, reason: 'The Berlin office joins' })
    await said(page, 'English and Italian')
    await lookAt(page, `${stage.server.url}/settings/search`, 'search-setting-set')

    await ada.ok('search.run', { body: { words: 'outfall', narrow: {} } })
    await stage.go(page, '/ledger')
    await said(page, /searched for “outfall” nothing found/)
    await said(page, /Languages of the documents which languages documents are in, because: The Berlin office joins/)
    await lookAt(page, `${stage.server.url}/ledger`, 'search-setting-ledger')
    expect(stage.faults).toEqual([])
  },
)
