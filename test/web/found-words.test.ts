import { expect, test } from 'vitest'
import { DATA_TYPES } from '../../src/contract/matrix.ts'
import { foundWords as serverWords } from '../../src/features/vault/labels.ts'
import { foundWords } from '../../web/features/vault/found-words.ts'

test.each(DATA_TYPES)('one of %s is called the same by the page and the server', (type) => {
  expect(foundWords([{ type, count: 1 }])).toBe(serverWords([{ type, count: 1 }]))
})

test('several kinds are one list, and words are counted by the places where they stand', () => {
  expect(
    foundWords([
      { type: 'us-ssn', count: 2 },
      { type: 'iban', count: 1 },
      { type: 'health', count: 1200 },
    ]),
  ).toBe('2 US social security numbers, a bank account number (IBAN) and words on someone’s health (1,200 places)')
})
