import fc from 'fast-check'
import { expect, test } from 'vitest'
import { headerFault } from './mail-settings.ts'
import { enrolmentMail, invitationMail, noticeMail, resetMail } from './mail-words.ts'
import type { Letter } from './mail.ts'

const url = 'https://files.wren.example/invitation#0123456789abcdef0123456789abcdef0123456789abcdef'
const [firm, name, endsAt] = ['Wren & Ames LLP', 'Dan Hale', '2026-03-04T14:05:59.123Z']

/** Every letter, with one text in every place where a name or a sentence goes. */
const all = (text: string, link = url): Letter[] => [
  invitationMail({ firm: text, name: text, url: link, endsAt, by: text }),
  resetMail({ firm: text, name: text, url: link, endsAt }),
  enrolmentMail({ firm: text, name: text, url: link, endsAt, by: [text, text] }),
  noticeMail({ firm: text, name: text, url: link, at: endsAt, sentence: text, place: text, whatToDo: text }),
]

test('an invitation says who, until when, and shows its link in full', () => {
  const { subject, text } = invitationMail({ firm, name, url, endsAt, by: 'Ada Wren' })
  expect(subject).toBe('Wren & Ames LLP: your invitation')
  for (const words of ['Dear Dan Hale,', 'Ada Wren invites you', '4 March 2026 at 14:05 UTC']) expect(text).toContain(words)
})

test('a letter about a second factor names both who approved it', () => {
  const { text } = enrolmentMail({ firm, name, url, endsAt, by: ['Ada Wren', 'Ben Ames'] })
  expect(text).toContain('Ada Wren and Ben Ames approved')
  expect(text).toContain('with your password')
})

test('a notice says what, when, where and what to do; without a place it names none', () => {
  const one = { firm, name, url, at: endsAt, sentence: 'Your password was changed.', whatToDo: 'If it was not you, ring the firm.' }
  const { text } = noticeMail({ ...one, place: 'Firefox on Windows, 203.0.113.9' })
  for (const words of [one.sentence, one.whatToDo, 'When: 4 March 2026 at 14:05 UTC\nWhere: Firefox on Windows, 203.0.113.9'])
    expect(text).toContain(words)
  expect(noticeMail({ ...one, place: null }).text).not.toContain('Where')
})

test('every letter has its link alone on a line, and says whose address that is', () => {
  for (const { text } of all('Wren')) {
    expect(text.split('\n')).toContain(url)
    expect(text).toContain('goes to https://files.wren.example, the firm’s own address')
    expect(text.match(/https?:/g)).toHaveLength(2)
  }
  // a look-alike host (Cyrillic е) shows itself
  for (const { text } of all('Wren', 'https://files.wrеn.example/x')) expect(text).toContain('https://files.xn--wrn-sdd.example/x')
})

test('what is no link or no time makes no letter', () => {
  expect(() => resetMail({ firm, name, url: '/reset#x', endsAt })).toThrow()
  expect(() => resetMail({ firm, name, url, endsAt: 'soon' })).toThrow()
})

test('a name without end is cut', () => {
  for (const { subject, text } of all('🔑'.repeat(5000))) expect([headerFault(subject, 900), text.length < 10_000]).toEqual([null, true])
})

test('no name can break a line, turn the reading or make a subject that cannot be sent', () => {
  const shape = all('x').map(({ text }) => text.split('\n').length)
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.constantFrom('\r\n', '\u2028', '\u202e', '\u0085', '\ud800', '=?UTF-8?B?DQo=?=', '=', '?', '🔑', 'https://evil.example'))
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(hostile, (text) => {
      const letters = all(text)
      expect(letters.map((one) => one.text.split(/\r\n|[\r\n\u0085\u2028\u2029]/).length)).toEqual(shape)
      expect(letters.map((one) => headerFault(one.subject, 900))).toEqual([null, null, null, null])
      for (const one of letters) expect(one.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
    }),
  )
})
