import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { canonical } from '../../core/canonical.ts'
import { derive, keyId } from '../../core/keys.ts'
import { exactToken } from '../../core/tokens.ts'
import { equal } from '../../core/bytes.ts'
import { writeWhole } from '../../platform/durable.ts'
import { Stop } from '../../platform/refusal.ts'

/**
 * [Note: What a backup is]
 * `DIR/<time>/` holds the database and `firm.json` of one moment, and `DIR/blobs/` the sealed files of all moments: blobs
 * never change, so that backups share them. `files.jsonl` lists every file with size and SHA-256, and `manifest.json`,
 * written last through a rename, says what that list hashes to and is authenticated under the root key. A folder
 * without it is no backup. The keys are elsewhere: without them nothing in DIR can be read.
 */
export type Manifest = {
  v: 1
  made: string
  /** Id of the root key that the firm is sealed under. */
  rootKey: string
  /** The server's version; null when the firm has a PostgreSQL of its own, which is no part of the backup. */
  postgres: string | null
  /** How far the ledger went, and its signed checkpoint there (null: none yet). */
  ledger: Height
  files: { count: number; bytes: number; sha256: string }
}
export type Height = { size: number; note: string | null }
/** `path` below the backup; one that ends in `/` is an empty folder, without the rest. */
export type Listed = { path: string; size: number; sha256: string }
export type Backup = { dir: string; blobs: string; manifest: Manifest }

const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/
export const LIST = 'files.jsonl'

/** A backup's folder name sorts by its time and stands on any file system. */
export const folderName = (instant: string): string => instant.replaceAll(':', '-')

/** All that look like backups under a folder, oldest first: finished and not. */
export async function foldersIn(dir: string): Promise<{ finished: string[]; unfinished: string[] }> {
  const names = (await namesIn(dir)).filter((name) => NAME.test(name)).sort()
  const found = { finished: [] as string[], unfinished: [] as string[] }
  for (const name of names)
    found[(await readFile(join(dir, name, 'manifest.json')).catch(nothingThere)).length > 0 ? 'finished' : 'unfinished'].push(name)
  return found
}

/** The newest backup under a folder, or null. @throws Stop `backup.damaged` */
export async function newestIn(dir: string): Promise<Backup | null> {
  const name = (await foldersIn(dir)).finished.at(-1)
  return name === undefined ? null : readBackup(join(dir, name))
}

/** A backup by its own folder, or the newest one below. @throws Stop `usage.backup`, `backup.damaged` */
export async function findBackup(dir: string): Promise<Backup> {
  if (NAME.test(basename(dir))) {
    if ((await namesIn(dir)).includes('manifest.json')) return readBackup(dir)
    throw new Stop('usage.backup', `${dir} is no finished backup: it has no manifest. Name another, or the folder above it for the newest.`)
  }
  const newest = await newestIn(dir)
  if (!newest) throw new Stop('usage.backup', `There is no backup in ${dir}.`)
  return newest
}

async function readBackup(dir: string): Promise<Backup> {
  try {
    const { mac: _, ...manifest } = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')) as Manifest & { mac: string }
    if (manifest.v !== 1 || typeof manifest.rootKey !== 'string' || typeof manifest.files.sha256 !== 'string')
      throw new TypeError('not a manifest')
    return { dir, blobs: join(dirname(dir), 'blobs'), manifest }
  } catch (fault) {
    throw new Stop('backup.damaged', `The backup ${dir} is damaged: its manifest.json cannot be read.`, fault)
  }
}

/** @throws Stop `keyring.wrong` for another firm's key, `backup.damaged` when manifest or list are not as this firm wrote them */
export async function authenticate({ dir, manifest }: Backup, rootKey: Buffer): Promise<void> {
  if (manifest.rootKey !== keyId(rootKey))
    throw new Stop(
      'keyring.wrong',
      `The backup ${dir} was sealed under the root key ${manifest.rootKey}; the key given is ${keyId(rootKey)}.`,
    )
  const { mac } = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')) as { mac: string }
  if (!equal(Buffer.from(mac ?? '', 'base64'), macOf(manifest, rootKey)))
    throw new Stop('backup.damaged', `The backup ${dir} is damaged: its manifest.json was changed.`)
  const hash = createHash('sha256')
  for await (const part of createReadStream(join(dir, LIST))) hash.update(part as Buffer)
  if (hash.digest('hex') !== manifest.files.sha256)
    throw new Stop('backup.damaged', `The backup ${dir} is damaged: its ${LIST} was changed.`)
}

const macOf = (manifest: Manifest, rootKey: Buffer): Buffer =>
  exactToken(derive(rootKey, 'backup v1'), 'backup manifest', canonical(manifest))

/** Writes the manifest, which makes the folder a backup. Everything it names is on the disk before. */
export async function writeManifest(dir: string, manifest: Manifest, rootKey: Buffer): Promise<void> {
  await writeWhole(
    join(dir, 'manifest.json'),
    `${JSON.stringify({ ...manifest, mac: macOf(manifest, rootKey).toString('base64') }, null, 2)}\n`,
    0o600,
  )
}

/** Writes a backup's list line by line; `end` puts it on the disk and says what it sums up to. */
export async function openList(
  dir: string,
): Promise<{ add(file: Listed): Promise<void>; end(): Promise<Manifest['files']>; close(): Promise<void> }> {
  const handle = await open(join(dir, LIST), 'wx', 0o600)
  const hash = createHash('sha256')
  const total = { count: 0, bytes: 0 }
  let lines: string[] = []
  const flush = async () => {
    const text = lines.join('')
    lines = []
    hash.update(text)
    await handle.appendFile(text)
  }
  return {
    add: async (file) => {
      total.count += 1
      total.bytes += file.size
      if (lines.push(`${JSON.stringify(file)}\n`) >= 1000) await flush()
    },
    end: async () => {
      await flush()
      await handle.sync()
      return { ...total, sha256: hash.digest('hex') }
    },
    close: () => handle.close(),
  }
}

/** The files of a backup in the order they were listed: blobs first, by path. @throws Stop `backup.damaged` */
export async function* listed({ dir }: Backup): AsyncGenerator<Listed> {
  const lines = createInterface({ input: createReadStream(join(dir, LIST), 'utf8'), crlfDelay: Infinity })
  for await (const line of lines) {
    const file = parsed(line)
    // it was authenticated, and still: nothing is ever written outside of the folder that is being restored
    if (
      !file ||
      file.path
        .split('/')
        .slice(0, -1)
        .some((part) => part === '' || part === '..' || part === '.') ||
      file.path.endsWith('/..')
    )
      throw new Stop('backup.damaged', `The backup ${dir} is damaged: its ${LIST} cannot be read.`)
    yield file
  }
}

function parsed(line: string): Listed | null {
  try {
    const file = JSON.parse(line) as Listed
    return typeof file.path === 'string' && !/[\0\\]/.test(file.path) ? file : null
  } catch {
    return null
  }
}

/** The names in a folder; none where there is no folder. */
export const namesIn = (dir: string): Promise<string[]> => readdir(dir).catch(nothingThere)

export function nothingThere(fault: NodeJS.ErrnoException): [] {
  if (fault.code === 'ENOENT' || fault.code === 'ENOTDIR') return []
  throw fault
}
