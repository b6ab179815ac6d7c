import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { BrokenSeal } from '../core/bytes.ts'
import { newKey, unwrapKey, wrapKey } from '../core/keys.ts'
import { kmsDecrypt, kmsEncrypt, type KmsKey } from './aws-kms.ts'
import { transitAccess } from './config.ts'
import { givenPassphrase } from './passphrase.ts'
import { Stop } from './refusal.ts'
import { transitDecrypt, transitEncrypt, type TransitKey } from './vault-transit.ts'

/** What the keyring file is sealed with. `kek` is held in memory only; the rest stands in the file. */
export type Seal = { kek: Buffer; shown: Shown }
/** RFC 7914: N, r, p and the salt (base64) of the scrypt that made the key. */
type Passphrase = { kind: 'passphrase'; n: number; r: number; p: number; salt: string }
/** A service holds the key that wraps the file's; `ciphertext` is in its own form. */
type Service = ({ kind: 'transit' } & TransitKey) | ({ kind: 'kms' } & KmsKey)
export type Shown = Passphrase | (Service & { ciphertext: string })
export type SealedBody = { seal: Shown; sealed: string }

const COST = { n: 2 ** 17, r: 8, p: 1 } as const
const LABEL = 'keyring body'
const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** A seal under a new salt. Unicode is normalized (NFKC), so that it opens from any keyboard. */
export async function passphraseSeal(passphrase: string): Promise<Seal> {
  const salt = randomBytes(16)
  return { kek: await kekOf(passphrase, COST, salt), shown: { kind: 'passphrase', ...COST, salt: salt.toString('base64') } }
}

/** A seal under a new key that the service wraps, and is asked at once to open again. @throws Stop `keyring.service` */
export async function serviceSeal(service: Service): Promise<Seal> {
  const kek = newKey()
  const ciphertext = service.kind === 'transit' ? await transitEncrypt(service, transitAccess(), kek) : await kmsEncrypt(service, kek)
  const shown = { ...service, ciphertext }
  if (!(await fromService(shown)).equals(kek)) throw new Stop('keyring.service', 'The key service does not open what it sealed.')
  return { kek, shown }
}

const fromService = (shown: Service & { ciphertext: string }): Promise<Buffer> =>
  shown.kind === 'transit' ? transitDecrypt(shown, transitAccess(), shown.ciphertext) : kmsDecrypt(shown, shown.ciphertext)

/** About 128 MiB and half a second. */
const kekOf = (passphrase: string, { n, r, p }: { n: number; r: number; p: number }, salt: Buffer): Promise<Buffer> =>
  derive(passphrase.normalize('NFKC'), salt, 32, { N: n, r, p, maxmem: 256 * n * r })

export const closeBody = ({ kek, shown }: Seal, text: Buffer): SealedBody => ({
  seal: shown,
  sealed: wrapKey(kek, LABEL, text).toString('base64'),
})

/** @throws Stop `keyring.passphrase`, `keyring.service`, `keyring.malformed` */
export async function openBody({ seal: shown, sealed }: SealedBody, path: string): Promise<{ text: Buffer; seal: Seal }> {
  if (!isKnown(shown)) throw new Stop('keyring.malformed', `${path} is sealed in a way that this version does not know.`)
  const isTyped = shown.kind === 'passphrase'
  const kek = isTyped ? await kekOf(await givenPassphrase(path), shown, Buffer.from(shown.salt, 'base64')) : await fromService(shown)
  try {
    return { text: unwrapKey(kek, LABEL, Buffer.from(sealed, 'base64')), seal: { kek, shown } }
  } catch (fault) {
    if (isTyped && fault instanceof BrokenSeal)
      throw new Stop('keyring.passphrase', `That is not the passphrase of ${path}, or the file was changed. Nothing was changed.`, fault)
    // a key of another length is the service's fault too
    throw new Stop('keyring.service', `What the key service gave does not open ${path}: it is another key, or the file was changed.`, fault)
  }
}

const isText = (...values: unknown[]): boolean => values.every((value) => typeof value === 'string' && value !== '')
const isKnown = (shown: Shown): boolean => {
  if (shown?.kind === 'transit') return isText(shown.address, shown.mount, shown.key, shown.ciphertext)
  if (shown?.kind === 'kms') return isText(shown.keyId, shown.region, shown.ciphertext)
  return shown?.kind === 'passphrase' && isBearable(shown)
}
/** Costs beyond these are nobody's: a file that asks for them would hold up the start. */
const isBearable = ({ n, r, p, salt }: Passphrase): boolean =>
  Number.isInteger(Math.log2(n)) &&
  n >= 2 ** 14 &&
  n <= 2 ** 20 &&
  [r, p].every((one) => Number.isInteger(one) && one >= 1 && one <= 16) &&
  isText(salt)
