/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { accessible, hasBrowser, lookAt, shot } from './browser.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const { come, faults, found, go, pageOf } = stage

test.skipIf(!hasBrowser)(
  'a hold is placed by keyboard, keeps the trash, is lifted by another, and two people destroy',
  async () => {
    const ada = await found()
    const ben = await come(ada, 'Ben Ames', 'lawyer')
    const client = await ada.ok('client.create', { body: { name: 'Orchard' } })
    const matter = (await ada.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })).id
    await ada.ok('team.join', { params: { matter }, body: { person: (await ben.ok('person.me')).id } })
    const doomed = await ada.upload(matter, 'draft.txt', '', Buffer.from('a draft'))
    await ada.upload(matter, 'letter.txt', '', Buffer.from('a letter'))
    await ada.ok('document.trash', { params: { matter }, body: { documents: [doomed.id] } })

    const page = await pageOf(ada)
    await go(page, `/matters/${matter}`)
    await page.getByRole('button', { name: 'More to do with this matter' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Place a legal hold' }).press('Enter')
    await page.getByLabel('What made it necessary').fill('A claim was threatened')
    await page.getByLabel('When that was').fill('2026-02-03')
    await page.getByLabel('Who asks for it').fill('Superior Court')
    await page.getByLabel('What it covers, in words').fill('All letters of May')
    await page.getByLabel('Reason').fill('Rule 37(e)')
    await accessible(page)
    await shot(page, 'hold-place')
    await page.getByRole('button', { name: 'Place the hold' }).press('Enter')
    await page.getByText('On hold since').waitFor()
    // who placed it does not lift it
    expect(await page.getByRole('button', { name: /^Lift/ }).count()).toBe(0)
    await page.getByText('On hold', { exact: true }).first().waitFor()
    await go(page, `/matters/${matter}?show=trash`)
    await page.getByText('On hold: kept').first().waitFor()
    await lookAt(page, `${stage.server.url}/holds`, 'holds')
    await lookAt(page, `${stage.server.url}/matters/${matter}?show=trash`, 'held-trash')

    const his = await pageOf(ben)
    await go(his, `/matters/${matter}`)
    await his.getByRole('button', { name: 'Lift hold 1' }).click()
    await his.getByLabel('Reason').fill('Settled')
    await his.getByRole('button', { name: 'Lift the hold' }).click()
    await his.getByText('Hold 1 is lifted.').waitFor()

    await go(page, `/matters/${matter}?show=trash`)
    await lookAt(page, `${stage.server.url}/matters/${matter}?show=trash`, 'trash')
    await page.getByRole('button', { name: 'Destroy… draft.txt' }).click()
    await page.getByLabel('Reason').fill('Past its time')
    await accessible(page)
    await shot(page, 'destroy')
    await page.getByRole('button', { name: 'Ask for the destruction' }).click()
    await page.getByText('asks for the destruction of 1 document').waitFor()
    // it is not asked for twice
    const gone = page.locator('table.trash tr', { hasText: 'draft.txt' })
    await gone.getByText('Waits for a second person').waitFor()
    expect(await gone.getByRole('button').allInnerTexts()).toEqual([expect.stringMatching(/^Restore/)])
    await page.getByLabel('Filter the files').fill('letter')
    await page.getByText('No file in the trash has that in its name').waitFor()

    await go(his, '/approvals')
    // whoever decides sees what it is about
    await his.getByRole('list', { name: 'What would be destroyed' }).getByText('draft.txt', { exact: true }).waitFor()
    await accessible(his)
    await his.getByRole('button', { name: /^Approve: Destroy 1 document/ }).click()
    await his.getByText('Approved: Destroy 1 document').waitFor()
    await go(page, '/holds')
    await page.getByRole('link', { name: 'Print certificate 1' }).waitFor()
    await page.getByText('It covers: All letters of May').waitFor()
    await page.getByText('A claim was threatened, 3 Feb 2026. Asked for by Superior Court.').waitFor()
    await page.getByText('Lifted by Ben Ames', { exact: false }).waitFor()
    await lookAt(page, `${stage.server.url}/holds`, 'destroyed')
    expect((await ada.ok('document.trashed', { params: { matter } })).documents).toEqual([])
    expect(faults).toEqual([])
  },
  300_000,
)
