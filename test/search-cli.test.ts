import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SearchView } from '../src/contract/search.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { makeFolder, remove, run, serve, type Finished, type Served } from './world/process.ts'
import { indexed } from './world/searching.ts'

// `subrosa search` and `subrosa index`, as a person in a shell runs them
const home = await makeFolder('search-cli')
const data = join(home, 'data')
const account = { email: 'ada@wren-ames.test', password: 'a long enough pass phrase' }
// its day is its own, and earlier than that of what came in without one
const LETTER = 'From: m.conti@conti.test\r\nDate: Tue, 2 Jun 2020 10:00:00 +0000\r\n\r\nThe late Mr Hallam knew of outfall 3.\r\n'
let server: Served
let ada: Caller
let totp: string
let numbers: string[]

beforeAll(async () => {
  server = await serve(home, data)
  ada = new Caller(server.url)
  const secret = new URLSearchParams(new URL(server.setup!).hash.slice(1)).get('s')!
  const { totpSecret } = await ada.ok('setup.enrol', { body: { secret, email: account.email } })
  totp = totpSecret
  await ada.ok('setup.finish', {
    body: { secret, firm: 'Wren & Ames LLP', name: 'Ada Wren', ...account, totpSecret, code: codeOf(totpSecret) },
  })
  const client = (await ada.ok('client.create', { body: { name: 'Orchard Pulp' } })).id
  const orchard = await ada.ok('matter.create', { body: { client, title: 'Orchard v. Mill' } })
  const hallam = await ada.ok('matter.create', { body: { client, title: 'In re Hallam Estate' } })
  numbers = [orchard.number, hallam.number]
  await ada.upload(
    orchard.id,
    'Report.txt',
    'Experts',
    Buffer.from('Solids at outfall 3 \u202egnp\u202c\x1b[2J were seen by the shift leader.\n'),
  )
  await ada.upload(hallam.id, 'Letter.eml', '', Buffer.from(LETTER))
  for (const matter of [orchard.id, hallam.id]) await indexed(ada, matter)
  const password = join(home, 'password')
  await writeFile(password, account.password, { mode: 0o600 })
  // one step ahead is still taken (RFC 6238, 5.2), and the last one is used
  const code = codeOf(totpSecret, Date.now() + 30_000)
  expect(await subrosa('login', '--email', account.email, '--password-file', password, '--code', code)).toMatchObject({ code: 0 })
}, 300_000)
afterAll(async () => {
  await server?.stop()
  await remove(home)
})

const subrosa = (...args: string[]): Promise<Finished> => run(home, [...args, '--data', data])
const errorOf = ({ code, stdout }: Finished) => [code, (JSON.parse(stdout) as { error?: { code: string } }).error?.code]
const namesIn = ({ stdout }: Finished) => (JSON.parse(stdout) as SearchView).hits.map(({ name }) => name)

test('a search shows each document with its matter and its marked passage, and steers no terminal', async () => {
  const done = await subrosa('search', '"outfall 3"')
  expect([done.code, done.stderr]).toEqual([0, ''])
  expect(done.stdout).toMatch(/^Read as: .*outfall 3/)
  expect(done.stdout).toContain(`Report.txt  ${numbers[0]}  Orchard v. Mill`)
  expect(done.stdout).toMatch(/\n {4}Solids at \[outfall 3\] .*gnp.* were seen/)
  expect(done.stdout).toContain('The late Mr Hallam knew of [outfall 3].')
  expect(done.stdout).toContain('2 documents found; looked through 2. The search is recorded.')
  expect(done.stdout).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
})

test('each search is in the ledger, and so is whose passages were shown to a shell', async () => {
  expect((await subrosa('search', 'Hallam', '--limit', '1')).code).toBe(0)
  const { entries } = await ada.ok('entry.all', { query: { limit: 20 } })
  const own = entries.filter(({ via, deed }) => via === 'command' && ['search.made', 'passages.shown'].includes(deed))
  expect(own.find(({ details }) => details.words === 'Hallam' && 'results' in details)).toMatchObject({ deed: 'search.made' })
  expect(own.find(({ details }) => details.words === 'Hallam' && 'passages' in details)).toMatchObject({ object: 'Letter.eml' })
})

test('one line of JSON says the same; a matter by its number narrows it, and words come from standard input', async () => {
  const both = await subrosa('search', 'outfall', '--order', 'oldest', '--json')
  expect([namesIn(both), both.stdout.trimEnd().split('\n').length]).toEqual([['Letter.eml', 'Report.txt'], 1])
  expect(namesIn(await subrosa('search', 'outfall', '--order', 'newest', '--limit', '1', '--json'))).toEqual(['Report.txt'])
  expect(namesIn(await subrosa('search', 'outfall', '--matter', numbers[1]!, '--json'))).toEqual(['Letter.eml'])
  expect(namesIn(await subrosa('search', 'outfall', '--matter', numbers[0]!, '--matter', numbers[1]!, '--json'))).toHaveLength(2)
  const asked = await run(home, ['search', '-', '--data', data, '--json'], 'shift w/2 leader\n')
  expect(namesIn(asked)).toEqual(['Report.txt'])
  expect((await subrosa('search', '--help')).stdout).toMatch(/history of the shell[^]*standard input/)
})

test('what cannot be meant is refused by name', async () => {
  for (const wrong of [
    ['x', '--order', 'worst'],
    ['x', '--limit', '0'],
    ['x', '--limit', '51'],
    ['x', '--limit', '1e1'],
    [' '],
    ['x'.repeat(10_001)],
  ])
    // prettier-ignore
    expect([wrong.join(' ').slice(0, 20), ...errorOf(await subrosa('search', ...wrong, '--json'))]).toEqual([
      wrong.join(' ').slice(0, 20),
      2,
      'usage.search',
    ])
  expect((await subrosa('search')).code).toBe(2)
  expect(errorOf(await subrosa('search', 'outfall', '--matter', '2099-NONE', '--json'))[1]).toBe('matter.missing')
  expect(errorOf(await run(join(home, 'stranger'), ['search', 'outfall', '--data', data, '--json']))).toEqual([77, 'session.none'])
})

test('the index’s counts are told; a renewal asks for a code when the sign-in is old, and what was there is found again', async () => {
  expect((await subrosa('index', 'status')).stdout).toMatch(/^Can be found by what they say: 2\nWaiting to be read: 0\n/)
  await server.stale()
  expect(errorOf(await subrosa('index', 'rebuild', '--json'))).toEqual([77, 'factor.stale'])
  // the code of the sign-in was one step ahead
  const code = await freshCode()
  const begun = await subrosa('index', 'rebuild', '--read', '--code', code, '--json')
  expect([begun.code, begun.stderr]).toEqual([0, ''])
  expect((JSON.parse(begun.stdout) as { left: number }).left).toBeGreaterThanOrEqual(2)
  await expect
    .poll(async () => JSON.parse((await subrosa('index', 'status', '--json')).stdout) as object, { timeout: 60_000, interval: 500 })
    .toEqual({ waiting: 0, scan: 0, indexed: 2, unreadable: 0, left: 0 })
  expect(namesIn(await subrosa('search', 'outfall', '--json'))).toHaveLength(2)
}, 150_000)

/** The sign-in used the code of the step after the one it was made in. */
async function freshCode(): Promise<string> {
  const step = Math.floor(Date.now() / 30_000)
  while (Math.floor(Date.now() / 30_000) < step + 1) await new Promise((resolve) => setTimeout(resolve, 500))
  return codeOf(totp, Date.now() + 30_000)
}
