import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BrokenSeal } from '../core/bytes.ts'
import { keyId, newKey, unwrapKey, wrapKey } from '../core/keys.ts'
import { kmsDecrypt, kmsEncrypt, type KmsKey } from './aws-kms.ts'
import { syncFolder } from './durable.ts'
import type { OwnPlace } from './own-keys.ts'
import { Stop } from './refusal.ts'
import { transitDecrypt, transitEncrypt, type TransitAccess, type TransitKey } from './vault-transit.ts'

/**
 * How this machine comes to a key that a client brings: a file of its name, 0600, in a folder beside the keyring. It says where
 * the service is and which file holds the token, or holds the key itself. Nothing of it is in the database or in a backup.
 */
export type OwnAccess =
  ({ kind: 'transit' } & TransitKey & TransitAccess) | ({ kind: 'kms' } & KmsKey) | { kind: 'file'; /** base64, 32 bytes */ key: string }

/** It is a file's name too. */
export const OWN_NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
const fileOf = (dir: string, name: string): string => join(dir, `${name}.json`)

/** Those that the machine knows of, by name. */
export async function placesIn(dir: string): Promise<OwnPlace[]> {
  const names = await readdir(dir).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return []
    throw fault
  })
  const known = names.flatMap((file) => (file.endsWith('.json') && OWN_NAME.test(file.slice(0, -5)) ? [file.slice(0, -5)] : [])).sort()
  const places: OwnPlace[] = []
  for (const name of known) {
    const access = await readAccess(dir, name).catch((fault: unknown) => {
      if (fault instanceof Stop) return null
      throw fault
    })
    if (access) places.push({ name, kind: access.kind })
  }
  return places
}

/** @throws Stop `keyring.own_missing`, `keyring.own_malformed` */
export async function readAccess(dir: string, name: string): Promise<OwnAccess> {
  const path = fileOf(dir, name)
  if (!OWN_NAME.test(name)) throw new Stop('keyring.own_missing', `There is no key ${name} on this machine.`)
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') throw new Stop('keyring.own_missing', `The file ${path} is not on this machine. Put it back.`, fault)
    throw new Stop('keyring.own_malformed', `The file ${path} cannot be read (${fault.code}).`, fault)
  })
  try {
    const access = JSON.parse(text) as OwnAccess
    if (!isKnown(access)) throw new TypeError('kind')
    return access
  } catch (fault) {
    throw new Stop('keyring.own_malformed', `${path} does not say how to come to a client’s key.`, fault)
  }
}

const isText = (...values: unknown[]): boolean => values.every((value) => typeof value === 'string' && value !== '')
const isTextOrNull = (...values: unknown[]): boolean => values.every((value) => value === null || isText(value))
const isKnown = (access: OwnAccess): boolean => {
  if (access.kind === 'transit')
    return isText(access.address, access.mount, access.key) && isTextOrNull(access.namespace, access.tokenFile, access.caFile)
  if (access.kind === 'kms') return isText(access.keyId, access.region) && isTextOrNull(access.endpoint)
  return access.kind === 'file' && isText(access.key) && Buffer.from(access.key, 'base64').length === 32
}

/** Writes it, 0600; one that is there stays. On the disk when this resolves. @throws Stop `file.exists`, `file.unwritable` */
export async function writeAccess(dir: string, name: string, access: OwnAccess): Promise<void> {
  const path = fileOf(dir, name)
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify({ v: 1, ...access })}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await syncFolder(dir)
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new Stop('file.exists', `${path} is there already. Choose another name, or remove it first.`, fault)
    throw new Stop('file.unwritable', `${path} cannot be written (${code}).`, fault)
  }
}
export const removeAccess = (dir: string, name: string): Promise<void> => rm(fileOf(dir, name), { force: true })

/** `check`: by it an answer of another key is known. */
type Sealed = { check: string; ciphertext: string }
const LABEL = (root: string): string => `own root ${root}`
const context = (root: string) => ({ subrosa: 'own root', root })

/** A new key for a root, and what the client's service made of it; the service is asked to open it again. @throws Stop `keyring.service` */
export async function sealNew(access: OwnAccess, root: string): Promise<string> {
  const key = newKey()
  const sealed = JSON.stringify({ check: keyId(key), ciphertext: await sealedBy(access, root, key) } satisfies Sealed)
  await openSealed(access, root, sealed)
  return sealed
}

async function sealedBy(access: OwnAccess, root: string, key: Buffer): Promise<string> {
  if (access.kind === 'transit') return transitEncrypt(access, access, key)
  if (access.kind === 'kms') return kmsEncrypt(access, key, context(root))
  return wrapKey(Buffer.from(access.key, 'base64'), LABEL(root), key).toString('base64')
}

/** @throws Stop `keyring.service`: the service does not answer, says no, or gives another key */
export async function openSealed(access: OwnAccess, root: string, sealed: string): Promise<Buffer> {
  const { check, ciphertext } = JSON.parse(sealed) as Sealed
  const key = await openedBy(access, root, ciphertext)
  if (key.length !== 32 || keyId(key) !== check)
    throw new Stop('keyring.service', 'The client’s key service gave another key than it sealed.')
  return key
}

async function openedBy(access: OwnAccess, root: string, ciphertext: string): Promise<Buffer> {
  if (access.kind === 'transit') return transitDecrypt(access, access, ciphertext)
  if (access.kind === 'kms') return kmsDecrypt(access, ciphertext, context(root))
  try {
    return unwrapKey(Buffer.from(access.key, 'base64'), LABEL(root), Buffer.from(ciphertext, 'base64'))
  } catch (fault) {
    if (fault instanceof BrokenSeal) throw new Stop('keyring.service', 'The key in the client’s file is another one.', fault)
    throw fault
  }
}
