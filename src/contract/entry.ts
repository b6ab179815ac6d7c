import { z } from 'zod'
import { call } from './call.ts'
import { DocumentId, EntryId, MatterId, PersonId } from './ids.ts'
import { EntryFilter, filterFields, withinMatter } from './entry-filter.ts'
import { EntryView, page } from './ledger.ts'

/** An entry in the firm’s ledger. */
export const NumberedEntry = EntryView.extend({
  /** Its number in the whole log, from 1; null until numbered. */
  number: z.number().int().nullable(),
  /** The matter it belongs to, where the reader reaches it. */
  matter: z.object({ id: MatterId, title: z.string() }).nullable(),
  /** It belongs to a matter, within the reader’s reach or not. */
  ofMatter: z.boolean(),
})
export type NumberedEntry = z.infer<typeof NumberedEntry>
const numbered = z.object({ entries: z.array(NumberedEntry), next: EntryId.nullable() })

export const FORMATS = ['csv', 'jsonl'] as const

export const calls = {
  'entry.list': call('GET /matters/:matter/entries', 'The history of a matter, newest first', {
    params: z.object({ matter: MatterId }),
    query: page.extend(withinMatter),
    answer: z.object({ entries: z.array(EntryView), next: EntryId.nullable() }),
  }),
  'entry.all': call('GET /ledger/entries', 'The firm’s ledger, newest first; what is sealed to the reader stays out', {
    query: page.extend(filterFields),
    answer: numbered,
  }),
  'entry.read': call('GET /ledger/entries/:entry', 'One entry, with all that the reader may know of it', {
    params: z.object({ entry: EntryId }),
    answer: NumberedEntry,
  }),
  'entry.of-document': call('GET /documents/:document/entries', 'The history of a document, newest first', {
    params: z.object({ document: DocumentId }),
    query: page,
    answer: z.object({ entries: z.array(EntryView), next: EntryId.nullable() }),
  }),
  'entry.of-person': call(
    'GET /people/:person/entries',
    'What a person did and what was done to their account, as far as the reader sees the ledger',
    {
      params: z.object({ person: PersonId }),
      query: page,
      answer: numbered,
    },
  ),
  'entry.export': call('GET /ledger/export', 'The entries asked for, as a file; recorded before it is sent', {
    query: EntryFilter.extend({ format: z.enum(FORMATS).default('csv') }),
    gives: 'bytes',
  }),
}
