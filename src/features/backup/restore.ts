import { readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { BrokenSeal, equal } from '../../core/bytes.ts'
import { refuseUnreachable } from '../../platform/cluster-user.ts'
import { instant } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import { InUse, takeDataFolder } from '../../platform/data-folder.ts'
import { syncFolder } from '../../platform/durable.ts'
import { keyOfId, readKeyring, saveKeyring, type RootKey } from '../../platform/keyring.ts'
import { openKeystore } from '../../platform/keystore.ts'
import { Stop } from '../../platform/refusal.ts'
import { markRestored, RESTORED } from '../../platform/restored-mark.ts'
import { isGone, type Fault, type OnProgress } from '../ledger/faults.ts'
import { copyFile, inOrder, makeFolder, refuseWrite } from './copy.ts'
import { ROOT } from './keys.ts'
import { authenticate, findBackup, listed, namesIn, type Backup, type Listed, type Manifest } from './manifest.ts'
import { isEmpty } from './places.ts'

export type Restored = {
  backup: string
  manifest: Manifest
  blobs: { count: number; bytes: number }
  keys: number
  /** Blobs and halves that the backup does not hold as they were; all else was restored. */
  faults: Fault[]
}
const STAGING = 'restoring'

/**
 * Puts a backup's files into an empty data folder, and the root key where the keyring belongs. All is copied into
 * `<data>/restoring`, every file compared with the backup's list, and moved into place at the end, `firm.json` last:
 * an interrupted restore leaves a folder that no start takes for a firm, and is simply run again.
 * A damaged file of the database stops it; a damaged blob is left out and named, so that one bad sector does not keep
 * a firm from all its other files.
 * @throws Stop `usage.backup`, `backup.damaged`, `keyring.…`, `data.not_empty`, `data.in_use`, `disk.full`
 */
export async function restore(
  config: Config,
  from: { from: string; keysFrom: string },
  onProgress: OnProgress = () => {},
): Promise<Restored> {
  const backup = await findBackup(resolve(from.from))
  const rootKey = await rootKeyFor(backup, config, from.keysFrom)
  if (backup.manifest.postgres && config.databaseUrl)
    throw new Stop('setting.unfit', 'The backup holds its own database, and DATABASE_URL names another. Unset it to restore.')
  if (!backup.manifest.postgres && !config.databaseUrl)
    throw new Stop(
      'setting.unfit',
      'The firm’s PostgreSQL is not in this backup. Restore it by its own means first and name it with DATABASE_URL.',
    )
  const made = await makeTarget(config)
  const staging = await takeDataFolder(join(config.data, STAGING)).catch((fault: unknown) => {
    throw fault instanceof InUse
      ? new Stop('data.in_use', `Process ${fault.pid} is restoring into ${config.data}. Wait for it, or stop it.`, fault)
      : new Stop('data.unfit', (fault as Error).message, fault)
  })
  try {
    await clearStaging(staging.dir)
    const restored = await fill(staging.dir, backup, rootKey, from.keysFrom, onProgress).catch(refuseWrite(config.data))
    // the ledger will say that it was brought back
    const { made, ledger } = backup.manifest
    await markRestored(staging.dir, { at: instant(), backup: made, size: ledger.size }).catch(refuseWrite(config.data))
    // before anything is in place: from here on a start would find data and key together
    await putKeyring(config.keyring, rootKey)
    await moveIn(staging.dir, config.data)
    return restored
  } catch (fault) {
    await rm(staging.dir, { recursive: true, force: true }).catch(() => {})
    if (made) await rmdir(config.data).catch(() => {})
    throw fault
  } finally {
    await staging.release()
    await rm(join(config.data, STAGING), { recursive: true, force: true }).catch(() => {})
  }
}

/** The root key from the key backup; where it lies in the keyring's place already (from the sheet, say), from there. */
async function rootKeyFor(backup: Backup, config: Config, keysFrom: string): Promise<RootKey> {
  const inPlace = await readKeyring(config.keyring)
  const found = (await readKeyring(join(keysFrom, ROOT))) ?? inPlace
  if (!found) throw new Stop('keyring.missing', `There is no ${ROOT} in ${keysFrom}. Name the folder that backup wrote with --keys-to.`)
  const then = keyOfId(found, backup.manifest.rootKey)
  await authenticate(backup, (then ?? found).key)
  if (inPlace && inPlace.id !== found.id)
    throw new Stop(
      'keyring.other_firm',
      `${config.keyring} holds another root key (${inPlace.id}) and is not overwritten. Name another file with --keyring.`,
    )
  return asOf(found, then ?? found)
}

/** The keyring as a backup of earlier days needs it: what is wrapped in it is wrapped under the key of then. */
function asOf(root: RootKey, then: { key: Buffer; id: string }): RootKey {
  if (then.id === root.id) return root
  const others = [root, ...root.older, ...root.former].filter((one) => one.id !== then.id)
  return { ...root, key: then.key, id: then.id, since: null, older: others.map(({ key, id }) => ({ key, id })), former: [] }
}

/** Makes the data folder unless it is there and empty; whether it was made. */
async function makeTarget({ data, databaseUrl }: Config): Promise<boolean> {
  if (!databaseUrl)
    await refuseUnreachable(data).catch((fault: Error) => {
      throw new Stop('data.unfit', fault.message, fault)
    })
  const names = await readdir(data).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw new Stop('data.unfit', `${data} is not a folder that can be read (${fault.code}).`, fault)
  })
  if (names && !isEmpty(names, [STAGING]))
    throw new Stop(
      'data.not_empty',
      `${data} is not empty, and nothing in it is overwritten. Name a new folder with --data, or move that one away.`,
    )
  return names === null
}

async function clearStaging(dir: string): Promise<void> {
  for (const name of await readdir(dir)) if (!name.startsWith('lock')) await rm(join(dir, name), { recursive: true, force: true })
}

async function fill(dir: string, backup: Backup, rootKey: RootKey, keysFrom: string, onProgress: OnProgress): Promise<Restored> {
  const restored: Restored = { backup: backup.dir, manifest: backup.manifest, blobs: { count: 0, bytes: 0 }, keys: 0, faults: [] }
  const folders = new Set<string>()
  let bytes = 0
  const folder = async (path: string) => {
    // every folder on the way is synced too
    for (let one = path; !folders.has(one) && one.length > dir.length; one = dirname(one)) folders.add(one)
    await makeFolder(path)
  }
  await folder(join(dir, 'blobs'))
  await inOrder(
    listed(backup),
    async (file) => {
      const to = join(dir, file.path)
      await folder(file.path.endsWith('/') ? to : dirname(to))
      return { file, what: file.path.endsWith('/') ? null : await copyListed(backup, file, to) }
    },
    ({ file, what }) => {
      const isBlob = file.path.startsWith('blobs/')
      if (what && !isBlob)
        throw new Stop(
          'backup.damaged',
          `The backup ${backup.dir} is damaged: ${file.path} ${what}. Nothing was restored; take another backup.`,
        )
      if (what) restored.faults.push({ what: `The backup’s blob ${what}.`, where: `version ${file.path.slice('blobs/xx/'.length)}` })
      else if (isBlob) {
        restored.blobs.count += 1
        restored.blobs.bytes += file.size
      }
      onProgress('files', (bytes += file.size), backup.manifest.files.bytes)
    },
  )
  await copyHalves(dir, rootKey, keysFrom, restored)
  for (const one of [...folders].sort().reverse()) await syncFolder(one)
  return restored
}

/** Copies one file when it is what the list says; otherwise what is wrong with it. */
async function copyListed(backup: Backup, file: Listed, to: string): Promise<string | null> {
  const from = file.path.startsWith('blobs/') ? join(dirname(backup.blobs), file.path) : join(backup.dir, file.path)
  try {
    const { accepted } = await copyFile(from, to, (sum) => sum.size === file.size && sum.sha256 === file.sha256)
    return accepted ? null : 'is not the file that was backed up: its checksum differs'
  } catch (fault) {
    const { code, syscall } = fault as NodeJS.ErrnoException
    if (code === 'ENOENT') return 'is missing'
    if (code === 'EIO' && syscall === 'read') return 'cannot be read (EIO)'
    throw fault
  }
}

async function copyHalves(dir: string, rootKey: RootKey, keysFrom: string, restored: Restored): Promise<void> {
  const names = await namesIn(join(keysFrom, 'keystore'))
  const target = await openKeystore(join(dir, 'keystore'), rootKey)
  if (names.length === 0) return
  const source = await openKeystore(join(keysFrom, 'keystore'), rootKey)
  for (const { matter, at } of await source.ended()) await target.end(matter, at)
  const matters = new Set<string>()
  for (const { matter, version } of await source.halves()) {
    const half = await source.get(matter, version).catch(isGone)
    if (!half) restored.faults.push({ what: 'The key backup’s half for the matter is broken.', where: `matter ${matter}` })
    else {
      await target.put(matter, half, version)
      if (!equal(half, await target.get(matter, version))) throw new BrokenSeal('a half was not kept')
      matters.add(matter)
    }
  }
  restored.keys = matters.size
}

async function putKeyring(path: string, rootKey: RootKey): Promise<void> {
  if ((await readKeyring(path))?.id === rootKey.id) return
  await saveKeyring(path, rootKey).catch((fault: NodeJS.ErrnoException) => {
    throw new Stop(
      'file.unwritable',
      `The keyring file ${path} cannot be written (${fault.code}). Name another place with --keyring.`,
      fault,
    )
  })
}

/** `firm.json` last: it is what makes the folder a firm's. */
async function moveIn(staging: string, data: string): Promise<void> {
  for (const name of ['keystore', 'blobs', 'postgres', RESTORED, 'firm.json']) {
    await rename(join(staging, name), join(data, name)).catch((fault: NodeJS.ErrnoException) => {
      // the firm's own PostgreSQL is no part of the backup
      if (name !== 'postgres' || fault.code !== 'ENOENT') throw fault
    })
    await syncFolder(data)
  }
}
