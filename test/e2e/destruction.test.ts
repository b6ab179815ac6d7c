/// <reference lib="dom" />
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../world/build.ts'
import { Caller } from '../world/caller.ts'
import { makeFolder, remove, serve, type Served } from '../world/process.ts'
import { accessible, hasBrowser, launch, lookAt, openPage, shot } from './browser.ts'

let home: string
let server: Served
let browser: Browser
const faults: string[] = []
const PASSWORD = 'a long enough pass phrase'

beforeAll(async () => {
  if (!hasBrowser) return
  home = await makeFolder('e2e')
  server = await serve(home, join(home, 'data'))
  browser = await launch()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (home) await remove(home)
})

let userAgent = ''
function caller(): Caller {
  const made = new Caller(server.url)
  made.userAgent = userAgent
  return made
}
async function pageOf(who: Caller): Promise<Page> {
  const page = await openPage(browser, faults)
  const cookies = [who.cookie!, ...[...who.jar].map(([name, value]) => `${name}=${value}`)]
  await page.context().addCookies(
    cookies.map((cookie) => {
      const [name, value] = cookie.split('=', 2) as [string, string]
      return { name, value, url: server.url }
    }),
  )
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return page
}

test.skipIf(!hasBrowser)(
  'a hold is placed by keyboard, keeps the trash, is lifted by another, and two people destroy',
  async () => {
    const first = await openPage(browser, faults)
    userAgent = await first.evaluate(() => navigator.userAgent)
    await first.context().close()
    const ada = caller()
    const email = 'ada@wren-ames.test'
    const secret = new URLSearchParams(new URL(server.setup!).hash.slice(1)).get('s')!
    const { totpSecret } = await ada.ok('setup.enrol', { body: { secret, email } })
    await ada.ok('setup.finish', {
      body: { secret, firm: 'Wren & Ames LLP', name: 'Ada Wren', email, password: PASSWORD, totpSecret, code: codeOf(totpSecret) },
    })
    const ben = caller()
    const { invitation, id } = (await ada.ok('person.invite', {
      body: { name: 'Ben Ames', email: 'ben@wren-ames.test', roles: ['lawyer'] },
    })) as {
      invitation: { secret: string }
      id: string
    }
    const read = await ben.ok('invitation.read', { body: { secret: invitation.secret } })
    await ben.ok('invitation.accept', {
      body: { secret: invitation.secret, password: PASSWORD, totpSecret: read.totpSecret, code: codeOf(read.totpSecret) },
    })
    const client = await ada.ok('client.create', { body: { name: 'Orchard' } })
    const matter = (await ada.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })).id
    await ada.ok('team.join', { params: { matter }, body: { person: (await ben.ok('person.me')).id } })
    void id
    const doomed = await ada.upload(matter, 'draft.txt', '', Buffer.from('a draft'))
    await ada.upload(matter, 'letter.txt', '', Buffer.from('a letter'))
    await ada.ok('document.trash', { params: { matter }, body: { documents: [doomed.id] } })

    const page = await pageOf(ada)
    await page.goto(`${server.url}/matters/${matter}`)
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
    await page.goto(`${server.url}/matters/${matter}?show=trash`)
    await page.getByText('On hold: kept').first().waitFor()
    await lookAt(page, `${server.url}/holds`, 'holds')
    await lookAt(page, `${server.url}/matters/${matter}?show=trash`, 'held-trash')

    const his = await pageOf(ben)
    await his.goto(`${server.url}/matters/${matter}`)
    await his.getByRole('button', { name: 'Lift hold 1' }).click()
    await his.getByLabel('Reason').fill('Settled')
    await his.getByRole('button', { name: 'Lift the hold' }).click()
    await his.getByText('Hold 1 is lifted.').waitFor()

    await page.goto(`${server.url}/matters/${matter}?show=trash`)
    await lookAt(page, `${server.url}/matters/${matter}?show=trash`, 'trash')
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

    await his.goto(`${server.url}/approvals`)
    // whoever decides sees what it is about
    await his.getByRole('list', { name: 'What would be destroyed' }).getByText('draft.txt', { exact: true }).waitFor()
    await accessible(his)
    await his.getByRole('button', { name: /^Approve: Destroy 1 document/ }).click()
    await his.getByText('Approved: Destroy 1 document').waitFor()
    await page.goto(`${server.url}/holds`)
    await page.getByRole('link', { name: 'Print certificate 1' }).waitFor()
    await page.getByText('It covers: All letters of May').waitFor()
    await page.getByText('A claim was threatened, 3 Feb 2026. Asked for by Superior Court.').waitFor()
    await page.getByText('Lifted by Ben Ames', { exact: false }).waitFor()
    await lookAt(page, `${server.url}/holds`, 'destroyed')
    expect((await ada.ok('document.trashed', { params: { matter } })).documents).toEqual([])
    expect(faults).toEqual([])
  },
  300_000,
)
