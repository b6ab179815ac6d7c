import { z } from 'zod'
import { call } from './call.ts'
import { DocumentAbout, DocumentView, LockedAs } from './document.ts'
import { DocumentId, MatterId, PersonId } from './ids.ts'
import { FileName, FolderPath, Instant, Words } from './words.ts'

const inMatter = z.object({ matter: MatterId })
const one = z.object({ document: DocumentId })
/** Documents of one matter, all or none. */
const some = z.array(DocumentId).min(1).max(1000)
const At = FolderPath.refine((path) => path !== '', 'The matter’s own floor is no folder.')

export const TrashedView = DocumentView.extend({ trashedBy: z.object({ id: PersonId, name: z.string() }), trashedAt: Instant })
export type TrashedView = z.infer<typeof TrashedView>

export const calls = {
  'folder.list': call('GET /matters/:matter/folders', 'The folders of a matter, also those that hold nothing', {
    params: inMatter,
    answer: z.object({ folders: z.array(z.string()) }),
  }),
  'folder.create': call('POST /matters/:matter/folders', 'Make a folder, and those above it that are not there', {
    status: 201,
    params: inMatter,
    body: z.object({ path: At }),
    answer: z.object({ path: z.string() }),
  }),
  'folder.move': call('POST /matters/:matter/folders/moving', 'Rename a folder, or move it with all that it holds', {
    params: inMatter,
    body: z.object({ from: At, to: At }),
    answer: z.object({ path: z.string() }),
  }),
  'folder.remove': call('POST /matters/:matter/folders/removal', 'Remove a folder that holds nothing', {
    status: 204,
    params: inMatter,
    body: z.object({ path: At }),
  }),
  'document.move': call('POST /matters/:matter/documents/moving', 'Move documents into another folder of their matter', {
    params: inMatter,
    body: z.object({ documents: some, folder: FolderPath }),
    answer: z.object({ documents: z.array(DocumentView) }),
  }),
  'document.rename': call('POST /documents/:document/name', 'Give a document another name', {
    params: one,
    body: z.object({ name: FileName }),
    answer: DocumentView,
  }),
  'document.describe': call(
    'POST /documents/:document/about',
    'Say what is known of a document: privilege, tags, author, custodian, source, date received',
    {
      params: one,
      body: DocumentAbout,
      answer: DocumentView,
    },
  ),
  'document.lock': call(
    'POST /documents/:document/lock',
    'Lock a document as it was filed, served or signed: nothing of it changes any more',
    {
      params: one,
      body: z.object({ as: LockedAs }),
      answer: DocumentView,
    },
  ),
  'document.unlock': call('POST /documents/:document/unlocking', 'Unlock a document, with a reason', {
    params: one,
    body: z.object({ reason: Words }),
    answer: DocumentView,
  }),
  'document.trash': call('POST /matters/:matter/trash', 'Put documents into the trash of their matter', {
    params: inMatter,
    body: z.object({ documents: some }),
    answer: z.object({ documents: z.array(DocumentId) }),
  }),
  'document.trashed': call('GET /matters/:matter/trash', 'What is in the trash of a matter, newest first', {
    params: inMatter,
    answer: z.object({ documents: z.array(TrashedView) }),
  }),
  'document.restore': call('POST /matters/:matter/trash/restoring', 'Take documents out of the trash, to where they were', {
    params: inMatter,
    body: z.object({ documents: some }),
    answer: z.object({ documents: z.array(DocumentView) }),
  }),
}
