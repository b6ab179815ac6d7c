import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { ReceiverSettings, ReceiverView } from '../../contract/receiver.ts'
import type { House } from '../../platform/house.ts'
import { isSafe } from '../../platform/network.ts'
import { Refusal } from '../../platform/refusal.ts'
import { firmText, sealFirmText } from '../keys/firm-words.ts'

/** As it is kept: with its secret. */
export type Kept = Extract<ReceiverSettings, { kind: 'syslog' }> | (Extract<ReceiverSettings, { kind: 'webhook' }> & { secret: string })
type Shown = NonNullable<ReceiverView['settings']>
type Keys = Pick<House, 'keys'>

export const sealSettings = ({ keys }: Keys, id: string, kept: Kept) =>
  sealFirmText(keys, 'receiver_settings', 'sealed_settings', id, JSON.stringify(kept))
export const openSettings = ({ keys }: Keys, id: string, sealed: Buffer): Kept =>
  JSON.parse(firmText(keys, 'receiver_settings', 'sealed_settings', id, sealed)) as Kept

/** Host and port, or the address without what could hold a secret. */
export const placeOf = (kept: Kept): string => (kept.kind === 'syslog' ? `${kept.host}:${kept.port}` : withoutSecrets(kept.url))
function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname}`
}

/** Without its secrets. */
export const shown = (kept: Kept): Shown => ({
  kind: kept.kind,
  form: kept.form,
  to: placeOf(kept),
  host: kept.kind === 'syslog' ? kept.host : null,
  port: kept.kind === 'syslog' ? kept.port : null,
  url: kept.kind === 'webhook' ? withoutSecrets(kept.url) : null,
  ca: kept.ca,
  certificate: kept.kind === 'syslog' ? kept.certificate : null,
  hasSecret: (kept.kind === 'syslog' ? kept.key : kept.secret) !== undefined,
  names: kept.names,
})

const refused = (field: string, text: string): Refusal => new Refusal('receiver.refused', { fields: { [field]: text } })

/**
 * What is kept of what was asked for: empty fields are nothing, and a secret that is left out stays what it was, as long as it goes to
 * the same place: it is not sent to another.
 * @throws Refusal `receiver.refused`, with what does not fit
 */
export function checked(wish: ReceiverSettings, before: Kept | null): Kept {
  const ca = orNull(wish.ca)
  if (ca !== null) checkCertificate('ca', ca)
  if (wish.kind === 'webhook') {
    checkAddress(wish.url)
    const secret = wish.secret ?? (before?.kind === 'webhook' && before.url === wish.url ? before.secret : undefined)
    if (secret === undefined) throw refused('secret', 'A word that both sides know, of at least 16 characters.')
    return { ...wish, ca, secret }
  }
  const certificate = orNull(wish.certificate)
  const isSame = before?.kind === 'syslog' && before.host === wish.host && before.port === wish.port
  const key = (wish.key || undefined) ?? (isSame && certificate !== null ? before.key : undefined)
  const { key: _, ...rest } = wish
  if (certificate !== null) checkCertificate('certificate', certificate)
  if ((certificate === null) !== (key === undefined))
    throw refused(certificate === null ? 'certificate' : 'key', 'A certificate and its key go together.')
  if (certificate !== null && key !== undefined) checkKey(certificate, key)
  return { ...rest, ca, certificate, ...(key !== undefined && { key }) }
}

const orNull = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim())

function checkAddress(address: string): void {
  if (!isSafe(address)) throw refused('url', 'An https address, such as https://siem.firm.example/subrosa.')
  const { username, password, search, hash } = new URL(address)
  // they would stand in logs of whoever is in between
  if (username || password || search || hash) throw refused('url', 'The address without a user, a password, and what stands behind ? or #.')
}

function checkCertificate(field: string, pem: string): void {
  try {
    new X509Certificate(pem)
  } catch {
    throw refused(field, 'This is no certificate in PEM form (-----BEGIN CERTIFICATE-----).')
  }
}

function checkKey(certificate: string, key: string): void {
  try {
    createSecureContext({ cert: certificate, key })
    if (new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))) return
  } catch {
    throw refused('key', 'This is no private key in PEM form, or it is sealed with a passphrase.')
  }
  throw refused('key', 'This key is not the certificate’s.')
}
