import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { unwrapKey, wrapKey } from '../core/keys.ts'
import { syncFolder, writeWhole } from './durable.ts'

/**
 * [Note: A matter key has two halves] One half stands in the matter's row, behind the wall, where backups and the
 * write-ahead log keep old bytes for ever. The other stands here, one file a matter, outside PostgreSQL and outside
 * the data backup. Erasing the file ends the matter in every copy of the database there is.
 */
export type Keystore = {
  /** On the disk when this resolves. */
  put(matter: string, half: Buffer): Promise<void>
  /** @throws BrokenSeal or ENOENT: the matter cannot be opened. */
  get(matter: string): Promise<Buffer>
  erase(matter: string): Promise<void>
  list(): Promise<string[]>
}

export async function openKeystore(dir: string, rootKey: Buffer): Promise<Keystore> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const label = (matter: string) => `matter half ${matter}`
  return {
    put: (matter, half) => writeWhole(join(dir, matter), wrapKey(rootKey, label(matter), half), 0o600),
    get: async (matter) => unwrapKey(rootKey, label(matter), await readFile(join(dir, matter))),
    erase: async (matter) => {
      await rm(join(dir, matter), { force: true })
      await syncFolder(dir)
    },
    list: async () => (await readdir(dir)).filter((name) => /^[0-9a-f-]{36}$/.test(name)),
  }
}
