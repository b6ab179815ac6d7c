import { z } from 'zod'
import { EntryId, MatterId } from './ids.ts'
import { Instant } from './words.ts'

export const Named = z.object({ id: z.uuid(), name: z.string() })
/** One thing that was opened before: the document's name only for whoever reaches it. */
export const SeenView = z.object({
  entry: EntryId,
  person: Named,
  at: Instant,
  deed: z.string(),
  matter: MatterId,
  object: z.string().nullable(),
})
export type SeenView = z.infer<typeof SeenView>
