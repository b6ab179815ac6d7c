/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { LyingWitness } from '../world/lying-witness.ts'
import { accessible, hasBrowser, lookAt, shot } from './browser.ts'
import { press, said, useStage } from './stage.ts'

const stage = useStage()
const now = () => Math.floor(Date.now() / 1000)

test.skipIf(!hasBrowser)(
  'a witness is named, found slow, found to contradict the ledger and let go; what leaves the firm besides is set',
  { timeout: 300_000 },
  async () => {
    const ada = await stage.found()
    const liar = new LyingWitness()
    await liar.open()
    liar.says = () => null
    const page = await stage.pageOf(ada)
    await stage.go(page, '/ledger')
    await said(page, /Nobody outside the firm signs this ledger yet/)
    await press(page, 'Name a witness')
    const form = page.getByRole('complementary', { name: 'The newest checkpoint' })
    await form.getByLabel('Address').fill('http://witness.example')
    await form.getByLabel('Its key').fill(liar.signer.vkey)
    await press(form, 'Name it')
    await said(form, 'A witness is asked over https, or on this machine.')
    await form.getByLabel('Address').fill(liar.url)
    await press(form, 'Name it')
    await said(form, 'Has signed nothing yet.')
    await said(form, 'Does not sign')
    await said(form, /It does not answer, or not in time/)
    await lookAt(page, `${stage.server.url}/ledger`, 'witness-slow')
    expect(await page.getByText('contradicts this ledger').count()).toBe(0)

    // how the program comes to say so, the tests of witnesses show
    await stage.server.sql(`update ledger.witnesses set fault = 'forked', fault_at = now(), next_at = now() + interval '1 hour'`)
    await lookAt(page, `${stage.server.url}/ledger`, 'witness-forked')
    await said(page, 'liar.example contradicts this ledger')
    await said(page, /Change nothing on the server/)
    await stage.server.fresh()
    await press(page, 'Let it go: liar.example')
    await said(page, /liar\.example was let go on/)
    expect(await page.getByText('contradicts this ledger').count()).toBe(0)

    await press(page, 'Undo')
    await said(page, 'liar.example is a witness again.')
    await press(page, 'Let it go: liar.example')
    await expect.poll(async () => (await ada.ok('witness.list')).witnesses.map(({ retiredAt }) => retiredAt !== null)).toEqual([true, true])

    const [print] = await Promise.all([page.waitForEvent('download'), press(page, 'Print it (PDF)')])
    expect(print.suggestedFilename()).toBe('checkpoint.pdf')

    await page.getByRole('link', { name: /When checkpoints leave the firm/ }).press('Enter')
    await said(page, 'It is mailed to nobody.')
    await lookAt(page, `${stage.server.url}/settings/checkpoints`, 'checkpoints')
    await press(page, 'Change: Checkpoints that leave the firm')
    await page.getByRole('combobox', { name: 'Addresses' }).fill('notary@notaries.example')
    await page.keyboard.press('Enter')
    await page.getByLabel('Days between two mails').fill('3')
    await page.getByLabel('Address of a time-stamping authority').fill('http://tsa.example')
    await page.getByLabel('Reason').fill('The insurer asks for it')
    await accessible(page)
    await stage.server.fresh()
    await press(page, 'Save')
    await said(page, 'It is asked over https, or on this machine.')
    await page.getByLabel('Address of a time-stamping authority').fill('')
    await press(page, 'Save')
    await said(page, 'Every 3 days to notary@notaries.example.')
    await said(page, /Subrosa sends no mail yet/)
    // a witness that signs, and what is newer than its signature: an entry is proved in the one, and that the other begins with it
    liar.says = ({ body }) => ({
      status: 200,
      body: liar.signer.cosign(body.slice(body.indexOf('\n\n') + 2).split('\n\n')[0]! + '\n', now()),
    })
    await stage.server.fresh()
    await ada.ok('witness.add', { body: { url: liar.url, key: liar.signer.vkey } })
    await expect.poll(async () => (await ada.ok('checkpoint.latest')).witnessed?.size ?? 0, { timeout: 20_000 }).toBeGreaterThan(0)
    liar.says = () => ({ status: 503 })
    await ada.ok('client.create', { body: { name: 'Orchard Ltd' } })
    await stage.go(page, '/ledger')
    await page.getByRole('row', { name: 'Witnessed' }).first().press('Enter')
    const entry = page.getByRole('complementary', { name: /^Entry \d/ })
    await said(entry, /Witnessed by liar\.example/)
    await said(entry, /Still the same today at .* The tree of \d+ entries begins with the tree of \d+, unchanged\./)
    await shot(page, 'ledger-still-the-same')
    // the two addresses that were not https
    expect(stage.faults).toEqual([expect.stringContaining('400'), expect.stringContaining('400')])
    await liar.close()
  },
)
