import { AMERICAN } from './americas.ts'
import { isIban } from './banking.ts'
import { BIRTHDAYS } from './birthdays.ts'
import { BRITISH } from './britain-and-ireland.ts'
import { DOCUMENTS } from './documents.ts'
import { FAR } from './far-countries.ts'
import { GERMAN } from './german-speaking.ts'
import { LATIN } from './latin-europe.ts'
import { NORTHERN } from './north-and-low.ts'
import type { Scheme } from './scheme.ts'

/** Every kind of number, but for the IBAN, which has no shapes. */
export const SCHEMES: readonly Scheme[] = [...AMERICAN, ...BRITISH, ...GERMAN, ...LATIN, ...NORTHERN, ...FAR, ...DOCUMENTS, ...BIRTHDAYS]
export const IBAN: Scheme = { kind: 'iban', shapes: [], joins: '', fits: isIban, isChecked: true, isPlain: () => true }
