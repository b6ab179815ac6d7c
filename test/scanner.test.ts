import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openScanner } from '../src/platform/scanner.ts'
import { readScanner } from '../src/platform/scanner-settings.ts'
import { Clamd, EICAR, type Mood } from './world/clamd.ts'

const clamd = new Clamd()
beforeAll(() => clamd.open())
afterAll(() => clamd.close())
beforeEach(() => {
  clamd.mood = 'well'
  clamd.most = 1024 * 1024
})
const open = (silentMs?: number) => openScanner({ at: { host: '127.0.0.1', port: clamd.port }, away: 'hold' }, silentMs)
async function* inParts(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('what is handed to clamd arrives as it was, however it was cut, and its word is taken', async () => {
  const content = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) & 255))
  for (const size of [4095, 65_536, 65_537, 300_000]) {
    expect(await open().scan(inParts(content, size))).toEqual({ is: 'clean' })
    expect(clamd.seen.at(-1)!.equals(content)).toBe(true)
  }
  expect(await open().scan(inParts(Buffer.concat([content, Buffer.from(EICAR)]), 1000))).toEqual({
    is: 'found',
    signature: 'Eicar-Test-Signature',
  })
  expect(await open().version()).toMatch(/^ClamAV 1/)
})

test.each<[Mood, string]>([
  ['dies', 'unclear'],
  ['garbles', 'unclear'],
])('clamd that %s gives no verdict: %s', async (mood, why) => {
  clamd.mood = mood
  expect(await open().scan(inParts(Buffer.from(EICAR.repeat(2000)), 1000))).toEqual({ is: 'unscanned', why })
})

test('clamd that never answers is away, and so is one that is not there', async () => {
  clamd.mood = 'silent'
  expect(await open(50).scan(inParts(Buffer.from('x'), 1))).toMatchObject({ is: 'unscanned' })
  const nobody = openScanner({ at: { path: '/nonexistent/clamd.ctl' }, away: 'hold' })
  expect(await nobody.scan(inParts(Buffer.from(EICAR), 10))).toEqual({ is: 'unscanned', why: 'away' })
  expect(await nobody.version()).toBeNull()
})

test('a file that is larger than clamd takes is not scanned, and never clean', async () => {
  clamd.most = 100_000
  const verdict = await open().scan(inParts(Buffer.alloc(5_000_000), 65_536))
  expect(verdict).toMatchObject({ is: 'unscanned' })
  expect(verdict).not.toMatchObject({ why: 'away' })
})

test('a clamd that says OK before it has had all of it knows nothing of the rest', async () => {
  clamd.mood = 'hasty'
  clamd.most = 100_000_000
  expect(await open().scan(inParts(Buffer.alloc(30_000_000, 'x'), 65_536))).toEqual({ is: 'unscanned', why: 'unclear' })
})

test('a slow clamd is waited for, and many files at once all get their own verdict', async () => {
  clamd.mood = 'slow'
  const scanner = open()
  const verdicts = await Promise.all(
    Array.from({ length: 15 }, (_, at) => scanner.scan(inParts(Buffer.from(at % 2 ? `clean ${at}` : `${at} ${EICAR}`), 7))),
  )
  expect(verdicts.map((verdict) => verdict.is)).toEqual(Array.from({ length: 15 }, (_, at) => (at % 2 ? 'clean' : 'found')))
})

test('a content that breaks is the content’s fault, and the scanner takes the next one', async () => {
  const scanner = open()
  const breaking = async function* () {
    yield Buffer.from('some')
    throw new Error('the seal is broken')
  }
  for (let at = 0; at < 8; at += 1) await expect(scanner.scan(breaking())).rejects.toThrow('the seal is broken')
  expect(await scanner.scan(inParts(Buffer.from('x'), 1))).toEqual({ is: 'clean' })
})

test('its address is a socket or a port of this machine: files go to it in the clear', () => {
  expect(readScanner({})).toBeNull()
  expect(readScanner({ SUBROSA_CLAMD: 'unix:/run/clamav/clamd.ctl' })).toEqual({ at: { path: '/run/clamav/clamd.ctl' }, away: 'hold' })
  expect(readScanner({ SUBROSA_CLAMD: 'tcp://[::1]:3310', SUBROSA_CLAMD_AWAY: 'accept' })).toEqual({
    at: { host: '::1', port: 3310 },
    away: 'accept',
  })
  for (const text of [
    'tcp://10.0.0.7:3310',
    'tcp://127.0.0.1.example.com:3310',
    'tcp://127.0.0.1',
    'clamd',
    'unix:run',
    'http://127.0.0.1:3310',
    'tcp://x@127.0.0.1:1',
  ])
    expect(() => readScanner({ SUBROSA_CLAMD: text })).toThrow(/SUBROSA_CLAMD/)
  expect(() => readScanner({ SUBROSA_CLAMD: 'unix:/x', SUBROSA_CLAMD_AWAY: 'off' })).toThrow(/neither hold nor accept/)
  expect(() => readScanner({ SUBROSA_CLAMD_AWAY: 'hold' })).toThrow(/only with/)
})
