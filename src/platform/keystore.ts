import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isWrappedUnder, unwrapWithAny, wrapKey } from '../core/keys.ts'
import { syncFolder, writeWhole } from './durable.ts'
import { openingKeys, type RootKey } from './keyring.ts'
import { noOwnKeys, type OwnKeys } from './own-keys.ts'

/**
 * [Note: A matter key has two halves] One half stands in the matter's row, behind the wall, where backups and the
 * write-ahead log keep old bytes for ever. The other stands here, one file a matter, outside PostgreSQL and outside
 * the data backup. Erasing the file ends the matter in every copy of the database there is.
 *
 * Each version of a matter's key has a half of its own: `<matter>` is that of version 1, `<matter>.2` of the next. The row
 * names the version, so that a crash between file and row leaves a file that nothing names, and never a row without its file.
 */
export type Keystore = {
  /** On the disk when this resolves. */
  put(matter: string, half: Buffer, version?: number): Promise<void>
  /** @throws BrokenSeal or ENOENT: the matter cannot be opened. */
  get(matter: string, version?: number): Promise<Buffer>
  /** All versions, or one. */
  erase(matter: string, version?: number): Promise<void>
  /** All versions for good, and a note that they were: a restored older backup of the data then says so. Done again, the first note stands. */
  end(matter: string, at: string): Promise<void>
  /** When it was ended, RFC 3339; null: it was not, or nobody noted it. */
  endedAt(matter: string): Promise<string | null>
  /** All that were ended. */
  ended(): Promise<{ matter: string; at: string }[]>
  /** The matters that have a half. */
  list(): Promise<string[]>
  halves(): Promise<Half[]>
  /** Wraps a half under the root key that holds now; false: it was already. */
  rewrap(half: Half): Promise<boolean>
  /** Keys that clients bring, for matters that are under one; set where the firm is opened. */
  own: OwnKeys
}
export type Half = { matter: string; version: number }

const ENDED = '.ended'
const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.([1-9]\d{0,8}))?$/

/** `root` is live: what its owner changes holds here at once. */
export async function openKeystore(dir: string, root: RootKey): Promise<Keystore> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const nameOf = (matter: string, version: number) => join(dir, version === 1 ? matter : `${matter}.${version}`)
  const label = (matter: string, version: number) => `matter half ${matter}${version === 1 ? '' : ` ${version}`}`
  const put = (matter: string, half: Buffer, version = 1) =>
    writeWhole(nameOf(matter, version), wrapKey(root.key, label(matter, version), half), 0o600)
  const halves = async (): Promise<Half[]> =>
    (await readdir(dir)).flatMap((name) => {
      const [, matter, version] = NAME.exec(name) ?? []
      return matter ? [{ matter, version: Number(version ?? 1) }] : []
    })
  const endedAt = (matter: string): Promise<string | null> =>
    readFile(join(dir, `${matter}${ENDED}`), 'utf8').then(
      (text) => text.trim(),
      (fault: NodeJS.ErrnoException) => {
        if (fault.code === 'ENOENT') return null
        throw fault
      },
    )
  const erase = async (matter: string, version?: number) => {
    for (const half of version === undefined ? await halves() : [{ matter, version }])
      if (half.matter === matter) await rm(nameOf(matter, half.version), { force: true })
    await syncFolder(dir)
  }
  return {
    own: noOwnKeys,
    put,
    get: async (matter, version = 1) => unwrapWithAny(openingKeys(root), label(matter, version), await readFile(nameOf(matter, version))),
    erase,
    end: async (matter, at) => {
      // first: a half that is gone without a word looks like a loss
      if ((await endedAt(matter)) === null) await writeWhole(join(dir, `${matter}${ENDED}`), `${at}\n`, 0o600)
      await erase(matter)
    },
    endedAt,
    ended: async () => {
      const names = (await readdir(dir)).filter((name) => name.endsWith(ENDED)).map((name) => name.slice(0, -ENDED.length))
      return Promise.all(names.filter((matter) => NAME.test(matter)).map(async (matter) => ({ matter, at: (await endedAt(matter))! })))
    },
    list: async () => [...new Set((await halves()).map((half) => half.matter))],
    halves,
    rewrap: async ({ matter, version }) => {
      const wrapped = await readFile(nameOf(matter, version))
      if (isWrappedUnder(root.key, label(matter, version), wrapped)) return false
      await put(matter, unwrapWithAny(openingKeys(root), label(matter, version), wrapped), version)
      return true
    },
  }
}
