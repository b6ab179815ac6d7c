import { spawnSync } from 'node:child_process'
import { lstat, lchown, readdir, realpath, stat } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Who the server runs as. PostgreSQL refuses to run as root. */
export type ServerUser = { uid: number; gid: number }

export const runsAsRoot = (): boolean => process.getuid?.() === 0

/**
 * Throws, with a sentence that names the folder, when this process is root and a folder above the data folder keeps
 * PostgreSQL's user out. Creates nothing: call it before the data folder is made.
 */
export async function refuseUnreachable(dataDir: string): Promise<void> {
  if (!runsAsRoot()) return
  const blocked = await firstBlocked(await realPlace(dirname(resolve(dataDir))), findServerUser() ?? stranger)
  if (blocked) {
    throw new Error(
      `PostgreSQL does not run as root, and the user it runs as cannot pass through ${blocked}, so the data folder ${dataDir} is out of its reach. ` +
        `Choose another folder with --data (for example /var/lib/subrosa), or start Subrosa as an ordinary user.`,
    )
  }
}

/** The server's user: null (ourselves) unless this process is root. May create the system user `subrosa`. */
export function chooseServerUser(): ServerUser | null {
  if (!runsAsRoot()) return null
  const found = findServerUser() ?? createServerUser() ?? pickUser(readPasswd(), ['nobody'])
  if (!found) throw new Error(`PostgreSQL does not run as root, and there is no user to run it as: create a system user named subrosa.`)
  return found
}

/** The first of these names that is in the text of /etc/passwd and is not root under another name. */
export function pickUser(passwd: string, names: string[]): ServerUser | null {
  for (const name of names) {
    const fields = passwd
      .split('\n')
      .map((line) => line.split(':'))
      .find(([user]) => user === name)
    if (fields && Number(fields[2]) > 0 && fields[3]) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  return null
}

/**
 * The outermost folder on the way to `path` (itself included) that this user may not pass, or null. Read from modes.
 * KNOWN: access control lists and the user's further groups are not looked at (the server is started without them).
 */
export async function firstBlocked(path: string, user: ServerUser): Promise<string | null> {
  const above = dirname(path)
  const blocked = above === path ? null : await firstBlocked(above, user)
  if (blocked) return blocked
  return grants(await stat(path), user, 0o1) ? null : path
}

/** Whether modes grant this user these rights (4 read, 2 write, 1 pass or run). */
export function grants(entry: Stats, user: ServerUser, rights: number): boolean {
  const shift = entry.uid === user.uid ? 6 : entry.gid === user.gid ? 3 : 0
  return ((entry.mode >> shift) & rights) === rights
}

/** Gives a folder and all in it to the user; links are given, never followed. Does nothing when it is theirs already. */
export async function giveTo(path: string, user: ServerUser): Promise<void> {
  const entry = await lstat(path)
  if (entry.uid === user.uid && entry.gid === user.gid) return
  if (entry.isDirectory()) for (const name of await readdir(path)) await giveTo(join(path, name), user)
  // Last, so that a start that was killed halfway is taken up again.
  await lchown(path, user.uid, user.gid)
}

/** The real path of the deepest part that exists, with the rest left away. */
export async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    return realPlace(dirname(path))
  }
}

const stranger: ServerUser = { uid: -1, gid: -1 }

function findServerUser(): ServerUser | null {
  return pickUser(readPasswd(), ['subrosa', 'postgres'])
}

function createServerUser(): ServerUser | null {
  spawnSync('/usr/sbin/useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'subrosa'], { stdio: 'ignore' })
  return pickUser(readPasswd(), ['subrosa'])
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8')
  } catch {
    return ''
  }
}
