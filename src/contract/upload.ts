import { z } from 'zod'
import { call } from './call.ts'
import { VersionNumber } from './document.ts'
import { DocumentId, MatterId, UploadId } from './ids.ts'
import { Instant, Words } from './words.ts'

const one = z.object({ upload: UploadId })
const inMatter = z.object({ matter: MatterId })

/** What a version is made of: which one it was made from, why, and whether what one had taken out stays so. */
export const IntoVersion = z.object({ document: DocumentId, from: VersionNumber, reason: Words, keep: z.boolean() })
export type IntoVersion = z.infer<typeof IntoVersion>

/** An upload in parts, to its own person. */
export const UploadView = z.object({
  id: UploadId,
  matter: MatterId,
  name: z.string(),
  folder: z.string(),
  /** Bytes. */ size: z.number().int(),
  /** Bytes that have arrived and are on the disk. */ offset: z.number().int(),
  /** When the file was last changed where it lies, as its sender says, ms since 1970; null: not said. */ modified: z
    .number()
    .int()
    .nullable(),
  /** Of which document it becomes the next version; null: it becomes a document. */ into: IntoVersion.nullable(),
  endsAt: Instant,
  /** What it has become, or has a new version of. */ document: DocumentId.nullable(),
})
export type UploadView = z.infer<typeof UploadView>

/** Uploads in parts, by tus 1.0.0 with creation, termination and expiration (tus.io/protocols/resumable-upload). */
export const calls = {
  'upload.begin': call(
    'POST /matters/:matter/uploads',
    'Begin an upload in parts (tus): `Upload-Length`, and in `Upload-Metadata` `filename`, `folder`, `class` and `modified`; for the next version of a document `document`, `from`, `reason` and `keep`',
    { status: 201, params: inMatter, takes: 'bytes', answer: UploadView },
  ),
  'upload.list': call('GET /matters/:matter/uploads', 'One’s own unfinished uploads in a matter', {
    params: inMatter,
    answer: z.object({ uploads: z.array(UploadView) }),
  }),
  'upload.read': call('GET /uploads/:upload', 'An upload in parts, and the document that it has become', {
    params: one,
    answer: UploadView,
  }),
  'upload.state': call('HEAD /uploads/:upload', 'How much of an upload has arrived (tus), in `Upload-Offset`', {
    params: one,
    takes: 'bytes',
  }),
  'upload.part': call(
    'PATCH /uploads/:upload',
    'A part of an upload (tus), from `Upload-Offset` on; the last one makes the document or its version. `Upload-Offset` of the answer is what is on the disk',
    { status: 204, params: one, takes: 'bytes' },
  ),
  'upload.end': call('DELETE /uploads/:upload', 'Give an upload up (tus); what has arrived is erased', { status: 204, params: one }),
}
