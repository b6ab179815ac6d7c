import { z } from 'zod'
import { call } from './call.ts'
import { DocumentView } from './document.ts'
import { DocumentId, MatterId } from './ids.ts'
import { FolderPath, Words } from './words.ts'

export const calls = {
  'document.transfer': call(
    'POST /matters/:matter/documents/transfers',
    'Move or copy documents into another matter, all or none; their contents are sealed anew under its keys',
    {
      params: z.object({ matter: MatterId }),
      body: z.object({
        documents: z.array(DocumentId).min(1).max(100),
        /** The other matter. */ to: MatterId,
        /** The folder there; it is made where it is not. */ folder: FolderPath,
        /** They stay where they are as well. */ copy: z.boolean(),
        reason: Words,
      }),
      answer: z.object({ documents: z.array(DocumentView) }),
    },
  ),
}
