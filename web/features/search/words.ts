import type { Hit, Passage, TextKind, TextState } from '../../../src/contract/search.ts'

/** What a document is, as it begins a line; `kindIn` for the middle of one. */
export const KINDS: Record<TextKind, string> = {
  pdf: 'PDF',
  word: 'Word file',
  sheet: 'Spreadsheet',
  slides: 'Slides',
  mail: 'E-mail',
  picture: 'Picture',
  scan: 'Scan',
  text: 'Text',
  archive: 'Archive',
  page: 'Web page',
  other: 'Other',
}
const IN_A_LINE: Partial<Record<TextKind, string>> = { pdf: 'PDF', word: 'Word file', other: 'file' }
const kindIn = (kind: TextKind) => IN_A_LINE[kind] ?? KINDS[kind].toLowerCase()

/** `scan, read by machine, 97 % sure, version 2 of 3`. */
export function kindLine({ type, sureness, version, newest }: Hit): string {
  const read = sureness === null ? [] : ['read by machine', `${sureness} % sure`]
  return [kindIn(type), ...read, `version ${version}${newest > version ? ` of ${newest}` : ''}`].join(', ')
}

/** `Also in version 1`, `Also in versions 1, 2 and 3`. */
export const olderLine = (older: readonly number[]): string =>
  `Also in ${older.length === 1 ? 'version' : 'versions'} ${new Intl.ListFormat('en-GB').format(older.toSorted((a, b) => a - b).map(String))}`

export const ORDERS = { best: 'Best first', newest: 'Newest first', oldest: 'Oldest first' } as const

/** Where the text of a document stands. */
export const STATES: Record<TextState, string> = {
  waiting: 'Waiting to be read',
  scan: 'Pages wait to be read by machine',
  indexed: 'Can be found by what it says',
  unreadable: 'Cannot be read',
}
/** The state with its reason, and with what of a document that was read was not. */
export function stateLine({ state, why, unread }: { state: TextState; why: string; unread: readonly string[] }): string {
  // a sentence of its own goes on in this one
  const reason = why.replace(/\.$/, '').replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())
  if (state === 'unreadable') return reason ? `${STATES.unreadable}: ${reason}.` : `${STATES.unreadable}.`
  if (state === 'indexed' && unread.length > 0) return `${STATES.indexed}, but for ${new Intl.ListFormat('en-GB').format(unread)}.`
  return `${STATES[state]}.`
}

export const WITHHELD = 'No passage is shown: the file is held for the malware scanner, or its stored copy is broken. Its page says which.'

/** The words of passages that were found, as they stand there. */
export const wordsIn = (passages: readonly Passage[]): string[] => [
  ...new Set(passages.flatMap(({ text, marks }) => marks.map(([from, to]) => text.slice(from, to)))),
]
