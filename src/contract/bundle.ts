import { z } from 'zod'
import { call } from './call.ts'
import { BundleId, DocumentId, MatterId } from './ids.ts'
import { FolderPath, Instant, Words } from './words.ts'

const inMatter = z.object({ matter: MatterId })

/** Which documents: these, those in a folder and below it, or all within reach. */
export const BundleOf = z.union([
  z.strictObject({ documents: z.array(DocumentId).min(1).max(5000) }),
  z.strictObject({ folder: FolderPath.refine((path) => path !== '', 'The matter’s own floor is the whole.') }),
  z.strictObject({ whole: z.literal(true) }),
])
export type BundleOf = z.infer<typeof BundleOf>

/** Documents that cannot go, by what holds them back: the code and the sentence with which a copy of one is refused. */
export const HeldBack = z.object({
  code: z.string(),
  text: z.string(),
  count: z.number().int(),
  /** Paths of the first of them. */ first: z.array(z.string()),
})
export type HeldBack = z.infer<typeof HeldBack>

const Counted = z.object({
  /** Documents that go. */ documents: z.number().int(),
  /** Bytes of their contents. */ bytes: z.number().int(),
  heldBack: z.array(HeldBack),
})

export const calls = {
  'bundle.preview': call('POST /matters/:matter/bundles/preview', 'What an archive would hold, and what would be left out of it', {
    params: inMatter,
    body: z.object({ of: BundleOf }),
    answer: Counted,
  }),
  'document.bundle': call(
    'POST /matters/:matter/bundles',
    'Take copies of documents as one zip with its manifest; an entry for each. What the handling of its class holds back is left out and named',
    {
      status: 201,
      params: inMatter,
      body: z.object({
        of: BundleOf,
        reason: Words.optional(),
        /** What asks for a fresh second factor is left out too, instead of asking for it. */ leaveOut: z.boolean().default(false),
      }),
      answer: Counted.extend({ bundle: BundleId, content: z.string(), name: z.string(), endsAt: Instant }),
    },
  ),
  'bundle.content': call('GET /bundles/:bundle/content', 'The zip of a bundle, streamed; its manifest comes last', {
    params: z.object({ bundle: BundleId }),
    gives: 'bytes',
  }),
}
