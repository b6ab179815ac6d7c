import { z } from 'zod'
import { call } from './call.ts'
import { DocumentView } from './document.ts'
import { MatterId } from './ids.ts'
import { SORTS } from './order.ts'

/** A row of the tree of a matter's files. */
export const ListedRow = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    path: z.string(),
    depth: z.number().int(),
    /** documents in it and below */ count: z.number().int(),
  }),
  z.object({ kind: z.literal('file'), depth: z.number().int(), document: DocumentView }),
])
export type ListedRow = z.infer<typeof ListedRow>

export const calls = {
  'document.rows': call('GET /matters/:matter/rows', 'A part of the tree of a matter’s files, all folders open, in the order chosen', {
    params: z.object({ matter: MatterId }),
    query: z.object({
      sort: z.enum(SORTS).default('name'),
      down: z.stringbool().default(false),
      start: z.coerce.number().int().min(0).max(10_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      /** Do not wait for names to be put in order: where their order is not known yet, the newest come first, without folders. */
      soon: z.stringbool().default(false),
    }),
    answer: z.object({
      /** of rows in all */ total: z.number().int(),
      start: z.number().int(),
      /** `newest`: only where `soon` was asked. */ order: z.enum(['asked', 'newest']),
      rows: z.array(ListedRow),
    }),
  }),
}
