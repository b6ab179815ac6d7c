import { spawn } from 'node:child_process'
import { chmod, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, parse } from 'node:path'
import { endServerProcesses } from './cluster-processes.ts'
import { giveTo } from './cluster-user.ts'
import type { ServerUser } from './cluster-user.ts'
import { syncFolder } from './durable.ts'

/** Bare surroundings for the server's programs: nothing of our own environment reaches them. */
export const serverSurroundings = (dir: string, user: ServerUser | null) => ({
  ...user,
  cwd: parse(dir).root,
  env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
})

/**
 * Makes the cluster at `dir` unless it is there. It appears whole or not at all: made beside it as `postgres.new`, then
 * renamed; what an earlier start left half-made is removed. Durable when it returns.
 */
export async function ensureCluster(cluster: {
  dir: string
  initdb: string
  superuser: string
  password: string
  user: ServerUser | null
}): Promise<void> {
  const { dir, user } = cluster
  const unfinished = `${dir}.new`
  // An initdb whose starter was killed still writes there.
  await endServerProcesses(unfinished)
  await rm(unfinished, { recursive: true, force: true, maxRetries: 10 })
  if (await isCluster(dir)) return
  await mkdir(unfinished, { mode: 0o700 })
  await chmod(unfinished, 0o700)
  if (user) await giveTo(unfinished, user)
  try {
    await runInitdb({ ...cluster, dir: unfinished })
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true, maxRetries: 10 })
    throw error
  }
  await rename(unfinished, dir)
  if (process.platform !== 'win32') await syncFolder(dirname(dir))
}

async function isCluster(dir: string): Promise<boolean> {
  const names = await readdir(dir).catch((error) => {
    if (error.code === 'ENOENT') return null
    throw new Error(`couldn't read the database's folder ${dir}: ${error.message}`, { cause: error })
  })
  if (names === null) return false
  if (names.includes('PG_VERSION')) return true
  if (names.length > 0)
    throw new Error(`${dir} is not empty and holds no PostgreSQL database: move it away, or restore it whole from a backup.`)
  await rmdir(dir)
  return false
}

async function runInitdb({ dir, initdb, superuser, password, user }: Parameters<typeof ensureCluster>[0]): Promise<void> {
  const secret = await handOver(password, `${dir}.password`, user)
  try {
    await run(
      initdb,
      [
        `--pgdata=${dir}`,
        `--username=${superuser}`,
        '--auth=scram-sha-256',
        `--pwfile=${secret.path}`,
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
        '--no-instructions',
      ],
      secret.handle.fd,
      dir,
      user,
    )
  } finally {
    await secret.handle.close()
    await rm(`${dir}.password`, { force: true })
  }
}

/**
 * The password for initdb, in a file that has no name any more before the first byte is written to it: a kill at any
 * moment leaves no password behind. (Windows cannot do that: there it is an ordinary file, removed after use.)
 */
async function handOver(password: string, path: string, user: ServerUser | null): Promise<{ path: string; handle: FileHandle }> {
  await rm(path, { force: true })
  const handle = await open(path, 'wx', 0o600)
  if (user) await handle.chown(user.uid, user.gid)
  if (process.platform !== 'win32') await rm(path)
  // At position 0 without moving on: where /dev/fd shares the position, initdb reads from the start too.
  await handle.write(Buffer.from(`${password}\n`), 0, undefined, 0)
  return { handle, path: process.platform === 'win32' ? path : process.platform === 'linux' ? '/proc/self/fd/3' : '/dev/fd/3' }
}

function run(program: string, words: string[], secret: number, dir: string, user: ServerUser | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { ...serverSurroundings(dir, user), stdio: ['ignore', 'pipe', 'pipe', secret] })
    const goWithUs = () => child.kill('SIGKILL')
    process.once('exit', goWithUs)
    let said = ''
    child.stdout?.on('data', (chunk) => (said += chunk))
    child.stderr?.on('data', (chunk) => (said += chunk))
    child.once('error', (cause) => reject(new Error(`couldn't run ${program}: ${cause.message}`, { cause })))
    child.once('close', (code, signal) => {
      process.off('exit', goWithUs)
      if (code === 0) resolve()
      else reject(new Error(`couldn't make the database in ${dir}: ${reasonIn(said.split('\n')) || `initdb ended with ${signal ?? code}`}`))
    })
  })
}

/** The lines that say why a server program failed, in one sentence, the disk-full case in plain words first. */
export function reasonIn(lines: string[]): string {
  const spoken = lines.map((line) => line.trim()).filter((line) => line !== '')
  const telling = spoken.filter((line) => /\b(FATAL|PANIC|ERROR|error|HINT)\b|could not|cannot/.test(line))
  const reason = (telling.length > 0 ? telling : spoken).slice(-4).join('; ')
  return /No space left on device|Disk quota exceeded/.test(reason) ? `the disk is full (${reason})` : reason
}
