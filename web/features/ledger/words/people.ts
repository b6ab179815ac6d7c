import { type Permission, PERMISSIONS, sentenceOf } from '../../../../src/contract/roles.ts'
import { counted, fullTime } from '../../../lib/format.ts'
import { asClass, CLASSED } from './matters.ts'
import { isOfWords, isSearch, quoted } from './search.ts'
import { before, isOf, nothing, on, plainly, spaced, type Worded, type Words } from './worded.ts'

const KEEPERS: Record<string, string> = { firm: 'by hand', directory: 'by the directory', claims: 'by what the identity provider says' }
/** Fields of settings, and what a directory changes of a person. */
const FIELDS: Record<string, string> = {
  rotationDays: 'when a new one is asked for',
  history: 'how many from before cannot be chosen again',
  standard: 'the limits for everyone',
  limits: 'the limits by role',
  passkeyRoles: 'who signs in with a passkey',
  on: 'whether it is on',
  label: 'what it is called',
  issuer: 'its address',
  clientId: 'the client',
  clientSecret: 'the client’s secret',
  secondFactor: 'what counts as a second factor',
  joining: 'who may come in',
  groupsClaim: 'where the groups stand',
  successor: 'the successor',
  languages: 'which languages documents are in',
  active: 'whether they work here',
  name: 'the name',
  address: 'the address',
  directory: 'what the directory keeps',
  privilege: 'its privilege',
  tags: 'its tags',
  author: 'its author',
  custodian: 'its custodian',
  source: 'where it came from',
  receivedOn: 'when it was received',
}

/** `giving Lawyer`; of a role: the sentences it gained or lost, or how many. */
const moved =
  (persons: string, roles: string): Worded =>
  (value, entry) => {
    if (!isOf(entry, 'role')) return `${persons} ${String(value)}`
    const ids = String(value).split(' ')
    const said = ids.map((id) => `“${id in PERMISSIONS ? sentenceOf(id as Permission) : spaced(id)}”`)
    return `${roles} ${ids.length > 3 ? counted(ids.length, 'permission') : said.join(' and ')}`
  }

function groupWords(came: string, theirs: string): Worded {
  return (value, entry) => (isOf(entry, 'group') ? `${String(value)} ${came}` : `${theirs} ${String(value)}`)
}

const beforeOpening =
  (name: string): Worded =>
  (value, entry) =>
    entry.deed === 'matter.opened' ? '' : plainly(name)(value, entry)

/** Of people, their roles and groups, settings, and what a second person decides. */
export const PEOPLE_WORDS: Words = {
  role: before('as'),
  roles: (roles, entry) => `${isOf(entry, 'group') ? 'bringing' : 'as'} ${String(roles)}`,
  given: moved('giving', 'adding'),
  taken: moved('taking', 'taking out'),
  waiting: (roles) => `with ${String(roles)} waiting for a second person`,
  alone: on('with nobody else there to approve'),
  approval: nothing,
  text: nothing,
  askedBy: before('asked by'),
  at: (moment, entry) => (Date.parse(String(moment)) - Date.parse(entry.at) > 60_000 ? `on ${fullTime(String(moment))}` : ''),
  moment: (moment) => `as of ${fullTime(String(moment))}`,
  until: (moment) => `until ${fullTime(String(moment))}`,
  urgent: on('urgently'),
  hours: (hours) => `for ${counted(Number(hours), 'hour')}`,
  finding: (finding) => `as ${String(finding)}`,
  matter: nothing,
  words: (words, entry) => (isOfWords(entry) ? '' : isSearch(entry) ? `for ${quoted(words)}` : before('saying:')(words, entry)),
  successor: (name) => `with ${String(name)} to take over`,
  what: (what, entry) =>
    entry.deed === 'checkpoint.asked' ? (what === 'mail' ? 'by mail' : 'to be stamped') : before('of the')(what, entry),
  // a kept search says what it was called only where that is another name
  was: (was, { deed, object }) =>
    deed === 'search.changed' && was === object ? '' : `${CLASSED.test(deed) ? asClass(was) : String(was)} before`,
  confirmation: nothing,
  destruction: nothing,
  destroyed: on('a document that is destroyed'),
  id: nothing,
  // what stood before it opened; it opened, so all of it did
  team: beforeOpening('team'),
  conflicts: beforeOpening('conflicts'),
  again: on('with a fresh link'),
  holders: before('taken from'),
  permissions: (ids) => `with ${counted(String(ids).split(' ').length, 'permission')}`,
  keptBy: (keeper) => `kept ${KEEPERS[String(keeper)] ?? spaced(String(keeper))}`,
  in: groupWords('coming in', 'into'),
  out: groupWords('going out', 'out of'),
  changed: (fields) =>
    String(fields)
      .split(', ')
      .map((field) => FIELDS[field] ?? spaced(field))
      .join(', '),
}
