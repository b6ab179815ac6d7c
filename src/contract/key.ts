import { z } from 'zod'
import { call } from './call.ts'
import { MatterId, PersonId } from './ids.ts'
import { Instant } from './words.ts'

export const RotationView = z.object({
  id: z.uuid(),
  what: z.enum(['root', 'firm', 'matter', 'ledger']),
  /** Of one matter; else of all. */ one: z.boolean(),
  by: z.string(),
  begunAt: Instant,
  done: z.number().int(),
  /** 0: it has not come to it yet. */ of: z.number().int(),
  /** Matters that were passed over, as their client withholds its key. */ skipped: z.number().int(),
  endedAt: Instant.nullable(),
})
export type RotationView = z.infer<typeof RotationView>

/** A set of recovery shares of the root key. */
export const SplitView = z.object({
  set: z.string(),
  /** The root key is another by now. */ isVoid: z.boolean(),
  need: z.number().int(),
  /** Who keeps the shares 1, 2, …, and since when each says that they have the sheet. */
  custodians: z.array(z.object({ name: z.string(), acknowledgedAt: Instant.nullable() })),
  by: z.string(),
  at: Instant,
})
export type SplitView = z.infer<typeof SplitView>

/** A share that its reader keeps; what it holds is on paper and never here. */
export const OwnShareView = SplitView.pick({ set: true, isVoid: true, need: true, by: true, at: true }).extend({
  /** Which of how many. */ place: z.number().int(),
  of: z.number().int(),
  acknowledgedAt: Instant.nullable(),
})
export type OwnShareView = z.infer<typeof OwnShareView>

export const calls = {
  'key.list': call('GET /keys', 'The keys that the firm stands on, since when, and rotations under way', {
    answer: z.object({
      root: z.object({
        id: z.string(),
        /** Null: since the firm began. */ since: Instant.nullable(),
        sealedBy: z.enum(['nothing', 'passphrase', 'transit', 'kms']),
        /** Keys that backups of their time still need. */ former: z.number().int(),
      }),
      firm: z.object({ version: z.number().int(), since: Instant }),
      /** What signs the ledger, since the epoch began; null: since the log began. */
      ledger: z.object({ epoch: z.number().int(), since: Instant.nullable(), vkey: z.string() }),
      /** By count and never by name. */
      matters: z.object({ count: z.number().int(), rotated: z.number().int(), oldest: Instant.nullable() }),
      rotations: z.array(RotationView),
      splits: z.array(SplitView),
    }),
  }),
  'key.rotate': call('POST /keys/rotations', 'Replace a key and wrap everything under it anew; contents are not sealed again', {
    status: 201,
    body: z
      .object({
        what: z.enum(['root', 'firm', 'matter', 'ledger']),
        /** One matter; without it all of them. */ matter: MatterId.optional(),
      })
      .refine(({ what, matter }) => what === 'matter' || matter === undefined, 'Only what is “matter” takes a matter.'),
    answer: z.object({ id: z.uuid() }),
  }),
  'key.split': call('POST /keys/splits', 'Record among whom the root key was split; the shares themselves never come here', {
    status: 201,
    body: z
      .object({
        /** Of the shares that were made together. */ set: z.string().regex(/^[0-9a-f]{8}$/),
        /** Which was split. */ rootKey: z.string().regex(/^[0-9a-f]{16}$/),
        need: z.number().int().min(2).max(9),
        /** Of the shares 1, 2, … */ custodians: z.array(PersonId).min(2).max(9),
      })
      .refine(({ custodians }) => new Set(custodians).size === custodians.length, 'Each share needs a custodian of its own.')
      .refine(({ need, custodians }) => need <= custodians.length, 'No more can be needed than there are.'),
    answer: z.object({ set: z.string() }),
  }),
  'key.shares': call('GET /keys/shares', 'The recovery shares that one keeps oneself, the newest first', {
    answer: z.object({ shares: z.array(OwnShareView) }),
  }),
  'key.acknowledge': call('POST /keys/shares/acknowledgements', 'Say that one has the printed sheet of one’s share', {
    status: 204,
    body: z.object({ set: z.string().regex(/^[0-9a-f]{8}$/) }),
  }),
}
