import { expect, test } from 'vitest'
import { formsOf } from './name-forms.ts'
import { domainTokensOf, registeredDomain, tokensOf } from './name-tokens.ts'

const key = new Uint8Array(32).fill(1)
const hex = (tokens: Buffer[]): string[] => tokens.map((one) => one.toString('hex'))
const words = (name: string, by = key): string[] => hex(tokensOf(by, formsOf(name)).words)
const sounds = (name: string): string[] => hex(tokensOf(key, formsOf(name)).sounds)

test('eight bytes for each word, once, in an order that says nothing of the name’s', () => {
  expect(words('John Smith')).toHaveLength(2)
  for (const one of [...words('John Smith'), ...sounds('John Smith')]) expect(one).toMatch(/^[0-9a-f]{16}$/)
  expect(words('Smith, John')).toEqual(words('John Smith'))
  expect(words('Smith Smith')).toHaveLength(1)
  expect(words('John Smith').sort()).toEqual(words('John Smith'))
})

test('the same word has the same token under one key, and another under another', () => {
  expect(words('Hans Müller').filter((one) => words('Jutta Muller').includes(one))).toHaveLength(1)
  const other = words('John Smith', new Uint8Array(32).fill(2))
  expect(words('John Smith').filter((one) => other.includes(one))).toEqual([])
})

test('words that sound alike share a sound, and a word’s token is not its sound’s', () => {
  expect(sounds('Moskowitz').filter((one) => sounds('Moskovitz').includes(one))).not.toEqual([])
  expect(sounds('Moskowitz').filter((one) => sounds('Blackwood').includes(one))).toEqual([])
  expect(words('MSKT').filter((one) => sounds('MSKT').includes(one))).toEqual([])
})

test('no part of a word has a token: not its start, not its letters, not an initial', () => {
  const all = words('Jonathan Featherstone')
  for (const part of ['Jon', 'Feather', 'stone', 'eath']) for (const one of words(part)) expect(all).not.toContain(one)
  expect(words('J. F.')).toEqual([])
})

test.each([
  ['Jane@mail.Acme.co.uk', 'acme.co.uk'],
  ['acme.com', 'acme.com'],
  ['deep.sub.acme.com.', 'acme.com'],
  ['müller.de', 'xn--mller-kva.de'],
  ['jane@gmail.com', null],
  ['co.uk', null],
  ['127.0.0.1', null],
  ['localhost', null],
  ['', null],
  ['a b.com', null],
  ['acme.com/path', null],
  [`${'a'.repeat(300)}.com`, null],
])('of %s %s is registered', (domain, registered) => {
  expect(registeredDomain(domain)).toBe(registered)
})

test('addresses of one company share a token, public mail has none', () => {
  expect(hex(domainTokensOf(key, ['a@acme.com', 'b@mail.acme.com', 'c@gmail.com']))).toHaveLength(1)
  expect(hex(domainTokensOf(key, ['acme.com']))).not.toEqual(hex(domainTokensOf(key, ['acme.org'])))
})
