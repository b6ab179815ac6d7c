import type { Bytes } from './bytes.ts'
import { openCfb, type CfbEntry } from './cfb.ts'
import { charsetOfPage, pageOfLocale, textOf } from './charset.ts'
import { rtfOf } from './compressed-rtf.ts'
import { broken, ReadingFault, tooMuch } from './fault.ts'
import { htmlToText } from './html-text.ts'
import type { Address, Attachment, Limits, MailReading } from './reading.ts'
import { readRtf } from './rtf.ts'

const MOST_VALUE = 16 * 1024 * 1024
const MOST_PEOPLE = 2_000

/** An Outlook message ([MS-OXMSG]). A message inside of it is listed and not opened: its `index` is null. */
export async function readMsg(bytes: Bytes, limits: Limits): Promise<MailReading> {
  const message = await openMessage(bytes)
  return mailOf(message.root, message, limits)
}

/**
 * The messages inside of a message and inside of those, each behind the one it is in, with the path of its attachment. Null where
 * something else is embedded, or what is broken.
 */
export async function* messagesWithin(bytes: Bytes, limits: Limits): AsyncGenerator<{ path: string[]; mail: MailReading | null }> {
  const { root } = await openMessage(bytes)
  yield* embedded(root, [], limits)
}

async function* embedded(root: CfbEntry, path: string[], limits: Limits): AsyncGenerator<{ path: string[]; mail: MailReading | null }> {
  for (const { shown, data, inside } of await attachmentsOf(root, limits)) {
    if (data || !inside) continue
    const here = [...path, shown.name]
    const mail = await embeddedMail(inside, limits)
    yield { path: here, mail }
    if (mail) yield* embedded(inside, here, limits)
  }
}

async function embeddedMail(storage: CfbEntry, limits: Limits): Promise<MailReading | null> {
  try {
    // 2.4.1.1: the header of one that is embedded
    const message = await propertiesOf(storage, 24)
    return message && (await mailOf(storage, message, limits))
  } catch (fault) {
    if (fault instanceof ReadingFault) return null
    throw fault
  }
}

async function mailOf(root: CfbEntry, message: Properties, limits: Limits): Promise<MailReading> {
  const people = await peopleOf(root, message.page)
  const { text, textFrom } = await bodyOf(message, limits)
  const attachments = await attachmentsOf(root, limits)
  const name = await message.text(0x0c1a)
  // the SMTP address where it is kept; else what Outlook has, which inside of an Exchange is not one
  const address = (await message.text(0x5d01)) || (await message.text(0x0c1f))
  return {
    kind: 'mail',
    subject: await message.text(0x0037),
    from: name || address ? { name, address } : null,
    to: people.list.filter(({ type }) => type === 1).map(({ who }) => who),
    cc: people.list.filter(({ type }) => type === 2).map(({ who }) => who),
    date: message.time(0x0039) ?? message.time(0x0e06),
    text: text.slice(0, limits.text),
    textFrom,
    attachments: attachments.map(({ shown }) => shown),
    cut: text.length > limits.text || people.cut,
  }
}

/** Plain where it is kept so; else out of its page, or out of its rich text. */
async function bodyOf(message: Properties, limits: Limits): Promise<Pick<MailReading, 'text' | 'textFrom'>> {
  const body = (await message.text(0x1000)).replaceAll('\r\n', '\n')
  if (body.trim() !== '') return { text: body.toWellFormed(), textFrom: 'plain' }
  const html = await htmlOf(message)
  if (html) return { text: htmlToText(html, limits.text + 1).toWellFormed(), textFrom: 'html' }
  const packed = message.stored(0x1009, '0102')
  if (!packed) return { text: '', textFrom: 'none' }
  try {
    const rtf = rtfOf(await whole(packed), MOST_VALUE)
    const { blocks } = await readRtf({ size: rtf.length, at: (start, end) => Promise.resolve(rtf.subarray(start, end)) }, limits)
    return { text: blocks.map((block) => ('cells' in block ? block.cells.join('\t') : block.text)).join('\n'), textFrom: 'html' }
  } catch (fault) {
    if (fault instanceof ReadingFault) return { text: '', textFrom: 'unread' }
    throw fault
  }
}

/** The bytes of an attachment, as `readMsg` numbers them. @throws ReadingFault `broken` when there is none */
export async function* msgAttachment(bytes: Bytes, index: number, limits: Limits): AsyncGenerator<Buffer> {
  const { root } = await openMessage(bytes)
  const data = (await attachmentsOf(root, limits))[index]?.data
  if (!data) throw broken('it has no such attachment')
  if (data.size > limits.part) throw tooMuch('the attachment is larger than is taken')
  yield* data.read()
}

async function openMessage(bytes: Bytes) {
  const root = await openCfb(bytes)
  // 2.4.1: the header of the message itself
  const message = await propertiesOf(root, 32)
  if (!message) throw broken('it holds no message')
  return { root, ...message }
}

/** The properties of a storage: `text` by id, '' when there is none; `number`; `time` as ISO 8601. */
async function propertiesOf(storage: CfbEntry, header: number, parentPage = 0) {
  const stream = storage.children?.get('__properties_version1.0')
  if (!stream) return null
  const fixed = await whole(stream)
  const at = new Map<number, number>()
  for (let place = header; place + 16 <= fixed.length; place += 16) at.set(fixed.readUInt32LE(place), place + 8)
  const number = (id: number): number | null => {
    const place = at.get(id * 65536 + 3)
    return place === undefined ? null : fixed.readInt32LE(place)
  }
  const page = number(0x3ffd) ?? pageOfLocale(number(0x3ff1) ?? 0) ?? (parentPage || 1252)
  const stored = (id: number, type: string) => storage.children!.get(`__substg1.0_${id.toString(16).padStart(4, '0')}${type}`)
  return {
    page,
    number,
    stored,
    text: async (id: number): Promise<string> => {
      const wide = stored(id, '001f')
      if (wide)
        return textOf(await whole(wide), 'utf-16le')
          .replace(/\0+$/, '')
          .toWellFormed()
      const narrow = stored(id, '001e')
      return narrow ? textOf(await whole(narrow), charsetOfPage(page)).replace(/\0+$/, '') : ''
    },
    /** 100 ns since 1601 ([MS-DTYP] 2.3.3) */
    time: (id: number): string | null => {
      const place = at.get(id * 65536 + 0x40)
      if (place === undefined) return null
      const ms = Number(fixed.readBigUInt64LE(place) / 10_000n) - 11_644_473_600_000
      return ms > -11_644_473_600_000 && ms < 8.64e15 ? new Date(ms).toISOString() : null
    },
  }
}
type Properties = NonNullable<Awaited<ReturnType<typeof propertiesOf>>>

async function htmlOf(message: Properties): Promise<string> {
  const bytes = message.stored(0x1013, '0102')
  if (bytes) return textOf(await whole(bytes), charsetOfPage(message.number(0x3fde) ?? 0))
  return message.text(0x1013)
}

async function peopleOf(root: CfbEntry, page: number): Promise<{ list: { type: number | null; who: Address }[]; cut: boolean }> {
  const storages = storagesOf(root, '__recip_version1.0_#')
  const list: { type: number | null; who: Address }[] = []
  for (const storage of storages.slice(0, MOST_PEOPLE)) {
    const person = await propertiesOf(storage, 8, page)
    if (!person) continue
    const who = { name: await person.text(0x3001), address: (await person.text(0x39fe)) || (await person.text(0x3003)) }
    list.push({ type: person.number(0x0c15), who })
  }
  return { list, cut: storages.length > MOST_PEOPLE }
}

type Attached = { shown: Attachment; data: CfbEntry | null; inside: CfbEntry | null }
async function attachmentsOf(root: CfbEntry, limits: Limits): Promise<Attached[]> {
  const storages = storagesOf(root, '__attach_version1.0_#')
  if (storages.length > limits.parts) throw tooMuch('it has too many parts')
  const found: Attached[] = []
  for (const storage of storages) {
    const part = await propertiesOf(storage, 8)
    if (!part) continue
    const data = part.stored(0x3701, '0102') ?? null
    const name = (await part.text(0x3707)) || (await part.text(0x3704)) || (await part.text(0x3001))
    const object = part.stored(0x3701, '000d')
    const mediaType = (await part.text(0x370e)) || (object ? 'application/vnd.ms-outlook' : 'application/octet-stream')
    found.push({
      shown: { name, mediaType, size: data?.size ?? 0, index: data ? found.length : null },
      data,
      inside: object?.children ? object : null,
    })
  }
  return found
}

const storagesOf = (root: CfbEntry, name: string): CfbEntry[] =>
  [...root.children!]
    .filter(([key, { children }]) => children && key.startsWith(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry)

async function whole(stream: CfbEntry): Promise<Buffer> {
  if (stream.size > MOST_VALUE) throw tooMuch('a value of it is too long')
  return Buffer.concat(await Array.fromAsync(stream.read()))
}
