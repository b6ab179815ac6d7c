/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessible, hasBrowser, lookAt, shot } from './browser.ts'
import { button, dialog, heading, press, said, useStage } from './stage.ts'

const stage = useStage()
const { comeBy, faults, found, go, pageOf } = stage

/** Its last button, and not the cross at its top. */
async function close(page: Page): Promise<void> {
  await button(dialog(page), 'Close').last().press('Enter')
  await gone(page)
}
const gone = (page: Page) => dialog(page).waitFor({ state: 'hidden' })
/** What has the focus, in its own words. */
const focused = (page: Page) => page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`)

/** By keyboard alone; gives the link that stands on the clipboard afterwards. */
async function invite(page: Page, name: string, email: string, role?: string): Promise<string> {
  await press(page, 'Invite a person')
  await page.getByLabel('Name', { exact: true }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(email)
  if (role) {
    for (const label of ['Lawyer', role]) {
      await page.getByRole('checkbox', { name: new RegExp(`^${label}`) }).focus()
      await page.keyboard.press('Space')
    }
    await shot(page, 'people-invite')
    await accessible(page)
  }
  await press(dialog(page), 'Invite')
  await heading(page, `${name} is invited`).waitFor()
  await press(page, 'Copy the link')
  await button(page, 'Copied').waitFor()
  const url = await page.evaluate(() => navigator.clipboard.readText())
  if (role) await shot(page, 'people-invited')
  await close(page)
  return url
}

async function changeRoles(page: Page, role: string, reason: string): Promise<void> {
  await press(page, 'Change the roles')
  await page.getByRole('checkbox', { name: new RegExp(`^${role}`) }).focus()
  await page.keyboard.press('Space')
  await page.getByLabel('Reason').fill(reason)
  await press(dialog(page), 'Change the roles')
}

test.skipIf(!hasBrowser)(
  'people come, get roles, wait for a second person, and leave; every page can be used by everyone',
  async () => {
    const ada = await found()
    const page = await pageOf(ada)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])

    // two come: Ruth, who can be the second person, while nobody else could approve her; and Ben
    await go(page, `/people`)
    const ruth = await comeBy(await invite(page, 'Ruth Okafor', 'ruth@wren-ames.test', 'Compliance'))
    const ben = await comeBy(await invite(page, 'Ben Ames', 'ben@wren-ames.test'))
    const benId = (await ben.ok('person.me')).id

    // found by search, by keyboard
    await page.reload()
    await said(page, 'Ruth Okafor')
    await page.keyboard.press('/')
    await page.keyboard.type('ben@')
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Ben Ames' }).press('Enter')
    await heading(page, 'Ben Ames').waitFor()

    // a role that one person gives, and one that two give
    await changeRoles(page, 'Staff', 'He keeps the office on Fridays')
    await said(page, 'The roles of Ben Ames are changed.')
    await gone(page)
    expect((await ben.ok('person.me')).roles).toEqual(expect.arrayContaining(['lawyer', 'staff']))
    await changeRoles(page, 'Administrator', 'He runs the server')
    await said(page, /only when someone else approves it/)
    await shot(page, 'person-waits')
    await close(page)
    expect((await ben.ok('person.me')).roles).not.toContain('administrator')

    // Ben did not ask for it: his notices lead him there, and he refuses
    const his = await pageOf(ben)
    await go(his, `/account/notices`)
    await his.getByRole('link', { name: 'Look at it' }).first().press('Enter')
    await said(his, 'This is about you. If you did not ask for it, refuse it.')
    await shot(his, 'approvals-about-me')
    await accessible(his)
    expect(await button(his, /^Approve/).count()).toBe(0)
    await press(his, /^Refuse/)
    await heading(his, 'Decided').waitFor()
    await expect.poll(() => focused(his)).toBe('H1 Approvals')

    // asked again, and Ruth approves
    await page.reload()
    await changeRoles(page, 'Administrator', 'We spoke: he runs the server')
    await said(page, /only when someone else approves it/)
    const hers = await pageOf(ruth)
    await lookAt(hers, `${stage.server.url}/approvals`, 'approvals')
    await press(hers, /^Approve: Give Ben Ames the role Administrator/)
    await said(hers, /Approved: Give Ben Ames/)
    await expect.poll(() => focused(hers)).toBe('H1 Approvals')
    await accessible(hers)
    expect((await ben.ok('person.me')).roles).toContain('administrator')

    // a role of the firm's own: what runs the system and what works on matters stay apart
    await go(page, `/roles`)
    await press(page, 'Make a role')
    await page.getByLabel('Name', { exact: true }).fill('Reception')
    await page.getByLabel('What it is for').fill('Meets visitors and finds who works on what.')
    await page.getByRole('checkbox', { name: 'See the matters within reach' }).check()
    await said(page, 'One that runs the system does neither: make two roles.')
    expect(await page.getByRole('checkbox', { name: 'Invite people into the firm' }).isDisabled()).toBe(true)
    await shot(page, 'role-mixed')
    await accessible(page)
    await press(dialog(page), 'Make the role')
    await said(page, 'The role Reception is made.')
    expect((await ada.ok('role.list')).roles.find((role) => role.name === 'Reception')!.permissions).toEqual(['matter.list'])

    // a setting, with its reason
    await go(page, `/settings/sessions`)
    await press(page, /^Change/)
    await page.getByLabel('Minutes idle').fill('20')
    await press(page, 'Save')
    await expect.poll(() => focused(page)).toMatch(/^TEXTAREA/)
    await shot(page, 'setting-refused')
    await page.getByLabel('Reason').fill('Our insurer asks for it')
    await press(page, 'Save')
    await said(page, /Version 1, set by Ada Wren .* Reason: Our insurer asks for it/)

    // looked at, as whoever runs the firm sees it
    for (const path of PAGES) await lookAt(page, `${stage.server.url}/${path}`, path.replace('/', '-'))
    await lookAt(page, `${stage.server.url}/people/${benId}`, 'person')
    await lookAt(page, `${stage.server.url}/people/${benId}/sign-in`, 'person-sign-in')

    // what is ended goes, and the focus stays with its list
    await go(page, `/people/${(await ruth.ok('person.me')).id}/sign-in`)
    await press(page, 'End Chrome on Linux')
    await press(page, 'Keep it')
    await expect.poll(() => focused(page)).toBe('BUTTON End')
    await press(page, 'End Chrome on Linux')
    await press(page, 'End it')
    await said(page, 'None is open.')
    await expect.poll(() => focused(page)).toBe('H2 Sessions and access tokens')
    expect(await ruth.refused('person.me')).toBe('session.none')

    // Ben leaves, and Ada takes over
    await go(page, `/people/${benId}/leaving`)
    await press(page, 'Let Ben Ames leave')
    await page.getByPlaceholder('A lawyer or partner').click()
    await page.getByRole('option', { name: 'Ada Wren' }).click()
    await page.getByLabel('Reason').fill('Goes to the bar')
    await shot(page, 'leave')
    await accessible(page)
    await press(page, 'Let Ben Ames leave now')
    await heading(page, 'Ben Ames has left').waitFor()
    expect(await dialog(page).innerText()).toMatch(/Ada Wren took over[\s\S]*Sessions ended\s+1/)
    await shot(page, 'left')
    await accessible(page)
    expect(await ben.refused('person.me')).toBe('session.none')
    await close(page)

    // and all of it stands in the history, in words
    await page.getByRole('link', { name: 'History' }).press('Enter')
    const history = page.getByRole('region', { name: 'History' })
    await history.waitFor()
    const words = (await history.innerText()).replace(/\s+/g, ' ')
    expect(words).toMatch(/let leave Ben Ames with Ada Wren to take over, because: Goes to the bar/)
    expect(words).toMatch(/approved as the second person Give Ben Ames the role Administrator/)
    expect(words).toMatch(/changed the roles of Ben Ames giving Staff, because: He keeps the office/)
    await lookAt(page, `${stage.server.url}/people/${benId}/history`, 'person-history')
    await lookAt(page, `${stage.server.url}/people/${benId}/leaving`, 'person-left')
    expect(faults.filter((text) => !/\b(401|403)\b/.test(text))).toEqual([])
  },
  300_000,
)

const PAGES = `people roles roles/compare roles/groups settings settings/sessions settings/identity settings/directory
  settings/mail account account/sessions account/tokens account/notices account/screen`.split(/\s+/)
