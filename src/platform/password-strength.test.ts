import { createHash } from 'node:crypto'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBreachedFile } from './breached.ts'
import { openPasswordJudge, type PasswordJudge } from './password-strength.ts'

let judge: PasswordJudge
let dir: string
beforeAll(() => (judge = openPasswordJudge(null)))
afterAll(() => judge.close())
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'subrosa-judge-'))))
afterEach(() => rm(dir, { recursive: true }))

const firm = 'Wren & Ames LLP'
const own = [firm, 'Ada Wren', 'ada.wren@wrenandames.example', 'Orchard Holdings', 'Müller und Söhne GmbH']
const GOOD = 'velvet turbine oxbow lantern'
const accepted = { score: 4, fault: null, hint: null }
const faultOf = async (password: string, words: string[] = []) => {
  const { score, fault, hint } = await judge.judgePassword(password, words)
  expect({ isWeak: score < 3, hasHint: hint !== null }).toEqual({ isWeak: fault !== null, hasHint: fault !== null })
  return fault
}

test.each([
  GOOD,
  'velvetturbineoxbowlantern',
  'Velvet-Turbine-Oxbow-Lantern',
  'kX9#mQ2$vL7p',
  '9f3b2c1d8e7a6b5c',
  'seven otters 4 polish the gravel before dusk and go on to',
  'глина сапфир верблюд окно',
  '🦊🐢🌵🚲🎻🧊🍋🪁🧵🛶🗿🔭',
  'orchard velvet turbine oxbow lantern',
  'velvet turbine canada lantern',
])('accepted: %s', async (password) => {
  expect(await judge.judgePassword(password, [...own, 'Ada'])).toEqual(accepted)
})

test('64 characters with spaces, and 256, are accepted', async () => {
  const words = 'otter gravel dusk polish before seven lamp quarry violin sleet'.split(' ')
  const long = Array.from({ length: 60 }, (_, n) => words[(n * n + n) % words.length]! + n).join(' ')
  expect(await judge.judgePassword(long.slice(0, 63) + 'z', own)).toEqual(accepted)
  expect(await judge.judgePassword(long.slice(0, 255) + 'z', own)).toEqual(accepted)
})

test.each([
  'P@ssw0rd2026!',
  'Password12345678!',
  'Summer2026!!',
  'January-2026!!',
  'Welc0me 2026!!',
  '!!changeme1234',
  'qwertyuiop[]',
  '1qaz2wsx3edc4rfv',
  'admin administrator',
  'nimda rotartsinimda',
  'January 31, 2026',
  'internationalization',
])('too easy to guess: %s', async (password) => {
  expect(await faultOf(password)).toMatch(/common|easy to guess/)
})

test('a sentence of the package becomes ours, and nobody is asked for capitals', async () => {
  expect(await judge.judgePassword('admin Administrator', [])).toEqual({
    score: 2,
    fault: 'The password is too easy to guess.',
    hint: 'Add more words that are less common. A capital at the start adds little.',
  })
})

test('under twelve characters is refused however good it is; characters are code points after NFKC', async () => {
  expect(await faultOf('kX9#mQ2$vL7')).toBe('A password has at least 12 characters.')
  expect(await faultOf('🦊🐢🌵🚲🎻🧊🍋🪁🧵🛶🗿')).toBe('A password has at least 12 characters.')
  // eleven letters, each with an accent of its own: 22 code points before, 11 after
  expect(await faultOf('ézàrõkünçîs'.normalize('NFD'))).toBe('A password has at least 12 characters.')
  expect(await faultOf('ＰＡＳＳＷＯＲＤ２０２６')).toMatch(/common word/)
})

test('what repeats itself is refused', async () => {
  expect(await faultOf('abcdeabcdeabcde')).toBe('The password repeats the same few characters.')
  expect(await faultOf('kX9#mQ2$v kX9#mQ2$v')).toBe('The password repeats one short piece.')
  expect(await faultOf('kX9#mQ2kX9#mQ2kX9#')).toBe('The password repeats one short piece.')
  expect(await faultOf('kX9#mQ2$vL7pkX9#mQ2$vL7p')).toBeNull()
})

test.each([
  'wrenandames2026',
  'Wren&Ames2026!',
  'w-r-e-n and A.M.E.S 2026',
  'Wr3n4ndAm3s2026!!',
  'Orchard Holdings 2026',
  '0rchardH0ld1ngs#99',
  'sgnidloHdrahcrO2026',
  'OrchardOrchard7719',
  'ada.wren@wrenandames.example',
  'ADA.WREN@wrenandames.example!1',
  'Muller-und-Sohne-2026',
])('little more than a name: %s', async (password) => {
  const fault = 'The password is little more than a name of yours, of the firm or of a client.'
  expect(await faultOf(password, own)).toBe(fault)
  expect(await faultOf(password, ['Mill Brothers'])).not.toBe(fault)
})

test('an e-mail address counts by its parts, digits and all', async () => {
  const email = ['b.quist77@ashgrove-law.example']
  for (const one of ['b.quist77@ashgrove-law.example', 'bquist77 2026!', 'ashgrovelaw-77!', 'QuistAshgrove1'])
    expect([one, await faultOf(one, email)]).toEqual([one, expect.stringMatching(/little more than a name/)])
  expect(await faultOf('b.quist77@ashgrove-law.example')).toBeNull()
})

test('the firm’s name alone makes the difference', async () => {
  expect(await faultOf('wrenandames2026', [firm])).toMatch(/little more than a name/)
  expect(await faultOf('Orchard Holdings 2026', [firm])).toBeNull()
  expect(await faultOf('Orchard Holdings 2026', [firm, 'Orchard Holdings'])).toMatch(/little more than a name/)
})

test('words that every name has are nobody’s', async () => {
  expect(await judge.judgePassword('sand the island and thunder', ['The And Company LLP'])).toEqual(accepted)
})

test('strange own words do no harm', async () => {
  const strange = [
    '',
    ' ',
    '&',
    'Ø',
    '__proto__',
    'constructor',
    '.*(+)+$',
    '\uD800',
    '山田',
    'x'.repeat(100_000),
    Array(5000).fill('a b').join(' '),
  ]
  expect(await judge.judgePassword(GOOD, strange)).toEqual(accepted)
  expect(await judge.judgePassword('\uD800 lone velvet turbine \uDC00', strange)).toEqual(accepted)
  expect(await faultOf('山田 constructor __proto__', strange)).not.toBeNull()
})

test('a listed password or phrase is refused, with and without its separators and ornaments', async () => {
  const fault = 'The password is on a list of common passwords.'
  const listed = common['passwords-common'].filter((one) => one.length >= 12 && new Set(one).size >= 6).slice(0, 40)
  expect(listed).toHaveLength(40)
  for (const one of listed) expect([one, await faultOf(one.toUpperCase())]).toEqual([one, fault])
  for (const one of [
    'correct horse battery staple',
    'Correct-Horse-Battery-Staple',
    'correcthorsebatterystaple',
    'Beyond a reasonable doubt',
  ])
    expect(await faultOf(one)).toBe(fault)
  expect(await faultOf('Correct Horse Battery Staple 1!')).toMatch(/a common word or phrase with digits/)
})

test('long and mixed passwords do not hang, and their whole length counts', async () => {
  expect(await faultOf('a'.repeat(5000))).toBe('The password repeats the same few characters.')
  const mixed = Array.from({ length: 256 }, (_, n) =>
    String.fromCodePoint([0x61, 0x400, 0x4e00, 0x1f300, 0x5d0][n % 5]! + ((n * 37) % 60)),
  ).join('')
  expect(await judge.judgePassword(mixed, own)).toEqual(accepted)
  // signs that stand for letters are the package's dearest input; beyond a hundred characters nothing is looked at
  expect(await judge.judgePassword('4$3!1|2@x7(0'.repeat(5000) + GOOD, own)).toBeDefined()
  expect(await faultOf('password'.repeat(12) + 'pass' + GOOD)).not.toBeNull()
})

test('ten thousand clients', async () => {
  const clients = Array.from({ length: 10_000 }, (_, n) => `Client ${n.toString(36)}qz Trust & Holdings ${n} Ltd`)
  expect(await judge.judgePassword(GOOD, clients)).toEqual(accepted)
  expect(await faultOf('client7pjqztrust2026', clients)).toMatch(/little more than a name/)
  expect(await faultOf('Orchard Holdings 2026', [...clients, 'Orchard Holdings'])).toMatch(/little more than a name/)
  expect(await faultOf('wrenandames2026', [...clients, firm])).toMatch(/little more than a name/)
  expect(await faultOf('wrenames-2026', [...clients, 'Wren and Ames'])).toMatch(/little more than a name/)
  // of so many names any password holds some; every three letters there are
  const threes = Array.from({ length: 36 ** 3 }, (_, n) => n.toString(36).padStart(3, 'a'))
  expect(await judge.judgePassword(GOOD, threes)).toEqual(accepted)
})

test('the lists are told with their real counts', async () => {
  const { lists, breached } = await judge.loadedLists()
  const real = Object.entries({ ...common, ...english }).map(([name, words]) => ({ name, entries: words.length }))
  expect(lists.slice(0, -1)).toEqual(real)
  expect(lists.at(-1)).toEqual({ name: 'phrases', entries: 20 })
  expect(breached).toBeNull()
})

test('what the operator’s file holds is refused, and a file that cannot be read accepts nothing', async () => {
  const path = join(dir, 'pwned.txt')
  const sha1 = createHash('sha1').update(GOOD).digest('hex')
  await writeFile(path, `${sha1}:3\n${'f'.repeat(40)}:1\n`)
  const withFile = openPasswordJudge(await openBreachedFile(path))
  expect(await withFile.judgePassword(GOOD, [])).toMatchObject({ score: 0, fault: 'This password was in a data breach and is known.' })
  expect(await withFile.judgePassword(`${GOOD} quarry`, [])).toEqual(accepted)
  expect((await withFile.loadedLists()).breached).toMatchObject({ name: 'pwned.txt', bytes: 86 })
  await truncate(path, 10)
  await expect(withFile.judgePassword(`${GOOD} quarry`, [])).rejects.toThrow(/SUBROSA_BREACHED_PASSWORDS/)
  await withFile.close()
})
