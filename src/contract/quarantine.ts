import { z } from 'zod'
import { call } from './call.ts'
import { VersionNumber } from './document.ts'
import { DocumentId, PersonId } from './ids.ts'
import { Instant, Words } from './words.ts'
import { ScanWhy } from './scan.ts'

export const HeldView = z.object({
  document: DocumentId,
  version: z.number().int(),
  /** Bytes of the content. */ size: z.number().int(),
  state: z.enum(['waiting', 'quarantined']),
  why: ScanWhy.nullable(),
  /** What was found in it. */ signature: z.string().nullable(),
  by: z.object({ id: PersonId, name: z.string() }),
  at: Instant,
})
export type HeldView = z.infer<typeof HeldView>

export const calls = {
  'quarantine.list': call(
    'GET /quarantine',
    'Files in which malware was found, or that wait for the scanner; no name of a file or a matter',
    {
      answer: z.object({
        /** What happens to a file that the scanner cannot look at; `none`: there is no scanner. */ scanner: z.enum([
          'hold',
          'accept',
          'none',
        ]),
        held: z.array(HeldView),
      }),
    },
  ),
  'quarantine.release': call(
    'POST /documents/:document/release',
    'Release a version that is held, with a reason: it can be opened from then on',
    {
      params: z.object({ document: DocumentId }),
      body: z.object({ version: VersionNumber, reason: Words }),
      answer: z.object({ document: DocumentId, version: z.number().int() }),
    },
  ),
}
