import { chmod, lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { clusterTag } from './cluster-processes.ts'
import { giveTo } from './cluster-user.ts'
import type { ServerUser } from './cluster-user.ts'

export type ListeningPlace = { host: string; port: number; /** removes what lies outside the data folder */ leave(): Promise<void> }

/**
 * A folder for the server's socket that only the server's user (and root) may enter: `run/pg` in the data folder, or,
 * where that path is too long for a socket, one under the temporary folder, refused when somebody else made it.
 * Sockets left there by a killed server are removed: the caller knows that no server runs here any more.
 */
export async function prepareListening(dir: string, user: ServerUser | null): Promise<ListeningPlace> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort(), leave: async () => {} }
  const own = join(dirname(dir), 'run', 'pg')
  const host = [own, join(tmpdir(), clusterTag(dir)), join('/tmp', clusterTag(dir))].find(fits)
  if (!host) throw new Error(`couldn't find a folder whose path is short enough for PostgreSQL's socket`)
  await mkdir(host, { mode: 0o700 }).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  const entry = await lstat(host)
  if (!entry.isDirectory() || ![user?.uid, process.getuid?.()].includes(entry.uid)) {
    throw new Error(
      `PostgreSQL's socket folder ${host} belongs to somebody else (user id ${entry.uid}): remove it, or start Subrosa as the user who runs it.`,
    )
  }
  await chmod(host, 0o700)
  if (user) await giveTo(host, user)
  for (const name of await readdir(host)) if (name.startsWith('.s.PGSQL.')) await rm(join(host, name))
  return { host, port, leave: async () => (host === own ? undefined : rm(host, { recursive: true, force: true })) }
}

// A name of the socket file only; nothing listens on TCP.
const port = 5432

// sun_path holds 108 bytes on Linux, 104 on macOS, the closing zero included.
function fits(host: string): boolean {
  return Buffer.byteLength(join(host, `.s.PGSQL.${port}`)) < (process.platform === 'linux' ? 108 : 104)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
