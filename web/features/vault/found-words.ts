import type { DocumentView } from '../../../src/contract/document.ts'
import { DATA_TYPE_WORDS, type DataType } from '../../../src/contract/matrix.ts'
import { counted } from '../../lib/format.ts'
import { listed } from '../people/words.ts'

/** Kinds of which a number is no number of things. */
const UNCOUNTED = new Set<DataType>(['health', 'child'])

/** `2 US social security numbers and a bank account number (IBAN)`. */
export const foundWords = (found: DocumentView['found']) =>
  listed(
    found.map(({ type, count }) => {
      const [one, many] = DATA_TYPE_WORDS[type]
      if (count === 1) return one
      return UNCOUNTED.has(type) ? `${many} (${counted(count, 'place')})` : counted(count, one, many)
    }),
  )
