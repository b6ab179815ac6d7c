import { z } from 'zod'
import { call } from './call.ts'
import { OpeningId } from './ids.ts'

const Address = z.object({ name: z.string(), address: z.string() })
const Message = z.object({ subject: z.string(), from: Address.nullable(), /** ISO 8601, UTC */ date: z.string().nullable() })

/** What a page shows of a file that a browser does not show itself. All of it is plain text that may say anything, and no markup. */
export const Preview = z.discriminatedUnion('kind', [
  Message.extend({
    kind: z.literal('mail'),
    to: z.array(Address),
    cc: z.array(Address),
    text: z.string(),
    /** `html`: the text was taken out of markup. */ textFrom: z.enum(['plain', 'html', 'none', 'unread']),
    attachments: z.array(z.object({ name: z.string(), mediaType: z.string(), /** bytes */ size: z.number().int() })),
    cut: z.boolean(),
  }),
  z.object({ kind: z.literal('mails'), mails: z.array(Message.extend({ /** bytes */ size: z.number().int() })), cut: z.boolean() }),
  z.object({
    kind: z.literal('text'),
    blocks: z.array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('heading'), level: z.number().int(), text: z.string() }),
        z.object({ type: z.literal('paragraph'), text: z.string() }),
        z.object({ type: z.literal('list'), text: z.string() }),
        z.object({ type: z.literal('table-row'), cells: z.array(z.string()) }),
      ]),
    ),
    cut: z.boolean(),
  }),
  z.object({
    kind: z.literal('sheets'),
    sheets: z.array(z.object({ name: z.string(), isHidden: z.boolean(), rows: z.array(z.array(z.string())), cut: z.boolean() })),
    cut: z.boolean(),
  }),
  z.object({
    kind: z.literal('archive'),
    entries: z.array(
      z.object({
        path: z.string(),
        /** bytes */ size: z.number(),
        isDirectory: z.boolean(),
        isEncrypted: z.boolean(),
        /** Why it must not become a name. */ refused: z.string().nullable(),
      }),
    ),
    cut: z.boolean(),
  }),
])
export type Preview = z.infer<typeof Preview>

export const calls = {
  'document.preview': call('GET /openings/:opening/preview', 'What an opened e-mail, Word file, spreadsheet or archive says, as text', {
    params: z.object({ opening: OpeningId }),
    answer: Preview,
  }),
}
