import type { Source } from './reading.ts'
import { isWordPerfect6 } from './wordperfect.ts'

/**
 * Kinds told apart here, by content and never by name. `read` shows those in `READABLE`, of which `locked`, an Office file under a
 * password, only says so; another OLE file (xls, ppt) and whatever a computer would run are only named.
 */
export const READABLE = [
  'eml',
  'msg',
  'mbox',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'ods',
  'odp',
  'doc',
  'rtf',
  'wpd',
  'locked',
  'zip',
  'html',
] as const
export type Kind = ReadableKind | 'ole' | 'executable'
export type ReadableKind = (typeof READABLE)[number]

export const MEDIA_TYPES: Record<Kind, string> = {
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  mbox: 'application/mbox',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  doc: 'application/msword',
  rtf: 'application/rtf',
  wpd: 'application/vnd.wordperfect',
  locked: 'application/x-ole-storage',
  zip: 'application/zip',
  html: 'text/html',
  ole: 'application/x-ole-storage',
  executable: 'application/x-executable',
}

const HEAD = 4096
const TAIL = 128 * 1024
const DIRECTORY = 64 * 1024
const MACH_O = ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', 'bebafeca', 'cafebabf']
const SHORTCUT = '4c0000000114020000000000c000000000000046'
const OFFICE = [
  ['docx', 'word/document'],
  ['xlsx', 'xl/workbook'],
  ['pptx', 'ppt/presentation'],
] as const
const FIELDS = new Set(
  'from to cc bcc sender reply-to subject date message-id in-reply-to references mime-version content-type content-transfer-encoding received return-path delivered-to dkim-signature authentication-results x-mailer'.split(
    ' ',
  ),
)

/**
 * What a file is by its first bytes (4 KiB do) and, for archives, its last (128 KiB do), for compound files its directory; null
 * when it is none of these. An Office file whose list of parts stands beyond both is a zip, a compound file whose directory does
 * is `ole`: `kindOf` looks there.
 */
export function kindOfContent(head: Buffer, tail: Buffer = Buffer.alloc(0)): Kind | null {
  const hex = head.toString('hex', 0, 20)
  if (isMachineCode(head) || isShortcut(head) || isScript(head)) return 'executable'
  if (/^504b(0304|0506|0708)/.test(hex)) return openDocument(head) ?? office(head, tail) ?? 'zip'
  if (hex.startsWith('d0cf11e0a1b11ae1')) return compound(tail) ?? ([head, tail].some(isOutlook) ? 'msg' : 'ole')
  if (hex.startsWith('7b5c727466')) return 'rtf'
  if (isWordPerfect6(head)) return 'wpd'
  const text = head.toString('latin1', hex.startsWith('efbbbf') ? 3 : 0, HEAD)
  if (/^From \S[^\r\n]*\d{4}\r?\n[\x21-\x39\x3b-\x7e]+:/.test(text)) return 'mbox'
  if (isMail(text)) return 'eml'
  return isHtml(text) ? 'html' : null
}

/** `kindOfContent` of a whole file; reads up to 132 KiB and, of a compound file, 64 KiB of its directory. */
export async function kindOf(source: Source): Promise<Kind | null> {
  const part = async (start: number, end: number) => Buffer.concat(await Array.fromAsync(source.read(start, end)))
  const head = await part(0, Math.min(HEAD, source.size))
  const tail = () => part(Math.max(0, source.size - TAIL), source.size)
  const kind = kindOfContent(head)
  if (kind === 'zip') return kindOfContent(head, await tail())
  if ((kind !== 'ole' && kind !== 'msg') || head.length < 512) return kind
  const sector = head.readUInt16LE(30) === 12 ? 4096 : 512
  const place = (head.readUInt32LE(48) + 1) * sector
  return kindOfContent(head, place < source.size ? await part(place, Math.min(source.size, place + DIRECTORY)) : undefined)
}

/** PE (and DOS), ELF, Mach-O (and Java): what a computer runs as it stands. A text may begin with the two letters of the first. */
export const isMachineCode = (head: Buffer): boolean =>
  head.toString('hex', 0, 4) === '7f454c46' ||
  MACH_O.includes(head.toString('hex', 0, 4)) ||
  (head.toString('latin1', 0, 2) === 'MZ' && (head.length < 64 || !isText(head.subarray(0, 64))))

/** In UTF-8, whose last character may be cut off, or in an older encoding of mostly Latin letters. */
const isText = (bytes: Buffer): boolean =>
  !bytes.some((byte) => byte < 9) &&
  (!new TextDecoder().decode(bytes, { stream: true }).includes('\ufffd') || bytes.filter((byte) => byte > 127).length < bytes.length / 4)
export const isShortcut = (head: Buffer): boolean => head.toString('hex', 0, 20) === SHORTCUT
export const isScript = (head: Buffer): boolean => /^(\ufeff)?#!/.test(head.toString('utf8', 0, 5))

/** By the table of contents where the tail holds it whole; else by the first entries, of which the very first is an Office file's. */
function office(head: Buffer, tail: Buffer): Kind | null {
  const end = tail.lastIndexOf('PK\x05\x06')
  const start = end >= 0 && end + 22 <= tail.length ? end - tail.readUInt32LE(end + 12) : -1
  const isFirst = /^(\[Content_Types\]\.xml|_rels\/|docProps\/|customXml\/|word\/|xl\/|ppt\/)/.test(head.toString('latin1', 30, 60))
  const names = start >= 0 ? namesOf(tail.subarray(start, end), '0102', 28, 46) : isFirst ? namesOf(head, '0304', 26, 30) : []
  if (!names.includes('[Content_Types].xml')) return null
  return OFFICE.find(([, part]) => names.some((name) => name.startsWith(part) && name.endsWith('.xml')))?.[0] ?? null
}

/** By the media type that stands first, as it is and alone (OASIS ODF 1.3 part 2, 3.3). Drawings are read as slides are. */
function openDocument(head: Buffer): Kind | null {
  const word = /^mimetypeapplication\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation|graphics)/.exec(
    head.toString('latin1', 30, 100),
  )?.[1]
  return word ? (({ text: 'odt', spreadsheet: 'ods' } as const)[word] ?? 'odp') : null
}

/** By the streams of the root itself: what is embedded in a file says nothing of it. */
function compound(directory: Buffer): Kind | null {
  const names = rootNames(directory)
  if (names.has('encryptedpackage')) return 'locked'
  return names.has('worddocument') ? 'doc' : null
}

/** Names in the root of a compound file, in lower case, as far as a stretch from the start of its directory holds them ([MS-CFB] 2.6). */
export function rootNames(directory: Buffer): Set<string> {
  const names = new Set<string>()
  const count = directory.length >> 7
  if (count === 0 || directory.toString('utf16le', 0, 20) !== 'Root Entry') return names
  const waiting = [directory.readUInt32LE(76)]
  for (const seen = new Set<number>(); waiting.length;) {
    const id = waiting.pop()!
    if (id >= count || seen.has(id)) continue
    seen.add(id)
    const entry = directory.subarray(id * 128, id * 128 + 128)
    names.add(entry.toString('utf16le', 0, Math.min(64, Math.max(0, entry.readUInt16LE(64) - 2))).toLowerCase())
    waiting.push(entry.readUInt32LE(68), entry.readUInt32LE(72))
  }
  return names
}

function namesOf(bytes: Buffer, signature: string, length: number, name: number): string[] {
  const names: string[] = []
  for (let at = bytes.indexOf('PK'); at >= 0; at = bytes.indexOf('PK', at + 2)) {
    if (bytes.toString('hex', at + 2, at + 4) !== signature || at + name > bytes.length) continue
    names.push(bytes.toString('latin1', at + name, at + name + bytes.readUInt16LE(at + length)))
  }
  return names
}

/** By the class that Outlook gives to the root entry, or by names that only a message has. */
const OUTLOOK = Buffer.from('0b0d020000000000c000000000000046', 'hex')
const isOutlook = (bytes: Buffer): boolean =>
  bytes.includes(OUTLOOK) ||
  bytes.includes(Buffer.from('__properties_version1.0', 'utf16le')) ||
  bytes.includes(Buffer.from('__nameid_version1.0', 'utf16le'))

/** Two known fields or more, and nothing but fields before the first empty line. */
function isMail(text: string): boolean {
  if (text.includes('\0')) return false
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.lastIndexOf('\n')
  const header = text.slice(0, Math.max(0, end)).split(/\r?\n/)
  const fields = header
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/.exec(line)?.[1]?.toLowerCase())
  if (fields.length === 0 || fields.includes(undefined)) return false
  return new Set(fields.filter((name) => FIELDS.has(name!))).size >= 2
}

const isHtml = (text: string): boolean => {
  let at = 0
  for (;;) {
    const rest = text.slice(at)
    const lead = /^\s*(?:<\?xml[^>]*\?>)?\s*/.exec(rest)![0].length
    if (!rest.startsWith('<!--', lead)) return /^<(?:!doctype\s+html|html|head|body)[\s>]/i.test(rest.slice(lead))
    const end = rest.indexOf('-->', lead)
    if (end < 0) return false
    at += end + 3
  }
}
