import { z } from 'zod'
import { call } from './call.ts'
import { WitnessId } from './ids.ts'
import { Instant } from './words.ts'

/** What can be wrong with a witness, in a sentence that says what to do. The last four contradict the ledger itself. */
export const WITNESS_FAULTS = {
  away: 'It does not answer, or not in time. It is asked again, more and more seldom, and then sent everything since.',
  unknown: 'It does not know this ledger. Give its operator the ledger’s key.',
  refused: 'It does not accept this ledger’s signature. Its operator trusts another key under this ledger’s name.',
  odd: 'It answers with what no witness says. Check its address with its operator.',
  lied: 'It answered with a signature that does not fit its key, or that is not of what it was sent, so it does not count. Compare its key with its operator; if it goes on, let it go.',
  clock: 'Its clock is ahead: its signature is dated in the future, and does not count. Tell its operator.',
  forgot: 'It holds less than it signed before, so its memory cannot be relied on. Ask its operator, and let it go.',
  unproved: 'It says that this ledger does not follow from what it signed before, and shows no proof of it. Ask its operator at once.',
  ahead:
    'It has signed more entries than this ledger holds. Entries are missing here: an older copy of the database was put back, or a second copy of this ledger is running.',
  strange: 'It holds a size at which this ledger never signed. A second copy of this ledger was signed with the same key.',
  forked: 'It has signed another history of this ledger than the one here. Entries were rewritten, here or in a copy with the same key.',
} as const
export type WitnessFault = keyof typeof WITNESS_FAULTS
const fault = z.enum(Object.keys(WITNESS_FAULTS) as [WitnessFault, ...WitnessFault[]])
/** Not the witness's trouble but the ledger's: someone must look at it. */
export const ALARMING: readonly WitnessFault[] = ['unproved', 'ahead', 'strange', 'forked']

export const WitnessView = z.object({
  id: WitnessId,
  name: z.string(),
  url: z.string(),
  /** Its verifier key. */ key: z.string(),
  addedBy: z.string(),
  addedAt: Instant,
  retiredAt: Instant.nullable(),
  /** The newest of its cosignatures: how many entries, and when by its clock; null: there is none. */
  last: z.object({ size: z.number().int(), at: Instant }).nullable(),
  /** When it was last asked, and what was wrong then. */
  askedAt: Instant.nullable(),
  fault: z.object({ code: fault, text: z.string(), since: Instant, isAlarming: z.boolean() }).nullable(),
})
export type WitnessView = z.infer<typeof WitnessView>

/** A checkpoint with the cosignatures under it. */
export const Witnessed = z.object({
  size: z.number().int(),
  /** The signed note, cosignatures and all. */ note: z.string(),
  by: z.array(z.object({ name: z.string(), key: z.string(), at: Instant })),
})

export const calls = {
  'witness.list': call('GET /ledger/witnesses', 'The witnesses of the ledger, what each signed last, and what a new one is told', {
    answer: z.object({
      witnesses: z.array(WitnessView),
      /** What a witness’s operator is given: the ledger’s verifier key. */ key: z.string(),
      /** The newest checkpoint that a witness cosigned; null: there is none. */ witnessed: Witnessed.nullable(),
      /** The last one that was mailed or stamped: over how many entries, when, and what was wrong the last time it was tried. */
      published: z.array(
        z.object({
          what: z.enum(['mail', 'stamp']),
          size: z.number().int().nullable(),
          at: Instant.nullable(),
          fault: z.string().nullable(),
        }),
      ),
      /** The newest time stamp (RFC 3161) over SHA-256 of a checkpoint’s note: its token, base64 of DER. */
      stamp: z.object({ size: z.number().int(), at: Instant, by: z.string(), note: z.string(), token: z.string() }).nullable(),
    }),
  }),
  'checkpoint.print': call(
    'GET /ledger/checkpoint/sheet',
    'The newest checkpoint on paper (PDF), with its cosignatures and how to check it',
    {
      gives: 'bytes',
    },
  ),
  'checkpoint.mail': call('POST /ledger/checkpoint/send', 'Mail or stamp the newest checkpoint now, as the setting says', {
    status: 204,
    body: z.object({ what: z.enum(['mail', 'stamp']) }),
  }),
  'witness.add': call('POST /ledger/witnesses', 'Name a witness of the ledger', {
    status: 201,
    body: z.object({ url: z.url().max(500), key: z.string().trim().min(1).max(500) }),
    answer: WitnessView,
  }),
  'witness.retire': call('DELETE /ledger/witnesses/:witness', 'Let a witness go; what it signed stays', {
    status: 204,
    params: z.object({ witness: WitnessId }),
  }),
}
