import { z } from 'zod'
import { call } from './call.ts'
import { ConfirmationId, DocumentId, MatterId, OpeningId, PersonId } from './ids.ts'
import { DataType } from './matrix.ts'
import { ScanView } from './scan.ts'
import { Class, FileName, FolderPath, Instant, MatterClass, nameFault, Words } from './words.ts'

/** How a document can be shown in the page; everything else is downloaded. `read`: as what a reader makes of it, see Preview. */
export const Shown = z.enum(['text', 'pdf', 'image', 'read', 'no'])

/** Why it is privileged, as a privilege log names it (Fed. R. Civ. P. 26(b)(5)(A)). */
export const Privilege = z.enum(['none', 'attorney-client', 'work-product', 'common-interest', 'other'])
export type Privilege = z.infer<typeof Privilege>
/** A record that is out of the firm's hands is not changed any more. */
export const LockedAs = z.enum(['filed', 'served', 'signed'])
export type LockedAs = z.infer<typeof LockedAs>

const Line = z
  .string()
  .trim()
  .max(200)
  .refine((text) => text === '' || nameFault(text, 800) === null, 'The words hold a character that cannot be shown.')
/** What is known of a document beside its content. */
export const DocumentAbout = z.object({
  privilege: Privilege,
  tags: z.array(Line.min(1).max(40)).max(20),
  author: Line,
  /** Whose file it was when it was collected. */ custodian: Line,
  /** Where it came from, such as `Opposing counsel, by e-mail`. */ source: Line,
  receivedOn: z.iso.date().nullable(),
})
export type DocumentAbout = z.infer<typeof DocumentAbout>

const Named = z.object({ id: PersonId, name: z.string() })
export const DocumentView = z.object({
  id: DocumentId,
  matter: MatterId,
  name: z.string(),
  /** Folder names from the top, joined by `/`; empty on the matter's own floor. */
  folder: z.string(),
  version: z.number().int(),
  /** The strictest of its own, its matter's and its client's. */ class: Class,
  /** Bytes of the content. */
  size: z.number().int(),
  /** SHA-256 of the content, hex. */
  sha256: z.string(),
  mediaType: z.string(),
  shown: Shown,
  /** Kinds of data that were recognized when it came in, and how often; no value is kept. */
  found: z.array(z.object({ type: DataType, count: z.number().int() })),
  by: Named,
  at: Instant,
  scan: ScanView,
  about: DocumentAbout,
  /** Someone works on it: nobody else adds a version until they bring it back. */
  out: z.object({ by: Named, at: Instant, note: z.string() }).nullable(),
  locked: z.object({ as: LockedAs, by: Named, at: Instant }).nullable(),
})
export type DocumentView = z.infer<typeof DocumentView>

export const VersionNumber = z.coerce.number().int().min(1).max(1_000_000)
/** A content that has just come in. */
export const ReceivedView = DocumentView.extend({
  /** How much of it was read for kinds of data: text whole or its beginning, other formats not at all. */
  read: z.enum(['whole', 'start', 'no']),
  /** What it holds asked for a stricter class than the label, and it has that. */ raised: z.boolean(),
  /** A stricter class that what it holds suggests. */ suggested: MatterClass.nullable(),
})

/** A document that holds the same content as another. */
export const SameView = z.object({ id: DocumentId, name: z.string(), folder: z.string() })

const inMatter = z.object({ matter: MatterId })
const one = z.object({ document: DocumentId })

export const calls = {
  'document.upload': call(
    'POST /matters/:matter/documents',
    'Add a document: a raw body, its name in `X-File-Name` and its folder in `X-File-Folder` (percent-encoded) or both in the query; or multipart/form-data',
    {
      status: 201,
      params: inMatter,
      query: z.object({
        name: FileName.optional(),
        folder: FolderPath.optional(),
        /** its label; without one it is of its matter’s class, or of a stricter one that what it holds asks for */
        class: Class.optional(),
      }),
      takes: 'bytes',
      answer: ReceivedView.extend({
        /** Documents of the matter, within reach, whose newest version is the same content. */
        same: z.array(SameView),
      }),
    },
  ),
  'document.list': call('GET /matters/:matter/documents', 'The documents of a matter, oldest first', {
    params: inMatter,
    query: z.object({ after: DocumentId.optional(), limit: z.coerce.number().int().min(1).max(1000).default(500) }),
    answer: z.object({ documents: z.array(DocumentView), next: DocumentId.nullable() }),
  }),
  'document.same': call(
    'GET /documents/:document/same',
    'Documents of its matter, within reach, whose newest version holds the same content',
    {
      params: one,
      answer: z.object({ same: z.array(SameView) }),
    },
  ),
  'document.read': call('GET /documents/:document', 'What is known of a document; not its content', { params: one, answer: DocumentView }),
  'document.open': call('POST /documents/:document/openings', 'Open a document in the page: an opening serves its bytes for some minutes', {
    status: 201,
    params: one,
    query: z.object({ /** The newest, where none is named. */ version: VersionNumber.optional() }),
    answer: DocumentView.extend({
      opening: OpeningId,
      content: z.string(),
      endsAt: Instant,
      /** The reader's name and the time stand across what is shown. */ watermark: z.boolean(),
      print: z.boolean(),
      download: z.boolean(),
    }),
  }),
  'document.classify': call('POST /documents/:document/class', 'Raise the class of a document', {
    params: one,
    body: z.object({ class: MatterClass }),
    answer: DocumentView,
  }),
  'document.lower': call(
    'POST /documents/:document/lowering',
    'Ask for a milder class of a document; a second person on the matter decides',
    {
      status: 201,
      params: one,
      body: z.object({ class: MatterClass, reason: Words }),
      answer: z.object({ confirmation: ConfirmationId }),
    },
  ),
  'document.content': call('GET /openings/:opening/content', 'The bytes of an opening; ranges are served', {
    params: z.object({ opening: OpeningId }),
    gives: 'bytes',
  }),
  'document.download': call('GET /documents/:document/download', 'A copy of a document; ranges are served', {
    params: one,
    query: z.object({ version: VersionNumber.optional() }),
    gives: 'bytes',
  }),
}
