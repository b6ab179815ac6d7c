import type { DocumentView } from '../../contract/document.ts'
import { kindOf as kindOfFile, kindOfContent, MEDIA_TYPES, type Kind as Foreign } from '../../platform/reading/kinds.ts'
import type { Source } from '../../platform/reading/reading.ts'

type Kind = { mediaType: string; shown: DocumentView['shown'] }

const KINDS: [test: (head: Buffer) => boolean, kind: Kind][] = [
  [(head) => head.subarray(0, 1024).includes('%PDF-'), { mediaType: 'application/pdf', shown: 'pdf' }],
  [(head) => head.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')), { mediaType: 'image/png', shown: 'image' }],
  [(head) => head.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')), { mediaType: 'image/jpeg', shown: 'image' }],
  [(head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6)), { mediaType: 'image/gif', shown: 'image' }],
  [
    (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP',
    { mediaType: 'image/webp', shown: 'image' },
  ],
  [isText, { mediaType: 'text/plain; charset=utf-8', shown: 'text' }],
]

/** What a reader makes text of; a page is shown as the text that it is, and so is a script. */
const READ: readonly Foreign[] = ['eml', 'msg', 'mbox', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'doc', 'rtf', 'wpd', 'locked', 'zip']
const NAMED: readonly Foreign[] = ['ole']

/**
 * What a content is, by its first bytes (of packages also by what stands further on) and never by its name. The list is short
 * on purpose: what is not on it is bytes to download, and a page or a script uploaded as a document is shown as the text it is.
 */
export async function kindOf(head: Buffer, content: Source): Promise<Kind> {
  const first = kindOfContent(head)
  const foreign = first === 'zip' || first === 'ole' || first === 'msg' ? await kindOfFile(content) : first
  if (foreign && READ.includes(foreign)) return { mediaType: MEDIA_TYPES[foreign], shown: 'read' }
  if (foreign && NAMED.includes(foreign)) return { mediaType: MEDIA_TYPES[foreign], shown: 'no' }
  return KINDS.find(([test]) => test(head))?.[1] ?? { mediaType: 'application/octet-stream', shown: 'no' }
}

/** Text in UTF-8 or an older eight-bit code: no NUL and no control but tab, line ends and form feed. */
function isText(head: Buffer): boolean {
  return !/[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/.test(head.toString('latin1'))
}
