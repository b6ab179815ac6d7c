import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactKey, readAddress, sameMailbox, writtenAddress, type Address } from './address.ts'

test.each<[string, Partial<Address>]>([
  ['fay@corvin.example', { display: null, local: 'fay', domain: 'corvin.example', shown: 'fay@corvin.example', tag: null }],
  ['<Fay.Moore@Corvin.EXAMPLE>', { display: null, local: 'Fay.Moore', domain: 'corvin.example' }],
  ['Fay Moore <fay@corvin.example>', { display: 'Fay Moore' }],
  ['"Moore, Fay \\"QC\\"" <fay@corvin.example>', { display: 'Moore, Fay "QC"' }],
  ['Moore, Fay <fay@corvin.example>', { display: 'Moore, Fay' }],
  ['Fay Moore (Corvin LLP) <fay@corvin.example>', { display: 'Fay Moore (Corvin LLP)' }],
  ['ben@old.example <fay@corvin.example>', { display: 'ben@old.example', local: 'fay' }],
  ['"a < b" <fay@corvin.example>', { display: 'a < b' }],
  ['Fay\u202e\u200b\n Moore <fay@corvin.example>', { display: 'Fay Moore' }],
  ['\ufeff \u202afay@corvin.example\u202c ', { local: 'fay' }],
  ['fay+mill@corvin.example', { local: 'fay+mill', tag: 'mill' }],
  ['fay+a+b@corvin.example', { tag: 'a+b' }],
  ['+fay@corvin.example', { tag: null }],
  ['"fay moore"@corvin.example', { local: 'fay moore', shown: '"fay moore"@corvin.example' }],
  ['"fay"@corvin.example', { local: 'fay', shown: 'fay@corvin.example' }],
  ['"a@b"@corvin.example', { local: 'a@b' }],
  ['mu\u0308ller@corvin.example', { local: 'm\u00fcller' }],
  ['fay@mu\u0308nchen.de', { domain: 'xn--mnchen-3ya.de', shown: 'fay@m\u00fcnchen.de' }],
  ['fay@xn--mnchen-3ya.de', { shown: 'fay@münchen.de' }],
  ['fay@faß.de', { domain: 'xn--fa-hia.de', shown: 'fay@faß.de' }],
  ['fay@corvin。example', { domain: 'corvin.example' }],
  ['用户@例子.广告', { local: '用户', domain: 'xn--fsqu00a.xn--4rr70v', shown: '用户@例子.广告' }],
  [`${'a'.repeat(64)}@corvin.example`, { local: 'a'.repeat(64) }],
  [`f@${'a'.repeat(63)}.example`, { domain: `${'a'.repeat(63)}.example` }],
])('%s is read', (raw, expected) => {
  expect(readAddress(raw)).toMatchObject(expected)
})

test.each([
  ['Cyrillic and Latin in one word', 'fay@pаypal.com', 'fay@xn--pypal-4ve.com'],
  ['a whole word of Cyrillic that is plain to the eye', 'fay@аррӏе.com', 'fay@xn--80ak6aa92e.com'],
  ['the same under its own ending', 'fay@сорт.рф', 'fay@сорт.рф'],
  ['another that is not plain', 'fay@журнал.com', 'fay@журнал.com'],
  ['a letter of its own that is plain to the eye', 'fay@sılver.com', 'fay@xn--slver-n4a.com'],
  ['a sign that is no letter', 'fay@i❤.ws', 'fay@xn--i-7iq.ws'],
  ['a Greek and a Latin letter', 'fay@οctagon.com', 'fay@xn--ctagon-h0e.com'],
])('%s is shown safely', (_, raw, shown) => {
  expect(readAddress(raw)?.shown).toBe(shown)
})

test.each([
  ['nothing', ''],
  ['no @', 'corvin.example'],
  ['an empty local part', '@corvin.example'],
  ['a quoted empty local part', '""@corvin.example'],
  ['one label', 'fay@localhost'],
  ['an IPv4 address', 'fay@127.0.0.1'],
  ['an IP literal', 'fay@[127.0.0.1]'],
  ['a hexadecimal address', 'fay@0x7f.1'],
  ['a dot at the end', 'fay@corvin.example.'],
  ['an empty label', 'fay@corvin..example'],
  ['an underscore', 'fay@cor_vin.example'],
  ['a percent sign', 'fay@corvin%2eexample'],
  ['a path', 'fay@corvin.example/x'],
  ['a hyphen at the edge', 'fay@-corvin.example'],
  ['Punycode of nothing', 'fay@xn--0.example'],
  ['Punycode of plain letters', 'fay@xn--corvin-.example'],
  ['an invisible joiner in the domain', 'fay@cor\u200dvin.example'],
  ['a label of 64', `fay@${'a'.repeat(64)}.example`],
  ['a local part of 65', `${'a'.repeat(65)}@corvin.example`],
  ['65 octets in 33 letters', `${'é'.repeat(33)}@corvin.example`],
  ['255 octets', `${'a'.repeat(64)}@${`${'b'.repeat(46)}.`.repeat(4)}ex`],
  ['two dots', 'fay..moore@corvin.example'],
  ['a dot in front', '.fay@corvin.example'],
  ['a blank', 'fay moore@corvin.example'],
  ['a line break', 'fay\r\n@corvin.example'],
  ['a line break in quotes', '"fay\r\nBcc: x"@corvin.example'],
  ['NUL', 'fay\0@corvin.example'],
  ['text that runs the other way', 'fay\u202eeroom@corvin.example'],
  ['half of a pair', 'fay\ud800@corvin.example'],
  ['a comment', 'fay(work)@corvin.example'],
  ['a group', 'Team: fay@corvin.example;'],
  ['a group with an address in brackets', 'Team: Fay <fay@corvin.example>'],
  ['a source route', '<@relay.example:fay@corvin.example>'],
  ['two addresses', 'ben@corvin.example, <fay@corvin.example>'],
  ['two pairs of brackets', '<ben@corvin.example> <fay@corvin.example>'],
  ['something behind the brackets', '<fay@corvin.example> x'],
  ['an open quote', '"Fay <fay@corvin.example>'],
  ['two parts of which one is quoted', '"fay".moore@corvin.example'],
])('%s is no address', (_, raw) => {
  expect(readAddress(raw)).toBeNull()
})

const key = (raw: string): string => sameMailbox(readAddress(raw)!)

test('one mailbox: case, tag, dots where they do not count, one host of many domains', () => {
  expect(key('Fay.Moore+mill@Corvin.example')).toBe(key('fay.moore@corvin.example'))
  expect(key('f.a.y@gmail.com')).toBe(key('FAY+x@googlemail.com'))
  expect(key('fay@ya.ru')).toBe(key('fay@yandex.com'))
  expect(key('ｆａｙ@corvin.example')).toBe(key('fay@corvin.example'))
  expect(key('f.ay@corvin.example')).not.toBe(key('fay@corvin.example'))
  expect(key('f.ay@ya.ru')).not.toBe(key('fay@ya.ru'))
})

test('one recipient: the local part as it was written, the domain without case', () => {
  const exact = (raw: string): string => exactKey(readAddress(raw)!)
  expect(exact('Fay@CORVIN.example')).toBe(exact('"Fay"@corvin.example'))
  expect(exact('Fay@corvin.example')).not.toBe(exact('fay@corvin.example'))
  expect(exact('fay+x@corvin.example')).not.toBe(exact('fay@corvin.example'))
})

const hard = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[a-z."<>@,;:\\ +()\u202e\0é]{0,40}$/),
)
const local = fc.oneof(fc.stringMatching(/^[a-z0-9!#$%&'*+=?^_`{|}~-]{1,20}$/), fc.stringMatching(/^[ -~é用]{1,30}$/))

test('what was written is read as the same address', () => {
  fc.assert(
    fc.property(hard, local, (display, name) => {
      const quoted = `"${name.replace(/["\\]/g, '\\$&')}"@münchen.example`
      const address = readAddress(`"${display.replace(/["\\]/g, '\\$&')}" <${quoted}>`)
      expect(address?.local).toBe(name.normalize('NFC'))
      expect(readAddress(writtenAddress(address!))).toEqual(address)
    }),
  )
})

test('no text makes it throw, and what is read holds nothing that breaks a header', () => {
  fc.assert(
    fc.property(hard, hard, (one, other) => {
      for (const raw of [one, `${one}@${other}`, `${one}@corvin.example`, `${one} <${other}@corvin.example>`]) {
        const address = readAddress(raw)
        if (!address) continue
        expect(writtenAddress(address)).not.toMatch(/[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]/)
        expect(readAddress(writtenAddress(address))).toEqual(address)
      }
    }),
    { numRuns: 500 },
  )
})
