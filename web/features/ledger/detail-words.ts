import { calls } from '../../../src/contract/calls.ts'
import { type RefusalCode, REFUSALS } from '../../../src/contract/errors.ts'
import type { EntryView } from '../../../src/contract/ledger.ts'
import { type Permission, PERMISSIONS, sentenceOf } from '../../../src/contract/roles.ts'
import { type WitnessFault, WITNESS_FAULTS } from '../../../src/contract/witness.ts'
import { DATA_TYPES, type DataType } from '../../../src/contract/matrix.ts'
import { CLASSES } from '../../../src/contract/words.ts'
import { capital } from '../people/words.ts'
import { foundWords } from '../vault/found-words.ts'
import { bytes, count, counted, fullTime, timeOf } from '../../lib/format.ts'
import { REVIEW_WORDS } from './review-words.ts'

type Detail = EntryView['details'][string]
type Worded = (value: Detail, entry: EntryView) => string

/** An entry’s details as a sentence’s parts: `in Pleadings, 4.2 MB, by access token`. */
export function detailWords(entry: EntryView): string {
  // they come in the order of their names
  const parts = Object.entries(entry.details)
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
    .map(([name, value]) => (value === null || value === '' ? '' : (WORDS[name] ?? plainly(name))(value, entry)))
  return [...parts, VIA[entry.via] ?? ''].filter(Boolean).join(', ')
}

const VIA: Partial<Record<EntryView['via'], string>> = { command: 'from the command line', token: 'by access token' }
const FACTORS: Record<string, string> = {
  totp: 'an authenticator app',
  passkey: 'a passkey',
  recovery: 'a recovery code',
  identity: 'the identity provider',
}
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

const on =
  (words: string): Worded =>
  (value) =>
    value === true ? words : ''
const before =
  (words: string): Worded =>
  (value) =>
    `${words} ${String(value)}`
const nothing = () => ''
const at =
  (words: string): Worded =>
  (value) =>
    `${words} ${timeOf(String(value), true)}`
const isOf = ({ deed }: EntryView, room: string) => deed.startsWith(`${room}.`)
export const spaced = (name: string) =>
  name.replace(/[._]/g, ' ').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
/** A detail that has no words of its own yet. */
const plainly =
  (name: string): Worded =>
  (value) =>
    value === true ? spaced(name) : value === false ? `not ${spaced(name)}` : `${spaced(name)}: ${String(value)}`

/** `giving Lawyer`; of a role: the sentences it gained or lost, or how many. */
const moved =
  (persons: string, roles: string): Worded =>
  (value, entry) => {
    if (!isOf(entry, 'role')) return `${persons} ${String(value)}`
    const ids = String(value).split(' ')
    const said = ids.map((id) => `“${id in PERMISSIONS ? sentenceOf(id as Permission) : spaced(id)}”`)
    return `${roles} ${ids.length > 3 ? counted(ids.length, 'permission') : said.join(' and ')}`
  }

function countWords(value: Detail, { deed }: EntryView): string {
  const n = Number(value)
  return deed === 'recovery.created' || deed === 'notice.seen' ? `${count(n)} of them` : `${counted(n, 'session')} ended`
}

function groupWords(came: string, theirs: string): Worded {
  return (value, entry) => (isOf(entry, 'group') ? `${String(value)} ${came}` : `${theirs} ${String(value)}`)
}

const beforeOpening =
  (name: string): Worded =>
  (value, entry) =>
    entry.deed === 'matter.opened' ? '' : plainly(name)(value, entry)
const CLASSED = /^(class\.|document\.)/
const asClass = (its: Detail) => ((CLASSES as readonly unknown[]).includes(its) ? capital(String(its)) : String(its))
/** `us-ssn 2, iban 1` as a reader’s words. */
function foundOf(found: string): string {
  const kinds = found.split(', ').map((one) => one.split(' ') as [DataType, string])
  return kinds.every(([type]) => DATA_TYPES.includes(type))
    ? foundWords(kinds.map(([type, times]) => ({ type, count: Number(times) })))
    : found
}

/** Where a client’s key is. */
const FORMS: Record<string, string> = { rfc5424: 'syslog', cef: 'CEF', ocsf: 'OCSF' }
const ROOTS: Record<string, string> = { transit: 'in OpenBao or Vault', kms: 'in AWS KMS', file: 'in a file on the server' }

/** What each detail says, in the order of a sentence. An empty answer: it is said elsewhere on the line, or is no sentence (a bare hash, raw input). */
const WORDS: Record<string, Worded> = {
  folder: before('in'),
  all: nothing,
  need: (need, { details: { shares } }) => `any ${count(Number(need))} of ${count(Number(shares))} shares`,
  shares: (shares, { deed }) => (deed === 'key.recovered' ? `namely ${String(shares)}` : ''),
  done: (done) => `${count(Number(done))} wrapped anew`,
  size: (size) => bytes(Number(size)),
  version: (version) => (Number(version) > 1 ? `version ${String(version)}` : ''),
  from: (from, entry) => (entry.deed === 'version.added' ? `made from version ${String(from)}` : plainly('from')(from, entry)),
  toMatter: before('to the matter'),
  fromMatter: before('from the matter'),
  versions: (versions) => (Number(versions) > 1 ? `with ${counted(Number(versions), 'version')}` : ''),
  copy: on('as a copy'),
  outOf: before('out of'),
  place: nothing,
  into: before('into'),
  made: (made) => `${counted(Number(made), 'file')} made`,
  known: (known) => (Number(known) > 0 ? `${count(Number(known))} there already` : ''),
  skipped: (skipped, { deed }) =>
    Number(skipped) === 0
      ? ''
      : `${count(Number(skipped))} ${deed === 'key.rotated' ? 'passed over, as their client withheld its key' : 'left'}`,
  older: before('version'),
  newer: before('with version'),
  sha256: nothing,
  bytes: (sent, { details: { of } }) =>
    of === undefined
      ? bytes(Number(sent))
      : sent === of
        ? `whole, ${bytes(Number(sent))}`
        : `${bytes(Number(sent))} of ${bytes(Number(of))}`,
  of: nothing,
  documents: (n) => (Number(n) > 0 ? counted(Number(n), 'file') : 'the whole matter'),
  leftOut: (n) => (Number(n) === 0 ? '' : `${count(Number(n))} left out`),
  whole: (whole) => (whole === true ? 'to its end' : 'broken off'),
  backup: (moment) => `made ${fullTime(String(moment))}`,
  entries: (entries, { deed }) => `${deed.startsWith('checkpoint.') || deed === 'ledger.checked' ? 'over' : 'with'} ${counted(Number(entries), 'entry', 'entries')}`,
  expected: (entries) => `where the backup says ${count(Number(entries))}`,
  epoch: before('as epoch'),
  fault: (fault, { deed }) => (deed === 'witness.differed' ? (WITNESS_FAULTS[fault as WitnessFault] ?? String(fault)) : String(fault)),
  addresses: (n) => `to ${counted(Number(n), 'address', 'addresses')}`,
  held: (held) => `it holds ${counted(Number(held), 'entry', 'entries')}`,
  ours: (ours) => `here are ${count(Number(ours))}`,
  url: before('at'),
  key: nothing,
  good: (moment) => `last found whole on ${fullTime(String(moment))}`,
  brokenSince: (moment) => `after it was not since ${fullTime(String(moment))}`,
  files: (files) => counted(Number(files), 'file'),
  failed: (failed) => (Number(failed) > 0 ? `${counted(Number(failed), 'file')} not copied` : ''),
  client: before('for'),
  class: (its, { deed }) =>
    deed === 'matter.opened'
      ? ''
      : CLASSED.test(deed) && deed !== 'document.added' && deed !== 'document.taken'
        ? `to ${asClass(its)}`
        : asClass(its),
  found: (found) => `with ${foundOf(String(found))} found in it`,
  raised: on('raised by what it holds'),
  cells: String,
  rule: before('by rule'),
  number: String,
  leaver: before('in the place of'),

  as: before('as'),
  privilege: (privilege) => (privilege === 'none' ? 'not privileged' : `privileged as ${spaced(String(privilege)).replaceAll('-', ' ')}`),
  holder: before('which was out with'),
  note: (note, entry) => (entry.deed === 'witness.differed' ? '' : before('saying:')(note, entry)),

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
  words: before('saying:'),
  successor: (name) => `with ${String(name)} to take over`,
  what: (what, entry) =>
    entry.deed === 'checkpoint.asked' ? (what === 'mail' ? 'by mail' : 'to be stamped') : before('of the')(what, entry),
  was: (was, { deed }) => `${CLASSED.test(deed) ? asClass(was) : String(was)} before`,
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

  kind: (kind, { deed }) =>
    deed === 'root.added'
      ? (ROOTS[String(kind)] ?? '')
      : deed.startsWith('receiver.')
        ? ''
        : kind === 'command'
          ? 'for the command line'
          : '',
  factor: (factor, { deed }) => {
    if (deed === 'factor.removed') return ''
    const words = FACTORS[String(factor)] ?? spaced(String(factor))
    return deed === 'factor.enrolled' ? `namely ${words}` : `with ${words}`
  },
  link: (kind) => (kind === 'invitation' ? 'by invitation' : 'by a renewal link'),
  device: before('on'),
  newDevice: on('a device not seen before'),
  address: (address) => (address === true ? 'with a new address' : `from ${String(address)}`),
  tries: (tries) => `after ${counted(Number(tries), 'try', 'tries')}`,
  passkeyOnly: on('since a role asks for a passkey'),
  passkey: on('with a passkey'),
  stepUp: on('when asked for the second factor anew'),
  reset: on('while renewing the password'),
  identity: on('through the identity provider'),
  label: String,
  synced: (synced) => (synced ? 'kept in step between devices' : 'on one device'),
  counter: before('at count'),
  count: countWords,
  tokens: on('access tokens too'),
  reportedAt: at('reported at'),
  endedAt: at('ended at'),
  scope: (scope) => `for ${counted(String(scope).split(' ').length, 'permission')}`,
  days: (days) => `for ${counted(Number(days), 'day')}`,

  directory: on('as the directory says'),
  brought: on('brought in by the directory'),
  removed: on('taken out there'),

  call: (id) => ((id as string) in calls ? calls[id as keyof typeof calls].summary : spaced(String(id))),
  tried: nothing,
  code: (code) => ((code as string) in REFUSALS ? REFUSALS[code as RefusalCode][1] : spaced(String(code))),
  broken: (broken) =>
    broken === true ? 'its details do not open: their seal is broken' : `the stored file of ${String(broken)} does not match its seal`,
  root: (name, { deed }) => (deed === 'root.put' ? `namely ${String(name)}` : `to ${String(name)}`),
  off: on('to take it off'),
  answers: (does, { deed }) =>
    deed === 'receiver.tested'
      ? does === true
        ? 'and it was taken'
        : 'and it was not taken'
      : does === true
        ? 'and it was given out'
        : 'and it was not given out',
  form: (form) => `as ${FORMS[String(form)] ?? spaced(String(form))}`,
  sentTo: before('to'),
  names: (names) => (names === true ? 'with names of people' : 'without names of people'),
  wish: nothing,
  wrong: (wrong) => (wrong === 0 ? 'all of it whole' : `${counted(Number(wrong), 'fault', 'faults')} found`),
  first: (first) => `first at ${String(first)}`,
  faults: (faults) => `after ${counted(Number(faults), 'failed try', 'failed tries')}`,
  minutes: (minutes) => `for ${counted(Number(minutes), 'minute')} at most`,
  withheld: on('without its words, as the client withheld its key'),
  ...REVIEW_WORDS,
  why: (why) => String(why).replace(/\.$/, ''),
  reason: before('because:'),
}
const NAMES = Object.keys(WORDS)
const placeOf = (name: string): number => (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length)
