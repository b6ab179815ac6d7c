import { counted, fullTime } from '../../../lib/format.ts'
import type { Words } from './worded.ts'

/** What the details of exports and of reviews say; ids are left to the filter that finds them. */
export const REVIEW_WORDS: Words = {
  format: (format) => (format === 'csv' ? 'as a table' : 'as JSON Lines'),
  ofPerson: () => 'of one person',
  ofMatter: () => 'of one matter',
  deeds: (deeds) => `of ${counted(String(deeds).split(' ').length, 'deed')}`,
  since: (moment) => `from ${fullTime(String(moment))}`,
  before: (moment) => `before ${fullTime(String(moment))}`,
  fromAddress: (address) => `from ${String(address)}`,
  inState: (state) => `that are ${String(state)}`,
  cadence: String,
  sample: (sample) => `${counted(Number(sample), 'access', 'accesses')} at random`,
  items: (items) => counted(Number(items), 'access', 'accesses'),
  reviewerId: () => '',
  mark: (mark) => (mark === 'fine' ? 'as in order' : 'as asking for an answer'),
  due: (moment) => `due on ${fullTime(String(moment))}`,
  outcome: (outcome) => (outcome === 'clean' ? 'with nothing found' : 'with findings'),
}
