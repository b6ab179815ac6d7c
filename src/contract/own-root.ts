import { z } from 'zod'
import { call } from './call.ts'
import { ConfirmationId, MatterId } from './ids.ts'
import { Instant, Words } from './words.ts'

/** What a client's key is called here: the name of its file on the server. Those who work on its matters read it. */
export const OwnRootName = z
  .string()
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'Up to 40 small letters, digits and hyphens.')
const Kind = z.enum(['transit', 'kms', 'file'])

export const OwnRootState = z.object({
  /** `resting`: nobody needed it of late, and it is not in memory. */ state: z.enum(['resting', 'held', 'withheld']),
  /** Held until, or withheld since. */ at: Instant.nullable(),
  /** Why it is withheld, for those who run keys. */ why: z.string().nullable(),
})
export const OwnRootView = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: Kind,
  by: z.string(),
  addedAt: Instant,
  /** By count; by name they are known to their own people. */ matters: z.number().int(),
  /** Those of them that the reader reaches. */ within: z.array(MatterId),
  /** Matters that are on their way to it. */ due: z.number().int(),
  ...OwnRootState.shape,
})
export type OwnRootView = z.infer<typeof OwnRootView>

const reason = Words.max(2000)
const asked = z.object({ confirmation: ConfirmationId })

export const calls = {
  'root.list': call('GET /own-roots', 'The keys that clients bring, whether each is given out, and how many matters are under it', {
    answer: z.object({
      roots: z.array(OwnRootView),
      /** What stands on the server and is not added yet. */ offered: z.array(z.object({ name: z.string(), kind: Kind })),
      /** A key is held in memory so long at most. */ minutes: z.number().int(),
    }),
  }),
  'root.add': call('POST /own-roots', 'Add a client’s key that stands on the server; its service is asked to seal and to open', {
    status: 201,
    body: z.object({ name: OwnRootName }),
    answer: OwnRootView,
  }),
  'root.test': call('POST /own-roots/:root/tests', 'Ask now whether a client’s key is given out', {
    params: z.object({ root: z.uuid() }),
    answer: OwnRootState,
  }),
  'root.put': call('POST /matters/:matter/own-root', 'Ask for a matter to come under a client’s key; a second person decides', {
    status: 201,
    params: z.object({ matter: MatterId }),
    body: z.object({ name: OwnRootName, reason }),
    answer: asked,
  }),
  'root.take': call('POST /matters/:matter/own-root/end', 'Ask for a matter to come off its client’s key; a second person decides', {
    status: 201,
    params: z.object({ matter: MatterId }),
    body: z.object({ reason }),
    answer: asked,
  }),
}
