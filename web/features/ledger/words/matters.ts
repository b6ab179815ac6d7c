import { DATA_TYPES, type DataType } from '../../../../src/contract/matrix.ts'
import { CLASSES } from '../../../../src/contract/words.ts'
import { capital } from '../../people/words.ts'
import { foundWords } from '../../vault/found-words.ts'
import { fullTime } from '../../../lib/format.ts'
import { METHOD_WORDS, SIDE_WORDS } from '../../recipients/words.ts'
import { before, type Detail, nothing, on, spaced, type Words } from './worded.ts'

export const CLASSED = /^(class\.|document\.)/
export const asClass = (its: Detail) => ((CLASSES as readonly unknown[]).includes(its) ? capital(String(its)) : String(its))
/** `us-ssn 2, iban 1` as a reader’s words. */
function foundOf(found: string): string {
  const kinds = found.split(', ').map((one) => one.split(' ') as [DataType, string])
  return kinds.every(([type]) => DATA_TYPES.includes(type))
    ? foundWords(kinds.map(([type, times]) => ({ type, count: Number(times) })))
    : found
}

/** Of clients, matters, their classes and what decides over them. */
export const MATTER_WORDS: Words = {
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
  part: (part, { details: { side } }) =>
    `as ${part === 'other' ? 'a recipient' : spaced(String(part))} ${SIDE_WORDS[String(side)] ?? ''}`.trim(),
  side: nothing,
  wasPart: nothing,
  wasSide: nothing,
  contact: before('namely'),
  contacts: (contacts) => (contacts === '' ? '' : `at ${String(contacts)}`),
  through: before('by'),
  cools: (cools) => (cools === null ? '' : `not used before ${fullTime(String(cools))}`),
  method: (method) => `by ${METHOD_WORDS[String(method)] ?? String(method)}`,
  confirmed: (confirmed) => (confirmed === true ? '' : 'which was not confirmed'),
  level: before('to'),
  evidence: before('namely'),
  challenge: nothing,
  leaver: before('in the place of'),
  as: before('as'),
  privilege: (privilege) => (privilege === 'none' ? 'not privileged' : `privileged as ${spaced(String(privilege)).replaceAll('-', ' ')}`),
  holder: before('which was out with'),
  note: (note, entry) => (entry.deed === 'witness.differed' ? '' : before('saying:')(note, entry)),
}
