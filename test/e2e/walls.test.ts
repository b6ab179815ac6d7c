/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessible, hasBrowser, shot } from './browser.ts'
import { dialog, heading, press, said, useStage } from './stage.ts'

const stage = useStage()
const { come, faults, found, go, pageOf } = stage

/** What has the focus is typed into: nothing is clicked. */
async function type(of: Locator, text: string): Promise<void> {
  await of.focus()
  await of.page().keyboard.type(text)
}
/** An option of a box, found by its letters where it takes any, and reached by the arrows. */
async function choose(page: Page, box: string | RegExp, letters: string, option: RegExp): Promise<void> {
  const combobox = page.getByRole('combobox', { name: box })
  await type(combobox, letters)
  if (letters === '') await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: option }).first().waitFor()
  const chosen = page.locator('[role="option"][data-combobox-selected]').filter({ hasText: option })
  for (let step = 0; step < 12 && (await chosen.count()) === 0; step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  // one that takes several stays open
  if ((await page.getByRole('option').count()) > 0) await page.keyboard.press('Escape')
}
const tick = async (box: Locator) => {
  await box.focus()
  await box.page().keyboard.press('Space')
}

test.skipIf(!hasBrowser)(
  'conflicts are decided, a matter opens, a wall goes up, and whoever is behind it finds nothing; all by keyboard',
  async () => {
    const ada = await found()
    const ruth = await come(ada, 'Ruth Okafor', 'compliance')
    const ben = await come(ada, 'Ben Ames', 'lawyer')
    const cora = await come(ada, 'Cora Lind', 'paralegal')
    const mill = await ada.ok('client.create', { body: { name: 'Mill Paper plc', formerNames: ['Mill Pulp Ltd'] } })
    const advice = await ada.ok('matter.create', { body: { client: mill.id, title: 'Mill Paper, advice' } })
    const growers = await ada.ok('client.create', { body: { name: 'Orchard Growers Ltd' } })
    const { id: matter } = await ada.ok('matter.create', { body: { client: growers.id, title: 'Orchard v. Mill', class: 'privileged' } })
    const secret = await ada.upload(matter, 'Offer of Mill.txt', 'Settlement', Buffer.from('We offer nothing.\n'))
    const { id: coraId } = await cora.ok('person.me')
    await ada.ok('team.join', { params: { matter }, body: { person: coraId, reason: 'Exhibits' } })
    await cora.ok('document.open', { params: { document: secret.id } })
    const [adas, ruths, bens, coras] = [await pageOf(ada), await pageOf(ruth), await pageOf(ben), await pageOf(cora)]

    // a check is asked for at intake, and the former name of a client is found
    await go(adas, `/matters/${matter}/team`)
    await press(adas, 'Add a party')
    await choose(adas, 'Part in the matter', '', /Adverse/)
    await type(adas.getByLabel('Name', { exact: true }), 'Mill Pulp Limited')
    await press(dialog(adas), 'Add the party')
    await said(adas, 'Mill Pulp Limited is added.')
    await adas.getByRole('link', { name: 'Check for conflicts' }).press('Enter')
    await press(dialog(adas), 'Check the names')
    await said(adas, 'Client')
    await said(adas.getByRole('main'), 'The same name: mill pulp')
    await shot(adas, 'conflicts-asked')
    await accessible(adas)
    // Ruth decides it, and what the register asked by itself
    for (const left of [1, 0]) {
      await go(ruths, '/conflicts')
      await ruths
        .getByRole('link', { name: /Mill Pulp Limited/ })
        .first()
        .press('Enter')
      await tick(ruths.getByRole('radio', { name: 'No conflict' }))
      await type(ruths.getByLabel('Reasoning'), 'The name was given up in 2019')
      if (left === 0) await accessible(ruths)
      await press(ruths, 'Record the decision')
      await said(ruths, 'The name was given up in 2019')
      await expect.poll(async () => (await ruth.ok('conflict.list')).checks.filter((check) => check.state === 'open').length).toBe(left)
    }
    await go(adas, `/matters/${matter}`)
    await press(adas, 'Open the matter')
    await said(adas, /is open\./)
    expect((await ada.ok('matter.read', { params: { matter } })).status).toBe('open')

    // the class of a file: raised by one, lowered by two
    await go(adas, `/matters/${matter}/documents/${secret.id}`)
    await press(adas, 'More to do with this file')
    await adas.getByRole('menuitem', { name: 'Raise the class' }).press('Enter')
    await accessible(adas)
    await press(dialog(adas), 'Raise to Restricted')
    // the page says the new class before the dialog has gone, and what is pressed in between would go with it
    await said(adas, /is Restricted now\./)
    await said(adas, 'Restricted is opened with a passkey only.')
    expect((await ada.ok('document.read', { params: { document: secret.id } })).class).toBe('restricted')
    await press(adas, 'More to do with this file')
    await adas.getByRole('menuitem', { name: 'Ask for a milder class' }).press('Enter')
    await type(dialog(adas).getByLabel('Reason'), 'Read out in open court')
    await press(dialog(adas), 'Ask for Privileged')
    await said(adas, 'You asked for a milder class.')
    await accessible(adas)

    // the wall: its dry run says who loses what, and it is raised
    await go(ruths, '/walls/new')
    await choose(ruths, 'Who is screened', 'Cora', /Cora Lind/)
    await choose(ruths, /^From which/, 'Orchard v', /v\. Mill/)
    const dry = ruths.getByRole('region', { name: 'Dry run' })
    await said(dry, /^Dry run of/)
    await expect.poll(async () => (await dry.innerText()).replace(/\s+/g, ' ')).toMatch(/Cora Lind 1 matter Orchard v. Mill \S+ 1 Team/)
    expect(await dry.innerText()).toMatch(/What Cora Lind has already seen\s+1 look/)
    expect((await cora.ok('matter.list')).matters.map((one) => one.id)).toEqual([matter])
    await choose(ruths, 'Rule', '', /./)
    await type(ruths.getByLabel('What made it necessary'), 'She comes from the other side')
    await ruths.getByLabel('When the firm came to know').fill('2026-01-20T09:30')
    await type(ruths.getByLabel('The confidential information'), 'Instructions of Mill')
    await type(ruths.getByLabel('Reason', { exact: true }), 'She worked for Mill until May')
    await tick(ruths.getByRole('radio', { name: /announced/ }))
    await shot(ruths, 'wall-raise')
    await accessible(ruths)
    await press(ruths, /^Raise/)
    await heading(ruths, 'Cora Lind from Orchard v. Mill').waitFor()
    await said(ruths, '2 people have not acknowledged the memorandum')
    await shot(ruths, 'wall')
    await accessible(ruths)

    // from the other side there is nothing, and a memorandum that names nothing
    await go(coras, '/matters')
    await heading(coras, 'No matter is within your reach').waitFor()
    for (const path of [
      `/matters/${matter}`,
      `/matters/${matter}/documents/${secret.id}`,
      '/matters/0199e6a0-0000-7000-8000-000000000001',
    ]) {
      await go(coras, path)
      await heading(coras, 'There is nothing here by that address.').waitFor()
      expect(await coras.locator('body').innerText()).not.toMatch(/Orchard|Mill|wall|screened/)
    }
    await coras.getByRole('link', { name: 'Read it' }).press('Enter')
    await said(coras, /A screen stands in this firm/)
    expect(await coras.locator('body').innerText()).not.toMatch(/Orchard|Mill/)
    await accessible(coras)
    await press(coras, 'I have read this and will keep to it')
    await expect.poll(async () => (await cora.ok('wall.memoranda')).memoranda.every((one) => one.acknowledgedAt !== null)).toBe(true)
    await said(coras, 'Acknowledged')

    // Ada keeps the wall and sees it; who sees the matter says who is stopped
    await go(adas, `/matters/${matter}/access`)
    await said(adas, /A wall stands here\. Cora Lind is screened since \d+ \w+ \d{4};/)
    await expect.poll(async () => await adas.getByRole('region', { name: 'Who is stopped' }).innerText()).toContain('Cora Lind')
    await shot(adas, 'wall-access')
    await accessible(adas)

    // Ben asks for another matter by its number, and Ada lets him in for a time
    await go(bens, '/requests')
    await press(bens, 'Ask for access')
    await type(dialog(bens).getByLabel('What it is about'), advice.number)
    await type(dialog(bens).getByLabel('Why you need it'), 'Drafts the lease notice')
    await accessible(bens)
    await press(dialog(bens), 'Ask for access')
    await heading(bens, 'Sent').waitFor()
    expect(await ben.refused('matter.read', { params: { matter: advice.id } })).toBe('nothing')
    await go(adas, '/requests')
    await press(adas, /^Grant access: Ben Ames/)
    await accessible(adas)
    await press(adas, 'Grant access')
    await said(adas, 'Ben Ames has access now.')
    await go(bens, `/matters/${advice.id}`)
    await said(bens, /Your access ends on/)
    await accessible(bens)
    expect(faults.filter((text) => !/\b(401|403|404)\b/.test(text))).toEqual([])
  },
  300_000,
)
