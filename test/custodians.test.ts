import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keyId } from '../src/core/keys.ts'
import { rowsOf, shareOf } from '../src/core/share.ts'
import { joinShares } from '../src/platform/shares.ts'
import { codeOf } from './world/build.ts'
import { Caller } from './world/caller.ts'
import { readPrinted } from './printed.ts'
import { makeFolder, remove, run, serve, type Served } from './world/process.ts'

const LONG = { timeout: 240_000 }
const PASSWORD = 'a long enough pass phrase'
const home = await makeFolder('custodians')
const at = (name: string) => join(home, name)
const data = at('data')
const keyring = at('data.keyring')
let server: Served
afterAll(async () => {
  await server?.stop()
  await remove(home)
})

const people = new Map<string, { cookie: string; jar: Caller['jar'] }>()
const address = (name: string) => `${name}@wren-ames.test`
const NAMES = ['ada', 'ben', 'cora', 'dan', 'eve']
function as(name: string): Caller {
  const caller = new Caller(server.url)
  const known = people.get(name)!
  caller.cookie = known.cookie
  return caller
}
const kept = (name: string, caller: Caller) => void people.set(name, { cookie: caller.cookie!, jar: caller.jar })
const split = (to: string, need: number, names: string[], ...more: string[]) =>
  run(home, [
    'key',
    'split',
    '--data',
    data,
    '--need',
    String(need),
    '--to',
    at(to),
    ...names.flatMap((name) => ['--custodian', address(name)]),
    ...more,
  ])
const recover = (...files: string[]) => run(home, ['key', 'recover', '--data', data, ...files.flatMap((file) => ['--share', at(file)])])
const share = (set: string, index: number, of = 5) => `${set}/share-${index}-of-${of}.txt`
const theKey = async () => (JSON.parse(await readFile(keyring, 'utf8')) as { key: string }).key

test('the root key is split among five, noted, and never stands in the data', LONG, async () => {
  server = await serve(home, data)
  const ada = new Caller(server.url)
  const secret = new URL(server.setup!).hash.replace('#s=', '')
  const { totpSecret } = await ada.ok('setup.enrol', { body: { secret, email: address('ada') } })
  const { recoveryCodes } = await ada.ok('setup.finish', {
    body: { secret, firm: 'Wren & Ames LLP', name: 'ada', email: address('ada'), password: PASSWORD, totpSecret, code: codeOf(totpSecret) },
  })
  kept('ada', ada)
  for (const name of NAMES.slice(1)) {
    const { invitation } = await ada.ok('person.invite', { body: { name, email: address(name), roles: ['lawyer'] } })
    const joiner = new Caller(server.url)
    const enrolment = await joiner.ok('invitation.read', { body: { secret: invitation.secret! } })
    await joiner.ok('invitation.accept', {
      body: { secret: invitation.secret!, password: PASSWORD, totpSecret: enrolment.totpSecret, code: codeOf(enrolment.totpSecret) },
    })
    kept(name, joiner)
  }
  // a person who has not come yet keeps no share
  await ada.ok('person.invite', { body: { name: 'fay', email: address('fay'), roles: ['lawyer'] } })
  await writeFile(at('password'), PASSWORD)
  const login = [
    'login',
    '--data',
    data,
    '--email',
    address('ada'),
    '--password-file',
    at('password'),
    '--recovery-code',
    recoveryCodes[0]!,
  ]
  expect(await run(home, login)).toMatchObject({ code: 0 })

  const done = await split('sheets', 3, NAMES, '--text')
  expect([done.code, done.stderr]).toEqual([0, ''])
  expect(await readdir(at('sheets'))).toEqual(NAMES.map((_, index) => `share-${index + 1}-of-5.txt`))
  expect((await stat(at(share('sheets', 1)))).mode & 0o777).toBe(0o600)
  expect(await readFile(at(share('sheets', 2)), 'utf8')).toContain('Kept by: ben')
  const [its] = (await as('ada').ok('key.list')).splits
  expect(its).toMatchObject({ need: 3, custodians: NAMES.map((name) => ({ name, acknowledgedAt: null })), isVoid: false, by: 'ada' })
  expect(await as('ben').refused('key.list')).toBe('may.not')
  const body = { set: '0a0a0a0a', rootKey: '0'.repeat(16), need: 2, custodians: [] as never[] }
  expect(await as('ada').refused('key.split', { body: { ...body, custodians: await idsOf('ada', 'ben') } })).toBe('key.other')
  expect(await as('ben').refused('key.split', { body: { ...body, custodians: await idsOf('ada', 'ben') } })).toBe('may.not')

  for (const [to, need, names, code] of [
    ['sheets', 2, ['ada', 'ben'], 73],
    ['more', 3, ['ada', 'ben'], 2],
    ['more', 1, ['ada', 'ben'], 2],
    ['more', 2, ['ada', 'ada'], 2],
    ['more', 2, ['ada', 'nobody'], 2],
    ['more', 2, ['ada', 'fay'], 77],
  ] as const)
    expect([to, need, names, (await split(to, need, [...names])).code]).toEqual([to, need, names, code])
  expect((await split('more', 2, ['ada', 'ben'], '--shares', '3')).code).toBe(2)
  expect((await readdir(home)).includes('more')).toBe(false)
  expect((await split('others', 2, ['ada', 'ben', 'cora'], '--text')).code).toBe(0)
  expect((await as('ada').ok('key.list')).splits).toHaveLength(2)
})
async function idsOf(...names: string[]) {
  const all = (await as('ada').ok('person.list')).people
  return names.map((name) => all.find((one) => one.name === name)!.id)
}

test('sheets are printed as PDF, each with one share of one custodian, and what is typed from them gives the key', LONG, async () => {
  const done = await split('printed', 2, ['ada', 'ben'])
  expect([done.code, done.stderr]).toEqual([0, ''])
  expect(done.stdout).toMatch(/Then delete .*printed at once/)
  expect(await readdir(at('printed'))).toEqual(['share-1-of-2.pdf', 'share-2-of-2.pdf'])
  const key = await theKey()
  const typed: string[] = []
  for (const [index, name] of ['ada', 'ben'].entries()) {
    const file = at(`printed/share-${index + 1}-of-2.pdf`)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const { text, attachments, scripts, pages } = await readPrinted(await readFile(file))
    expect([pages.length, attachments, scripts]).toEqual([1, null, null])
    expect(text).toContain(`Recovery share ${index + 1} of 2`)
    expect(text).toContain(`Kept by ${name}`)
    for (const secret of [key, Buffer.from(key, 'base64').toString('hex')]) expect(text).not.toContain(secret)
    const share = shareOf(text)
    expect(share).toMatchObject({ index: index + 1, need: 2, of: 2 })
    typed.push(text)
  }
  const [one, two] = typed.map((text) => shareOf(text))
  expect(keyId(await joinShares([one!, two!]))).toBe((await as('ada').ok('key.list')).root.id)
  // of one sheet alone nothing of the other
  expect(typed[0]).not.toContain(rowsOf(two!)[3])
  // the typed rows are what `key recover` takes
  await writeFile(
    at('typed.txt'),
    rowsOf(two!)
      .map((row, place) => `${place + 1} ${row}`)
      .join('\n'),
  )
  expect(shareOf(await readFile(at('typed.txt'), 'utf8'))).toEqual(two)
})

test('each custodian says that they have their sheet, and of nobody else’s; who has not is reminded', LONG, async () => {
  const told = async (name: string) => (await as(name).ok('notice.list')).notices.map((one) => one.text)
  const { shares } = await as('ben').ok('key.shares')
  expect(shares).toMatchObject([
    { place: 2, of: 2, need: 2, isVoid: false, acknowledgedAt: null },
    { place: 2, of: 3 },
    { place: 2, of: 5, need: 3 },
  ])
  const set = shares[2]!.set
  expect(await told('ben')).toContain(`You keep the recovery share 2 of 5 of the root key, set ${set}.`)
  expect((await as('dan').ok('key.shares')).shares).toHaveLength(1)
  // dan keeps none of the newest; nobody knows a set that is not
  expect(await as('dan').refused('key.acknowledge', { body: { set: shares[0]!.set } })).toBe('nothing')
  expect(await as('dan').refused('key.acknowledge', { body: { set: '00000000' } })).toBe('nothing')
  await as('ben').ok('key.acknowledge', { body: { set } })
  expect(await as('ben').refused('key.acknowledge', { body: { set } })).toBe('nothing')
  const its = (await as('ada').ok('key.list')).splits.find((one) => one.set === set)!
  expect(its.custodians.filter((one) => one.acknowledgedAt !== null).map((one) => one.name)).toEqual(['ben'])
  expect((await as('ben').ok('key.shares')).shares[2]!.acknowledgedAt).toMatch(/^20/)
  expect((await as('ada').ok('entry.all')).entries.filter((one) => one.deed === 'key.acknowledged')).toMatchObject([{ object: set }])
  expect((await run(home, ['key', 'list', '--data', data])).stdout).toMatch(/ada \(not acknowledged\), ben, cora \(not acknowledged\)/)
})

test('too few, of two sets, mistyped: a sentence, and nothing is changed', LONG, async () => {
  await server.stop()
  const key = await theKey()
  await rm(keyring)
  const nothing = async (said: { code: number | null; stderr: string }, words: RegExp) => {
    expect([said.code, said.stderr]).toEqual([78, expect.stringMatching(words)])
    expect((await readdir(home)).filter((name) => name.startsWith('data.keyring'))).toEqual([])
  }
  await nothing(await recover(share('sheets', 1), share('sheets', 4)), /3 different shares of set [0-9a-f]{8} are needed, and here are 2/)
  await nothing(await recover(share('sheets', 1), share('sheets', 1), share('sheets', 2)), /here are 2/)
  await nothing(await recover(share('sheets', 1), share('sheets', 2), share('others', 3, 3)), /different sets/)
  const text = await readFile(at(share('sheets', 5)), 'utf8')
  const wrong = text.replace(/^( {2}4 {2}.)(.)/m, (_, before: string, letter: string) => before + (letter === '7' ? '8' : '7'))
  await writeFile(at('wrong.txt'), wrong)
  await nothing(await recover(share('sheets', 1), share('sheets', 2), 'wrong.txt'), /wrong\.txt cannot be used: row 4 is mistyped/)
  expect((await run(home, ['key', 'recover', '--data', data])).code).toBe(2)
  expect((await run(home, ['key', 'recover', '--data', data, '--sheet', 'x', '--share', 'y'])).code).toBe(2)

  const done = await recover(share('sheets', 5), share('sheets', 2), share('sheets', 3))
  expect([done.code, done.stderr]).toEqual([0, ''])
  expect(await theKey()).toBe(key)
  const mark = await readFile(at('data.keyring.recovered'), 'utf8')
  expect(mark).not.toContain(key)
  expect(JSON.parse(mark)).toMatchObject([{ shares: [2, 3, 5] }])
  await rm(keyring)
  expect((await recover(share('others', 1, 3), share('others', 3, 3))).code).toBe(0)
  expect(await theKey()).toBe(key)
})

test('the firm starts again, each use is an entry, and the custodians of that set have their notice', LONG, async () => {
  server = await serve(home, data)
  const told = async (name: string) =>
    (await as(name).ok('notice.list')).notices.map((one) => one.text).filter((text) => text.includes('recovery shares'))
  await expect.poll(() => told('ben'), { timeout: 30_000 }).toHaveLength(2)
  expect((await told('ben')).toSorted()).toEqual(
    [expect.stringContaining('shares 1, 3 of the set'), expect.stringContaining('shares 2, 3, 5 of the set')].toSorted(),
  )
  for (const [name, count] of [
    ['ada', 2],
    ['cora', 2],
    ['dan', 1],
    ['eve', 1],
  ] as const)
    expect([name, await told(name)]).toEqual([name, expect.objectContaining({ length: count })])
  await expect.poll(async () => (await readdir(home)).filter((name) => name.startsWith('data.keyring.recovered'))).toEqual([])
  const { entries } = await as('ada').ok('entry.all')
  expect(entries.filter((one) => one.deed === 'key.recovered')).toHaveLength(2)
  expect(entries.filter((one) => one.deed === 'key.split')).toHaveLength(3)
})

test('a new root key makes the sets void, and their shares put nothing back', LONG, async () => {
  const before = (await as('ada').ok('key.list')).root.id
  const { code, stderr } = await run(home, ['key', 'rotate', 'root', '--data', data])
  expect([code, stderr]).toEqual([0, expect.anything()])
  const list = await as('ada').ok('key.list')
  expect(list.splits.map((one) => one.isVoid)).toEqual([true, true, true])
  expect((await run(home, ['key', 'list', '--data', data])).stdout).toMatch(/Recovery shares [0-9a-f]{8}: void/)
  // of a void set nobody says anything any more
  expect(await as('dan').refused('key.acknowledge', { body: { set: (await as('dan').ok('key.shares')).shares[0]!.set } })).toBe('nothing')
  await server.stop()
  const file = await readFile(keyring, 'utf8')
  const said = await recover(share('sheets', 1), share('sheets', 2), share('sheets', 3))
  expect([said.code, said.stderr]).toEqual([78, expect.stringMatching(new RegExp(`give the key ${before}`))])
  expect(await readFile(keyring, 'utf8')).toBe(file)
  expect(await readdir(home)).not.toContain('data.keyring.recovered')
})
