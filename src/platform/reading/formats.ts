import type { Bytes } from './bytes.ts'
import { blocksWithin } from './blocks.ts'
import { textOf } from './charset.ts'
import { readDoc } from './doc.ts'
import { readDocx } from './docx.ts'
import { broken, ReadingFault, tooMuch } from './fault.ts'
import { htmlToText } from './html-text.ts'
import type { ReadableKind } from './kinds.ts'
import { emlAttachment, readEml } from './mail.ts'
import { mboxMail, readMbox } from './mbox.ts'
import { msgAttachment, readMsg } from './msg.ts'
import { readOds } from './opendocument-sheets.ts'
import { readOpenText } from './opendocument.ts'
import { refusedPaths } from './paths.ts'
import { readPptx } from './pptx.ts'
import type { ArchiveReading, Limits, Reading, TextReading } from './reading.ts'
import { readRtf } from './rtf.ts'
import { readWordPerfect } from './wordperfect.ts'
import { readXlsx } from './xlsx.ts'
import { zipEntries } from './zip.ts'
import { unpack } from './zip-unpack.ts'

type Read = (bytes: Bytes, limits: Limits) => Promise<Reading>
const READERS: Record<ReadableKind, Read> = {
  eml: readEml,
  msg: readMsg,
  mbox: readMbox,
  docx: readDocx,
  xlsx: readXlsx,
  pptx: readPptx,
  odt: readOpenText,
  ods: readOds,
  odp: readOpenText,
  doc: readDoc,
  rtf: readRtf,
  wpd: readWordPerfect,
  locked: () => Promise.reject(new ReadingFault('encrypted', 'it is under a password')),
  zip: readZip,
  html: readHtml,
}
export type PartKind = 'eml' | 'msg' | 'mbox' | 'zip'
const PARTS: Record<PartKind, (bytes: Bytes, index: number, limits: Limits) => AsyncGenerator<Buffer>> = {
  eml: emlAttachment,
  msg: msgAttachment,
  mbox: mboxMail,
  zip: zipEntry,
}

/** @throws ReadingFault, and what the source throws; nothing else */
export async function readAs(kind: ReadableKind, bytes: Bytes, limits: Limits): Promise<Reading> {
  // of an archive only the table of contents is read
  if (kind !== 'zip' && bytes.size > limits.source) throw tooMuch('it is larger than is read')
  return await READERS[kind](bytes, limits)
}

export async function* partAs(kind: PartKind, bytes: Bytes, index: number, limits: Limits): AsyncGenerator<Buffer> {
  if (kind !== 'zip' && bytes.size > limits.source) throw tooMuch('it is larger than is read')
  yield* PARTS[kind](bytes, index, limits)
}

async function readZip(bytes: Bytes, limits: Limits): Promise<ArchiveReading> {
  const all = await zipEntries(bytes, limits)
  const refused = refusedPaths(all.map(({ path }) => path))
  const entries = all.slice(0, limits.entries).map(({ index, path, size, isDirectory, isEncrypted, isLink }) => {
    return {
      index,
      path: path.toWellFormed(),
      size,
      isDirectory,
      isEncrypted,
      refused: refused[index] ?? (isLink ? ('link' as const) : null),
    }
  })
  return { kind: 'archive', entries, cut: all.length > limits.entries }
}

async function* zipEntry(bytes: Bytes, index: number, limits: Limits): AsyncGenerator<Buffer> {
  const entry = (await zipEntries(bytes, limits))[index]
  if (!entry) throw broken('it has no such entry')
  if (entry.isLink) throw new ReadingFault('hostile', 'it is a link to elsewhere and no file')
  yield* unpack(bytes, entry, limits)
}

async function readHtml(bytes: Bytes, limits: Limits): Promise<TextReading> {
  const most = Math.min(bytes.size, limits.text * 8)
  const raw = await bytes.at(0, most)
  const named = /<meta[^>]{0,200}charset\s*=\s*["']?([a-z0-9_-]{1,40})/i.exec(raw.toString('latin1', 0, 1024))?.[1]
  const mark = raw.toString('hex', 0, 2)
  const charset = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : (named ?? '')
  const blocks = blocksWithin(limits)
  const text = htmlToText(textOf(raw, charset), limits.text + 1)
  for (const line of text.split('\n')) if (line !== '') blocks.add({ type: 'paragraph', text: line })
  const reading = blocks.reading()
  return { ...reading, cut: reading.cut || most < bytes.size || text.length > limits.text }
}
