import type { NumberedEntry } from '../../../src/contract/entry.ts'
import type { EntryView } from '../../../src/contract/ledger.ts'
import { isOfWords, quoted } from './words/search.ts'
import { type Detail, spaced } from './words/worded.ts'

const SETTINGS: Record<string, string> = {
  password: 'Passwords',
  sessions: 'Sessions',
  sso: 'Identity provider',
  leaving: 'Who takes over from leavers',
  checkpoints: 'Checkpoints that leave the firm',
  search: 'Languages of the documents',
}

/** What it was done to, in a reader’s words. */
export function objectWords(entry: EntryView & Partial<Pick<NumberedEntry, 'matter'>>): string | null {
  const { deed, object, details, matter, matterNumber } = entry
  if (deed === 'ledger.read') return matter ? `of ${matter.title}` : matterNumber === null ? object : 'of this matter'
  if (deed === 'setting.changed' && object) return SETTINGS[object] ?? spaced(object)
  if (deed === 'session.revoked' && object === null && 'count' in details) return 'their own'
  if (deed === 'key.asked' || deed === 'key.rotated') return keyWords(object, details.all)
  if (isOfWords(entry) && typeof details.words === 'string') return quoted(details.words)
  if (deed === 'index.renewed') return object === null ? null : (INDEXES[object] ?? object)
  // the act says whom it is about
  if (deed.startsWith('approval.') && typeof details.text === 'string') return details.text
  return object
}

/** What was made anew, by the names of the record. */
const INDEXES: Record<string, string> = {
  'index': 'the index of search',
  'texts and index': 'the texts of all files and the index of search',
}
const KEYS: Record<string, string> = {
  root: 'the root key',
  firm: 'the firm key',
  matter: 'matter keys',
  ledger: 'the ledger’s signing key',
}
/** Of matters an asking says whether it is all of them. */
const keyWords = (object: string | null, all: Detail | undefined): string | null =>
  object === 'matter' && all !== undefined ? (all ? 'the keys of all matters' : 'the key of one matter') : (KEYS[object ?? ''] ?? object)

/** What a deed is done to, by the first word of its name, where that word is not said by the deed itself. */
const SEALED: Record<string, string> = {
  document: 'a file',
  version: 'a file',
  upload: 'a file',
  quarantine: 'a file',
  bundle: 'files',
  pictures: 'a matter',
  passages: 'a file',
  class: 'a matter',
  hold: 'a matter or a file',
  destruction: 'a matter or a file',
  certificate: 'a matter or a file',
  team: 'someone',
}
/** Of an entry that names nothing, since what it was done to is sealed to the reader. Empty where the deed says it all. */
export function sealedWords({ deed, object, details }: EntryView): string {
  if (object !== null || Object.keys(details).length > 0) return ''
  const noun = SEALED[deed.split('.')[0]!]
  return SEARCHES[deed] ?? (noun === undefined ? '' : `${noun}, sealed to you`)
}
/** The words of a search are their writer’s. */
const SEARCHES: Partial<Record<EntryView['deed'], string>> = {
  'search.made': 'words that are sealed to you',
  'search.exported': 'words that are sealed to you',
  'search.saved': 'whose name is sealed to you',
  'search.changed': 'whose name is sealed to you',
  'search.forgotten': 'whose name is sealed to you',
}

/** Who did it. */
export const actorWords = ({ actor, via }: EntryView): string => actor?.name ?? (via === 'clerk' ? 'Subrosa' : 'Someone')
