import { z } from 'zod'
import { call } from './call.ts'
import { DocumentId, MatterId, OpeningId, PersonId } from './ids.ts'
import { Class, FileName, FolderPath, Instant } from './words.ts'

/** How a document can be shown in the page; everything else is downloaded. */
export const Shown = z.enum(['text', 'pdf', 'image', 'no'])

export const DocumentView = z.object({
  id: DocumentId,
  matter: MatterId,
  name: z.string(),
  /** Folder names from the top, joined by `/`; empty on the matter's own floor. */
  folder: z.string(),
  version: z.number().int(),
  class: Class,
  /** Bytes of the content. */
  size: z.number().int(),
  /** SHA-256 of the content, hex. */
  sha256: z.string(),
  mediaType: z.string(),
  shown: Shown,
  by: z.object({ id: PersonId, name: z.string() }),
  at: Instant,
})
export type DocumentView = z.infer<typeof DocumentView>

const inMatter = z.object({ matter: MatterId })
const one = z.object({ document: DocumentId })

export const calls = {
  'document.upload': call(
    'POST /matters/:matter/documents',
    'Add a document: a raw body, its name in `X-File-Name` and its folder in `X-File-Folder` (percent-encoded) or both in the query; or multipart/form-data',
    {
      status: 201,
      params: inMatter,
      query: z.object({ name: FileName.optional(), folder: FolderPath.optional() }),
      takes: 'bytes',
      answer: DocumentView,
    },
  ),
  'document.list': call('GET /matters/:matter/documents', 'The documents of a matter, oldest first', {
    params: inMatter,
    query: z.object({ after: DocumentId.optional(), limit: z.coerce.number().int().min(1).max(1000).default(500) }),
    answer: z.object({ documents: z.array(DocumentView), next: DocumentId.nullable() }),
  }),
  'document.read': call('GET /documents/:document', 'What is known of a document; not its content', { params: one, answer: DocumentView }),
  'document.open': call('POST /documents/:document/openings', 'Open a document in the page: an opening serves its bytes for some minutes', {
    status: 201,
    params: one,
    answer: DocumentView.extend({ opening: OpeningId, content: z.string(), endsAt: Instant }),
  }),
  'document.content': call('GET /openings/:opening/content', 'The bytes of an opening; ranges are served', {
    params: z.object({ opening: OpeningId }),
    gives: 'bytes',
  }),
  'document.download': call('GET /documents/:document/download', 'A copy of a document; ranges are served', {
    params: one,
    gives: 'bytes',
  }),
}
