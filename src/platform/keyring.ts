import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { keyId, newKey } from '../core/keys.ts'
import { writeWhole } from './durable.ts'
import { Stop } from './refusal.ts'

/** The root key: 32 random bytes in one file, 0600, outside the data folder by default. It wraps every other key. */
export type RootKey = { key: Buffer; id: string }

/**
 * The root key of a data folder. A folder without `firm.json` is new and gets a key; one with it must be met with the
 * very key it was sealed under.
 * @throws Stop `keyring.missing`, `keyring.wrong`, `keyring.malformed`: nothing is started, nothing is changed.
 */
export async function openKeyring(path: string, data: string): Promise<RootKey> {
  const expected = await expectedKey(data)
  const found = await readKeyring(path)
  if (!expected) return adopt(data, found ?? (await makeKeyring(path)))
  if (!found)
    throw new Stop('keyring.missing', `The root key is not at ${path}. Put the keyring file back, or run: subrosa key recover --sheet FILE`)
  if (found.id !== expected)
    throw new Stop(
      'keyring.wrong',
      `The key at ${path} (${found.id}) is not the one this data folder was sealed with (${expected}). Put the right keyring file back, or run: subrosa key recover --sheet FILE`,
    )
  return found
}

export async function readKeyring(path: string): Promise<RootKey | null> {
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw new Stop('keyring.malformed', `The keyring file ${path} cannot be read.`, fault)
  })
  if (text === null) return null
  try {
    const { key } = JSON.parse(text) as { key: string }
    const bytes = Buffer.from(key, 'base64')
    if (bytes.length !== 32) throw new Error('length')
    return { key: bytes, id: keyId(bytes) }
  } catch (fault) {
    throw new Stop('keyring.malformed', `${path} is not a keyring file.`, fault)
  }
}

/** Writes the key to the file, 0600, whole or not at all; an existing file is replaced. */
export async function writeKeyring(path: string, key: Buffer): Promise<RootKey> {
  await mkdir(dirname(path), { recursive: true })
  const id = keyId(key)
  await writeWhole(path, JSON.stringify({ v: 1, id, key: key.toString('base64') }) + '\n', 0o600)
  return { key, id }
}

const makeKeyring = (path: string) => writeKeyring(path, newKey())

/** The id of the key that a data folder was sealed with; null while it is new. */
export async function expectedKey(data: string): Promise<string | null> {
  const text = await readFile(join(data, 'firm.json'), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
  return text === null ? null : (JSON.parse(text) as { rootKey: string }).rootKey
}

async function adopt(data: string, root: RootKey): Promise<RootKey> {
  await writeWhole(join(data, 'firm.json'), JSON.stringify({ v: 1, rootKey: root.id }) + '\n', 0o600)
  return root
}

/** Whether others than the owner may read the file. */
export const isOpenToOthers = async (path: string): Promise<boolean> => ((await stat(path)).mode & 0o077) !== 0
