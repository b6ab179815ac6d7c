import { z } from 'zod'
import { call } from './call.ts'
import { VersionNumber } from './document.ts'
import { DocumentId } from './ids.ts'

export const calls = {
  'document.thumbnail': call(
    'GET /documents/:document/thumbnail',
    'A small picture (WebP) of what a document shows first; 204 without content where there is none',
    { params: z.object({ document: DocumentId }), query: z.object({ version: VersionNumber.optional() }), gives: 'bytes' },
  ),
}
