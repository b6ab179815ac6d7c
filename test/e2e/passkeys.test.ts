/// <reference lib="dom" />
import { join } from 'node:path'
import type { Browser, CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../world/build.ts'
import { Caller } from '../world/caller.ts'
import { makeFolder, remove, serve, type Served } from '../world/process.ts'
import { accessible, hasBrowser, launch, openPage, shot } from './browser.ts'

let home: string
let server: Served
let browser: Browser
let page: Page
let device: CDPSession
let authenticator: string
const faults: string[] = []
const ada = { email: 'ada@wren-ames.test', password: 'a long enough pass phrase' }

beforeAll(async () => {
  if (!hasBrowser) return
  home = await makeFolder('e2e')
  server = await serve(home, join(home, 'data'))
  browser = await launch()
  page = await openPage(browser, faults)
  device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  authenticator = await plugIn(false)
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (home) await remove(home)
})

/** A platform authenticator that checks who holds it. `present`: whether someone touches it whenever it asks. */
async function plugIn(present: boolean): Promise<string> {
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: present,
    },
  })
  return authenticatorId
}
/** While `fn` runs, someone touches the authenticator. */
async function touching(fn: () => Promise<unknown>): Promise<void> {
  await device.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: authenticator, enabled: true })
  await fn()
  await device.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: authenticator, enabled: false })
}
/** The page offers passkeys by itself where the name is filled in; the button is there for browsers that do not. */
async function showPasskey(until: Locator): Promise<void> {
  await touching(async () => {
    const offered = await until.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    )
    if (offered) return
    await button('Sign in with a passkey').click()
    await until.waitFor()
  })
}
const button = (name: string | RegExp) => page.getByRole('button', { name })

test.skipIf(!hasBrowser)(
  'an invited person joins with a passkey, signs in with it alone, proves it again, and a copy of it is stopped',
  async () => {
    // the firm, and an invitation that Ada hands over
    const door = new Caller(server.url)
    const secret = new URLSearchParams(new URL(server.setup!).hash.slice(1)).get('s')!
    const { totpSecret } = await door.ok('setup.enrol', { body: { secret, email: ada.email } })
    await door.ok('setup.finish', {
      body: { secret, firm: 'Wren & Ames LLP', name: 'Ada Wren', ...ada, totpSecret, code: codeOf(totpSecret) },
    })
    const { invitation } = await door.ok('person.invite', { body: { name: 'Ben Ames', email: 'ben@wren-ames.test', roles: ['lawyer'] } })

    // Ben joins with a password and a passkey
    await page.goto(invitation.url!)
    await page.getByLabel('Password', { exact: true }).fill('quiet marmot tangerine 77')
    expect(page.url()).not.toContain('subrosa_')
    await accessible(page)
    await shot(page, 'invitation-password')
    await button('Go on to the second proof').click()
    await page.getByText('Passkey', { exact: true }).click()
    await page.getByLabel('Name of the passkey').fill('Ben’s laptop')
    await accessible(page)
    await shot(page, 'invitation-passkey')
    await touching(async () => {
      await button('Join the firm').click()
      await page.getByLabel('I have stored them').waitFor()
    })
    await page.getByLabel('I have stored them').check()
    await button('Enter the firm').click()
    await page.getByRole('heading', { name: 'Matters', level: 1 }).waitFor()

    // out, and in again with nothing but the passkey
    await page.getByRole('link', { name: /My account/ }).click()
    await page.getByText('Ben’s laptop').waitFor()
    await accessible(page)
    await shot(page, 'account')
    await button('Sign out').click()
    await page.getByLabel('E-mail').waitFor()
    await shot(page, 'sign-in')
    await showPasskey(page.getByRole('heading', { name: 'Matters', level: 1 }))

    // an hour later a sensitive act asks for the passkey again, and then goes through by itself
    const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId: authenticator })
    expect(credentials).toHaveLength(1)
    await server.stale()
    await page.getByRole('link', { name: /My account/ }).click()
    await button('Make new codes').click()
    await button('Make ten new codes').click()
    await page.getByRole('dialog', { name: 'Show that it is you' }).waitFor()
    await accessible(page)
    await shot(page, 'step-up')
    await touching(async () => {
      await button('Use your passkey').click()
      await button('I have stored them').waitFor()
    })
    await button('I have stored them').click()

    // a copy of the passkey, whose count is behind: it opens nothing, and the passkey is stopped
    const copied = credentials[0]!
    await button('Sign out').click()
    await page.getByLabel('E-mail').waitFor()
    await device.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: authenticator })
    authenticator = await plugIn(false)
    await device.send('WebAuthn.addCredential', { authenticatorId: authenticator, credential: { ...copied, signCount: 0 } })
    await showPasskey(page.getByText('counts backwards'))
    await accessible(page)
    await shot(page, 'sign-in-cloned')
    const people = (await door.ok('person.list')).people
    expect(people.find((one) => one.email === 'ben@wren-ames.test')!.signIn!.factors).not.toContain('passkey')
    expect(faults.filter((text) => !/401|403/.test(text))).toEqual([])
  },
  240_000,
)
