import type { DocumentView } from '../../../src/contract/document.ts'
import type { DataType } from '../../../src/contract/matrix.ts'
import { counted } from '../../lib/format.ts'
import { listed } from '../people/words.ts'

const WORDS: Record<DataType, [one: string, many: string]> = {
  'us-ssn': ['a US social security number', 'US social security numbers'],
  'uk-nino': ['a UK national insurance number', 'UK national insurance numbers'],
  'iban': ['a bank account number (IBAN)', 'bank account numbers (IBAN)'],
  'card': ['a payment card number', 'payment card numbers'],
  'health': ['words on someone’s health', 'words on someone’s health'],
  'child': ['words on a child', 'words on a child'],
  'privileged-marker': ['a mark of privilege', 'marks of privilege'],
}
/** Kinds of which a number is no number of things. */
const UNCOUNTED = new Set<DataType>(['health', 'child'])

/** `2 US social security numbers and a bank account number (IBAN)`. */
export const foundWords = (found: DocumentView['found']) =>
  listed(
    found.map(({ type, count }) => {
      const [one, many] = WORDS[type]
      if (count === 1) return one
      return UNCOUNTED.has(type) ? `${many} (${counted(count, 'place')})` : counted(count, one, many)
    }),
  )
