import { lstat, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openBlobs, type Blobs } from '../../platform/blobs.ts'
import { instant } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import { InUse, takeDataFolder } from '../../platform/data-folder.ts'
import { syncFolder, writeWhole } from '../../platform/durable.ts'
import { expectedKey, keyOfId, openKeyring } from '../../platform/keyring.ts'
import type { Log } from '../../platform/log.ts'
import { Stop } from '../../platform/refusal.ts'
import type { Fault, OnProgress } from '../ledger/faults.ts'
import { copyFile, copyStream, inOrder, makeFolder, refuseWrite, sumOf } from './copy.ts'
import { copyKeys, openKeyStores } from './keys.ts'
import { askDatabase, merged, type Merged, type Work } from './known.ts'
import {
  folderName,
  foldersIn,
  newestIn,
  openList,
  authenticate,
  writeManifest,
  type Backup,
  type Height,
  type Listed,
} from './manifest.ts'
import { diskNotes, makePlaces, readPlaces, type Places } from './places.ts'

export type BackupDone = {
  dir: string
  made: string
  postgres: string | null
  ledger: Height
  blobs: { count: number; copied: number; bytes: number }
  keys: number
  /** What was found wrong here; the good copies of earlier backups were kept for it. */
  faults: Fault[]
  notes: string[]
}
type List = Awaited<ReturnType<typeof openList>>

/**
 * A cold backup: nothing else runs on the data folder meanwhile. [Note: What a backup is]
 * When this resolves it is whole and on the disk. However it is interrupted, every earlier backup stays whole: a new one
 * has its own folder, a blob that stands in the backup is never overwritten, and keys are added before data needs them.
 * @throws Stop `data.in_use`, `usage.places`, `keyring.…`, `backup.not_later`, `disk.full`, `file.unwritable`
 */
export async function backup(
  config: Config,
  given: Places,
  { log, onProgress = () => {} }: { log: Log; onProgress?: OnProgress },
): Promise<BackupDone> {
  if ((await expectedKey(config.data)) === null)
    throw new Stop('data.empty', `There is no firm in ${config.data}. Name its folder with --data or SUBROSA_DATA.`)
  const rootKey = await openKeyring(config.keyring, config.data)
  const places = await readPlaces(config.data, given)
  const folder = await takeDataFolder(config.data).catch((fault: unknown) => {
    throw fault instanceof InUse
      ? new Stop(
          'data.in_use',
          `A backup needs the data folder ${config.data} to itself, and process ${fault.pid} uses it. Stop the server first.`,
          fault,
        )
      : new Stop('data.unfit', (fault as Error).message, fault)
  })
  try {
    await makePlaces(places)
    const work: Work = {
      config,
      places,
      rootKey,
      log,
      faults: [],
      notes: await diskNotes(config.data, places),
      onProgress,
      stamp: instant(),
    }
    return await copyAll(work).catch(refuseWrite(places.to))
  } finally {
    await folder.release()
  }
}

async function copyAll(work: Work): Promise<BackupDone> {
  const { config, places, rootKey, stamp } = work
  const { finished, unfinished } = await foldersIn(places.to)
  for (const name of unfinished) await rm(join(places.to, name), { recursive: true, force: true })
  // the newest is told by its name
  if (finished.some((name) => name >= folderName(stamp)))
    throw new Stop(
      'clock.untrusted',
      `${places.to} holds a backup of a later time than the clock says it is now (${finished.at(-1)}). Set the clock.`,
    )
  const previous = await earlier(work)
  const blobs = await openBlobs(join(config.data, 'blobs'), config.s3)
  const stores = await openKeyStores(config.data, places.keysTo, rootKey)
  const known = await askDatabase(work, blobs, stores, previous)
  const keys = await copyKeys(places.keysTo, {
    stores,
    rootKey,
    expected: known.expected,
    faults: work.faults,
    made: stamp,
    ledger: known.ledger,
  }).catch(refuseWrite(places.keysTo))
  const dir = join(places.to, folderName(stamp))
  await makeFolder(dir)
  const list = await openList(dir)
  try {
    const copied = await copyBlobs(work, blobs, list, previous, known.lost)
    await list.add({ path: 'firm.json', ...(await copyFile(join(config.data, 'firm.json'), join(dir, 'firm.json'))) })
    if (known.postgres) await copyPostgres(work, list, dir)
    else
      work.notes.push(
        'PostgreSQL is the firm’s own (DATABASE_URL) and is not in this backup. Back it up by its own means (pg_dump or a base backup), each time before this command runs, so that every document it knows is here.',
      )
    const files = await list.end()
    for (const folder of [dir, places.to, dirname(places.to)]) await syncFolder(folder)
    await writeManifest(dir, { v: 1, made: stamp, rootKey: rootKey.id, postgres: known.postgres, ledger: known.ledger, files }, rootKey.key)
    await writeWhole(
      join(config.data, 'last-backup.json'),
      `${JSON.stringify({ at: stamp, to: places.to, keysTo: places.keysTo })}\n`,
      0o600,
    )
    return { dir, made: stamp, postgres: known.postgres, ledger: known.ledger, blobs: copied, keys, faults: work.faults, notes: work.notes }
  } catch (fault) {
    await list.close().catch(() => {})
    await rm(dir, { recursive: true, force: true }).catch(() => {})
    throw fault
  } finally {
    await list.close().catch(() => {})
  }
}

/** The newest backup that stands in the same place; null when there is none, or none that can be trusted any more. */
async function earlier({ places, rootKey, notes }: Work): Promise<Backup | null> {
  try {
    const newest = await newestIn(places.to)
    const its = newest && keyOfId(rootKey, newest.manifest.rootKey)
    if (newest && !its)
      throw new Stop(
        'keyring.other_firm',
        `${places.to} holds backups of another firm (root key ${newest.manifest.rootKey}; this one has ${rootKey.id}). Name another folder with --to.`,
      )
    if (newest && its) await authenticate(newest, its.key)
    return newest
  } catch (fault) {
    if (!(fault instanceof Stop) || fault.code !== 'backup.damaged') throw fault
    notes.push(`${fault.message} The new backup does not build on it.`)
    return null
  }
}

async function copyBlobs(work: Work, blobs: Blobs, list: List, previous: Backup | null, lost: Set<string>): Promise<BackupDone['blobs']> {
  const to = join(work.places.to, 'blobs')
  const folders = new Set<string>()
  const done = { count: 0, copied: 0, bytes: 0 }
  const kept = async function* () {
    for await (const one of merged(blobs, previous)) if (one.isHere || lost.has(one.path)) yield one
  }
  await makeFolder(to)
  await inOrder(
    kept(),
    async (one) => {
      const folder = join(to, one.path.slice(0, 2))
      if (!folders.has(folder)) await makeFolder(folder).then(() => folders.add(folder))
      return copyBlob(work, blobs, one, join(to, one.path))
    },
    async ({ copied, ...file }) => {
      done.count += 1
      done.copied += copied ? 1 : 0
      done.bytes += file.size
      await list.add(file)
      work.onProgress('blobs', done.count, done.bytes)
    },
  )
  for (const folder of [...folders, to]) await syncFolder(folder)
  return done
}

/** Blobs never change: one that stands in the backup is as good as it was, and is never overwritten by another size. */
async function copyBlob(
  { config, faults }: Work,
  blobs: Blobs,
  { path, before, isHere }: Merged,
  to: string,
): Promise<Listed & { copied: boolean }> {
  if (!isHere) return { ...before!, copied: false }
  const id = path.slice(3)
  const [here, there] = [await blobs.find(id), await stat(to).catch(() => null)]
  if (!here) throw new Error(`blob ${id} went away while it was backed up`)
  if (there && there.size === here.length) {
    const sha256 = before && before.size === there.size ? before.sha256 : (await sumOf(to))!.sha256
    return { path: `blobs/${path}`, size: there.size, sha256, copied: false }
  }
  if (there && before && before.size === there.size) {
    faults.push({
      what: 'A blob has another length here than in the earlier backup; that copy was kept.',
      where: `version ${path.slice(3)}`,
    })
    return { ...before, copied: false }
  }
  const { size, sha256 } =
    here.kind === 'disk' ? await copyFile(join(config.data, 'blobs', path), to) : await copyStream(blobs.sealed(id), to)
  return { path: `blobs/${path}`, size, sha256, copied: true }
}

/** What a running server leaves behind, and no restore wants. */
const LEFT = /^(postmaster\.pid|postmaster\.opts|pgsql_tmp.*)$/

async function copyPostgres(work: Work, list: List, dir: string): Promise<void> {
  const from = join(work.config.data, 'postgres')
  const folders: string[] = []
  let bytes = 0
  let count = 0
  const files = async function* (at: string): AsyncGenerator<string> {
    const names = (await readdir(join(from, at))).filter((name) => !LEFT.test(name)).sort()
    await makeFolder(join(dir, 'postgres', at))
    folders.push(join(dir, 'postgres', at))
    if (names.length === 0) await list.add({ path: `postgres/${at}/`, size: 0, sha256: '' })
    for (const name of names) {
      const path = at === '' ? name : `${at}/${name}`
      const entry = await lstat(join(from, path))
      if (entry.isDirectory()) yield* files(path)
      else if (entry.isFile()) yield path
      else
        throw new Stop(
          'database.unfit',
          `The database’s folder holds a link (${path}), which a backup does not follow: tablespaces and a log elsewhere are not supported here.`,
        )
    }
  }
  await inOrder(
    files(''),
    async (path) => ({ path: `postgres/${path}`, ...(await copyFile(join(from, path), join(dir, 'postgres', path))) }),
    async ({ path, size, sha256 }) => {
      await list.add({ path, size, sha256 })
      work.onProgress('database files', (count += 1), (bytes += size))
    },
  )
  for (const folder of folders.reverse()) await syncFolder(folder)
}
