/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { Mailbox, secretIn } from '../world/mailbox.ts'
import { accessible, hasBrowser, lookAround, lookAt, openPage, shot } from './browser.ts'
import { button, dialog, heading, press, said, useStage } from './stage.ts'

const mailbox = new Mailbox()
const stage = useStage(async () => {
  await mailbox.open()
  return { SUBROSA_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`, SUBROSA_MAIL_FROM: 'Wren & Ames <files@wren-ames.test>' }
})
afterAll(() => (hasBrowser ? mailbox.close() : undefined))
const { faults, found, go, pageOf } = stage

const pick = async (page: Page, label: string, option: RegExp) => {
  await page.getByRole('combobox', { name: label }).press('ArrowDown')
  await page.getByRole('option', { name: option }).click()
}
const field = (page: Page, label: string) => dialog(page).getByLabel(label, { exact: true })
const part = (page: Page, address: string) => dialog(page).getByRole('region', { name: address })

test.skipIf(!hasBrowser)(
  'a recipient is added, confirmed by a code and by a call, doubted and brought to another matter',
  { timeout: 300_000 },
  async () => {
    const ada = await found()
    const client = (await ada.ok('client.create', { body: { name: 'Corvin Biotech' } })).id
    const matter = (await ada.ok('matter.create', { body: { client, title: 'Corvin v. Delta' } })).id
    const second = (await ada.ok('matter.create', { body: { client, title: 'Corvin patents' } })).id
    const page = await pageOf(ada)
    await lookAt(page, `${stage.server.url}/matters/${matter}/recipients`, 'recipients-none')

    await press(page, 'Add a recipient')
    await press(dialog(page), 'Add the recipient')
    await said(dialog(page), 'Say on whose side they stand.')
    await field(page, 'Name').fill('Fay Moore')
    await field(page, 'Where they work').fill('Corvin Biotech')
    await pick(page, 'Part in the matter', /^Client/)
    await dialog(page)
      .getByRole('radio', { name: /Our client’s side/ })
      .press('Space')
    await field(page, 'E-mail').fill('fay.moore@corvin.example')
    await field(page, 'Telephone').fill('ring me')
    await press(dialog(page), 'Add the recipient')
    await said(dialog(page), 'A telephone number has 5 to 15 digits.')
    await accessible(page)
    await shot(page, 'recipients-add')
    await field(page, 'Telephone').fill('+44 20 7946 0123')
    await press(dialog(page), 'Add the recipient')
    await heading(page, 'Fay Moore').waitFor()
    await lookAround(page, 'recipients-card')

    // the code is said over the telephone; the link went to the address
    await press(part(page, 'fay.moore@corvin.example'), 'Send a code')
    await press(part(page, 'fay.moore@corvin.example'), 'Send the link')
    const code = await part(page, 'fay.moore@corvin.example').locator('.saidcode').innerText()
    await shot(page, 'recipients-code')
    const secret = secretIn(await mailbox.next('fay.moore@corvin.example', 'confirm'))
    const guest = await openPage(stage.browser, faults)
    await guest.goto(`${stage.server.url}/confirm#s=${secret}`)
    await guest.getByLabel('Code').waitFor()
    expect(await guest.content()).not.toMatch(/Corvin|Moore|Ada Wren/)
    await lookAround(guest, 'recipients-confirm')
    await guest.getByLabel('Code').fill('0000 0000')
    await guest.getByLabel('Code').press('Enter')
    await said(guest, /That code does not serve/)
    await guest.getByLabel('Code').fill(code)
    await guest.getByLabel('Code').press('Enter')
    await said(guest, 'Thank you, this address is confirmed')
    expect(faults.splice(0).filter((fault) => !fault.includes('403'))).toEqual([])

    await page.reload()
    await said(page, /Confirmed \(V2\) until/)
    await shot(page, 'recipients-list')
    await press(page, 'Fay Moore')
    await said(dialog(page), 'Confirmed by a code by another channel (+44 20 7946 0123), V2')
    await press(part(page, 'fay.moore@corvin.example'), 'Doubt it')
    await page.getByLabel('What made you doubt it').fill('An odd letter came')
    await press(dialog(page), 'Let what confirms it fall')
    await said(part(page, 'fay.moore@corvin.example'), /someone doubted it/)

    await press(part(page, 'fay.moore@corvin.example'), 'Record a confirmation')
    await said(dialog(page), /Ring the number above/)
    await shot(page, 'recipients-call')
    await accessible(page)
    await field(page, 'Evidence').fill('Spoke to Fay Moore at 14:05; she read the address')
    await press(dialog(page), 'Record it')
    await said(part(page, 'fay.moore@corvin.example'), /Confirmed by a call to a number known before/)
    await press(part(page, 'fay.moore@corvin.example'), 'Record a confirmation')
    await pick(page, 'How it was confirmed', /^A valid signature/)
    await field(page, 'Evidence').fill('AB12 CD34, as in her letter of engagement')
    await press(dialog(page), 'Record it')
    await said(part(page, 'fay.moore@corvin.example'), /Proved \(V3\) until/)

    await press(dialog(page), 'Add an address')
    await dialog(page).getByLabel('Address or number').fill('fay.moore@corvim.example')
    await said(dialog(page), /A changed address is how files go astray/)
    await press(dialog(page), 'Add the address')
    await said(part(page, 'fay.moore@corvim.example'), /New: not used before/)
    await lookAround(page, 'recipients-history')

    await go(page, `/matters/${second}/recipients`)
    await press(page, 'Bring one from another matter')
    await dialog(page).getByLabel('Name, office or address').fill('FAY.MOORE@corvin.example')
    await button(dialog(page), 'Fay Moore').press('Enter')
    await pick(page, 'Part in the matter', /^Client/)
    await dialog(page)
      .getByRole('radio', { name: /Our client’s side/ })
      .press('Space')
    await press(dialog(page), 'Bring the recipient')
    await said(dialog(page), /in Corvin v. Delta/)
    await press(dialog(page), 'Take out of the matter')
    await press(dialog(page), 'Take out')
    await said(page, 'Nobody stands here yet')

    await go(page, `/matters/${matter}/history`)
    await said(page, /recorded how an address was confirmed of/)
    await shot(page, 'recipients-history-tab')
    expect(faults).toEqual([])
  },
)
