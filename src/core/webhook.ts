import { createHmac, timingSafeEqual } from 'node:crypto'

/** How old a signed body may be when it is checked, in seconds. */
const OLD_S = 300

const macOf = (secret: string, seconds: number, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest()

/** The header `Subrosa-Signature`: `t=<seconds>,v1=<HMAC-SHA-256 over "<seconds>.<body>", hexadecimal>`. The secret is taken as UTF-8. */
export const webhookSignature = (secret: string, seconds: number, body: Uint8Array): string =>
  `t=${seconds},v1=${macOf(secret, seconds, body).toString('hex')}`

/** What a receiver does: whether a header is of this body and this secret, and not old. */
export function isSignedBy(secret: string, header: string, body: Uint8Array, nowSeconds: number): boolean {
  const [, seconds, mac] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? []
  if (!seconds || !mac || Math.abs(nowSeconds - Number(seconds)) > OLD_S) return false
  return timingSafeEqual(Buffer.from(mac, 'hex'), macOf(secret, Number(seconds), body))
}
