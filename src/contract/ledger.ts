import { z } from 'zod'
import { call } from './call.ts'
import { deedNames } from './deeds.ts'
import { DeviceId, DocumentId, EntryId, PersonId, SessionId } from './ids.ts'
import { Instant } from './words.ts'

export const EntryView = z.object({
  id: EntryId,
  at: Instant,
  deed: z.enum(deedNames),
  /** Who did it; null before there was anyone (a refused sign-in). */
  actor: z.object({ id: PersonId, name: z.string() }).nullable(),
  /** How they came in. */
  via: z.enum(['browser', 'command', 'token', 'visitor', 'clerk']),
  /** What it was done to, in the words of that moment; null when there is nothing to name, or it is sealed to the reader. */
  object: z.string().nullable(),
  document: DocumentId.nullable(),
  /** More of it, as sentences’ parts: `{folder: 'Pleadings', size: 4210}`. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Recorded with the act, or numbered and in the Merkle tree as well. */
  proof: z.enum(['recorded', 'in the tree']),
  /** Its number within the matter, counted without gaps; null until numbered. */
  matterNumber: z.number().int().nullable(),
  /** From where it was done, for those who read the firm’s ledger: an IP address or `this host`, the browser in words, ids. */
  from: z.object({ address: z.string(), browser: z.string(), device: DeviceId.nullable(), session: SessionId.nullable() }).nullable(),
  /** What allowed it at that moment, as PostgreSQL found (docs/formats/ledger.md, Ground); null where nobody was asked. */
  ground: z.string().nullable(),
})
export type EntryView = z.infer<typeof EntryView>

export const page = z.object({ before: EntryId.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) })

export const calls = {
  'checkpoint.latest': call('GET /ledger/checkpoint', 'The newest signed checkpoint (c2sp.org/tlog-checkpoint)', {
    answer: z.object({ note: z.string(), origin: z.string(), size: z.number().int(), root: z.string(), at: Instant, key: z.string() }),
  }),
  'clock.confirm': call('POST /ledger/clock', 'Say that the clock can be trusted again', { status: 204 }),
}
