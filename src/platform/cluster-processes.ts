import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A process that is alive, or null when none has this id; one that ended but was not yet collected by its parent (a
 * zombie, common in containers) counts as gone. `started` is its start in clock ticks since boot on Linux, so that a
 * reused id can be told; null where the system does not say.
 */
export function liveProcess(pid: number): { started: number | null } | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  const stat = process.platform === 'linux' ? readOrNull(`/proc/${pid}/stat`) : null
  if (stat === null) return answersSignals(pid) ? { started: null } : null
  // proc_pid_stat(5): the name in brackets may itself hold brackets and spaces, so count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? null : { started: Number(fields[19]) }
}

/**
 * The name that every process of one cluster carries (setting `cluster_name`, which PostgreSQL puts in front of each
 * process title). A container without CAP_SYS_PTRACE may not read another user's `/proc/<pid>/cwd`; titles it may.
 */
export function clusterTag(dir: string): string {
  return `subrosa-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`
}

export type ServerProcess = { pid: number; kind: 'postmaster' | 'backend' | 'initdb' }

/**
 * The live PostgreSQL processes of this very data folder (an absolute real path), and of no other: by working folder
 * where it can be read, else by tag.
 * KNOWN: on Windows always empty, so a server left behind there must be ended by hand.
 */
export function serverProcesses(dir: string): ServerProcess[] {
  if (process.platform === 'linux')
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => inProc(Number(name), dir))
  if (process.platform === 'win32') return []
  const { stdout } = spawnSync('/bin/ps', ['-A', '-ww', '-o', 'pid=,stat=,command='], { encoding: 'utf8' })
  return (stdout ?? '').split('\n').flatMap((line) => inListing(line, dir))
}

/**
 * Ends every server process of this data folder: fast, then immediate, then by force. Nothing committed is lost (that
 * is the write-ahead log's promise). Throws when one will not go.
 */
export async function endServerProcesses(dir: string, patience = { fastMs: 10_000, immediateMs: 5_000 }): Promise<void> {
  await end(dir, ['initdb'], 'SIGKILL', 2_000)
  await end(dir, ['postmaster'], 'SIGINT', patience.fastMs)
  await end(dir, ['postmaster'], 'SIGQUIT', patience.immediateMs)
  await end(dir, ['postmaster'], 'SIGKILL', 2_000)
  // Backends without a postmaster leave by themselves, unless a long computation keeps them from noticing.
  if (await within(2_000, () => serverProcesses(dir).length === 0)) return
  await end(dir, ['backend'], 'SIGQUIT', 2_000)
  await end(dir, ['backend', 'postmaster'], 'SIGKILL', 5_000)
  const left = serverProcesses(dir).map((process) => process.pid)
  if (left.length > 0)
    throw new Error(`couldn't end the PostgreSQL that was left running in ${dir}: process ${left.join(', ')} does not go`)
}

/** Asks every 20 ms until the answer is yes (true) or the time is over (false). */
export async function within(ms: number, isSo: () => boolean): Promise<boolean> {
  for (const until = performance.now() + ms; performance.now() < until; await pause(20)) if (isSo()) return true
  return isSo()
}

/** Sends a signal; false when the process is gone (or not ours to signal). */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  // 0 and below would mean whole process groups, ours among them.
  if (pid <= 1) return false
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

async function end(dir: string, kinds: ServerProcess['kind'][], name: NodeJS.Signals, patienceMs: number): Promise<void> {
  const meant = () => serverProcesses(dir).filter(({ kind }) => kinds.includes(kind))
  const first = meant()
  if (first.length === 0) return
  for (const { pid } of first) signal(pid, name)
  await within(patienceMs, () => meant().length === 0)
}

function inProc(pid: number, dir: string): ServerProcess[] {
  const name = readOrNull(`/proc/${pid}/comm`)?.trim()
  if ((name !== 'postgres' && name !== 'initdb') || liveProcess(pid) === null) return []
  const words = readOrNull(`/proc/${pid}/cmdline`)?.split('\0') ?? []
  if (name === 'initdb') return words.includes(`--pgdata=${dir}`) ? [{ pid, kind: 'initdb' }] : []
  const workingFolder = linkOrNull(`/proc/${pid}/cwd`)
  const ours = workingFolder === null ? carriesTag(words.join(' '), dir) : workingFolder === dir
  return ours ? [{ pid, kind: words[0]?.startsWith('postgres:') || !words.includes('-D') ? 'backend' : 'postmaster' }] : []
}

function inListing(line: string, dir: string): ServerProcess[] {
  const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
  if (!pid || !command || state?.startsWith('Z')) return []
  if (command.includes(`initdb --pgdata=${dir} `)) return [{ pid: Number(pid), kind: 'initdb' }]
  if (!carriesTag(command, dir)) return []
  if (command.startsWith('postgres:')) return [{ pid: Number(pid), kind: 'backend' }]
  return basename(command.split(' -D ')[0] ?? '') === 'postgres' ? [{ pid: Number(pid), kind: 'postmaster' }] : []
}

function carriesTag(command: string, dir: string): boolean {
  const tag = clusterTag(dir)
  return command.startsWith(`postgres: ${tag}: `) || command.includes(`cluster_name=${tag}`)
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function linkOrNull(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}
