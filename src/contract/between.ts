import { z } from 'zod'
import { call } from './call.ts'
import { DocumentView } from './document.ts'
import { DocumentId, MatterId } from './ids.ts'
import { FolderPath, Words } from './words.ts'

const Named = z.object({ id: DocumentId, name: z.string(), folder: z.string() })
/** `place`: the name or path that it had in there, as that says it. */
const Related = Named.extend({ place: z.string() })
const one = z.object({ document: DocumentId })

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
  'document.unpack': call(
    'POST /documents/:document/unpacking',
    'Take the attachments of an e-mail, the messages of a mailbox or the files of an archive out as documents of their own; done again, it takes what is not there yet',
    {
      status: 201,
      params: one,
      answer: z.object({
        /** The folder that they stand in, or below. */ folder: z.string(),
        made: z.array(Named),
        /** How many were there already. */ known: z.number().int(),
        /** What was left where it is, and why; 500 at most. */ skipped: z.array(z.object({ place: z.string(), why: z.string() })),
      }),
    },
  ),
  'document.parts': call('GET /documents/:document/parts', 'What a document was taken out of, and what was taken out of it', {
    params: one,
    answer: z.object({ of: Related.nullable(), parts: z.array(Related) }),
  }),
}
