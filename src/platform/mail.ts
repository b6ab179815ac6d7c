import { createTransport } from 'nodemailer'
import { Email } from '../contract/words.ts'
import { now } from './clock.ts'
import { isLoopback } from './network.ts'
import type { Log } from './log.ts'
import { headerFault, serverOf, type MailSettings } from './mail-settings.ts'

export type Letter = { subject: string; text: string }
export type Mail = {
  /**
   * Hands one letter to the firm's mail server; when it resolves, that server has taken it. Nobody else's failure to
   * deliver it is heard of here.
   * @throws MailFault; after `unreachable` and `temporary` the same letter may be sent again, and then perhaps arrives twice
   */
  send(letter: Letter & { to: string }): Promise<void>
  /** Connects, makes the connection safe and signs in, as for a letter. @throws MailFault */
  verify(): Promise<void>
  /** Ends idle connections at once, the others after the letter that they are at. What waits is refused. */
  close(): void
}

const FAULTS = {
  unreachable:
    'The mail server cannot be reached, or stopped answering: check host and port in SUBROSA_SMTP_URL, and whether a firewall stands between.',
  tls: 'The connection to the mail server cannot be made safe (TLS): check the port and the server’s certificate; for a private CA, or a relay on this machine that insists on TLS, set SUBROSA_SMTP_CA.',
  login: 'The mail server refused the login, or wants one: correct user and password in SUBROSA_SMTP_URL.',
  sender: 'The mail server does not send for the address in SUBROSA_MAIL_FROM: name one that the login may use.',
  recipient: 'The mail server does not deliver to this address: ask the person for the right one.',
  message: 'The mail server refused the message itself: ask whoever runs it why.',
  temporary: 'The mail server cannot take the message now: try again in a few minutes.',
} as const
export type MailFaultKind = keyof typeof FAULTS

/** Why a letter did not go. The sentence holds no address; `cause` may, and the server's own words: never log or show it. */
export class MailFault extends Error {
  readonly kind: MailFaultKind
  /** The server's reply (RFC 5321 section 4.2), such as 550; null when it gave none. */
  readonly reply: number | null

  constructor(kind: MailFaultKind, cause?: unknown, reply: number | null = null) {
    super(FAULTS[kind], { cause })
    this.name = 'MailFault'
    this.kind = kind
    this.reply = reply
  }
}

/** Milliseconds. `whole` is for one letter with its wait for a connection: a server that trickles its replies never goes silent. */
const LIMITS = { connection: 10_000, greeting: 10_000, socket: 20_000, whole: 120_000 }

/**
 * The firm's own mail: plain text, to one address at a time, at most two connections. TLS is required and the certificate
 * checked, except over smtp: to this machine itself, unless a CA is named for it.
 */
export function openMail({ url, from, ca }: MailSettings, log: Log, limits: typeof LIMITS = LIMITS): Mail {
  const { secure, host, port, login } = serverOf(url)!
  const isPlain = !secure && isLoopback(host) && !ca
  const transport = createTransport({
    pool: true,
    maxConnections: 2,
    idleTimeout: 30_000,
    // nodemailer asks DNS servers for names, this one too, and would go in the clear wherever they say
    host: host === 'localhost' ? '127.0.0.1' : host,
    port,
    secure,
    ignoreTLS: isPlain,
    requireTLS: !secure && !isPlain,
    // said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED does not reach here
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(host === 'localhost' && { servername: host }), ...(ca && { ca }) },
    ...(login && { auth: login, forceAuth: true }),
    // otherwise the machine's own name
    name: from.domain,
    connectionTimeout: limits.connection,
    dnsTimeout: limits.connection,
    greetingTimeout: limits.greeting,
    socketTimeout: limits.socket,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
  transport.on('error', (fault) => log.error('a mail connection broke', fault))

  const told = (what: string, fault: MailFault): MailFault => {
    log.warn(`${what}: ${fault.kind}${fault.reply === null ? '' : `, the server said ${fault.reply}`}`)
    return fault
  }

  return {
    async send({ to, subject, text }) {
      if (!Email.safeParse(to).success) throw told('no mail was sent', new MailFault('recipient'))
      const fault = headerFault(subject, 900)
      if (fault) throw new Error(`This cannot be a subject: ${fault}`)
      const letter = {
        from: { name: from.name, address: from.address },
        to: { name: '', address: to },
        envelope: { from: from.address, to: [to] },
        subject,
        text,
        textEncoding: 'quoted-printable' as const,
        date: new Date(now()),
        // RFC 3834 section 5: no out-of-office note answers it
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(limits.whole),
      }
      await transport.sendMail(letter).catch((cause: unknown) => {
        throw told('no mail was sent', faultOf(cause))
      })
    },
    async verify() {
      await within(limits.whole, transport.verify()).catch((cause: unknown) => {
        throw told('the mail server did not pass', faultOf(cause))
      })
    },
    close: () => transport.close(),
  }
}

/** What nodemailer throws (its `code` names the step, `originalCode` what the socket said), in our kinds. */
function faultOf(cause: unknown): MailFault {
  const { code, originalCode, syscall, command, response, responseCode } = cause as {
    code?: string
    originalCode?: string
    syscall?: string
    command?: string
    response?: string
    responseCode?: number
  }
  const reply = responseCode || null
  const kind = (): MailFaultKind => {
    if (reply && reply >= 400 && reply < 500) return 'temporary'
    if (code === 'ETLS' || (reply && /STARTTLS/i.test(response ?? ''))) return 'tls'
    // a socket's error that is not the system's is one of certificate or handshake
    if (code === 'ESOCKET' && originalCode && !syscall && originalCode !== 'ECONNRESET') return 'tls'
    // RFC 4954 section 6
    if (code === 'EAUTH' || (reply && [530, 534, 535, 538].includes(reply))) return 'login'
    if (reply && command === 'MAIL FROM') return 'sender'
    if (reply && command === 'RCPT TO') return 'recipient'
    if (reply && command === 'DATA') return 'message'
    return 'unreachable'
  }
  return new MailFault(kind(), cause, reply)
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It took too long.')), milliseconds)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
