/// <reference lib="dom" />
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { Role } from '../../src/contract/roles.ts'
import { codeOf } from '../world/build.ts'
import { Caller } from '../world/caller.ts'
import { makeFolder, remove, serve, type Served } from '../world/process.ts'
import { hasBrowser, launch, openPage } from './browser.ts'

const PASSWORD = 'a long enough pass phrase'

export type Stage = {
  server: Served
  /** Its data folder. */ data: string
  browser: Browser
  /** What went wrong in any page. */ faults: string[]
  /** The first person, who founds the firm. */ found(): Promise<Caller>
  comeBy(url: string): Promise<Caller>
  come(ada: Caller, name: string, role: Role): Promise<Caller>
  /** A page that is signed in as the caller is. */ pageOf(who: Caller): Promise<Page>
  go(page: Page, path: string): Promise<unknown>
}

/** A server of its own and a browser, for the tests of one file; `settings` of its environment. */
export function useStage(settings: () => Promise<Record<string, string>> = async () => ({})): Stage {
  let home: string
  let userAgent: string
  const stage = { faults: [] as string[] } as Stage
  beforeAll(async () => {
    if (!hasBrowser) return
    home = await makeFolder('e2e')
    stage.data = join(home, 'data')
    stage.server = await serve(home, stage.data, await settings())
    stage.browser = await launch()
    const scratch = await stage.browser.newPage()
    userAgent = await scratch.evaluate(() => navigator.userAgent)
    await scratch.close()
  }, 300_000)
  afterAll(async () => {
    await stage.browser?.close()
    await stage.server?.stop()
    if (home) await remove(home)
  })

  // speaks as the same browser: a session that turns up in another one is ended
  const caller = (): Caller => {
    const made = new Caller(stage.server.url)
    made.userAgent = userAgent
    return made
  }
  const secretIn = (url: string): string => new URLSearchParams(new URL(url).hash.slice(1)).get('s')!
  const comeIn = async (secret: string): Promise<Caller> => {
    const joiner = caller()
    const { totpSecret } = await joiner.ok('invitation.read', { body: { secret } })
    await joiner.ok('invitation.accept', { body: { secret, password: PASSWORD, totpSecret, code: codeOf(totpSecret) } })
    return joiner
  }
  return Object.assign(stage, {
    found: async () => {
      const ada = caller()
      const secret = secretIn(stage.server.setup!)
      const email = 'ada@wren-ames.test'
      const { totpSecret } = await ada.ok('setup.enrol', { body: { secret, email } })
      const account = { secret, firm: 'Wren & Ames LLP', name: 'Ada Wren', email, password: PASSWORD }
      await ada.ok('setup.finish', { body: { ...account, totpSecret, code: codeOf(totpSecret) } })
      return ada
    },
    comeBy: (url: string) => comeIn(secretIn(url)),
    come: async (ada: Caller, name: string, role: Role) => {
      const email = `${name.split(' ')[0]!.toLowerCase()}@wren-ames.test`
      const { invitation } = await ada.ok('person.invite', { body: { name, email, roles: [role] } })
      return comeIn(invitation.secret!)
    },
    pageOf: async (who: Caller) => {
      const page = await openPage(stage.browser, stage.faults)
      const cookies = [who.cookie!, ...[...who.jar].map(([name, value]) => `${name}=${value}`)]
      await page.context().addCookies(
        cookies.map((cookie) => {
          const [name, value] = cookie.split('=', 2) as [string, string]
          return { name, value, url: stage.server.url }
        }),
      )
      await page.emulateMedia({ reducedMotion: 'reduce' })
      return page
    },
    go: (page: Page, path: string) => page.goto(`${stage.server.url}${path}`),
  } satisfies Partial<Stage>)
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })
export const said = (within: Page | Locator, text: string | RegExp) => within.getByText(text).first().waitFor()
export const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, exact: typeof name === 'string' })
export const press = (within: Page | Locator, name: string | RegExp) => button(within, name).press('Enter')
export const dialog = (page: Page) => page.getByRole('dialog')
