import { z } from 'zod'
import { call } from './call.ts'
import { ClientId, DocumentId, EntryId, MatterId, PersonId } from './ids.ts'
import { Instant } from './words.ts'

/** What evidence is about. A period is of the whole log, for those who read it. */
export const EvidenceOf = z.union([
  z.strictObject({ matter: MatterId }),
  z.strictObject({ client: ClientId }),
  z.strictObject({ person: PersonId }),
  z.strictObject({ document: DocumentId }),
  z.strictObject({ period: z.literal(true) }),
])
export type EvidenceOf = z.infer<typeof EvidenceOf>

/** A field of one entry, by name. What an entry is about, and when, stays open. */
export const OneField = z.strictObject({ entry: EntryId, field: z.enum(['actor', 'object', 'details', 'from', 'ground']) })
export type OneField = z.infer<typeof OneField>

export const calls = {
  'bundle.create': call(
    'POST /evidence',
    'Make one file that proves entries of the ledger to a stranger, offline: docs/formats/evidence.md; an entry, and one in each matter it is of',
    {
      body: z.strictObject({
        of: EvidenceOf,
        /** By when an entry took its place in the log; open where left out. */
        from: Instant.optional(),
        to: Instant.optional(),
        /** That there is no entry by this person: of a matter or a period. */
        absent: PersonId.optional(),
        /** Open details; without it of matters, clients and documents, and of nothing else. */
        details: z.boolean().optional(),
        /** Further fields to open: from where, and what allowed it. */
        show: z.array(z.enum(['from', 'ground'])).default([]),
        /** Fields of single entries to leave out, and to open although they would be left out. */
        conceal: z.array(OneField).max(5000).default([]),
        reveal: z.array(OneField).max(5000).default([]),
      }),
      gives: 'bytes',
    },
  ),
}
