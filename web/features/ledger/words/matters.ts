import { DATA_TYPES, type DataType } from '../../../../src/contract/matrix.ts'
import { CLASSES } from '../../../../src/contract/words.ts'
import { capital } from '../../people/words.ts'
import { foundWords } from '../../vault/found-words.ts'
import { before, type Detail, on, spaced, type Words } from './worded.ts'

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
  leaver: before('in the place of'),
  as: before('as'),
  privilege: (privilege) => (privilege === 'none' ? 'not privileged' : `privileged as ${spaced(String(privilege)).replaceAll('-', ' ')}`),
  holder: before('which was out with'),
  note: (note, entry) => (entry.deed === 'witness.differed' ? '' : before('saying:')(note, entry)),
}
