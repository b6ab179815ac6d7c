/// <reference lib="dom" />
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeAccess } from '../../src/platform/own-root.ts'
import { accessible, hasBrowser, lookAt, shot } from './browser.ts'
import { button, dialog, heading, press, said, useStage } from './stage.ts'

const stage = useStage()

test.runIf(hasBrowser && process.env.SLOW)(
  'by keyboard: a client’s key is added, a matter comes under it by two people, is locked while it is withheld, opens by itself, and comes off it',
  { timeout: 300_000 },
  async () => {
    const ada = await stage.found()
    const ben = await stage.come(ada, 'Ben Ames', 'lawyer')
    const client = await ada.ok('client.create', { body: { name: 'Orchard' } })
    const { id: matter } = await ada.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })
    await ada.ok('matter.create', { body: { client: client.id, title: 'Orchard lease' } })
    await ada.ok('team.join', { params: { matter }, body: { person: (await ben.ok('person.me')).id } })
    const letter = await ada.upload(matter, 'Letter.txt', '', Buffer.from('Dear client'))
    const url = stage.server.url
    const page = await stage.pageOf(ada)

    // nothing there yet, and then one that was put on the server
    await stage.go(page, '/keys')
    await said(page, 'No client has brought a key.')
    const dir = `${stage.data}.keyring.own`
    await writeAccess(dir, 'hsm-7', { kind: 'file', key: Buffer.alloc(32, 7).toString('base64') })
    await page.reload()
    await press(page, 'Add hsm-7')
    await said(page, 'No matter is under it yet.')
    expect(await button(page, 'Add hsm-7').count()).toBe(0)
    await press(page, 'Ask for it now: hsm-7')
    await said(page, /^Given out until/)
    await accessible(page)

    // the matter is asked to come under it
    await stage.go(page, `/matters/${matter}`)
    await press(page, 'More to do with this matter')
    await page.getByRole('menuitem', { name: 'Put it under a client’s key' }).press('Enter')
    await dialog(page).getByText('Backups made until then still open with the firm’s keys alone').waitFor()
    await dialog(page).getByLabel('Name of the key').fill('hsm-8')
    await dialog(page).getByLabel('Reason').fill('The client brings its key')
    await accessible(page)
    await shot(page, 'own-put')
    await press(dialog(page), 'Ask for it')
    await said(dialog(page), /There is no client’s key of that name/)
    await dialog(page).getByLabel('Name of the key').fill('hsm-7')
    await dialog(page).getByLabel('Name of the key').press('Enter')
    await said(page, /Someone asks for it to come under a client’s key/)

    // by the second person it comes
    const other = await stage.pageOf(ben)
    await stage.go(other, '/approvals')
    await said(other, /^Put Orchard v. Mill under the client’s key hsm-7/)
    await said(other, 'The client brings its key')
    await said(other, 'Backups made until it is done still open with the firm’s keys alone.')
    await accessible(other)
    await shot(other, 'own-asked')
    await lookAt(other, `${url}/approvals`, 'own-approvals')
    await press(other, /^Approve: Put Orchard v. Mill/)
    await said(other, 'Decided on matters and walls')
    await page.reload()
    await said(page, /It stands under its client’s key/)
    await lookAt(page, `${url}/matters/${matter}`, 'own-matter')
    await stage.go(page, `/matters/${matter}/documents/${letter.id}`)
    await page.getByRole('tab', { name: 'About' }).click()
    await press(page, 'Where it is kept')
    await said(page, /that under the client’s key hsm-7 and the firm’s/)
    await shot(page, 'own-kept')
    await stage.go(page, '/keys')
    await said(page, '1 matter under it: Orchard v. Mill.')

    // withheld: the firm goes on, and this matter is locked
    const file = join(dir, 'hsm-7.json')
    await rename(file, `${file}.away`)
    await press(page, 'Ask for it now: hsm-7')
    await said(page, /^Withheld since/)
    await said(page, /is not on this machine. Put it back./)
    // not even its name stays on the page
    await said(page, '1 matter under it: one of Orchard, locked.')
    await heading(page, 'Recovery shares').scrollIntoViewIfNeeded()
    await shot(page, 'own-withheld')
    await lookAt(page, `${url}/keys`, 'own-keys')
    await lookAt(page, `${url}/matters`, 'own-matters')
    await said(page, 'Locked by its owner’s key')
    await said(page, 'Orchard lease')
    expect(await page.getByText('Orchard v. Mill').count()).toBe(0)
    await page.getByRole('link', { name: 'Locked by its owner’s key' }).press('Enter')
    await heading(page, 'Locked by its owner’s key').waitFor()
    await lookAt(page, `${url}/matters/${matter}`, 'own-locked')
    expect(await page.getByText('Letter.txt').count()).toBe(0)
    // closed without the key
    await press(page, 'Close the matter')
    await dialog(page).getByLabel('Reason').fill('The client asked for it')
    await accessible(page)
    await press(dialog(page), 'Close the matter')
    await button(page, 'Destroy the matter for good').waitFor()

    // and opens by itself once it is given out again
    await rename(`${file}.away`, file)
    await heading(page, 'Orchard v. Mill').waitFor({ timeout: 40_000 })
    await said(page, 'Letter.txt')

    // off it again
    await press(page, 'More to do with this matter')
    await page.getByRole('menuitem', { name: 'Take it off its client’s key' }).press('Enter')
    await dialog(page).getByLabel('Reason').fill('It goes its own way')
    await accessible(page)
    await shot(page, 'own-take')
    await press(dialog(page), 'Ask for it')
    await said(page, /Someone asks for it to come off that key/)
    await stage.go(other, '/approvals')
    await press(other, /^Approve: Take Orchard v. Mill/)
    await said(other, 'Decided on matters and walls')
    const standing = async () => (await ada.ok('matter.read', { params: { matter } })).ownRoot
    await expect.poll(standing, { timeout: 40_000 }).toEqual({ name: null, asked: null, changing: false })
    await page.reload()
    await said(page, 'Letter.txt')
    expect(await page.getByText(/client’s key/).count()).toBe(0)
    await stage.go(page, `/matters/${matter}/history`)
    await said(page, /had taken off the client’s key/)
    await lookAt(page, `${url}/matters/${matter}/history`, 'own-history')

    // whoever may not run keys sees none of them
    await stage.go(other, '/keys')
    await other.getByRole('heading').first().waitFor()
    expect(await other.getByText('hsm-7').count()).toBe(0)
    // a name that is not known answers 400 and a locked matter 503, which a browser writes on its console
    expect(stage.faults.filter((fault) => !/status of (400|503)/.test(fault))).toEqual([])
  },
)
