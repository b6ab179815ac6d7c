import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { now } from './clock.ts'

const PERIOD = 30

/** A fresh secret: 160 bits, Base32 (RFC 4226 section 4, R6). */
export const newTotpSecret = (): string => new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer }).base32

const totp = (secret: string, label: string) =>
  new TOTP({ issuer: 'Subrosa', label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD })

/** The otpauth URI that an authenticator scans. The label is the person's own address and goes nowhere else. */
export const totpUri = (secret: string, email: string): string => totp(secret, email).toString()

/** The time step that a code belongs to, one step either way (RFC 6238, 5.2); null when it is not a code of now. */
export function totpStep(secret: string, code: string): number | null {
  const delta = totp(secret, '').validate({ token: code, timestamp: now(), window: 1 })
  return delta === null ? null : Math.floor(now() / 1000 / PERIOD) + delta
}

/** How far behind the sender's clock is, in steps, when the code was one of the last ten minutes; null otherwise. Of a code to come nothing is said: it could be kept. */
export function totpDrift(secret: string, code: string): number | null {
  const delta = totp(secret, '').validate({ token: code, timestamp: now(), window: 20 })
  return delta !== null && delta < 0 ? delta : null
}
