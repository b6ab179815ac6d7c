/** A syslog message before it is text (RFC 5424). Times are RFC 3339 UTC; names and values of `data` are written in their order. */
export type SyslogMessage = {
  /** 0 to 23 (section 6.2.1) */ facility: number
  /** 0 (emergency) to 7 (debug) */ severity: number
  at: string
  host: string
  app: string
  /** what kind of message it is */ id: string
  data: { id: string; params: readonly (readonly [name: string, value: string])[] } | null
  text: string
}

/** PRINTUSASCII of section 6, cut to its length; `-` (NILVALUE) where nothing is left. */
const word = (text: string, most: number): string => text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, most) || '-'
/** SD-NAME of section 6.3.2: no `=`, space, `]` or `"`, at most 32 characters. */
const name = (text: string): string => word(text.replaceAll(/[=\]"]/g, ''), 32)

/**
 * A value between quotes (section 6.3.3): `"`, `\` and `]` are escaped. What is no character (a lone surrogate, a control) becomes a
 * space, since receivers that write lines would make two of one.
 */
export const paramValue = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029\ufffd]/gu, ' ')
    .replaceAll(/["\\\]]/g, String.raw`\$&`)

/** One line, in UTF-8 without a line break. The text is MSG-ANY of section 6.4: no byte-order mark, since receivers show it as letters. */
export function syslogLine({ facility, severity, at, host, app, id, data, text }: SyslogMessage): string {
  const params = data?.params.map(([key, value]) => ` ${name(key)}="${paramValue(value)}"`).join('')
  const structured = data === null ? '-' : `[${name(data.id)}${params}]`
  const message = text.toWellFormed().replaceAll(/[\p{Cc}\u2028\u2029\ufffd]/gu, ' ')
  return `<${facility * 8 + severity}>1 ${at} ${word(host, 255)} ${word(app, 48)} - ${word(id, 32)} ${structured} ${message}`
}

/** Messages as they go over TLS, each behind its length in bytes and a space (RFC 5425, section 4.3). */
export const octetCounted = (lines: readonly string[]): Buffer =>
  Buffer.from(lines.map((line) => `${Buffer.byteLength(line)} ${line}`).join(''))
