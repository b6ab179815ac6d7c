import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hex } from './bytes.ts'
import { rootKeyOf, wordsOf } from './sheet.ts'

// The words of bytes 0, 1, 2, … 31.
const key = Buffer.from(Array.from({ length: 32 }, (_, k) => k))
const words = wordsOf(key)
const read = (text: string) => hex(rootKeyOf(text))
const REFUSED = 'The words on the sheet do not fit together: '

test.each([
  ['00'.repeat(32), `${'abandon '.repeat(23)}art`],
  ['7f'.repeat(32), `${'legal winner thank year wave sausage worth useful '.repeat(2)}legal winner thank year wave sausage worth title`],
  [
    '80'.repeat(32),
    `${'letter advice cage absurd amount doctor acoustic avoid '.repeat(2)}letter advice cage absurd amount doctor acoustic bless`,
  ],
  ['ff'.repeat(32), `${'zoo '.repeat(23)}vote`],
])('the published BIP-39 vector of %s', (entropy, sentence) => {
  expect(wordsOf(Buffer.from(entropy, 'hex'))).toEqual(sentence.split(' '))
  expect(read(sentence)).toBe(entropy)
})

test('any key goes to paper and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      expect(rootKeyOf(wordsOf(bytes).join(' '))).toEqual(Buffer.from(bytes))
    }),
  )
})

test('a sheet is read however it was typed', () => {
  const lines = words.map((word, k) => `${k + 1}. ${word}`)
  const columns = Array.from({ length: 8 }, (_, row) => [0, 8, 16].map((k) => lines[row + k]).join('    ')).join('\n')
  const sheets = [
    words.join(' '),
    words.join('\n').toUpperCase(),
    words.join(', ') + '.',
    lines.join('\r\n'),
    words.map((word, k) => `${k + 1}) ${word}`).join(' '),
    `Wren & Ames LLP\nRecovery sheet 1 of 2, made 12.3.2026\nCustodian: Ada\n\n${words.join(' ')}\n\nNobody else may see these.`,
    `Custodian: Ada\n${lines.join('\n')}\nKeep this in a safe place, and never in an e-mail.`,
    `Custodian: Ada\n${columns}\nKeep this sheet in a safe.`,
    `${lines.slice(0, 12).join('\n')}\nSubrosa, side 2, Custodian: Ada\n${lines.slice(12).join('\n')}`,
    words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('\u00a0·\u00a0'),
  ]
  for (const sheet of sheets) expect(read(sheet), sheet).toBe(hex(key))
})

test('words of the list right beside the 24 do not hide them', () => {
  expect(read(`safe place ${words.join(' ')}`)).toBe(hex(key))
  expect(read(`${words.join(' ')} safe`)).toBe(hex(key))
})

test('numbers that do not run from 1 to 24 are no order', () => {
  // A key whose words, numbered 1 to 12 twice, would be another key if one sorted them by those numbers.
  const interleaved = (list: string[]) =>
    list
      .slice(0, 12)
      .flatMap((word, k) => [word, list[k + 12]!])
      .join(' ')
  const isKey = (text: string) => {
    try {
      return rootKeyOf(text).length === 32
    } catch {
      return false
    }
  }
  let bytes: Buffer = Buffer.alloc(32)
  do bytes = createHash('sha256').update(bytes).digest()
  while (!isKey(interleaved(wordsOf(bytes))))
  expect(
    read(
      wordsOf(bytes)
        .map((word, k) => `${(k % 12) + 1}. ${word}`)
        .join('\n'),
    ),
  ).toBe(hex(bytes))
})

test('a word that is not on the list is named, with the word before it', () => {
  const spoiled = words.with(6, 'abandom')
  expect(() => read(spoiled.join(' '))).toThrow(`${REFUSED}“abandom”, after “${words[5]}”, is not on the list`)
  expect(() => read(`Custodian: Ada\n${spoiled.map((word, k) => `${k + 1}. ${word}`).join('\n')}\nNobody else`)).toThrow('“abandom”')
  expect(() => read(words.with(6, 'abandom').with(9, 'zooo').join(' '))).toThrow('“abandom”')
})

test('the first or last word unknown is named too', () => {
  expect(() => read(words.with(0, 'abandom').join(' '))).toThrow(
    '23 words are on the list where 24 are needed; beside them stands “abandom”',
  )
  expect(() => read(words.with(23, 'zooo').join(' '))).toThrow('23 words are on the list where 24 are needed; beside them stands “zooo”')
  expect(() => read(`Custodian: Ada ${words.with(23, 'zooo').join(' ')}`)).toThrow(/^The words on the sheet do not fit together: 23 words/)
})

test('too few and too many words are counted', () => {
  expect(() => read(words.slice(1).join(' '))).toThrow(`${REFUSED}23 words are on the list where 24 are needed.`)
  expect(() => read('')).toThrow(`${REFUSED}0 words`)
  expect(() => read('Custodian: Ada')).toThrow(`${REFUSED}0 words`)
  const doubled = words.toSpliced(5, 0, words[5]!)
  expect(() => read(doubled.join(' '))).toThrow(`${REFUSED}25 words of the list stand in a row`)
})

test('words that are all known and not a key are refused', () => {
  expect(() => read(words.with(2, 'zoo').join(' '))).toThrow(`${REFUSED}all 24 words are on the list`)
  expect(() => read(words.toReversed().join(' '))).toThrow(`${REFUSED}all 24 words are on the list`)
  expect(() => read('abandon '.repeat(24))).toThrow(REFUSED)
})

test('two readings are never guessed between', () => {
  const other = wordsOf(Buffer.alloc(32, 7))
  expect(() => read(`${words.join(' ')}\n${other.join(' ')}`)).toThrow('more than one reading')
})

test('a root key has 32 bytes', () => {
  expect(() => wordsOf(key.subarray(16))).toThrow(RangeError)
})
