import { spawn, spawnSync } from 'node:child_process'
import { chmod, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { ensureCluster, reasonIn, serverSurroundings } from './cluster-initdb.ts'
import { endServerProcesses, liveProcess, serverProcesses, signal, within } from './cluster-processes.ts'
import { findServerProgram } from './cluster-program.ts'
import type { ServerProgram } from './cluster-program.ts'
import { answers, quietSessions, serverSettings } from './cluster-settings.ts'
import { prepareListening } from './cluster-socket.ts'
import type { ListeningPlace } from './cluster-socket.ts'
import { chooseServerUser, giveTo, realPlace, refuseUnreachable } from './cluster-user.ts'
import type { ServerUser } from './cluster-user.ts'

export type Cluster = {
  /** for `pg`: the socket's folder (127.0.0.1 on Windows) */
  readonly host: string
  readonly port: number
  readonly superuser: string
  readonly password: string
  /** the server's process id */
  readonly pid: number
  /** settles, with the reason, when the server ends without having been asked: then this process must stop and say why */
  readonly lost: Promise<string>
  /** fast shutdown, immediate after `graceMs`, then by force; resolves when no server process of this cluster is left */
  stop(): Promise<void>
}

export type JoinedCluster = Omit<Cluster, 'stop' | 'lost'>

/**
 * Runs the PostgreSQL that the lockfile brought, on the database in `dir` (`<data>/postgres`), which the first start
 * makes. The caller holds the data folder's lock: a server found running here was left by a killed process of ours and
 * is ended first. Resolves when the server takes the password. What `onLine` gets carries no statement
 * and no value [Note: What the database's log may say].
 *
 * The server is its own process group, so that Ctrl-C reaches us alone; when this process exits it is told to end too.
 * KNOWN: nobody tells it when this process is killed; the next start ends it.
 */
export async function startCluster(options: {
  dir: string
  password: string
  onLine?: (line: string) => void
  settings?: Record<string, string>
  /** how long `stop` waits for sessions to finish before it breaks them off */
  graceMs?: number
}): Promise<Cluster> {
  await refuseUnreachable(dirname(resolve(options.dir)))
  const user = chooseServerUser()
  const dir = await prepareFolders(options.dir, user)
  await endServerProcesses(dir)
  const program = await findServerProgram(dirname(dir), user)
  await ensureCluster({ dir, initdb: program.initdb, superuser, password: options.password, user })
  await makePrivate(dir, user)
  const place = await prepareListening(dir, user)
  const settings = serverSettings({ dir, ...place }, options.settings)
  const reach = { host: place.host, port: place.port, superuser, password: options.password }

  const server = await launchUntilReady({ dir, program, user, settings, onLine: options.onLine }, reach)
  const stop = stopping(server, dir, program, place, options.graceMs ?? 20_000)
  try {
    await quietSessions(reach)
  } catch (error) {
    await stop.now()
    throw error
  }
  const lost = new Promise<string>((resolve) => void server.ended.then((reason) => stop.isAsked() || resolve(reason)))
  return { ...reach, pid: server.pid, lost, stop: stop.now }
}

/**
 * The cluster in `dir` that another process runs (for a command beside a running server); null when none runs there.
 * Waits while it is still starting. Throws when it may not be reached or refuses the password.
 */
export async function joinCluster(options: { dir: string; password: string }): Promise<JoinedCluster | null> {
  const dir = await realPlace(options.dir)
  for (;;) {
    const lines = await pidFile(dir)
    const pid = Number(lines?.[0])
    if (!lines || !isPostmaster(pid, dir)) return null
    const reach = { host: lines[4] || lines[5] || '', port: Number(lines[3]), superuser, password: options.password }
    if (isReady(lines) && (await answers(reach))) return { ...reach, pid }
    await pause(50)
  }
}

const superuser = 'subrosa_cluster'

type Launch = {
  dir: string
  program: ServerProgram
  user: ServerUser | null
  settings: Record<string, string>
  onLine?: (line: string) => void
}
type Server = { pid: number; /** with the reason */ ended: Promise<string>; hasEnded(): boolean }

// The way from the data folder to what the server's user owns must be passable for it; the rest stays ours alone.
async function prepareFolders(given: string, user: ServerUser | null): Promise<string> {
  const mode = user ? 0o711 : 0o700
  await mkdir(dirname(resolve(given)), { recursive: true, mode })
  const data = await realPlace(dirname(resolve(given)))
  await mkdir(join(data, 'run'), { recursive: true, mode })
  if (user) for (const folder of [data, join(data, 'run')]) await chmod(folder, (await stat(folder)).mode | 0o711)
  return join(data, basename(given))
}

// PostgreSQL insists on owning its folder and on nobody else reading it; a restored backup may have neither.
async function makePrivate(dir: string, user: ServerUser | null): Promise<void> {
  const { uid } = await stat(dir)
  if (user) await giveTo(dir, user)
  else if (process.getuid && uid !== process.getuid()) {
    throw new Error(`The database's folder ${dir} belongs to another user (user id ${uid}): start Subrosa as that user, or as root.`)
  }
  await chmod(dir, 0o700)
}

// A server that was killed leaves its shared memory for as long as its last backend lives: then try again.
async function launchUntilReady(order: Launch, reach: Parameters<typeof answers>[0]): Promise<Server> {
  for (const until = performance.now() + 15_000; ; await pause(250)) {
    await removeForeignPidFile(order.dir)
    const server = launch(order)
    try {
      for (; !server.hasEnded(); await pause(10)) {
        const lines = await pidFile(order.dir)
        if (Number(lines?.[0]) === server.pid && isReady(lines) && (await answers(reach))) return server
      }
    } catch (error) {
      await endServerProcesses(order.dir)
      throw error
    }
    const reason = await server.ended
    if (!/pre-existing shared memory block|lock file ".*" already exists/.test(reason) || performance.now() > until) {
      throw new Error(`couldn't start PostgreSQL: ${reason}`)
    }
    await endServerProcesses(order.dir)
  }
}

// PostgreSQL itself removes a stale postmaster.pid, unless its user's another process has that id by now.
async function removeForeignPidFile(dir: string): Promise<void> {
  const pid = Number((await pidFile(dir))?.[0])
  if (process.platform === 'linux' && liveProcess(pid) && !isPostmaster(pid, dir)) await rm(join(dir, 'postmaster.pid'), { force: true })
}

function launch({ dir, program, user, settings, onLine }: Launch): Server {
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(program.postgres, ['-D', dir, ...words], {
    ...serverSurroundings(dir, user),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const goWithUs = () => child.kill('SIGINT')
  process.once('exit', goWithUs)
  const last: string[] = []
  createInterface({ input: child.stderr! }).on('line', (line) => {
    last.push(line)
    if (last.length > 20) last.shift()
    onLine?.(line)
  })
  let over = false
  const ended = new Promise<string>((resolve) => {
    child.once('error', (cause) => {
      over = true
      resolve(`couldn't run ${program.postgres}: ${cause.message}`)
    })
    child.once('exit', (code, by) => {
      over = true
      process.off('exit', goWithUs)
      const how = by ? `signal ${by}` : `exit code ${code}`
      // Its last lines may still be on the way; a backend that outlives it may hold the pipe open for long.
      const heard = Promise.race([new Promise((closed) => child.once('close', closed)), pause(500, null, { ref: false })])
      void heard.then(() => resolve([`PostgreSQL ended with ${how}`, reasonIn(last)].filter(Boolean).join(': ')))
    })
  })
  return { pid: child.pid ?? 0, ended, hasEnded: () => over }
}

// Two steps and a last resort; asking again gives the same promise.
function stopping(server: Server, dir: string, program: ServerProgram, place: ListeningPlace, graceMs: number) {
  let asked: Promise<void> | null = null
  const demand = (name: NodeJS.Signals) => {
    if (process.platform !== 'win32' || name === 'SIGKILL') return signal(server.pid, name)
    return spawnSync(program.pgCtl, ['stop', '-W', '-D', dir, '-m', name === 'SIGINT' ? 'fast' : 'immediate'])
  }
  const end = async () => {
    for (const [name, patienceMs] of [
      ['SIGINT', graceMs],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 0],
    ] as const) {
      // Its id may be another's by now.
      if (server.hasEnded()) break
      demand(name)
      await within(patienceMs, server.hasEnded)
    }
    await server.ended
    await endServerProcesses(dir)
    await place.leave()
  }
  return { now: () => (asked ??= end()), isAsked: () => asked !== null }
}

/**
 * The lines of the server's postmaster.pid, or null when there is none: process id, data folder, start time, port,
 * socket folder, address, shared memory, state; written one after the other while it starts.
 */
async function pidFile(dir: string): Promise<string[] | null> {
  try {
    return (await readFile(join(dir, 'postmaster.pid'), 'utf8')).split('\n').map((line) => line.trim())
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new Error(`couldn't look into the database's folder ${dir}: ${message}`, { cause: error })
  }
}

// Asking for a connection earlier than this only fills the log with refusals.
const isReady = (lines: string[] | null) => lines?.[7] === 'ready'

function isPostmaster(pid: number, dir: string): boolean {
  if (process.platform === 'win32') return liveProcess(pid) !== null
  return serverProcesses(dir).some((found) => found.pid === pid && found.kind === 'postmaster')
}
