import type { Bytes } from './bytes.ts'
import { linesOfLetter, NO_FACTS, type Facts } from './extracted.ts'
import { tooMuch } from './fault.ts'
import { readAs } from './formats.ts'
import { htmlToText } from './html-text.ts'
import type { ReadableKind } from './kinds.ts'
import { messagesWithin } from './msg.ts'
import { compoundFacts, packageFacts } from './office-facts.ts'
import { readText } from './plain-text.ts'
import type { Address, ArchiveEntry, Attachment, Block, Limits, Mail, MailReading, Reading } from './reading.ts'
import { readRtfAndFacts } from './rtf.ts'

/** Kinds that text is made of; `txt` is any text, which `kindOf` does not name. */
export type TextKind = ReadableKind | 'txt'

/** What one file says: its text with a line for each paragraph and row and a tab between cells, and the files inside of it. */
export type Written = {
  text: string
  facts: Facts
  isCut: boolean
  inner: Inner[]
  /** What was not read, in words for a lawyer; of files inside of it with their name. */
  unread: string[]
}
/**
 * A file inside of a file, `size` in bytes; `name` as it says. Its bytes come by `index` from `attachment` or `archiveEntry`, or,
 * where there is a `start`, stand in the file from there on.
 */
export type Inner = { name: string; size: number; index: number; start: number | null }

/** @throws ReadingFault, and what the source throws; nothing else */
export async function textAs(kind: TextKind, bytes: Bytes, limits: Limits): Promise<Written> {
  if (kind === 'txt') {
    if (bytes.size > limits.source) throw tooMuch('it is larger than is read')
    return flat(await readText(bytes, limits), NO_FACTS)
  }
  if (kind === 'rtf') {
    if (bytes.size > limits.source) throw tooMuch('it is larger than is read')
    const { reading, ...facts } = await readRtfAndFacts(bytes, limits)
    return flat(reading, { ...NO_FACTS, ...facts })
  }
  const reading = await readAs(kind, bytes, limits)
  if (kind === 'msg' && reading.kind === 'mail') return outlook(reading, await factsOf(kind, reading, bytes, limits), bytes, limits)
  return flat(reading, await factsOf(kind, reading, bytes, limits))
}

async function factsOf(kind: ReadableKind, reading: Reading, bytes: Bytes, limits: Limits): Promise<Facts> {
  if (reading.kind === 'mail') return mailFacts(reading)
  if (['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'].includes(kind)) return { ...NO_FACTS, ...(await packageFacts(bytes, limits)) }
  if (kind === 'doc') return { ...NO_FACTS, ...(await compoundFacts(bytes)) }
  if (kind === 'html') return { ...NO_FACTS, title: await titleOf(bytes) }
  return NO_FACTS
}

const mailFacts = ({ subject, from, to, cc, date }: MailReading): Facts => ({
  title: subject,
  author: '',
  from: from ? [addressed(from)] : [],
  to: [...to, ...cc].map(addressed),
  date,
})

const addressed = ({ name, address }: Address): string =>
  (name && address ? `${name} <${address}>` : name || address).slice(0, 500).toWellFormed()

async function titleOf(bytes: Bytes): Promise<string> {
  const head = await bytes.at(0, Math.min(bytes.size, 65_536))
  const title = /<title[^<>]{0,200}>([^<]{1,2000})/i.exec(head.toString('utf8'))?.[1] ?? ''
  return htmlToText(title, 500).replace(/\s+/g, ' ').toWellFormed()
}

function flat(reading: Reading, facts: Facts): Written {
  const none = { facts, inner: [], unread: [] }
  switch (reading.kind) {
    case 'text':
      return { ...none, text: plain(reading.blocks.map(lineOf).join('\n')), isCut: reading.cut }
    case 'sheets':
      return { ...none, text: plain(reading.sheets.map(sheetText).join('\n\n')), isCut: reading.cut }
    case 'mail':
      return { facts, text: plain(reading.text), isCut: reading.cut, ...attached(reading) }
    case 'mails':
      return { ...none, text: '', isCut: reading.cut, inner: reading.mails.map(letterOf) }
    case 'archive':
      return { facts, text: '', isCut: reading.cut, ...packed(reading.entries) }
  }
}

/** With the messages inside of it behind its own text: they cannot be taken out as files of their own. */
async function outlook(reading: MailReading, facts: Facts, bytes: Bytes, limits: Limits): Promise<Written> {
  const taken = {
    ...reading,
    attachments: reading.attachments.filter(({ index, mediaType }) => index !== null || !mediaType.includes('outlook')),
  }
  const whole = flat(taken, facts)
  for await (const { path, mail } of messagesWithin(bytes, limits)) {
    const name = path.map((one) => one || 'a message').join('/')
    if (!mail) whole.unread.push(`${name}: kept in a form that is not taken out here`)
    if (!mail) continue
    if (whole.text.length > limits.text) return { ...whole, isCut: true }
    whole.text = [whole.text, linesOfLetter(mailFacts(mail)), plain(mail.text)].filter((text) => text !== '').join('\n')
    whole.isCut ||= mail.cut
    for (const one of mail.attachments)
      if (one.index !== null) whole.unread.push(`${name}/${one.name || 'an attachment'}: in a message that is kept inside of another one`)
  }
  return whole
}

const lineOf = (block: Block): string => ('cells' in block ? rowOf(block.cells) : block.text)
const rowOf = (cells: string[]): string => cells.map((cell) => cell.replace(/\s+/g, ' ')).join('\t')
const sheetText = ({ name, rows }: { name: string; rows: string[][] }): string =>
  [name, ...rows.filter((row) => row.length > 0).map(rowOf)].join('\n')

/** No control but tab and line end, and no half of a letter. */
const plain = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, ' ')
    .toWellFormed()

function attached({ attachments, textFrom }: MailReading): Pick<Written, 'inner' | 'unread'> {
  const inner: Inner[] = []
  const unread = textFrom === 'unread' ? ['the text of the message, which is kept in a form that is not read here'] : []
  for (const [n, one] of attachments.entries()) {
    if (one.index === null) unread.push(`the attachment ${nameOf(one, n)}, which is kept in a form that is not taken out here`)
    else inner.push({ name: nameOf(one, n), size: one.size, index: one.index, start: null })
  }
  return { inner, unread }
}

const nameOf = ({ name, mediaType }: Attachment, n: number): string =>
  name || `${mediaType === 'message/rfc822' ? 'message' : 'attachment'} ${n + 1}`
const letterOf = ({ index, subject, start, size }: Mail): Inner => ({ name: `${index + 1} ${subject}`.trim(), size, index, start })

function packed(entries: ArchiveEntry[]): Pick<Written, 'inner' | 'unread'> {
  const inner: Inner[] = []
  const unread: string[] = []
  for (const { path, size, index, isDirectory, isEncrypted, refused } of entries) {
    if (isDirectory) continue
    if (isEncrypted) unread.push(`${path}: under a password`)
    else if (refused === 'link') unread.push(`${path}: a link to elsewhere and no file`)
    else inner.push({ name: path, size, index, start: null })
  }
  return { inner, unread: unread.slice(0, 1_000) }
}
