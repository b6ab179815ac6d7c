import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hex } from './bytes.ts'
import { exactToken, normalEmail, token } from './tokens.ts'

const { tokens } = JSON.parse(readFileSync(new URL('../../test/vectors/subrosa/vectors.json', import.meta.url), 'utf8'))
const key = Buffer.from(tokens.key, 'hex')
const of = (text: string) => hex(token(key, 'name', text))
const exact = (text: string) => hex(exactToken(key, 'name', text))

test('tokens are those that another library makes', () => {
  expect(hex(token(key, tokens.domain, tokens.folded.text))).toBe(tokens.folded.token)
  expect(hex(exactToken(key, tokens.domain, tokens.exact.text))).toBe(tokens.exact.token)
})

test('a token sees neither case, nor spaces, nor how a letter is written', () => {
  const same = [
    ['Ada Wren', '  ada\t\n WREN '],
    ['Café', 'CAFE\u0301'],
    ['Straße', 'STRASSE'],
    ['ﬁrm', 'FIRM'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'οδος'],
    ['４２', '42'],
    ['a\u00a0b', 'a b'],
    ['\u212a', 'k'],
  ] as const
  for (const [a, b] of same) expect(of(a), a).toBe(of(b))
})

test('it does see other letters, another domain and another key', () => {
  const texts = ['Ada', 'Adä', 'Ad a', 'A da', 'Adaa', '']
  expect(new Set(texts.map(of)).size).toBe(texts.length)
  expect(hex(token(key, 'email', 'Ada'))).not.toBe(of('Ada'))
  expect(hex(token(Buffer.alloc(32), 'name', 'Ada'))).not.toBe(of('Ada'))
  expect(token(key, 'ab', 'c').equals(token(key, 'a', 'bc'))).toBe(false)
  expect(token(key, 'name', 'Ada').length).toBe(16)
})

test('an exact token keeps case and spaces, and sees through accents written in two ways', () => {
  expect(exact('Re\u0301sume\u0301.pdf')).toBe(exact('Résumé.pdf'))
  const texts = ['Brief.pdf', 'brief.pdf', 'Brief .pdf', ' Brief.pdf', 'ﬁrm', 'firm', '４2', '42']
  expect(new Set(texts.map(exact)).size).toBe(texts.length)
})

test('an e-mail address is compared in lower case without the spaces around it', () => {
  expect(normalEmail('  Ada.Wren@WREN-Ames.example\n')).toBe('ada.wren@wren-ames.example')
  expect(normalEmail('ａｄａ@example.com')).toBe('ada@example.com')
  expect(normalEmail('ada@example.com')).not.toBe(normalEmail('a.da@example.com'))
})
