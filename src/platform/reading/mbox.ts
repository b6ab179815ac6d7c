import { lines, stretch, type Bytes } from './bytes.ts'
import { broken, tooMuch } from './fault.ts'
import { headersOf } from './mime-headers.ts'
import { summaryOf } from './mail.ts'
import type { Limits, MailsReading } from './reading.ts'

/** Of a header no more than this is looked at; a message is listed all the same. */
const MOST_HEADER = 64 * 1024
const MARK = /^From \S.*\d{4}\s*$/

type Found = { start: number; end: number; header: Buffer[] }

/** An mbox (RFC 4155): a message starts behind a line `From … <year>` that opens the file or follows an empty line. */
export async function readMbox(bytes: Bytes, limits: Limits): Promise<MailsReading> {
  const mails: MailsReading['mails'] = []
  for await (const { start, end, header } of messagesOf(bytes)) {
    if (mails.length >= limits.entries) return { kind: 'mails', mails, cut: true }
    mails.push({ index: mails.length, ...summaryOf(headersOf(header)), start, size: end - start })
  }
  return { kind: 'mails', mails, cut: false }
}

/** The bytes of one message, without its mark. @throws ReadingFault `broken` when there is none of this number */
export async function* mboxMail(bytes: Bytes, index: number, limits: Limits): AsyncGenerator<Buffer> {
  let n = 0
  for await (const { start, end } of messagesOf(bytes)) {
    if (n++ < index) continue
    if (end - start > limits.part) throw tooMuch('the message is larger than is taken')
    return yield* stretch(bytes, start, end)
  }
  throw broken('it has no such message')
}

async function* messagesOf(bytes: Bytes): AsyncGenerator<Found> {
  let found: Found | null = null
  let size = 0
  let inHeader = false
  let empty: number | null = 0
  for await (const line of lines(bytes, 0, bytes.size)) {
    if (empty !== null && line.isFirst && line.text[0] === 70 && MARK.test(line.text.toString('latin1', 0, 1000))) {
      if (found) yield { ...found, end: empty }
      found = { start: line.end, end: bytes.size, header: [] }
      inHeader = true
      size = 0
      empty = null
      continue
    }
    if (!found) throw broken('it does not start with a message')
    const isEmpty = line.isFirst && line.text.length === 0
    if (isEmpty) inHeader = false
    size += line.text.length
    if (inHeader && size < MOST_HEADER) found.header.push(line.text)
    empty = isEmpty ? line.start : null
  }
  if (found) yield found
}
