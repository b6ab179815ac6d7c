/// <reference lib="dom" />
import { expect, test } from 'vitest'
import { afresh } from '../../web/lib/afresh.ts'
import { momentOf } from '../../web/lib/format.ts'
import { platformOf } from '../../web/lib/platform.ts'
import { Refused } from '../../web/lib/refused.ts'
import { meterOf, placePassword, strengthWords } from '../../web/features/session/strength.ts'

/** A server that wants a fresh factor, and a person who is asked for it. */
function firm() {
  const asked: ((given: boolean) => void)[] = []
  let fresh = false
  const again = afresh(
    (fault) => fault instanceof Refused && fault.code === 'factor.stale',
    () => new Promise<boolean>((answer) => asked.push((given) => answer((fresh ||= given)))),
  )
  const done: string[] = []
  const call = (name: string, wait: Promise<void> = Promise.resolve()) =>
    again(async () => {
      const stale = !fresh
      await wait
      if (stale) throw new Refused('factor.stale', 'Prove it again.')
      done.push(name)
      return name
    })
  return { call, asked, done, turnStale: () => (fresh = false) }
}
const settle = () => new Promise((then) => setTimeout(then))

test('refused together, asked once, and each is done once', async () => {
  const { call, asked, done } = firm()
  const all = Promise.all([call('token'), call('passkey'), call('codes')])
  await settle()
  expect(asked.length).toBe(1)
  expect(done).toEqual([])
  asked[0]!(true)
  expect(await all).toEqual(['token', 'passkey', 'codes'])
  expect(done.toSorted()).toEqual(['codes', 'passkey', 'token'])
})

test('whoever turns away gets every refusal back, and is asked anew the next time', async () => {
  const { call, asked, done } = firm()
  const all = Promise.allSettled([call('token'), call('passkey')])
  await settle()
  asked[0]!(false)
  expect((await all).map((one) => one.status === 'rejected' && (one.reason as Refused).code)).toEqual(['factor.stale', 'factor.stale'])
  const next = call('token')
  await settle()
  expect(asked.length).toBe(2)
  asked[1]!(true)
  expect(await next).toBe('token')
  expect(done).toEqual(['token'])
})

test('a refusal that comes in after the proof asks nobody again', async () => {
  const { call, asked } = firm()
  let late = () => {}
  const slow = call('slow', new Promise((then) => (late = then)))
  const quick = call('quick')
  await settle()
  asked[0]!(true)
  expect(await quick).toBe('quick')
  late()
  expect(await slow).toBe('slow')
  expect(asked.length).toBe(1)
})

test('what is refused again after the proof is refused, without a second question', async () => {
  const { call, asked, turnStale } = firm()
  const one = call('token')
  await settle()
  asked[0]!(true)
  turnStale()
  await expect(one).rejects.toMatchObject({ code: 'factor.stale' })
  expect(asked.length).toBe(1)
})

test('any other refusal asks nobody', async () => {
  let asked = 0
  const again = afresh(
    (fault) => fault instanceof Refused && fault.code === 'factor.stale',
    () => Promise.resolve(++asked > 0),
  )
  await expect(again(() => Promise.reject(new Refused('may.not', 'No.')))).rejects.toMatchObject({ code: 'may.not' })
  expect(asked).toBe(0)
})

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Windows'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
    'Safari on Mac',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
    'Chrome on iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', 'Chrome on ChromeOS'],
  ['curl/8.5.0', 'This device'],
])('%s is %s', (agent, words) => expect(platformOf(agent)).toBe(words))

test('a password’s words speak of its length until that is enough, then of what the server says', () => {
  expect(strengthWords(0, null)).toBe('At least 12 characters.')
  expect(strengthWords(11, { score: 4, fault: null })).toBe('1 more character.')
  expect(strengthWords(12, null)).toBe('Long enough.')
  expect(strengthWords(12, { score: 4, fault: null })).toBe('Very hard to guess.')
  expect(strengthWords(12, { score: 4, fault: 'It is in a list of leaked passwords.' })).toBe('It is in a list of leaked passwords.')
  expect([0, 6, 12, 100].map((length) => meterOf(length, null))).toEqual([0, 12.5, 25, 25])
  expect([0, 1, 2, 3, 4].map((score) => meterOf(16, { score, fault: null }))).toEqual([25, 25, 50, 75, 100])
})

test('a refusal of the password stands at its field, any other below the form', () => {
  expect(placePassword(new Refused('password.reused', 'Had before.'))).toEqual({ fields: { password: 'Had before.' }, text: null })
  expect(placePassword(new Refused('session.too_many', 'Wait.'))).toEqual({ fields: {}, text: 'Wait.' })
  expect(placePassword(new Refused('input.invalid', 'No.', { current: 'Needed.' }), ['current'])).toEqual({
    fields: { current: 'Needed.' },
    text: null,
  })
  expect(() => placePassword(new TypeError('a bug'))).toThrow(TypeError)
})

test('a moment in a sentence: today and yesterday by their names, any other day by its date', () => {
  const noon = (daysAgo: number) => {
    const at = new Date()
    return new Date(at.getFullYear(), at.getMonth(), at.getDate() - daysAgo, 12, 5).toISOString()
  }
  expect(momentOf(noon(0))).toBe('today at 12:05')
  expect(momentOf(noon(1))).toBe('yesterday at 12:05')
  expect(momentOf(noon(2))).toMatch(/^\d{1,2} \S+ \d{4}, 12:05$/)
})
