import type { NumberedEntry } from '../../../src/contract/entry.ts'
import type { EntryView } from '../../../src/contract/ledger.ts'
import { type Detail, spaced } from './words/worded.ts'

const SETTINGS: Record<string, string> = {
  password: 'Passwords',
  sessions: 'Sessions',
  sso: 'Identity provider',
  leaving: 'Who takes over from leavers',
  checkpoints: 'Checkpoints that leave the firm',
}

/** What it was done to, in a reader’s words. */
export function objectWords({
  deed,
  object,
  details,
  matter,
  matterNumber,
}: EntryView & Partial<Pick<NumberedEntry, 'matter'>>): string | null {
  if (deed === 'ledger.read') return matter ? `of ${matter.title}` : matterNumber === null ? object : 'of this matter'
  if (deed === 'setting.changed' && object) return SETTINGS[object] ?? spaced(object)
  if (deed === 'session.revoked' && object === null && 'count' in details) return 'their own'
  if (deed === 'key.asked' || deed === 'key.rotated') return keyWords(object, details.all)
  // the act says whom it is about
  if (deed.startsWith('approval.') && typeof details.text === 'string') return details.text
  return object
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
  class: 'a matter',
  hold: 'a matter or a file',
  destruction: 'a matter or a file',
  certificate: 'a matter or a file',
  team: 'someone',
}
/** Of an entry that names nothing, since what it was done to is sealed to the reader. Empty where the deed says it all. */
export function sealedWords({ deed, object, details }: EntryView): string {
  const noun = SEALED[deed.split('.')[0]!]
  return object === null && noun !== undefined && Object.keys(details).length === 0 ? `${noun}, sealed to you` : ''
}

/** Who did it. */
export const actorWords = ({ actor, via }: EntryView): string => actor?.name ?? (via === 'clerk' ? 'Subrosa' : 'Someone')
