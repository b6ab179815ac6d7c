import { z } from 'zod'
import { call } from './call.ts'
import { DocumentView, ReceivedView, Shown, VersionNumber } from './document.ts'
import { DocumentId, PersonId } from './ids.ts'
import { ScanView } from './scan.ts'
import { Instant, Words } from './words.ts'

const one = z.object({ document: DocumentId })

export const VersionView = z.object({
  number: z.number().int(),
  size: z.number().int(),
  /** SHA-256 of the content, hex. */ sha256: z.string(),
  mediaType: z.string(),
  shown: Shown,
  /** Why it was made; empty for the first. */ reason: z.string(),
  by: z.object({ id: PersonId, name: z.string() }),
  at: Instant,
  scan: ScanView,
})
export type VersionView = z.infer<typeof VersionView>

/** One line of two texts laid side by side: in both, in the older only, in the newer only. */
export const ComparedLine = z.object({ in: z.enum(['both', 'older', 'newer']), text: z.string() })
export type ComparedLine = z.infer<typeof ComparedLine>

export const calls = {
  'version.list': call('GET /documents/:document/versions', 'The versions of a document, newest first', {
    params: one,
    answer: z.object({ versions: z.array(VersionView) }),
  }),
  'version.create': call(
    'POST /documents/:document/versions',
    'Add a version: a raw body, or multipart/form-data, and why in `X-Reason` (percent-encoded) or in the query. It names the version that it was made from, so that nobody overwrites what they have not seen',
    {
      status: 201,
      params: one,
      query: z.object({
        from: VersionNumber,
        /** What has changed. */ reason: Words.optional(),
        /** What one had taken out stays so. */ keep: z.stringbool().default(false),
      }),
      takes: 'bytes',
      answer: ReceivedView,
    },
  ),
  'version.compare': call('POST /documents/:document/comparisons', 'Two versions of a text side by side; it opens both', {
    status: 201,
    params: one,
    body: z.object({ older: VersionNumber, newer: VersionNumber }),
    answer: z.object({
      lines: z.array(ComparedLine),
      /** Lines of both that stand between changes and were left out are said by their count. */
      left: z.array(z.object({ before: z.number().int(), count: z.number().int() })),
      added: z.number().int(),
      removed: z.number().int(),
    }),
  }),
  'document.take-out': call('POST /documents/:document/out', 'Take a document out to work on it: nobody else adds a version meanwhile', {
    params: one,
    body: z.object({ note: z.string().trim().max(500).default('') }),
    answer: DocumentView,
  }),
  'document.bring-back': call(
    'DELETE /documents/:document/out',
    'Bring it back as it was; whoever may change the matter does so for another',
    { params: one, answer: DocumentView },
  ),
}
