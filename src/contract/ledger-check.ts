import { z } from 'zod'
import { call } from './call.ts'
import { Instant } from './words.ts'

export const LedgerCheckView = z.object({
  state: z.enum(['never', 'asked', 'running', 'ended']),
  begunAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** What the one under way is at, and how far; null: none is. */
  at: z.object({ step: z.string(), done: z.number().int(), of: z.number().int() }).nullable(),
  /** Of the last that ended: how many entries stand in the tree. */ entries: z.number().int(),
  /** What it found, the first fault first: what, and with which entry, leaf, checkpoint or matter; at most 100. */
  faults: z.array(z.object({ what: z.string(), where: z.string() })),
  /** Since when it is known not to be whole; null: nothing is known against it. */ brokenAt: Instant.nullable(),
  /** The hour of the server’s day in which it runs by itself. */ hour: z.number().int(),
})
export type LedgerCheckView = z.infer<typeof LedgerCheckView>

export const calls = {
  'ledger-check.read': call('GET /ledger/check', 'The last check of the whole ledger, how far it is, and what it found', {
    answer: LedgerCheckView,
  }),
  'ledger-check.start': call('POST /ledger/check', 'Begin to check the whole ledger, as `verify` does', { answer: LedgerCheckView }),
}
