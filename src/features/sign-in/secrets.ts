import { createHash, randomBytes } from 'node:crypto'
import { token } from '../../core/tokens.ts'
import type { FirmKeys } from '../../platform/firm-keys.ts'
import type { Secret } from '../../platform/ways.ts'

/** 32 random bytes, hex, as the database is given them. */
export const newSecret = (): Secret => randomBytes(32).toString('hex') as Secret
/** What the database keeps of a secret. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(Buffer.from(secret, 'hex')).digest()

/** WebAuthn's user handle: random, so that it says nothing of the person (Level 3, 14.6.1). */
export const newHandle = (): Buffer => randomBytes(32)
/** What is kept of something that serves once. */
export const spentHash = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

/** A secret as people and scripts carry it: `subrosa_` and base64url. */
export const shown = (secret: string): string => `subrosa_${Buffer.from(secret, 'hex').toString('base64url')}`
/** The secret in what someone sent; null when it is not one. */
export function readSecret(text: string): Secret | null {
  const bytes = Buffer.from(text.replace(/^subrosa_/, ''), 'base64url')
  return bytes.length === 32 ? (bytes.toString('hex') as Secret) : null
}

const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
/** Ten codes of 60 bits each, written XXXX-XXXX-XXXX. */
export function newRecoveryCodes(): string[] {
  const letter = (): string => {
    for (;;) {
      const byte = randomBytes(1)[0]!
      if (byte < ALPHABET.length * 8) return ALPHABET[byte % ALPHABET.length]!
    }
  }
  return Array.from({ length: 10 }, () => Array.from({ length: 3 }, () => Array.from({ length: 4 }, letter).join('')).join('-'))
}
/** Keyed hash of a recovery code, however it was typed. */
export const recoveryCodeHash = (keys: FirmKeys, code: string): Buffer =>
  token(keys.pepper, 'recovery code', code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
