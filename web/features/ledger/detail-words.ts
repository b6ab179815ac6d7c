import type { EntryView } from '../../../src/contract/ledger.ts'
import { FILE_WORDS, STORE_WORDS } from './words/files.ts'
import { KEY_WORDS, LEDGER_WORDS, SYSTEM_WORDS } from './words/keeping.ts'
import { MATTER_WORDS } from './words/matters.ts'
import { PEOPLE_WORDS } from './words/people.ts'
import { REVIEW_WORDS } from './words/reviews.ts'
import { SEARCH_WORDS } from './words/search.ts'
import { SIGN_IN_WORDS } from './words/sign-in.ts'
import { before, plainly, type Words } from './words/worded.ts'

/** An entry’s details as a sentence’s parts: `in Pleadings, 4.2 MB, by access token`. */
export function detailWords(entry: EntryView): string {
  // they come in the order of their names
  const parts = Object.entries(entry.details)
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
    .map(([name, value]) => (value === null || value === '' ? '' : (WORDS[name] ?? plainly(name))(value, entry)))
  return [...parts, VIA[entry.via] ?? ''].filter(Boolean).join(', ')
}

const VIA: Partial<Record<EntryView['via'], string>> = { command: 'from the command line', token: 'by access token' }
const LAST_WORDS: Words = {
  why: (why) => String(why).replace(/\.$/, ''),
  reason: before('because:'),
}

/** By the kind of deed, in the order of a sentence. A name has one place: what it says of another kind of deed, it says there. */
export const WORDED: readonly Words[] = [
  KEY_WORDS,
  FILE_WORDS,
  LEDGER_WORDS,
  STORE_WORDS,
  MATTER_WORDS,
  PEOPLE_WORDS,
  SEARCH_WORDS,
  SIGN_IN_WORDS,
  SYSTEM_WORDS,
  REVIEW_WORDS,
  LAST_WORDS,
]
const WORDS: Words = Object.assign({}, ...WORDED)
const NAMES = Object.keys(WORDS)
const placeOf = (name: string): number => (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length)
