import { afterAll, expect, test } from 'vitest'
import type { SearchView } from '../src/contract/search.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { expectWhole, Kills } from './world/killing.ts'
import { makeFolder, remove, serve, type Served } from './world/process.ts'
import { indexed } from './world/searching.ts'

const TIMES = 12
const home = await makeFolder('search-kill')
afterAll(() => remove(home))
const data = `${home}/data`

let cookie: string | null = null
const callerOf = (server: Served): Caller => Object.assign(new Caller(server.url), { cookie })

async function found(server: Served): Promise<string> {
  const secret = new URL(server.setup!).hash.replace('#s=', '')
  const caller = new Caller(server.url)
  const email = 'ada@wren-ames.test'
  const { totpSecret } = await caller.ok('setup.enrol', { body: { secret, email } })
  await caller.ok('setup.finish', {
    body: {
      secret,
      firm: 'Wren & Ames LLP',
      name: 'Ada Wren',
      email,
      password: 'a long enough pass phrase',
      totpSecret,
      code: codeOf(totpSecret),
    },
  })
  cookie = caller.cookie
  const client = await caller.ok('client.create', { body: { name: 'Orchard' } })
  return (await caller.ok('matter.create', { body: { client: client.id, title: 'Orchard v. Mill' } })).id
}

/** Every document that answers, page by page. */
async function answering(caller: Caller, words: string): Promise<string[]> {
  const names: string[] = []
  for (;;) {
    const page: SearchView = await caller.ok('search.run', { body: { words, start: names.length, limit: 50 } })
    names.push(...page.hits.map((hit) => hit.name))
    if (page.hits.length === 0) return names.sort()
  }
}

/** Letters alone, so that each is a word of its own. */
const wordOf = (n: number): string => `w${[...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}x`

test.runIf(process.env.SLOW)(
  `kill -9 in the middle of indexing, ${TIMES} times: afterwards everything is found by what it says, and nothing twice`,
  async () => {
    const kills = new Kills('indexing', data)
    let server = await serve(home, data)
    const matter = await found(server)
    const names: string[] = []
    for (let time = 0; time < TIMES; time += 1) {
      const caller = callerOf(server)
      // enough to be struck in the middle of it, and now and then while its words are gathered anew
      for (let n = 0; n < 40; n += 1) {
        const name = `file ${names.length}.txt`
        await caller.upload(
          matter,
          name,
          `folder ${names.length % 3}`,
          Buffer.from(`The penstock ${wordOf(names.length)} and the tailrace ${wordOf(names.length)}`),
        )
        names.push(name)
      }
      if (time % 2) await server.sql(`select hidden.forget_words(id) from app.matters; update app.to_index set not_before = now()`)
      await kills.strike(server, time, 2500)
      server = await serve(home, data)
    }
    // what was struck twice waits for some minutes, in case it was what struck
    await server.sql('update app.to_index set not_before = now()')
    const caller = callerOf(server)
    await indexed(caller, matter, 300_000)
    await expect.poll(() => answering(caller, 'tailr*'), { timeout: 60_000 }).toEqual([...names].sort())
    expect(await answering(caller, 'penstock')).toEqual([...names].sort())
    for (const at of [0, 39, names.length - 1]) {
      expect(await answering(caller, wordOf(at))).toEqual([`file ${at}.txt`])
      await expect.poll(() => answering(caller, `${wordOf(at)}*`), { timeout: 30_000 }).toContain(`file ${at}.txt`)
    }
    const { waiting, scan, indexed: done, unreadable } = await caller.ok('index.status', { params: { matter: matter as never } })
    expect({ waiting, scan, done, unreadable }).toEqual({ waiting: 0, scan: 0, done: names.length, unreadable: 0 })
    expect(await server.stop()).toBe(0)
    expect(server.log()).not.toContain('penstock')
    await expectWhole(home, data)
    kills.tell(`${names.length} documents, each found once`)
  },
  2_400_000,
)
