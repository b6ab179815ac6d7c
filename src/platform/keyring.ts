import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { keyId, newKey } from '../core/keys.ts'
import { writeWhole } from './durable.ts'
import { closeBody, openBody, type Seal, type SealedBody } from './keyring-seal.ts'
import { Stop } from './refusal.ts'

/**
 * The root key: 32 random bytes in one file, 0600, outside the data folder by default. It wraps every other key.
 * While it is rotated the one before it stands beside it and opens what is not yet wrapped anew. Whoever is given this holds
 * the one object that a rotation changes.
 */
export type RootKey = {
  key: Buffer
  id: string
  /** ISO instant; null: since the firm began. */
  since: string | null
  /** Still needed: something is wrapped under them. */
  older: Key[]
  /** Nothing here is wrapped under them; backups of their time are. */
  former: Key[]
  /** How the file is sealed; null: not at all. */
  seal: Seal | null
}
export type Key = { key: Buffer; id: string }

/** Under which something may be wrapped, the current one first. */
export const openingKeys = ({ key, older, former }: RootKey): Buffer[] => [key, ...[...older, ...former].map((one) => one.key)]
/** The key of an id, if this firm has or had it. */
export const keyOfId = (root: RootKey, id: string): Key | null => [root, ...root.older, ...root.former].find((one) => one.id === id) ?? null
export const rootOf = (key: Buffer): RootKey => ({ key, id: keyId(key), since: null, older: [], former: [], seal: null })

/**
 * The root key of a data folder. A folder without `firm.json` is new and gets a key; one with it must be met with the
 * very key it was sealed under.
 * @throws Stop `keyring.missing`, `keyring.wrong`, `keyring.malformed`, `keyring.sealed`: nothing is started, nothing is changed.
 */
export async function openKeyring(path: string, data: string): Promise<RootKey> {
  const expected = await expectedKey(data)
  const found = await readKeyring(path)
  if (!expected) return adopt(data, found ?? (await makeKeyring(path)))
  if (!found)
    throw new Stop('keyring.missing', `The root key is not at ${path}. Put the keyring file back, or run: subrosa key recover --sheet FILE`)
  if (found.id === expected) return found
  // a rotation wrote its key here and was ended before it said so in firm.json
  if (found.older.some((one) => one.id === expected)) return found
  throw new Stop(
    'keyring.wrong',
    `The key at ${path} (${found.id}) is not the one this data folder was sealed with (${expected}). Put the right keyring file back, or run: subrosa key recover --sheet FILE`,
  )
}

type FileV1 = { v: 1; key: string }
type FileV2 = { v: 2; id: string; ids: string[]; body: Body } | ({ v: 2; id: string; ids: string[] } & SealedBody)
type Body = { keys: { key: string; since: string | null; standing: 'current' | 'older' | 'former' }[] }

export async function readKeyring(path: string): Promise<RootKey | null> {
  const file = await fileAt(path)
  if (file === null) return null
  if (file.v === 1) return { ...rootOf(bytesOf(file.key, path)) }
  const body = 'seal' in file ? await openBody(file, path) : null
  try {
    const { keys } = body ? (JSON.parse(body.text.toString()) as Body) : (file as { body: Body }).body
    const as = (standing: string) =>
      keys.filter((one) => one.standing === standing).map((one) => ({ ...one, key: Buffer.from(one.key, 'base64') }))
    const [current] = as('current')
    const plain = (one: { key: Buffer }) => ({ key: whole(one.key), id: keyId(one.key) })
    return {
      ...plain(current!),
      since: current!.since,
      older: as('older').map(plain),
      former: as('former').map(plain),
      seal: body?.seal ?? null,
    }
  } catch (fault) {
    throw malformed(path, fault)
  }
}

/** Ids of the keys in a file, the current one first; read without opening its seal. Null: there is no file. */
export async function idsIn(path: string): Promise<string[] | null> {
  const file = await fileAt(path)
  if (file === null) return null
  return file.v === 1 ? [keyId(bytesOf(file.key, path))] : file.ids
}

async function fileAt(path: string): Promise<FileV1 | FileV2 | null> {
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw new Stop('keyring.malformed', `The keyring file ${path} cannot be read.`, fault)
  })
  if (text === null) return null
  try {
    const file = JSON.parse(text) as FileV1 | FileV2
    // the first files had no version
    if (file.v === 2) {
      if (!Array.isArray(file.ids) || !file.ids.every((id) => /^[0-9a-f]{16}$/.test(id))) throw new TypeError('ids')
      return file
    }
    if (file.v !== undefined && file.v !== 1) throw new TypeError('version')
    whole(Buffer.from(file.key, 'base64'))
    return { v: 1, key: file.key }
  } catch (fault) {
    throw malformed(path, fault)
  }
}

const malformed = (path: string, fault: unknown): Stop => new Stop('keyring.malformed', `${path} is not a keyring file.`, fault)
function whole(key: Buffer): Buffer {
  if (key.length !== 32) throw new RangeError('a root key has 32 bytes')
  return key
}
const bytesOf = (text: string, path: string): Buffer => {
  try {
    return whole(Buffer.from(text, 'base64'))
  } catch (fault) {
    throw malformed(path, fault)
  }
}

/** Writes one key to the file, 0600, whole or not at all; an existing file is replaced. */
export const writeKeyring = async (path: string, key: Buffer): Promise<RootKey> => saveKeyring(path, rootOf(key))

/** Writes all that the root key's owner holds, sealed as it was; on the disk when this resolves. */
export async function saveKeyring(path: string, root: RootKey): Promise<RootKey> {
  await mkdir(dirname(path), { recursive: true })
  await writeWhole(path, `${JSON.stringify(fileOf(root))}\n`, 0o600)
  return root
}

function fileOf(root: RootKey): object {
  const isPlain = root.seal === null && root.since === null && root.older.length + root.former.length === 0
  if (isPlain) return { v: 1, id: root.id, key: root.key.toString('base64') }
  const entry = (one: Key, standing: string, since: string | null) => ({ id: one.id, key: one.key.toString('base64'), since, standing })
  const keys = [
    entry(root, 'current', root.since),
    ...root.older.map((one) => entry(one, 'older', null)),
    ...root.former.map((one) => entry(one, 'former', null)),
  ]
  const open = { v: 2, id: root.id, ids: keys.map((one) => one.id) }
  return root.seal ? { ...open, ...closeBody(root.seal, Buffer.from(JSON.stringify({ keys }))) } : { ...open, body: { keys } }
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

/** Says in `firm.json` which key the data is sealed with. */
export async function adopt(data: string, root: RootKey): Promise<RootKey> {
  await writeWhole(join(data, 'firm.json'), JSON.stringify({ v: 1, rootKey: root.id }) + '\n', 0o600)
  return root
}

/** Whether others than the owner may read the file. */
export const isOpenToOthers = async (path: string): Promise<boolean> => ((await stat(path)).mode & 0o077) !== 0
