import type { Bytes } from '../reading/bytes.ts'
import { broken, ReadingFault } from '../reading/fault.ts'
import { emlAttachment, readEml } from '../reading/mail.ts'
import { LIMITS, type Found, type FindingCode } from './findings.ts'

/** Fields of a message that readers do not show, by what they tell (RFC 5322, 3.6.7; RFC 8601; RFC 6376; Exchange's and others' own). */
const FIELDS: [FindingCode, RegExp][] = [
  ['blind-recipients', /^(?:bcc|resent-bcc)$/],
  [
    'mail-routing',
    /^(?:received|return-path|delivered-to|envelope-to|original-recipient|authentication-results|received-spf|dkim-signature|domainkey-signature|arc-.{1,60}|resent-.{1,40}|thread-index|thread-topic)$/,
  ],
  ['mail-programs', /^(?:x-.{1,100}|user-agent|mailer|autocrypt|openpgp)$/],
]
const MOST_HEADER = 4 * 1024 * 1024

/** The fields of a header with their folded lines, as they stand. */
function fieldsOf(header: string): { name: string; raw: string }[] {
  const fields: { name: string; raw: string }[] = []
  for (const line of header.split(/(?<=\n)/)) {
    const last = fields.at(-1)
    if (/^[ \t]/.test(line) && last) last.raw += line
    else fields.push({ name: /^([\x21-\x39\x3b-\x7e]{1,200})[ \t]{0,20}:/.exec(line)?.[1]?.toLowerCase() ?? '', raw: line })
  }
  return fields
}

const codeOf = (name: string): FindingCode | undefined => FIELDS.find(([, pattern]) => pattern.test(name))?.[0]

export function headerFindings(header: string, found: Found): void {
  for (const { name, raw } of fieldsOf(header.slice(0, MOST_HEADER))) {
    const code = codeOf(name)
    if (code) found.add(code, raw)
  }
}

/** Its own header; what is attached has its own. */
function headOf(bytes: Buffer): { header: string; body: Buffer } {
  const text = bytes.toString('latin1', 0, MOST_HEADER)
  const end = /\r?\n\r?\n/.exec(text)
  if (!end && bytes.length > MOST_HEADER) throw broken('its header has no end')
  // the break of the last field stays with it
  const at = end ? end.index + (text[end.index] === '\r' ? 2 : 1) : bytes.length
  return { header: text.slice(0, at), body: bytes.subarray(at) }
}

/** What a message tells beside its text, and what is attached to it. @throws ReadingFault */
export async function inspectEml(bytes: Buffer, source: Bytes, found: Found): Promise<void> {
  headerFindings(headOf(bytes).header, found)
  for (const { index, name } of (await readEml(source, LIMITS)).attachments) {
    if (index === null) continue
    try {
      await found.inside(Buffer.concat(await Array.fromAsync(emlAttachment(source, index, LIMITS))), name || `attachment ${index}`)
    } catch (fault) {
      if (!(fault instanceof ReadingFault)) throw fault
      found.unread(fault.code, name)
    }
  }
}

/**
 * The message without the fields of its way and its programs and without blind recipients. What is attached stays byte for byte, and
 * what it tells is told of the copy. @throws ReadingFault
 */
export function cleanEml(bytes: Buffer): Buffer {
  const { header, body } = headOf(bytes)
  const kept = fieldsOf(header).filter(({ name }) => codeOf(name) === undefined)
  return Buffer.concat([Buffer.from(kept.map(({ raw }) => raw).join(''), 'latin1'), body])
}
