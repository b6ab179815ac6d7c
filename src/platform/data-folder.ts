import { createHash, randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { liveProcess } from './cluster-processes.ts'

export type DataFolder = { readonly dir: string; release(): Promise<void> }

/** Another live process, of this id, works with the data folder. */
export class InUse extends Error {
  readonly pid: number
  constructor(dir: string, pid: number) {
    super(`The data folder ${dir} is in use by process ${pid}: stop that one first, or choose another folder with --data.`)
    this.name = 'InUse'
    this.pid = pid
  }
}

/**
 * Makes the data folder and its rooms where they are missing, and holds it for this process alone until `release`, or
 * until the process ends, however it ends. Throws `InUse` when another process holds it, and a sentence when the folder
 * is somebody else's, open to everyone, or not writable.
 *
 * Modes: 0700, as root 0711 for the folder and `run`, through which PostgreSQL's user must pass.
 * KNOWN: two containers that share one folder do not see each other's processes, so each takes the other's lock for stale.
 */
export async function takeDataFolder(dir: string): Promise<DataFolder> {
  const passable = process.getuid?.() === 0 ? 0o711 : 0o700
  await makeOrRecognize(resolve(dir), passable)
  const folder = await realpath(dir)
  const release = await holdFolder(folder).catch((error) => {
    throw error instanceof InUse ? error : new Error(`couldn't write to the data folder ${folder}: ${error.message}`, { cause: error })
  })
  try {
    await sweep(folder)
    for (const room of ['blobs', 'blobs/incoming', 'keystore']) await makeRoom(join(folder, room), 0o700)
    await makeRoom(join(folder, 'run'), passable)
  } catch (error) {
    await release()
    throw error
  }
  return { dir: folder, release }
}

/** Holds a folder for this process alone, by the file `lock` in it, until what it gives is called or the process ends. Throws `InUse`. */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock')
  const ours = await lockContent()
  await seize(folder, path, ours)
  return async () => {
    if ((await readLock(path)) === ours) await rm(path, { force: true })
  }
}

/** The live process that holds the data folder; null when none does. */
export async function whoHolds(dir: string): Promise<{ pid: number } | null> {
  const content = await readLock(join(resolve(dir), 'lock'))
  const pid = content === null ? null : await holderOf(content)
  return pid === null ? null : { pid }
}

async function makeOrRecognize(dir: string, mode: number): Promise<void> {
  const entry = await stat(dir).catch((error) => {
    if (error.code === 'ENOENT') return null
    throw new Error(`couldn't look at the data folder ${dir}: ${error.message}`, { cause: error })
  })
  if (entry === null) return makeFolders(dir, mode)
  if (!entry.isDirectory()) throw new Error(`${dir} is a file: choose a folder with --data.`)
  const names = await readdir(dir).catch((error) => {
    throw new Error(`couldn't read the data folder ${dir}: ${error.message}`, { cause: error })
  })
  const isOurs = names.some((name) => ['firm.json', 'lock', 'postgres', 'blobs'].includes(name) || name.startsWith('lock.'))
  // A disk that is mounted as the data folder brings its lost+found.
  if (!isOurs && names.some((name) => name !== 'lost+found'))
    throw new Error(`${dir} holds other files and no Subrosa data: choose an empty or a new folder with --data.`)
  if (process.platform === 'win32') return
  if (entry.mode & 0o002)
    throw new Error(`Everyone on this machine can write to ${dir}: choose a folder with --data that is Subrosa's alone.`)
  const me = process.getuid?.()
  if (me === 0 || me === entry.uid) await chmod(dir, mode)
}

// The umask may take rights away from what mkdir makes, here also from parents that PostgreSQL's user must pass.
async function makeFolders(dir: string, mode: number): Promise<void> {
  const first = await mkdir(dir, { recursive: true, mode }).catch((error) => {
    throw new Error(`couldn't make the data folder ${dir}: ${error.message}`, { cause: error })
  })
  for (let made = dir; first && made.length >= first.length; made = dirname(made)) await chmod(made, mode)
}

async function makeRoom(path: string, mode: number): Promise<void> {
  await mkdir(path, { recursive: true, mode })
  await chmod(path, mode)
}

/**
 * Puts our lock at `path`, or throws InUse.
 *
 * A lock never exists half-written: it is written and flushed beside, then linked, which only one of many can do. A
 * stale lock S may be replaced only by who holds the claim on it: a lock of its own, at `<path>.<hash of S>`, won by
 * linking too, and itself replaced in the same way if its holder dies. Who holds the claim and still finds S in place
 * is alone with it, because every S is unique and nothing but that claim replaces it; the rename of the claim onto S is
 * then the takeover. (Renaming the stale lock away first is not safe: a slow rival would move the winner's lock away,
 * and in the gap a third could link his.)
 */
async function seize(dir: string, path: string, ours: string): Promise<void> {
  for (;;) {
    if (await linkNew(path, ours)) return
    const found = await readLock(path)
    if (found === null) continue
    const holder = await holderOf(found)
    if (holder !== null) throw new InUse(dir, holder)
    const claim = `${path}.${createHash('sha256').update(found).digest('hex').slice(0, 16)}`
    await seize(dir, claim, ours)
    if ((await readLock(path)) === found) return rename(claim, path)
    await rm(claim, { force: true })
  }
}

async function linkNew(path: string, content: string): Promise<boolean> {
  const unfinished = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.new`
  let file: FileHandle | null = null
  try {
    file = await open(unfinished, 'wx', 0o600)
    await file.writeFile(content)
    await file.sync()
    await link(unfinished, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await file?.close()
    await rm(unfinished, { force: true })
  }
}

type Holder = { pid: number; started: number | null; boot: string | null; once: string }

// `once` makes each lock unique; `boot` tells a process id and start time of before a restart of the machine from ours.
async function lockContent(): Promise<string> {
  const started = liveProcess(process.pid)?.started ?? null
  return JSON.stringify({ pid: process.pid, started, boot: await bootId(), once: randomBytes(12).toString('hex') } satisfies Holder)
}

/** The holder's process id when it is alive; null for a stale lock (one that a power cut left empty is stale too). */
async function holderOf(content: string): Promise<number | null> {
  const holder = parseHolder(content)
  const live = holder && liveProcess(holder.pid)
  if (!live) return null
  if (holder.boot && (await bootId()) !== holder.boot) return null
  const isAnother = holder.started !== null && live.started !== null && holder.started !== live.started
  return isAnother ? null : holder.pid
}

function parseHolder(content: string): Holder | null {
  try {
    return JSON.parse(content) as Holder
  } catch {
    return null
  }
}

async function bootId(): Promise<string | null> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (id) => id.trim(),
    () => null,
  )
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

// What killed starts left. Claims of the dead are on locks that are gone; those of the living are theirs to remove.
async function sweep(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!name.startsWith('lock.')) continue
    const writer = /\.(\d+)-[0-9a-f]+\.new$/.exec(name)
    const content = writer ? null : await readLock(join(dir, name))
    const isLeft = writer ? liveProcess(Number(writer[1])) === null : content !== null && (await holderOf(content)) === null
    if (isLeft) await rm(join(dir, name), { force: true })
  }
}
