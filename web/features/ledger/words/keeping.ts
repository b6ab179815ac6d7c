import { calls } from '../../../../src/contract/calls.ts'
import { type RefusalCode, REFUSALS } from '../../../../src/contract/errors.ts'
import { type WitnessFault, WITNESS_FAULTS } from '../../../../src/contract/witness.ts'
import { count, counted, fullTime } from '../../../lib/format.ts'
import { before, nothing, on, spaced, type Words } from './worded.ts'

/** Of the keys. */
export const KEY_WORDS: Words = {
  all: nothing,
  need: (need, { details: { shares } }) => `any ${count(Number(need))} of ${count(Number(shares))} shares`,
  shares: (shares, { deed }) => (deed === 'key.recovered' ? `namely ${String(shares)}` : ''),
  // nothing is wrapped under the key that signs
  done: (done, { object }) => (object === 'ledger' ? '' : `${count(Number(done))} wrapped anew`),
}

/** Of the ledger, its witnesses and its checkpoints. */
export const LEDGER_WORDS: Words = {
  backup: (moment) => `made ${fullTime(String(moment))}`,
  entries: (entries, { deed }) => {
    const words = counted(Number(entries), 'entry', 'entries')
    return deed.startsWith('checkpoint.') || deed === 'ledger.checked'
      ? `over ${words}`
      : deed === 'ledger.restored'
        ? `with ${words}`
        : deed === 'search.exported'
          ? `with ${counted(Number(entries), 'document')}`
          : words
  },
  expected: (entries) => `where the backup says ${count(Number(entries))}`,
  epoch: before('as epoch'),
  fault: (fault, { deed }) => (deed === 'witness.differed' ? (WITNESS_FAULTS[fault as WitnessFault] ?? String(fault)) : String(fault)),
  addresses: (n) => `to ${counted(Number(n), 'address', 'addresses')}`,
  held: (held) => `it holds ${counted(Number(held), 'entry', 'entries')}`,
  ours: (ours) => `here are ${count(Number(ours))}`,
  url: before('at'),
  key: nothing,
}

const FORMS: Record<string, string> = { rfc5424: 'syslog', cef: 'CEF', ocsf: 'OCSF' }

/** Of refusals, of clients’ keys and of receivers. */
export const SYSTEM_WORDS: Words = {
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
  first: (first) => `the first at ${String(first)}`,
  faults: (faults) => `after ${counted(Number(faults), 'failed try', 'failed tries')}`,
  minutes: (minutes) => `for ${counted(Number(minutes), 'minute')} at most`,
  withheld: on('without its words, as the client withheld its key'),
}
