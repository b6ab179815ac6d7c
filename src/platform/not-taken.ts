/** Why a receiver of ours did not take what it was sent: a sentence that may be shown to those who run it. What it answered itself is in none. */
export class NotTaken extends Error {
  constructor(text: string, cause?: unknown) {
    super(text, { cause })
    this.name = 'NotTaken'
  }
}

/** The system's or OpenSSL's word for what went wrong, such as `ECONNREFUSED`; letters, digits and underscores only. */
export function codeOfFault(fault: unknown): string {
  const code = (fault as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[A-Z0-9_]{2,80}$/.test(code) ? code : 'no code'
}

/** What is said of a fault of a connection. */
export function faultOfConnection(what: string, fault: unknown): NotTaken {
  if (fault instanceof NotTaken) return fault
  const code = codeOfFault(fault)
  if (/^(CERT|DEPTH|UNABLE|SELF_SIGNED|ERR_TLS_CERT|HOSTNAME|INVALID_CA|UNSPECIFIED)/.test(code))
    return new NotTaken(
      `${what} shows a certificate that is not trusted (${code}). Name its CA, and the host as the certificate does.`,
      fault,
    )
  if (/^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO)/.test(code)) return new NotTaken(`${what} does not agree on TLS (${code}).`, fault)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new NotTaken(`The name of ${what.toLowerCase()} is not known (${code}).`, fault)
  return new NotTaken(`${what} cannot be reached, or ended the connection (${code}).`, fault)
}
