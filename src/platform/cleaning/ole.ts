import type { Bytes } from '../reading/bytes.ts'
import { openCfb, type CfbEntry } from '../reading/cfb.ts'
import { charsetOfPage, textOf } from '../reading/charset.ts'
import { readMsg, msgAttachment } from '../reading/msg.ts'
import { ReadingFault } from '../reading/fault.ts'
import { LIMITS, type Found } from './findings.ts'
import { headerFindings } from './mail.ts'

const MOST = 1024 * 1024
/** Properties by number ([MS-OLEPS] 3.1 SummaryInformation; [MS-OSHARED] 2.3.3.2.1 DocumentSummaryInformation). */
const SUMMARY: Record<number, string> = {
  2: 'title',
  3: 'subject',
  4: 'author',
  5: 'keywords',
  6: 'comments',
  7: 'template',
  8: 'last author',
  9: 'revision',
  10: 'editing time',
  11: 'printed',
  12: 'created',
  13: 'saved',
  18: 'application',
}
const DOCUMENT: Record<number, string> = { 2: 'category', 14: 'manager', 15: 'company' }
const THUMBNAIL = 17
const FILETIME = 64
const MACROS = ['macros', '_vba_project_cur', 'vba']

/**
 * What the property sets and storages of an Office file of before 2007 tell ([MS-CFB], [MS-OLEPS]); the rest of it is said to be
 * unread. @throws ReadingFault
 */
export async function inspectOle(bytes: Bytes, found: Found): Promise<void> {
  const children = (await openCfb(bytes)).children!
  await inspectSet(children.get('\x05summaryinformation'), SUMMARY, found)
  await inspectSet(children.get('\x05documentsummaryinformation'), DOCUMENT, found)
  for (const [name, { children: inner }] of children) {
    if (MACROS.includes(name) && inner) found.add('macros', name)
    else if (name === 'objectpool' && inner) found.add('embedded-files', [...inner.keys()], inner.size)
    else if (/^mbd[0-9a-f]+$/.test(name)) found.add('embedded-files', name)
    else if (name === '_signatures' || name === '_xmlsignatures') found.add('signatures', name)
    else if (name === 'msodatastore') found.add('custom-xml', name)
  }
  found.unread('unknown-format', 'tracked changes, remarks and hidden text of a file of before 2007')
}

const read = async (stream: CfbEntry | undefined): Promise<Buffer> =>
  stream && stream.size <= MOST ? Buffer.concat(await Array.fromAsync(stream.read())) : Buffer.alloc(0)

async function inspectSet(stream: CfbEntry | undefined, names: Record<number, string>, found: Found): Promise<void> {
  const set = await read(stream)
  if (set.length < 48) return
  const section = set.subarray(set.readUInt32LE(44))
  if (section.length < 8) return
  const at = new Map<number, Buffer>()
  for (let n = 0; n < Math.min(section.readUInt32LE(4), 1_000) && 16 + n * 8 <= section.length; n++)
    at.set(section.readUInt32LE(8 + n * 8), section.subarray(section.readUInt32LE(12 + n * 8)))
  const page = at.get(1)
  const charset = charsetOfPage(page && page.length >= 6 ? page.readUInt16LE(4) : 1252)
  for (const [id, property] of at) {
    if (id === THUMBNAIL && names === SUMMARY) found.add('thumbnails')
    const text = Object.hasOwn(names, id) ? valueOf(property, charset) : ''
    if (text !== '') found.add('document-properties', `${names[id]}: ${text}`)
    if (text !== '' && names === SUMMARY && id === 7 && !/^normal(\.dotm?)?$/i.test(text)) found.add('template', text)
  }
  // a second section holds what firms put there for themselves
  if (names === DOCUMENT && set.readUInt32LE(24) > 1) found.add('custom-properties')
}

function valueOf(property: Buffer, charset: string): string {
  if (property.length < 8) return ''
  const kind = property.readUInt16LE(0)
  if (kind === 30 || kind === 31) {
    const size = Math.min(2_000, property.readUInt32LE(4)) * (kind === 30 ? 1 : 2)
    return textOf(property.subarray(8, 8 + size), kind === 30 ? charset : 'utf-16le')
      .replace(/\0.*$/s, '')
      .trim()
  }
  if (kind === FILETIME && property.length >= 12) return timeOf(property.readBigUInt64LE(4))
  return kind === 3 ? String(property.readInt32LE(4)) : ''
}

/** Tenths of a microsecond since 1601; less than some years is a length of time and no moment. */
function timeOf(ticks: bigint): string {
  const ms = Number(ticks / 10_000n)
  if (ms === 0) return ''
  if (ms < 3e12) return `${Math.round(ms / 60_000)} minutes`
  const date = new Date(ms - 11_644_473_600_000)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

/** What an Outlook message tells beside its text ([MS-OXMSG], [MS-OXPROPS]), and what is attached to it. @throws ReadingFault */
export async function inspectMsg(bytes: Bytes, found: Found): Promise<void> {
  const reading = await readMsg(bytes, LIMITS)
  const { children } = await openCfb(bytes)
  for (const [name, entry] of children!) {
    if (!name.startsWith('__recip_') || !entry.children) continue
    if ((await recipientKind(entry)) !== 3) continue
    const address = entry.children.get('__substg1.0_39fe001f') ?? entry.children.get('__substg1.0_3003001f')
    found.add('blind-recipients', (await read(address)).toString('utf16le'))
  }
  // the header that it came with
  headerFindings(await read(children!.get('__substg1.0_007d001f')).then((raw) => raw.toString('utf16le')), found)
  for (const { index, name } of reading.attachments) {
    if (index === null) {
      found.unread('unknown-format', name || 'a message inside of it')
      continue
    }
    try {
      await found.inside(Buffer.concat(await Array.fromAsync(msgAttachment(bytes, index, LIMITS))), name || `attachment ${index + 1}`)
    } catch (fault) {
      if (!(fault instanceof ReadingFault)) throw fault
      found.unread(fault.code, name)
    }
  }
  found.unread('unknown-format', 'other properties of the message')
}

/** PidTagRecipientType among the fixed properties of a recipient ([MS-OXMSG] 2.4.2.1): 3 is a blind copy. */
async function recipientKind({ children }: CfbEntry): Promise<number> {
  const properties = await read(children!.get('__properties_version1.0'))
  for (let at = 8; at + 16 <= properties.length; at += 16)
    if (properties.readUInt32LE(at) === 0x0c150003) return properties.readInt32LE(at + 8)
  return 0
}
