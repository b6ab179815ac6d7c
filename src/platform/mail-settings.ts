import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { domainToASCII } from 'node:url'
import { Email, nameFault } from '../contract/words.ts'
import { Stop } from './refusal.ts'

/** How the firm's own mail goes out. `ca`: PEM of the private CA that is trusted in place of the public ones. */
export type MailSettings = { url: URL; from: Mailbox; ca: Buffer | null }
/** `name` is empty for a bare address; `domain` is the address's. */
export type Mailbox = { name: string; address: string; domain: string }
/** What a `smtp:` or `smtps:` address says. `secure`: TLS from the first byte (RFC 8314 section 3.3), otherwise STARTTLS. */
export type MailServer = { secure: boolean; host: string; port: number; login: { user: string; pass: string } | null }

/** @throws Stop `setting.malformed`, naming the setting and never its value, which may hold a password */
export function readMail(env: Record<string, string | undefined>): MailSettings | null {
  const { SUBROSA_SMTP_URL: url, SUBROSA_MAIL_FROM: from, SUBROSA_SMTP_CA: ca } = env
  if (!url && !from && !ca) return null
  if (!url || !from) throw malformed('SUBROSA_SMTP_URL and SUBROSA_MAIL_FROM go together, and SUBROSA_SMTP_CA only with them.')
  return { url: readUrl(url), from: readMailbox(from), ca: ca ? readCa(ca) : null }
}

const malformed = (text: string, cause?: unknown): Stop => new Stop('setting.malformed', text, cause)

/** A path or query is refused as well: mail libraries read options from there, `tls.rejectUnauthorized=false` among them. */
function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const server = url && /^smtps?:$/.test(url.protocol) && !url.search && !url.hash && /^\/?$/.test(url.pathname) ? serverOf(url) : null
  if (!url || !server || server.host === '' || server.port === 0)
    throw malformed(
      'SUBROSA_SMTP_URL is not an address such as smtps://user:password@mail.example.com or smtp://user:password@mail.example.com:587. Write signs such as @ : / in the password with a percent sign (@ is %40).',
    )
  if (server.login && (server.login.user === '' || server.login.pass === ''))
    throw malformed('SUBROSA_SMTP_URL: user and password go together, as in smtps://user:password@mail.example.com.')
  return url
}

/** The parts of a mail server's address, ports by default 465 and 587; null when an escape in it is broken. */
export function serverOf(url: URL): MailServer | null {
  const secure = url.protocol === 'smtps:'
  try {
    const [user, pass, name] = [url.username, url.password, url.hostname].map(decodeURIComponent) as [string, string, string]
    // the bracketed ones are IPv6, checked by URL; the others URL leaves as they are outside of http
    const host = name.startsWith('[') ? name.slice(1, -1) : domainToASCII(name)
    const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port)
    return { secure, host, port, login: user === '' && pass === '' ? null : { user, pass } }
  } catch {
    return null
  }
}

function readMailbox(text: string): Mailbox {
  const [, quoted, plain, inner] = /^(?:(?:"([^"\\]*)"|([^"<>]*?))\s*<([^<>]*)>)$/.exec(text.trim()) ?? []
  const address = inner ?? text.trim()
  const name = (quoted ?? plain ?? '').trim()
  if (!Email.safeParse(address).success || (name !== '' && headerFault(name, 200) !== null))
    throw malformed('SUBROSA_MAIL_FROM is not a sender such as it@firm.example or Wren & Ames <it@firm.example>.')
  return { name, address, domain: address.slice(address.lastIndexOf('@') + 1) }
}

/** Why a text cannot stand in a header field: `nameFault`, or what a reader would decode into something else (RFC 2047). */
export const headerFault = (text: string, maxBytes: number): string | null =>
  nameFault(text, maxBytes) ?? (text.includes('=?') ? 'It holds the beginning of an encoded word.' : null)

function readCa(file: string): Buffer {
  try {
    const pem = readFileSync(file)
    // Node leaves out of a list of CAs what it cannot read, without a word
    new X509Certificate(pem)
    return pem
  } catch (fault) {
    throw malformed('SUBROSA_SMTP_CA cannot be read, or holds no certificate in PEM form.', fault)
  }
}
