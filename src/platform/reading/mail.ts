import type { Bytes } from './bytes.ts'
import { textOf } from './charset.ts'
import { broken, tooMuch } from './fault.ts'
import { htmlToText } from './html-text.ts'
import { addressesOf, dateOf, decodeWords, field, MOST_ADDRESSES, type Headers } from './mime-headers.ts'
import { contentOf, scan, type Part } from './mime.ts'
import type { Address, Limits, MailReading } from './reading.ts'

const LONGEST_SUBJECT = 2_000

/**
 * An e-mail (RFC 5322, MIME). Its text is all that is meant to be read at once, plain where there is a choice; everything else
 * is an attachment. An attachment's `index` is the number of its part.
 */
export async function readEml(bytes: Bytes, limits: Limits): Promise<MailReading> {
  const parts = await partsOf(bytes, limits)
  const { headers } = parts[0]!
  const bodies = parts.filter(isBody)
  const shown = bodies.filter((part) => isChosen(part, bodies))
  const texts: string[] = []
  let left = limits.text
  for (const part of shown) {
    const text = await bodyText(bytes, part, left + 1)
    texts.push(text)
    left = Math.max(0, left - text.length)
  }
  const text = texts.join('\n')
  const to = addressesIn(headers, 'to')
  const cc = addressesIn(headers, 'cc')
  const attachments = await Promise.all(
    parts.map(async (part, index) => ({ part, index, size: isBody(part) || isHolder(part) ? 0 : await sizeOf(bytes, part) })),
  )
  return {
    kind: 'mail',
    ...summaryOf(headers),
    to,
    cc,
    text: text.slice(0, limits.text),
    textFrom: shown.length === 0 ? 'none' : shown.some(({ type }) => type === 'text/plain') ? 'plain' : 'html',
    attachments: attachments
      .filter(({ part }) => !isBody(part) && !isHolder(part))
      .map(({ part, index, size }) => ({ name: part.name, mediaType: part.type, size, index })),
    cut: text.length > limits.text || to.length >= MOST_ADDRESSES || cc.length >= MOST_ADDRESSES,
  }
}

/** The bytes of an attachment, decoded. @throws ReadingFault `broken` when there is none of this number */
export async function* emlAttachment(bytes: Bytes, index: number, limits: Limits): AsyncGenerator<Buffer> {
  const part = (await partsOf(bytes, limits))[index]
  if (!part || isBody(part) || isHolder(part)) throw broken('it has no such attachment')
  if (part.size > limits.part) throw tooMuch('the attachment is larger than is taken')
  yield* contentOf(bytes, part)
}

export const summaryOf = (headers: Headers): { subject: string; from: Address | null; date: string | null } => ({
  subject: decodeWords(field(headers, 'subject')).slice(0, LONGEST_SUBJECT).toWellFormed(),
  from: addressesIn(headers, 'from')[0] ?? addressesIn(headers, 'sender')[0] ?? null,
  date: dateOf(field(headers, 'date')),
})

async function partsOf(bytes: Bytes, limits: Limits): Promise<Part[]> {
  const parts = await scan(bytes, 0, bytes.size, limits)
  if (parts[0]!.headers.size === 0) throw broken('it has no header')
  return parts
}

const addressesIn = (headers: Headers, name: string): Address[] =>
  addressesOf((headers.get(name) ?? []).join(', ')).map((one) => ({ name: one.name.toWellFormed(), address: one.address.toWellFormed() }))

/** A multipart that says how its parts belong together; one without any part is content. */
const isHolder = ({ parts }: Part): boolean => parts > 0
const isBody = (part: Part): boolean =>
  !isHolder(part) && (part.type === 'text/plain' || part.type === 'text/html') && part.disposition !== 'attachment' && part.name === ''

/** Of the bodies that say the same in several forms (RFC 2046, 5.1.4) the plain one, if any. */
function isChosen(part: Part, bodies: Part[]): boolean {
  const choice = choiceOf(part)
  if (!choice || part.type === 'text/plain') return true
  return !bodies.some((other) => other.type === 'text/plain' && other.size > 0 && choiceOf(other) === choice)
}

function choiceOf({ parent }: Part): Part | null {
  for (let holder = parent; holder; holder = holder.parent) if (holder.type === 'multipart/alternative') return holder
  return null
}

async function bodyText(bytes: Bytes, part: Part, most: number): Promise<string> {
  const pieces: Buffer[] = []
  // markup and letters of several bytes take more than what is shown
  let left = most * 4 + 65_536
  for await (const piece of contentOf(bytes, part)) {
    pieces.push(piece)
    left -= piece.length
    if (left <= 0) break
  }
  const text = textOf(Buffer.concat(pieces), part.parameters.get('charset') ?? '')
  return (part.type === 'text/html' ? htmlToText(text, most) : text.replaceAll('\r\n', '\n')).slice(0, most).toWellFormed()
}

async function sizeOf(bytes: Bytes, part: Part): Promise<number> {
  if (part.encoding !== 'quoted-printable') return part.size
  let size = 0
  for await (const piece of contentOf(bytes, part)) size += piece.length
  return size
}
